package io.millwright.runtime.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns the operating conditions of training data. When the settings are not named they are found:
 *
 * <ol>
 *   <li>A column that by itself stands at a few clear levels may be a setting.
 *   <li>It is one when it does not drift from the beginning of a sequence to its end within the
 *       conditions that the <em>other</em> settings tell of, or while there are none, all other
 *       columns with clear levels. A column is never tested within conditions that it made: a
 *       coarse reading that flips between two digits with wear is always explained by its own
 *       levels.
 *   <li>A setting that only makes more conditions, and explains no more of the readings, is a
 *       reading that follows the others: cells of it that were missing and hold the last value
 *       would make a condition of every pair of levels.
 *   <li>Where no column is one (the file holds no settings), the readings with clear levels that
 *       explain most of the others tell the conditions, and stay readings.
 *   <li>The conditions are believed only if both halves of the sequences give the same ones, if how
 *       often each occurs does not change with age (else they are states of wear), and if they
 *       explain most readings (a coarse reading has clear levels too, but tells nothing of others).
 * </ol>
 */
final class ConditionFinder {

  /**
   * The share of a reading's variance that conditions must explain for it to count as following
   * them.
   */
  private static final double EXPLAINED = 0.5;

  /** The share of rows on which the conditions of both halves of the sequences must agree. */
  private static final double AGREED = 0.95;

  /**
   * In standard deviations, how much the frequency of a condition may change with age by chance.
   */
  private static final double BY_CHANCE = 4;

  /** The share of readings that must follow conditions. */
  private static final double MOST_READINGS = 0.5;

  /** How much more variance another reading must explain to be one that tells the conditions. */
  private static final double CLEARLY = 0.02;

  private static final int ROUNDS = 4;
  private static final int FEW = 4;

  private final Frame frame;
  private final int most;
  private final Runnable pulse;
  private final Map<Integer, double[]> standard = new HashMap<>();

  /**
   * @param most the largest number of conditions looked for
   * @param pulse called between columns; what it throws ends the search
   */
  ConditionFinder(Frame frame, int most, Runnable pulse) {
    this.frame = frame;
    this.most = most;
    this.pulse = pulse;
  }

  /** Conditions by settings that a person named. */
  FittedStep.Conditions by(List<Integer> settings) {
    return fitted(
        settings, Clusters.refine(points(settings), Clusters.find(points(settings), most)), false);
  }

  /** Conditions by settings that are to be found. */
  FittedStep.Conditions find() {
    List<Integer> stepped = new ArrayList<>();
    for (int c : frame.numbers()) {
      pulse.run();
      if (Statistics.varies(frame.finite(c))
          && Clusters.find(points(List.of(c)), most).size() > 1) {
        stepped.add(c);
      }
    }
    List<Integer> settings = needed(steady(stepped));
    boolean missing = settings.isEmpty();
    List<Integer> telling = missing ? telling(stepped, true) : settings;
    if (missing && telling.isEmpty()) {
      // Levels of one reading may lie close to each other; several together may still be clear.
      telling = telling(stepped, false);
    }
    if (!telling.isEmpty()) {
      Partition partition = partition(telling);
      if (believed(telling, partition)
          && follow(missing ? List.of() : settings, partition) >= MOST_READINGS) {
        return fitted(telling, Clusters.refine(points(telling), partition.centres), missing);
      }
    }
    return fitted(List.of(), List.of(new double[0]), false);
  }

  private boolean believed(List<Integer> columns, Partition partition) {
    return partition.size() > 1 && ageless(partition) && halvesAgree(columns, partition);
  }

  /**
   * The readings that stand in for missing settings: the one by whose levels most of the variance
   * of all readings is explained, then others as long as they explain clearly more.
   *
   * @param careful whether each step must already give conditions that can be believed
   */
  private List<Integer> telling(List<Integer> stepped, boolean careful) {
    List<Integer> chosen = new ArrayList<>();
    double explained = 0;
    boolean more = true;
    while (more && chosen.size() < stepped.size()) {
      more = false;
      List<Integer> before = List.copyOf(chosen);
      for (int c : stepped) {
        pulse.run();
        if (!before.contains(c)) {
          List<Integer> with = new ArrayList<>(before);
          with.add(c);
          Partition partition = partition(with);
          double share = partition.size() > 1 ? mean(List.of(), partition) : 0;
          if (share > explained + CLEARLY && (!careful || believed(with, partition))) {
            explained = share;
            chosen = with;
            more = true;
          }
        }
      }
    }
    return chosen;
  }

  /** Rows dealt out among conditions. */
  private record Partition(List<double[]> centres, int[] belongs) {
    int size() {
      return centres.size();
    }
  }

  private Partition partition(List<Integer> columns) {
    double[][] points = points(columns);
    List<double[]> centres = Clusters.find(points, most);
    return new Partition(centres, belongs(points, centres));
  }

  /** Those columns that do not drift within the conditions that the others tell of. */
  private List<Integer> steady(List<Integer> stepped) {
    List<Integer> settings = stepped;
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> next = new ArrayList<>();
      Partition all = settings.isEmpty() ? null : partition(settings);
      for (int c : stepped) {
        pulse.run();
        List<Integer> others = new ArrayList<>(settings);
        others.remove((Integer) c);
        boolean same = all != null && others.size() == settings.size();
        Partition partition = others.isEmpty() ? null : same ? all : partition(others);
        int[] belongs = partition == null ? new int[frame.rows()] : partition.belongs;
        if (!drifts(c, belongs, partition == null ? 1 : partition.size())) {
          next.add(c);
        }
      }
      if (next.equals(settings)) {
        return settings;
      }
      settings = next;
      if (settings.isEmpty()) {
        return settings;
      }
    }
    return settings;
  }

  /** Those without which the others would explain clearly less, or as many conditions. */
  private List<Integer> needed(List<Integer> settings) {
    List<Integer> kept = settings;
    for (int c : settings) {
      pulse.run();
      List<Integer> others = new ArrayList<>(kept);
      others.remove((Integer) c);
      if (others.isEmpty()) {
        continue;
      }
      Partition with = partition(kept);
      Partition without = partition(others);
      if (without.size() > 1
          && without.size() < with.size()
          && mean(kept, without) > mean(kept, with) - CLEARLY) {
        kept = others;
      }
    }
    return kept;
  }

  /** The mean share of the variance of readings, settings left out, that conditions explain. */
  private double mean(List<Integer> settings, Partition partition) {
    return Arrays.stream(shares(settings, partition)).average().orElse(0);
  }

  /**
   * Whether every condition is about as frequent in the last third of the sequences as in the
   * first. Sequences are what is independent: conditions may last for many rows.
   */
  private boolean ageless(Partition partition) {
    for (int k = 0; k < partition.size(); k++) {
      double sum = 0;
      double squares = 0;
      int n = 0;
      int from = 0;
      for (int s = 0; s < frame.sequences().size(); s++) {
        int rows = frame.rows(s);
        int third = rows / 3;
        double d = 0;
        for (int r = 0; r < third; r++) {
          d += partition.belongs[from + rows - 1 - r] == k ? 1.0 / third : 0;
          d -= partition.belongs[from + r] == k ? 1.0 / third : 0;
        }
        if (third > 0) {
          sum += d;
          squares += d * d;
          n++;
        }
        from += rows;
      }
      if (n >= FEW && Math.abs(sum) > BY_CHANCE * Math.sqrt(squares)) {
        return false;
      }
      // Of few sequences the test above can never fail: there wear shows by its size.
      if (n > 0 && Math.abs(sum / n) > 0.5) {
        return false;
      }
    }
    return true;
  }

  /** Whether the even and the odd sequences, each by themselves, give the same conditions. */
  private boolean halvesAgree(List<Integer> columns, Partition whole) {
    if (frame.sequences().size() < FEW) {
      return true;
    }
    double[][] points = points(columns);
    int[][] belongs = new int[2][];
    for (int half = 0; half < 2; half++) {
      List<double[]> own = new ArrayList<>();
      int at = 0;
      for (int s = 0; s < frame.sequences().size(); s++) {
        for (int r = 0; r < frame.rows(s); r++) {
          if (s % 2 == half) {
            own.add(points[at]);
          }
          at++;
        }
      }
      if (own.isEmpty()) {
        return true;
      }
      belongs[half] = belongs(points, Clusters.find(own.toArray(new double[0][]), most));
    }
    return agree(belongs[0], whole.belongs) && agree(belongs[1], whole.belongs);
  }

  /**
   * Whether two divisions of the rows are the same but for a few rows, whatever parts are called.
   */
  private boolean agree(int[] one, int[] other) {
    int[][] together = new int[most + 1][most + 1];
    for (int i = 0; i < one.length; i++) {
      together[one[i]][other[i]]++;
    }
    long rows = 0;
    long columns = 0;
    for (int i = 0; i <= most; i++) {
      int inRow = 0;
      int inColumn = 0;
      for (int j = 0; j <= most; j++) {
        inRow = Math.max(inRow, together[i][j]);
        inColumn = Math.max(inColumn, together[j][i]);
      }
      rows += inRow;
      columns += inColumn;
    }
    return Math.min(rows, columns) >= AGREED * one.length;
  }

  private FittedStep.Line line(int column) {
    double[] values = frame.finite(column);
    double mean = values.length == 0 ? 0 : Statistics.mean(values);
    // A setting that never varied is kept too: were it to change, the condition would be a new one.
    double size = Statistics.varies(values) ? Statistics.deviation(values, mean) : Math.abs(mean);
    return new FittedStep.Line(frame.name(column), mean, size > 0 ? 1 / size : 1);
  }

  private double[][] points(List<Integer> settings) {
    double[][] points = new double[frame.rows()][settings.size()];
    for (int j = 0; j < settings.size(); j++) {
      double[] values = standard.computeIfAbsent(settings.get(j), this::standard);
      for (int i = 0; i < points.length; i++) {
        points[i][j] = values[i];
      }
    }
    return points;
  }

  private double[] standard(int column) {
    FittedStep.Line line = line(column);
    double[] values = frame.values(column);
    for (int i = 0; i < values.length; i++) {
      double v = (values[i] - line.offset()) * line.factor();
      values[i] = Double.isNaN(v) || Double.isInfinite(v) ? 0 : v;
    }
    return values;
  }

  private static int[] belongs(double[][] points, List<double[]> centres) {
    int[] belongs = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      belongs[i] = Clusters.nearest(points[i], centres);
    }
    return belongs;
  }

  /** The mean of a column in each cluster. */
  private double[] means(double[] values, int[] belongs, int clusters) {
    double[] means = new double[clusters];
    int[] counts = new int[clusters];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i]) && !Double.isInfinite(values[i])) {
        int k = belongs[i];
        means[k] += (values[i] - means[k]) / ++counts[k];
      }
    }
    return means;
  }

  /**
   * Whether a column, what its condition makes of it taken off, differs between the first and the
   * last third of the sequences by more than chance. By chance the root mean square of the
   * standardised differences is 1, give or take 1 / sqrt(2 sequences).
   */
  private boolean drifts(int column, int[] belongs, int clusters) {
    double[] values = frame.values(column);
    double[] means = means(values, belongs, clusters);
    double variance = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= means[belongs[i]];
      variance +=
          Double.isNaN(values[i]) || Double.isInfinite(values[i])
              ? 0
              : values[i] * values[i] / values.length;
    }
    if (variance == 0) {
      return false;
    }
    double sum = 0;
    int n = 0;
    int from = 0;
    for (int s = 0; s < frame.sequences().size(); s++) {
      int rows = frame.rows(s);
      int third = rows / 3;
      if (third > 0) {
        double first = 0;
        double last = 0;
        for (int r = 0; r < third; r++) {
          first += values[from + r] / third;
          last += values[from + rows - 1 - r] / third;
        }
        double d = last - first;
        if (!Double.isNaN(d) && !Double.isInfinite(d)) {
          sum += d * d / (variance * 2 / third);
          n++;
        }
      }
      from += rows;
    }
    return n > 0 && Math.sqrt(sum / n) > 1.25 + 2 / Math.sqrt(2.0 * n);
  }

  /** The share of the readings that follow the conditions. */
  private double follow(List<Integer> settings, Partition partition) {
    double[] shares = shares(settings, partition);
    return shares.length == 0
        ? 0
        : (double) Arrays.stream(shares).filter(s -> s >= EXPLAINED).count() / shares.length;
  }

  /** For every reading the share of its variance that the conditions explain. */
  private double[] shares(List<Integer> settings, Partition partition) {
    return frame.numbers().stream()
        .filter(c -> !settings.contains(c) && Statistics.varies(frame.finite(c)))
        .mapToDouble(
            c -> {
              // Standardised: the variance is 1.
              double[] values = standard.computeIfAbsent(c, this::standard);
              double[] means = means(values, partition.belongs, partition.size());
              double within = 0;
              for (int i = 0; i < values.length; i++) {
                double d = values[i] - means[partition.belongs[i]];
                within += d * d / values.length;
              }
              return 1 - within;
            })
        .toArray();
  }

  private FittedStep.Conditions fitted(
      List<Integer> settings, List<double[]> found, boolean readingsToo) {
    double[][] points = points(settings);
    List<double[]> centres = frequent(points, found);
    int[] belongs = belongs(points, centres);
    List<Integer> readings = new ArrayList<>(frame.numbers());
    if (!readingsToo) {
      readings.removeAll(settings);
    }
    int n = centres.size();
    double[] reach = new double[n];
    for (int i = 0; i < points.length; i++) {
      reach[belongs[i]] =
          Math.max(reach[belongs[i]], Clusters.distance(points[i], centres.get(belongs[i])));
    }
    double[][] offsets = new double[n][readings.size()];
    double[][] factors = new double[n][readings.size()];
    for (int r = 0; r < readings.size(); r++) {
      double[] values = frame.values(readings.get(r));
      for (int k = 0; k < n; k++) {
        double[] own = own(values, belongs, k);
        double mean = own.length == 0 ? 0 : Statistics.mean(own);
        offsets[k][r] = mean;
        factors[k][r] =
            own.length > 0 && Statistics.varies(own) ? 1 / Statistics.deviation(own, mean) : 0;
      }
    }
    List<FittedStep.Condition> conditions = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      conditions.add(
          new FittedStep.Condition(
              list(centres.get(k)),
              reach(reach[k], k, centres),
              list(offsets[k]),
              list(factors[k])));
    }
    return new FittedStep.Conditions(
        settings.stream().map(this::line).toList(),
        readings.stream().map(frame::name).toList(),
        conditions);
  }

  /** Twice as far as any training row, but at least a tenth of the way to the next condition. */
  private static double reach(double farthest, int k, List<double[]> centres) {
    double next = Double.POSITIVE_INFINITY;
    for (int other = 0; other < centres.size(); other++) {
      if (other != k) {
        next = Math.min(next, Clusters.distance(centres.get(k), centres.get(other)));
      }
    }
    return Math.max(2 * farthest + 1e-6, centres.size() > 1 ? 0.1 * next : 0);
  }

  /**
   * Clusters of a handful of rows are accidents, and too few to standardise by; the most frequent
   * comes first.
   */
  private static List<double[]> frequent(double[][] points, List<double[]> centres) {
    int[] counts = new int[centres.size()];
    for (int k : belongs(points, centres)) {
      counts[k]++;
    }
    double least = Math.min(counts.length > 1 ? 5 : 0, points.length / 10.0);
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] >= least || counts.length == 1) {
        order.add(k);
      }
    }
    order.sort(
        Comparator.comparingInt((Integer k) -> counts[k])
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    return order.stream().map(centres::get).toList();
  }

  private static double[] own(double[] values, int[] belongs, int k) {
    double[] own = new double[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (belongs[i] == k && !Double.isNaN(values[i]) && !Double.isInfinite(values[i])) {
        own[n++] = values[i];
      }
    }
    return Arrays.copyOf(own, n);
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
