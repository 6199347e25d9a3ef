package io.millwright.runtime.prepare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Learns the operating conditions of training data. When the settings are not named, a column
 * counts as one when all of this holds: it moves between rows about as much as over a whole life;
 * by itself it stands at a few clear levels; and within a condition it does not drift from the
 * beginning of a sequence to its end, which tells it from a reading that merely follows the
 * condition. The conditions so found are believed only if they explain most readings: a reading
 * that is merely coarse, say one that jumps between two digits, has clear levels too, but tells
 * nothing of the others.
 */
final class ConditionFinder {

  /**
   * Variance between rows over variance in all, from which on a column moves about as much between
   * rows as over a life.
   */
  private static final double RESTLESS = 0.5;

  /**
   * The share of a reading's variance that conditions must explain for it to count as following
   * them.
   */
  private static final double EXPLAINED = 0.5;

  private final Frame frame;
  private final int most;

  ConditionFinder(Frame frame, int most) {
    this.frame = frame;
    this.most = most;
  }

  /** Conditions by settings that a person named. */
  FittedStep.Conditions by(List<Integer> settings) {
    return fitted(settings, Clusters.find(points(settings), most));
  }

  /** Conditions by settings that are to be found. */
  FittedStep.Conditions find() {
    List<Integer> settings = new ArrayList<>();
    for (int c : frame.numbers()) {
      if (restless(c) && Clusters.find(points(List.of(c)), most).size() > 1) {
        settings.add(c);
      }
    }
    if (!settings.isEmpty()) {
      double[][] points = points(settings);
      List<double[]> centres = Clusters.find(points, most);
      int[] belongs = belongs(points, centres);
      settings.removeIf(c -> drifts(c, belongs, centres.size()));
    }
    if (!settings.isEmpty()) {
      double[][] points = points(settings);
      List<double[]> centres = Clusters.find(points, most);
      if (centres.size() > 1 && explains(settings, belongs(points, centres), centres.size())) {
        return fitted(settings, centres);
      }
    }
    return fitted(List.of(), List.of(new double[0]));
  }

  private boolean restless(int column) {
    double[] values = frame.finite(column);
    if (!Statistics.varies(values)) {
      return false;
    }
    double all = Statistics.deviation(values, Statistics.mean(values));
    double between = frame.noise(column);
    return between * between >= RESTLESS * all * all;
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
      FittedStep.Line line = line(settings.get(j));
      double[] values = frame.values(settings.get(j));
      for (int i = 0; i < points.length; i++) {
        double v = (values[i] - line.offset()) * line.factor();
        points[i][j] = Double.isNaN(v) || Double.isInfinite(v) ? 0 : v;
      }
    }
    return points;
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

  private boolean explains(List<Integer> settings, int[] belongs, int clusters) {
    int readings = 0;
    int following = 0;
    for (int c : frame.numbers()) {
      double[] finite = frame.finite(c);
      if (settings.contains(c) || !Statistics.varies(finite)) {
        continue;
      }
      readings++;
      double mean = Statistics.mean(finite);
      double all = Statistics.deviation(finite, mean);
      double[] values = frame.values(c);
      double[] means = means(values, belongs, clusters);
      double within = 0;
      for (int i = 0; i < values.length; i++) {
        double d = values[i] - means[belongs[i]];
        within += Double.isNaN(d) || Double.isInfinite(d) ? 0 : d * d / finite.length;
      }
      if (within <= (1 - EXPLAINED) * all * all) {
        following++;
      }
    }
    return 2 * following >= readings;
  }

  private FittedStep.Conditions fitted(List<Integer> settings, List<double[]> found) {
    double[][] points = points(settings);
    List<double[]> centres = frequent(points, found);
    int[] belongs = belongs(points, centres);
    List<Integer> readings = new ArrayList<>(frame.numbers());
    readings.removeAll(settings);
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
    return java.util.Arrays.copyOf(own, n);
  }

  private static List<Double> list(double[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }
}
