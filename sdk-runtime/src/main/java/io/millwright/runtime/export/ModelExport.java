package io.millwright.runtime.export;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.data.Schema;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.tree.TreeNode;
import java.util.List;
import javax.lang.model.SourceVersion;

/**
 * A model as an artefact without this SDK (model export, code generation): numbers and classes of
 * independent rows, by networks of dense layers (linear models among them) and trees, single and
 * boosted. Preparation, guards of inputs, ensemble, calibration and the interval at one level are
 * in the text, with the digest of the bundle. The answers are those of the bundle to single
 * precision, about 1e-6 of the range of answers; the bundle computes in single precision, the text
 * in double.
 *
 * <p>A missing number is NaN (SQL: NULL), a missing label null (SQL: NULL; structured text: empty).
 * Where the bundle would abstain, {@code answered} is false. Immutable and thread-safe.
 */
public final class ModelExport {

  private static final int MOST_JAVA = 20_000;
  private static final int MOST_OTHER = 5_000;
  private static final int MOST_COLUMNS = 1_200;

  private final Formula formula;

  private ModelExport(Formula formula) {
    this.formula = formula;
  }

  /**
   * A model of a bundle.
   *
   * @param bundle the bundle
   * @param level the level of the interval, between 0 and 1, both excluded
   * @return the model, ready to be written
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED}, saying why, for what is no
   *     arithmetic of one row: images, sequences, windows, other heads and layers, and for a model
   *     of more than a million weights; with {@link ErrorCode#BAD_BUNDLE} for a damaged file,
   *     {@link ErrorCode#BAD_OPTION} for a bad level
   */
  public static ModelExport of(ModelSource bundle, double level) {
    return of(BundleReader.read(bundle), level);
  }

  static ModelExport of(Model model, double level) {
    if (!(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "level is " + level + "\nMaybe choose one between 0 and 1, such as 0.9");
    }
    return new ModelExport(ModelFormula.of(model, level));
  }

  /**
   * A decision tree, such as a surrogate.
   *
   * @param tree the tree
   * @param inputs the columns that it asks for; others may stand among them
   * @param classes what its numbers are shares of, in their order; empty for a tree of numbers
   * @return the tree, ready to be written
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} for columns that hold neither
   *     numbers nor labels, {@link ErrorCode#MISSING_COLUMN} for a question of another column
   */
  public static ModelExport of(TreeNode tree, Schema inputs, List<String> classes) {
    return new ModelExport(TreeFormula.of(tree, inputs, classes));
  }

  /**
   * One class of Java 8 and later, with {@code static Answer predict(...)}.
   *
   * @param className its name, with its package where it has one
   * @return the source
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for no name of a class, {@link
   *     ErrorCode#UNSUPPORTED} for a model of more than 20,000 weights or 120 inputs
   */
  public String java(String className) {
    if (!SourceVersion.isName(className)) {
      throw bad("class", className, "com.example.Press");
    }
    limit("Java", MOST_JAVA, 4 * MOST_COLUMNS);
    int dot = className.lastIndexOf('.');
    return new JavaText(formula)
        .write(className.substring(dot + 1), dot < 0 ? "" : className.substring(0, dot));
  }

  /**
   * One query for DuckDB, H2 and PostgreSQL: a row out for each row in, computed in double
   * precision. Its first lines say which class each {@code probability_} column is of. The names of
   * columns are quoted: in H2 and PostgreSQL capitals count.
   *
   * @param from a table's name, or a query in brackets with a name; written into the text as it is
   * @param keep columns that are handed on, such as an order's number
   * @return the query, without a semicolon
   * @throws MillwrightException with {@link ErrorCode#UNSUPPORTED} for a model of more than 5,000
   *     weights or 1,200 columns in between
   */
  public String sql(String from, List<String> keep) {
    limit("SQL", MOST_OTHER, MOST_COLUMNS);
    return new SqlText(formula).write(from, keep);
  }

  /**
   * A function block of IEC 61131-3 in structured text: numbers are LREAL, labels STRING, or
   * WSTRING (UTF-16) in a column of which a label is beyond ASCII. An end of an interval that is
   * not bounded is the largest LREAL.
   *
   * @param name the block's name
   * @return the text
   * @throws MillwrightException with {@link ErrorCode#BAD_OPTION} for no name of a block, {@link
   *     ErrorCode#UNSUPPORTED} for a model of more than 5,000 weights
   */
  public String structuredText(String name) {
    if (!Names.isBlock(name)) {
      throw bad("block", name, "PressStrength");
    }
    limit("structured text", MOST_OTHER, 4 * MOST_COLUMNS);
    return new StructuredText(formula).write(name);
  }

  private static MillwrightException bad(String what, String name, String example) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION,
        "\"" + name + "\" is no name of a " + what + "\nMaybe choose one such as " + example);
  }

  private void limit(String language, int weights, int variables) {
    if (formula.weights() > weights || formula.variables() > variables) {
      throw Refusal.tooLarge(
          formula.weights() + " weights and " + formula.variables() + " numbers in between",
          language,
          weights + " and " + variables);
    }
  }
}
