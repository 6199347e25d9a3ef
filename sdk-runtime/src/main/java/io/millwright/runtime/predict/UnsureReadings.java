package io.millwright.runtime.predict;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Readings of a history that nobody knows: silent for longer than elsewhere in this history, or
 * beyond all proportion. What the preparation puts in their place is a guess of which the interval
 * of the answer says nothing; what they may do is told by asking with others in their place: those
 * that the reading could have moved to since it was last known, or the whole range of training.
 */
final class UnsureReadings {

  /** How many readings of the range are tried. */
  private static final int TRIED = 5;

  private static final double MIDDLE = 0.5;

  /** Beyond the range of training by more than this share of it a reading is out of proportion. */
  private static final double FAR = 0.2;

  /** A gap this many times the longest other one is no longer how the sensor reports. */
  private static final int LONGER = 2;

  /** So many changes over as many rows tell how far a reading moves in a gap, and how much more. */
  private static final int CHANGES = 10;

  private static final double MORE = 1.5;

  /** By column, the range of training. */
  private final Map<String, FittedStep.SeenNumber> ranges = new LinkedHashMap<>();

  /** Columns whose missing numbers are filled in. */
  private final Set<String> filled = new HashSet<>();

  UnsureReadings(FittedPreparation preparation) {
    for (FittedStep step : preparation.steps()) {
      if (step instanceof FittedStep.Seen seen) {
        seen.numbers().stream()
            .filter(n -> n.high() > n.low())
            .forEach(n -> ranges.put(n.column(), n));
      } else if (step instanceof FittedStep.Clean clean) {
        clean.numbers().forEach(n -> filled.add(n.column()));
      }
    }
  }

  /**
   * The rows of a history with other readings in place of unsure ones, of one column after the
   * other, while those of other columns are in the middle of what they may be. Empty when all is
   * sure.
   */
  List<List<Table>> variants(Table history) {
    Map<Integer, List<Run>> unsure = new LinkedHashMap<>();
    for (FittedStep.SeenNumber range : ranges.values()) {
      int c = history.schema().indexOf(range.column());
      List<Run> runs = c < 0 ? List.of() : runs(history, c, range);
      if (!runs.isEmpty()) {
        unsure.put(c, runs);
      }
    }
    Table middle = history;
    for (Map.Entry<Integer, List<Run>> column : unsure.entrySet()) {
      middle = with(middle, column.getKey(), column.getValue(), MIDDLE);
    }
    List<List<Table>> all = new ArrayList<>();
    for (Map.Entry<Integer, List<Run>> column : unsure.entrySet()) {
      List<Table> of = new ArrayList<>();
      for (int k = 0; k < TRIED; k++) {
        of.add(with(middle, column.getKey(), column.getValue(), (double) k / (TRIED - 1)));
      }
      all.add(of);
    }
    return all;
  }

  /** Rows that follow each other, and between which readings theirs may be. */
  private record Run(int from, int to, double low, double high) {}

  private List<Run> runs(Table history, int c, FittedStep.SeenNumber range) {
    double reach = FAR * (range.high() - range.low());
    int rows = history.rows();
    double[] known = new double[rows];
    boolean[] silent = new boolean[rows];
    for (int r = 0; r < rows; r++) {
      double v = history.number(r, c);
      silent[r] = !Double.isFinite(v);
      known[r] = v >= range.low() - reach && v <= range.high() + reach ? v : Double.NaN;
    }
    List<int[]> gaps = new ArrayList<>();
    List<Run> runs = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      int from = r;
      boolean quiet = true;
      for (; r < rows && Double.isNaN(known[r]); r++) {
        quiet &= silent[r];
      }
      if (r > from && quiet) {
        gaps.add(new int[] {from, r});
      } else if (r > from) {
        runs.add(run(known, from, r, range));
      }
    }
    for (int[] gap : gaps) {
      int others = gaps.stream().filter(g -> g != gap).mapToInt(g -> g[1] - g[0]).max().orElse(0);
      if (gap[1] - gap[0] > LONGER * others && filled.contains(range.column())) {
        runs.add(run(known, gap[0], gap[1], range));
      }
    }
    runs.sort(Comparator.comparingInt(Run::from));
    return runs;
  }

  /** How far the reading went before in as many rows tells between what it may be now. */
  private static Run run(double[] known, int from, int to, FittedStep.SeenNumber range) {
    int steps = to - from;
    int pairs = 0;
    double most = 0;
    for (int r = 0; r + steps < from; r++) {
      double change = Math.abs(known[r + steps] - known[r]);
      if (!Double.isNaN(change)) {
        pairs++;
        most = Math.max(most, change);
      }
    }
    if (pairs < CHANGES) {
      return new Run(from, to, range.low(), range.high());
    }
    double last = known[from - 1];
    return new Run(
        from,
        to,
        Math.min(last, Math.max(range.low(), last - MORE * most)),
        Math.max(last, Math.min(range.high(), last + MORE * most)));
  }

  private static Table with(Table history, int column, List<Run> runs, double share) {
    TableBuilder builder = Table.builder(history.schema(), history.rows());
    int next = 0;
    for (int r = 0; r < history.rows(); r++) {
      List<@Nullable Object> values = new ArrayList<>(history.row(r).values());
      while (next < runs.size() && r >= runs.get(next).to()) {
        next++;
      }
      if (next < runs.size() && r >= runs.get(next).from()) {
        Run run = runs.get(next);
        values.set(column, run.low() + share * (run.high() - run.low()));
      }
      builder.add(values);
    }
    return builder.build();
  }

  /**
   * The uncertainty of an answer that does not know some readings.
   *
   * @param own the uncertainty as if what stands in their place were true
   * @param answer the answer
   * @param said by column, what is answered with each reading that was tried
   * @param low below which no truth lies
   * @param high from which on truths cannot be told apart
   */
  static Uncertainties widened(
      Uncertainties own,
      double answer,
      List<List<UnseenLabels.Variant>> said,
      double low,
      double high) {
    if (!(own.at(0.5) instanceof Uncertainty.Interval)) {
      return own;
    }
    double middle = said.get(0).get(said.get(0).size() / 2).number();
    double least = middle;
    double largest = middle;
    for (List<UnseenLabels.Variant> column : said) {
      double[] numbers = column.stream().mapToDouble(UnseenLabels.Variant::number).toArray();
      // Sensors of one machine go together.
      least -= middle - Arrays.stream(numbers).min().orElse(middle);
      largest += Arrays.stream(numbers).max().orElse(middle) - middle;
    }
    return new Roomier(own, Math.max(0, answer - least), Math.max(0, largest - answer), low, high);
  }

  /**
   * An interval that has room for readings that are anywhere between the tried ones.
   *
   * @param own the interval without
   * @param down how far down the lowest of them takes the answer
   * @param up how far up the highest does
   */
  record Roomier(Uncertainties own, double down, double up, double low, double high)
      implements Uncertainties {

    @Override
    public Uncertainty at(double level) {
      Uncertainty at = own.at(level);
      return at instanceof Uncertainty.Interval i
          ? new Uncertainty.Interval(
              level,
              Math.min(high, limited(i.low() - level * down)),
              limited(i.high() + level * up),
              i.unit())
          : at;
    }

    private double limited(double end) {
      return end >= high ? Double.POSITIVE_INFINITY : Math.max(low, end);
    }

    @Override
    public double[] quantiles(double... probabilities) {
      double[] quantiles = own.quantiles(probabilities);
      for (int i = 0; i < quantiles.length; i++) {
        double outwards = 2 * probabilities[i] - 1;
        quantiles[i] = limited(quantiles[i] + outwards * (outwards < 0 ? down : up));
      }
      return quantiles;
    }

    @Override
    public String toString() {
      return "90 % interval " + at(0.9) + ", a reading is unknown";
    }
  }
}
