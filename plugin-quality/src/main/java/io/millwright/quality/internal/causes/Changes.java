package io.millwright.quality.internal.causes;

import io.millwright.quality.LevelChange;
import io.millwright.quality.Span;
import io.millwright.runtime.monitoring.ChangePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Changes of level with intervals. */
final class Changes {

  private Changes() {}

  static List<LevelChange> of(double[] course, double level) {
    int[] places = IntStream.range(0, course.length).filter(i -> finite(course[i])).toArray();
    double[] x = Arrays.stream(places).mapToDouble(i -> course[i]).toArray();
    List<Integer> found = ChangePoints.ofLevel(x);
    if (found.isEmpty()) {
      return List.of();
    }
    int[] ends = new int[found.size() + 2];
    for (int i = 0; i < found.size(); i++) {
      ends[i + 1] = found.get(i);
    }
    ends[ends.length - 1] = x.length;
    double variance = noise(x, ends);
    double z = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2);
    List<LevelChange> all = new ArrayList<>();
    for (int k = 1; k < ends.length - 1; k++) {
      int a = ends[k - 1];
      int b = ends[k + 1];
      int[] range = range(x, a, b, variance, level);
      double step = mean(x, ends[k], b) - mean(x, a, ends[k]);
      double wide = z * Math.sqrt(variance * (1.0 / (ends[k] - a) + 1.0 / (b - ends[k])));
      all.add(
          new LevelChange(
              places[ends[k]],
              places[Math.min(range[0], ends[k])],
              places[Math.max(range[1], ends[k])],
              new Span(step, step - wide, step + wide)));
    }
    return all;
  }

  /** The variance about the levels, widened by how much neighbours are alike. */
  private static double noise(double[] x, int[] ends) {
    double square = 0;
    double product = 0;
    for (int k = 1; k < ends.length; k++) {
      double mean = mean(x, ends[k - 1], ends[k]);
      for (int i = ends[k - 1]; i < ends[k]; i++) {
        square += (x[i] - mean) * (x[i] - mean);
        if (i > ends[k - 1]) {
          product += (x[i] - mean) * (x[i - 1] - mean);
        }
      }
    }
    double r = square > 0 ? Math.max(0, Math.min(0.95, product / square)) : 0;
    return square / Math.max(1, x.length - ends.length + 1) * (1 + r) / (1 - r);
  }

  /** The smallest set of places, by their likelihood, that holds the change at the level. */
  private static int[] range(double[] x, int a, int b, double variance, double level) {
    double[] gain = new double[b - a];
    double total = 0;
    for (int i = a; i < b; i++) {
      total += x[i];
    }
    double left = 0;
    double most = 0;
    for (int i = a + 1; i < b; i++) {
      left += x[i - 1];
      double n = i - a;
      double m = b - i;
      double difference = left / n - (total - left) / m;
      gain[i - a] = difference * difference * n * m / (n + m);
      most = Math.max(most, gain[i - a]);
    }
    double[] weight = new double[b - a];
    double sum = 0;
    for (int i = 1; i < weight.length; i++) {
      weight[i] = variance > 0 ? Math.exp((gain[i] - most) / (2 * variance)) : 0;
      sum += weight[i];
    }
    double[] sorted = weight.clone();
    Arrays.sort(sorted);
    double held = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = sorted.length - 1; i >= 1 && held < level * sum; i--) {
      held += sorted[i];
      least = sorted[i];
    }
    int from = b;
    int to = a;
    for (int i = 1; i < weight.length; i++) {
      if (weight[i] >= least) {
        from = Math.min(from, a + i);
        to = Math.max(to, a + i);
      }
    }
    return new int[] {from, to};
  }

  private static double mean(double[] x, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += x[i];
    }
    return sum / (to - from);
  }

  private static boolean finite(double v) {
    return Double.isFinite(v);
  }
}
