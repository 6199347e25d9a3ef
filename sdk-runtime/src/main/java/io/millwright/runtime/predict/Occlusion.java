package io.millwright.runtime.predict;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Explains an answer by taking one column at a time away: its whole course becomes the column's
 * reference, and the number moves. Interactions are not told apart: two columns that only act
 * together each get the whole effect.
 */
final class Occlusion {

  private static final String METHOD =
      "Occlusion: each column in turn takes its training reference in every row (the training"
          + " median or the most frequent label where cleaning learnt it, otherwise the middle of"
          + " the training range or the first label); an effect is the number as it is minus the"
          + " number then.";

  /**
   * The explained numbers.
   *
   * @param label the explained class
   * @param values the number of each variant
   */
  record Numbers(int label, double[] values) {}

  /** Computes the explained number of some variants of an input. */
  @FunctionalInterface
  interface Model {
    /**
     * Computes.
     *
     * @param variants the input, then its variants
     * @param label the explained class, or -1 for the most probable one
     */
    Numbers numbers(List<Table> variants, int label);
  }

  private final Map<String, Object> references = new LinkedHashMap<>();

  Occlusion(FittedPreparation preparation) {
    for (FittedStep step : preparation.steps()) {
      if (step instanceof FittedStep.Seen seen) {
        seen.numbers().forEach(n -> references.put(n.column(), (n.low() + n.high()) / 2));
        seen.labels().stream()
            .filter(l -> !l.labels().isEmpty())
            .forEach(l -> references.put(l.column(), l.labels().get(0)));
      } else if (step instanceof FittedStep.Clean clean) {
        clean.numbers().forEach(n -> references.put(n.column(), n.typical()));
        clean.labels().forEach(l -> references.put(l.column(), l.typical()));
      } else {
        break; // later steps speak of changed values
      }
    }
    references.keySet().retainAll(preparation.inputs().names());
  }

  Explanation explain(Table input, ExplainRequest how, List<String> classes, Model model) {
    int label = how.label().isEmpty() ? -1 : classes.indexOf(how.label().get());
    if (how.label().isPresent() && label < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_LABEL,
          "the model knows no class \""
              + how.label().get()
              + "\"\nMaybe "
              + (classes.isEmpty()
                  ? "leave it out: the model predicts a quantity"
                  : "one of " + classes));
    }
    if (input.rows() == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, "the input has no rows\nMaybe give at least one reading");
    }
    List<String> columns =
        references.keySet().stream().filter(c -> input.schema().indexOf(c) >= 0).toList();
    List<Table> variants = new ArrayList<>();
    variants.add(input);
    variants.add(replaced(input, columns));
    columns.forEach(column -> variants.add(replaced(input, List.of(column))));
    double[] numbers = model.numbers(variants, label).values();
    List<Explanation.Contribution> contributions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      contributions.add(
          new Explanation.Contribution(
              columns.get(i), text(input, columns.get(i)), numbers[0] - numbers[i + 2]));
    }
    contributions.sort(
        Comparator.comparingDouble((Explanation.Contribution c) -> -Math.abs(c.effect())));
    return new Explanation(
        METHOD,
        numbers[1],
        numbers[0],
        contributions.subList(0, Math.min(how.most(), contributions.size())));
  }

  private static String text(Table input, String name) {
    int c = input.schema().indexOf(name);
    int row = input.rows() - 1;
    Column column = input.schema().columns().get(c);
    if (!column.type().isNumeric()) {
      return Objects.requireNonNullElse(input.label(row, c), "missing");
    }
    double value = input.number(row, c);
    return Double.isNaN(value)
        ? "missing"
        : String.format(Locale.ROOT, "%.6g %s", value, column.unit().symbol()).strip();
  }

  private Table replaced(Table input, List<String> names) {
    TableBuilder builder = Table.builder(input.schema(), input.rows());
    for (int row = 0; row < input.rows(); row++) {
      List<@Nullable Object> values = new ArrayList<>(input.row(row).values());
      for (String name : names) {
        values.set(input.schema().indexOf(name), references.get(name));
      }
      builder.add(values);
    }
    return builder.build();
  }
}
