package io.millwright.runtime.explain;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.tree.TreeFit;
import io.millwright.runtime.tree.TreeNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Explains models of independent rows in every way: single answers as {@link Explainer}, columns by
 * importance and dependence, counterfactuals, a surrogate tree, and sentences in the words of the
 * plant. As thread-safe as the predictor, which stays the caller's to close.
 *
 * @param <V> one answer
 */
public final class TableExplainer<V> {

  private static final int MOST_ROWS = 500;

  private final Predictor<Table, V> predictor;
  private final Table background;
  private final Explainer<Table, V> rows;
  private final Optional<String> label;
  private final long key;
  private final Optional<TreeShapley> trees;

  private TableExplainer(
      Predictor<Table, V> predictor,
      Table background,
      Explainer<Table, V> rows,
      Optional<String> label,
      long key,
      Optional<TreeShapley> trees) {
    this.trees = trees;
    this.predictor = predictor;
    this.background = background;
    this.rows = rows;
    this.label = label;
    this.key = key;
  }

  /**
   * An explainer.
   *
   * @param predictor a model of independent rows
   * @param background rows as they usually are, such as those of training; each row is one input
   * @param <V> one answer
   * @return the explainer
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} when the model answers none of
   *     them, {@link ErrorCode#MISSING_COLUMN} when they lack an input
   */
  public static <V> TableExplainer<V> of(Predictor<Table, V> predictor, Table background) {
    Table inputs = background.select(predictor.info().inputs().names());
    return new TableExplainer<>(
        predictor,
        inputs,
        Explainer.ofRows(predictor, inputs),
        Optional.empty(),
        0,
        Optional.empty());
  }

  /**
   * Explains the probability of a class, as {@link Explainer#label}.
   *
   * @param ofClass the class
   * @return the new explainer
   * @throws MillwrightException with {@link ErrorCode#BAD_LABEL} for an unknown class
   */
  public TableExplainer<V> label(String ofClass) {
    return new TableExplainer<>(
        predictor, background, rows.label(ofClass), Optional.of(ofClass), key, trees);
  }

  /**
   * The key of all draws (seed).
   *
   * @param value the key; 0 by default
   * @return the new explainer
   */
  public TableExplainer<V> key(long value) {
    return new TableExplainer<>(predictor, background, rows.key(value), label, value, trees);
  }

  /**
   * Explains with what the file of the model holds: Shapley values of a number that trees alone
   * answer are then exact for any number of columns (interventional TreeSHAP, Lundberg et al.
   * 2020). Other models are explained as without it.
   *
   * @param bundle the file that the predictor was opened from
   * @return the new explainer
   * @throws MillwrightException as {@link io.millwright.api.Millwright#open} for a file that is no
   *     bundle
   */
  public TableExplainer<V> reading(ModelSource bundle) {
    return new TableExplainer<>(predictor, background, rows, label, key, TreeShapley.of(bundle));
  }

  private Table some(int most) {
    if (background.rows() <= most) {
      return background;
    }
    int[] order = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 75).permutation(background.rows());
    int[] first = Arrays.copyOf(order, most);
    Arrays.sort(first);
    return background.rows(first);
  }

  /** Of a class that was named; otherwise of the last, which by habit is the one to watch. */
  private AskedModel<Table, V> whole() {
    List<String> classes = predictor.info().classes();
    Optional<String> of =
        label.isPresent() || classes.isEmpty()
            ? label
            : Optional.of(classes.get(classes.size() - 1));
    return new AskedModel<>(predictor, v -> AskedModel.number((Object) v, of));
  }

  /**
   * Shapley values, as {@link Explainer#shapley}.
   *
   * @param input one row
   * @param budget how much it may take; trees that were read need next to nothing
   * @return the values
   */
  public ShapleyValues shapley(Table input, Budget budget) {
    return trees
        .flatMap(t -> t.of(rows.model(input), rows.view(), input, rows.background()))
        .orElseGet(() -> rows.shapley(input, budget));
  }

  /**
   * A local linear model, as {@link Explainer#local}.
   *
   * @param input one row
   * @param samples how many mixtures are asked
   * @return the local model
   */
  public LocalModel local(Table input, int samples) {
    return rows.local(input, samples);
  }

  /**
   * Shapley values as sentences in the words of the plant.
   *
   * @param input the explained row
   * @param values its Shapley values
   * @return such as {@code "temperature 12 K above its usual 298 to 304 K: 8 cycles less"}, the
   *     strongest first; what is below a twentieth of the strongest is left out
   */
  public List<String> words(Table input, ShapleyValues values) {
    boolean classes = !predictor.info().classes().isEmpty();
    String what = classes ? "probability" + label.map(l -> " of " + l).orElse("") : "";
    String unit = classes ? "%" : predictor.info().unit().symbol();
    return new PlantWords(background)
        .of(input, values, what, unit).stream().map(String::strip).toList();
  }

  /**
   * How much each column matters, by permutation.
   *
   * @param data rows that the model did not learn from, with their truth
   * @param target the column of the truth
   * @param repeats how often each column is shuffled, such as 5
   * @return the importance of each input; of more than 2000 rows 2000 are judged
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} when fewer than two rows have
   *     truth and answer, {@link ErrorCode#MISSING_COLUMN}
   */
  public Importance importance(Table data, String target, int repeats) {
    return ColumnStudy.importance(
        predictor, predictor.info().inputs().names(), data, target, Math.max(1, repeats), key);
  }

  /**
   * How the answer goes with one column: partial dependence and curves of single rows. Of classes,
   * the probability of the named one, or of the last.
   *
   * @param column an input
   * @param points at how many values at the most, at least 2
   * @param curves how many curves of single rows
   * @return the dependence over at most 500 rows of the background
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN}
   */
  public Dependence dependence(String column, int points, int curves) {
    return ColumnStudy.dependence(whole(), some(MOST_ROWS), column, Math.max(2, points), curves);
  }

  /**
   * The least change of a row that makes its answer as wished. Of classes, the probability of the
   * named one, or of the last.
   *
   * @param input one row
   * @param wish what to reach and what may move
   * @return the change that costs least of those found, re-predicted; without changes when the
   *     answer is as wished already; empty when none was found
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} for more than one row, {@link
   *     ErrorCode#MISSING_COLUMN} when the wish speaks of no input, {@link ErrorCode#WRONG_TYPE}
   *     when it states a range of labels
   */
  public Optional<Counterfactual> counterfactual(Table input, Wish wish) {
    return new CounterfactualSearch<>(whole(), background, predictor.info().inputs().names(), key)
        .of(input, wish);
  }

  /**
   * The model read as a sum of curves, one for each input. Of classes, of the log-odds of the named
   * class, or of the last.
   *
   * @param points at how many values each curve is drawn at the most, at least 2
   * @return the curves, and how much of the model they are
   */
  public AdditiveCurves curves(int points) {
    boolean classes = !predictor.info().classes().isEmpty();
    AskedModel<Table, V> probability = whole();
    AskedModel<Table, V> asked =
        classes ? new AskedModel<>(predictor, v -> logOdds(probability.value(v))) : probability;
    return CurveFit.of(
        asked, some(MOST_ROWS), classes ? "log-odds" : "answer", Math.max(2, points));
  }

  private static double logOdds(double p) {
    double inside = Math.min(1 - 1e-9, Math.max(1e-9, p));
    return Math.log(inside / (1 - inside));
  }

  /**
   * A small tree that answers as the model does.
   *
   * @param depth how many questions a way may ask, 1 to 8
   * @return the tree, grown on two thirds of the background and judged on the rest
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} below 30 answered rows
   */
  public SurrogateTree surrogate(int depth) {
    Table all = some(5000);
    double[] y = whole().of(ColumnStudy.single(all));
    int[] known =
        java.util.stream.IntStream.range(0, y.length).filter(i -> !Double.isNaN(y[i])).toArray();
    if (known.length < 30) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "a surrogate tree of "
              + known.length
              + " answers\nMaybe give 30 background rows or more");
    }
    int[] grown = Arrays.stream(known).filter(i -> i % 3 != 0).toArray();
    int[] held = Arrays.stream(known).filter(i -> i % 3 == 0).toArray();
    double[][] targets = new double[grown.length][];
    for (int i = 0; i < grown.length; i++) {
      targets[i] = new double[] {y[grown[i]]};
    }
    TreeNode tree =
        TreeFit.grow(
            all.rows(grown),
            all.schema().names(),
            targets,
            Math.min(8, Math.max(1, depth)),
            Math.max(5, grown.length / 200));
    double mean = Arrays.stream(held).mapToDouble(i -> y[i]).average().orElse(0);
    double rest = 0;
    double spread = 0;
    for (int i : held) {
      double e = y[i] - tree.of(all, i).get(0);
      rest += e * e;
      spread += (y[i] - mean) * (y[i] - mean);
    }
    return new SurrogateTree(tree, all.schema(), spread > 0 ? 1 - rest / spread : 1, grown.length);
  }
}
