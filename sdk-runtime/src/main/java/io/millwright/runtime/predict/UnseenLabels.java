package io.millwright.runtime.predict;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How unsure an answer is about a label that training did not have (a new level of a random
 * effect). What the label does is not known; how much the known labels do is: the same row is asked
 * with each of them, a history with each in all its rows that hold an unseen one. The interval of a
 * number is widened by the spread of those answers with Student's quantile for as many labels, a
 * set of classes becomes the union of their sets. The answer itself stays as it is.
 */
final class UnseenLabels {

  /** Of more known labels some, evenly chosen, tell the spread. */
  private static final int MOST = 40;

  /** Of long histories fewer, so that an answer is prepared from so many rows at the most. */
  private static final int MOST_ROWS = 1 << 20;

  /** By column, the labels that training had. */
  private final Map<String, List<String>> known = new LinkedHashMap<>();

  /** Columns whose missing labels are filled in. */
  private final Set<String> filled = new HashSet<>();

  UnseenLabels(FittedPreparation preparation) {
    for (FittedStep step : preparation.steps()) {
      if (step instanceof FittedStep.Seen seen) {
        seen.labels().forEach(l -> known.put(l.column(), l.labels()));
      } else if (step instanceof FittedStep.Clean clean) {
        clean.labels().forEach(l -> filled.add(l.column()));
      }
    }
  }

  /**
   * The rows of an input with each known label in place of an unseen one, where one column holds
   * unseen ones; where several do, of one column after the other. Empty when none does.
   */
  List<List<Table>> variants(Table input) {
    List<List<Table>> all = new ArrayList<>();
    for (Map.Entry<String, List<String>> column : known.entrySet()) {
      int c = input.schema().indexOf(column.getKey());
      List<String> labels = column.getValue();
      if (c < 0 || labels.isEmpty()) {
        continue;
      }
      Set<String> seen = new HashSet<>(labels);
      boolean mended = filled.contains(column.getKey());
      boolean[] unseen = new boolean[input.rows()];
      boolean any = false;
      for (int r = 0; r < unseen.length; r++) {
        @Nullable String label = input.label(r, c);
        unseen[r] = label == null ? !mended : !seen.contains(label);
        any |= unseen[r];
      }
      if (any) {
        List<Table> of = new ArrayList<>();
        int most = Math.max(4, Math.min(MOST, MOST_ROWS / unseen.length));
        int count = Math.min(most, labels.size());
        for (int k = 0; k < count; k++) {
          of.add(with(input, c, unseen, labels.get((int) ((long) k * labels.size() / count))));
        }
        all.add(of);
      }
    }
    return all;
  }

  private static Table with(Table input, int column, boolean[] where, String label) {
    TableBuilder builder = Table.builder(input.schema(), input.rows());
    for (int r = 0; r < where.length; r++) {
      List<@Nullable Object> values = new ArrayList<>(input.row(r).values());
      if (where[r]) {
        values.set(column, label);
      }
      builder.add(values);
    }
    return builder.build();
  }

  /**
   * The uncertainty of an answer that does not know what a label does.
   *
   * @param own the uncertainty as if it did
   * @param answer the answer, for a number
   * @param known by column, what is answered with each known label
   */
  static Uncertainties widened(
      Uncertainties own, double answer, List<List<Variant>> known, double low, double high) {
    Uncertainty kind = own.at(0.5);
    if (kind instanceof Uncertainty.LabelSet) {
      List<Uncertainties> others = new ArrayList<>();
      known.forEach(column -> column.forEach(v -> others.add(v.uncertainty())));
      return new Union(own, others);
    }
    if (!(kind instanceof Uncertainty.Interval)) {
      return own;
    }
    double centre = answer;
    double variance = 0;
    int fewest = Integer.MAX_VALUE;
    for (List<Variant> column : known) {
      double[] said = column.stream().mapToDouble(Variant::number).toArray();
      double mean = Arrays.stream(said).average().orElse(answer);
      double squares = Arrays.stream(said).map(v -> (v - mean) * (v - mean)).sum();
      centre += mean - answer;
      if (said.length > 1) {
        variance += squares / (said.length - 1) * (1 + 1.0 / said.length);
        fewest = Math.min(fewest, said.length);
      }
    }
    return fewest == Integer.MAX_VALUE
        ? own
        : new Wider(own, answer, centre, Math.sqrt(variance), fewest - 1, low, high);
  }

  /**
   * What is answered with a known label.
   *
   * @param number the number that is answered; NaN for other answers
   */
  record Variant(double number, Uncertainties uncertainty) {}

  /**
   * An interval that has room for the effect of another label.
   *
   * @param own the interval of a known label
   * @param answer the answer
   * @param centre the mean of the answers with known labels
   * @param spread the deviation of what a label does, for one more label
   * @param freedom one less than there are known labels
   * @param low below which no truth lies
   * @param high from which on truths cannot be told apart
   */
  record Wider(
      Uncertainties own,
      double answer,
      double centre,
      double spread,
      int freedom,
      double low,
      double high)
      implements Uncertainties {

    @Override
    public Uncertainty at(double level) {
      Uncertainty at = own.at(level);
      if (!(at instanceof Uncertainty.Interval i)) {
        return at;
      }
      double label = spread * student((1 + level) / 2, freedom);
      double from = Math.min(i.low(), centre - Math.hypot(label, answer - i.low()));
      double to = Math.max(i.high(), centre + Math.hypot(label, i.high() - answer));
      return new Uncertainty.Interval(level, Math.min(high, limited(from)), limited(to), i.unit());
    }

    private double limited(double end) {
      return end >= high ? Double.POSITIVE_INFINITY : Math.max(low, end);
    }

    @Override
    public double[] quantiles(double... probabilities) {
      double[] quantiles = own.quantiles(probabilities);
      for (int i = 0; i < quantiles.length; i++) {
        double p = probabilities[i];
        double label = spread * student(Math.max(p, 1 - p), freedom);
        double far = Math.hypot(label, quantiles[i] - answer);
        quantiles[i] =
            p < 0.5 ? limited(centre - far) : p > 0.5 ? limited(centre + far) : quantiles[i];
      }
      return quantiles;
    }

    @Override
    public String toString() {
      return "90 % interval " + at(0.9) + ", a label is unknown";
    }
  }

  /** The labels that are likely with any known label. */
  record Union(Uncertainties own, List<Uncertainties> others) implements Uncertainties {

    Union {
      others = List.copyOf(others);
    }

    @Override
    public Uncertainty at(double level) {
      Uncertainty at = own.at(level);
      if (!(at instanceof Uncertainty.LabelSet set)) {
        return at;
      }
      List<String> labels = new ArrayList<>(set.labels());
      for (Uncertainties other : others) {
        if (other.at(level) instanceof Uncertainty.LabelSet more) {
          more.labels().stream().filter(l -> !labels.contains(l)).forEach(labels::add);
        }
      }
      return new Uncertainty.LabelSet(level, labels);
    }

    @Override
    public double[] quantiles(double... probabilities) {
      return own.quantiles(probabilities);
    }

    @Override
    public String toString() {
      return "90 % label set "
          + (at(0.9) instanceof Uncertainty.LabelSet s ? s.labels() : at(0.9))
          + ", a label is unknown";
    }
  }

  /** Student's quantile for a probability above a half, by halving its distribution function. */
  static double student(double probability, int freedom) {
    double low = 0;
    double high = 1;
    while (distribution(high, freedom) < probability && high < 1e12) {
      high *= 2;
    }
    for (int i = 0; i < 80; i++) {
      double middle = (low + high) / 2;
      if (distribution(middle, freedom) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The finite series for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
  private static double distribution(double t, int freedom) {
    double angle = Math.atan(t / Math.sqrt(freedom));
    double cosine = Math.cos(angle);
    double squared = cosine * cosine;
    double sum = 0;
    boolean odd = freedom % 2 == 1;
    double term = odd ? cosine : 1;
    for (int k = odd ? 3 : 2; k <= freedom; k += 2) {
      sum += term;
      term *= squared * (k - 1) / k;
    }
    double area =
        odd
            ? 2 / Math.PI * (angle + (freedom > 1 ? Math.sin(angle) * sum : 0))
            : Math.sin(angle) * sum;
    return 0.5 + area / 2;
  }
}
