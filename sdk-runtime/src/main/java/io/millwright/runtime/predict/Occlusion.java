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
import io.millwright.runtime.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
          + " the training range or the first label), and each word of a text is left out; an"
          + " effect is the number as it is minus the number then.";

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

  /** Of longer texts the first words are told apart. */
  private static final int MOST_WORDS = 200;

  private final Map<String, Object> references = new LinkedHashMap<>();
  private final List<String> texts = new ArrayList<>();

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
      } else if (step instanceof FittedStep.Text text) {
        text.columns().forEach(w -> texts.add(w.column()));
      } else if (!(step instanceof FittedStep.Calendar)) {
        break; // later steps speak of changed values
      }
    }
    references.keySet().retainAll(preparation.inputs().names());
    texts.forEach(column -> references.put(column, ""));
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
    List<String> all =
        references.keySet().stream().filter(c -> input.schema().indexOf(c) >= 0).toList();
    List<String> columns = all.stream().filter(c -> !texts.contains(c)).toList();
    List<Table> variants = new ArrayList<>();
    variants.add(input);
    variants.add(replaced(input, all));
    columns.forEach(column -> variants.add(replaced(input, List.of(column))));
    List<Word> words = words(input);
    words.forEach(word -> variants.add(without(input, word)));
    double[] numbers = model.numbers(variants, label).values();
    List<Explanation.Contribution> contributions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      contributions.add(
          new Explanation.Contribution(
              columns.get(i), text(input, columns.get(i)), numbers[0] - numbers[i + 2]));
    }
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      contributions.add(
          new Explanation.Contribution(
              word.column, word.text, numbers[0] - numbers[i + 2 + columns.size()]));
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

  /** A word of the newest row's text. */
  private record Word(String column, String text) {}

  private List<Word> words(Table input) {
    Set<Word> words = new LinkedHashSet<>();
    for (String column : texts) {
      int c = input.schema().indexOf(column);
      String text = c < 0 ? null : input.label(input.rows() - 1, c);
      if (text != null) {
        Words.of(text).stream()
            .limit(MOST_WORDS)
            .forEach(w -> words.add(new Word(column, w.in(text))));
      }
    }
    return List.copyOf(words);
  }

  /** The input without a word in its newest row, wherever the text holds it. */
  private static Table without(Table input, Word word) {
    int c = input.schema().indexOf(word.column);
    int newest = input.rows() - 1;
    TableBuilder builder = Table.builder(input.schema(), input.rows());
    for (int row = 0; row < input.rows(); row++) {
      List<@Nullable Object> values = new ArrayList<>(input.row(row).values());
      String text = input.label(row, c);
      if (row == newest && text != null) {
        StringBuilder left = new StringBuilder();
        int at = 0;
        for (Words.Word w : Words.of(text)) {
          if (w.in(text).equals(word.text)) {
            // Something stands where it stood, so that its neighbours do not become a pair.
            left.append(text, at, w.start()).append(" | ");
            at = w.end();
          }
        }
        values.set(c, left.append(text, at, text.length()).toString());
      }
      builder.add(values);
    }
    return builder.build();
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
