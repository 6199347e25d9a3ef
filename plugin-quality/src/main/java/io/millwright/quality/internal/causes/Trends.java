package io.millwright.quality.internal.causes;

import io.millwright.quality.Span;
import io.millwright.quality.Trend;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** The test of Mann and Kendall, with Sen's slope. */
final class Trends {

  private static final int MOST = 2000;

  private Trends() {}

  static Trend of(double[] course, double level) {
    int block = (course.length + MOST - 1) / MOST;
    double[][] points = points(course, Math.max(1, block));
    double[] t = points[0];
    double[] x = points[1];
    int n = x.length;
    if (n < 8) {
      throw Checks.few(n + " values: a trend needs 8\nMaybe take a longer course");
    }
    double s = 0;
    double[] slopes = new double[n * (n - 1) / 2];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        s += Math.signum(x[j] - x[i]);
        slopes[k++] = (x[j] - x[i]) / (t[j] - t[i]);
      }
    }
    Arrays.sort(slopes);
    double slope = (slopes[(k - 1) / 2] + slopes[k / 2]) / 2;
    double variance = variance(x) * memory(t, x, slope);
    NormalDistribution normal = new NormalDistribution();
    double z = variance > 0 ? (s - Math.signum(s)) / Math.sqrt(variance) : 0;
    double p = Math.min(1, 2 * normal.cumulativeProbability(-Math.abs(z)));
    // Gilbert (1987), equation 16.9: the ranks of the ends.
    double c = normal.inverseCumulativeProbability((1 + level) / 2) * Math.sqrt(variance);
    int low = Math.max(0, (int) Math.round((k - c) / 2) - 1);
    int high = Math.min(k - 1, (int) Math.round((k + c) / 2));
    return new Trend(z, p, new Span(slope, slopes[low], slopes[high]));
  }

  private static double[][] points(double[] course, int block) {
    double[] t = new double[course.length];
    double[] x = new double[course.length];
    int n = 0;
    for (int from = 0; from < course.length; from += block) {
      double sum = 0;
      double place = 0;
      int count = 0;
      for (int i = from; i < Math.min(course.length, from + block); i++) {
        if (Double.isFinite(course[i])) {
          sum += course[i];
          place += i;
          count++;
        }
      }
      if (count > 0) {
        t[n] = place / count;
        x[n++] = sum / count;
      }
    }
    return new double[][] {Arrays.copyOf(t, n), Arrays.copyOf(x, n)};
  }

  /** The variance of Kendall's S with ties. */
  private static double variance(double[] x) {
    double n = x.length;
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    double sum = n * (n - 1) * (2 * n + 5);
    for (int i = 0; i < sorted.length; ) {
      int j = i;
      while (j < sorted.length && sorted[j] == sorted[i]) {
        j++;
      }
      double ties = j - i;
      sum -= ties * (ties - 1) * (2 * ties + 5);
      i = j;
    }
    return sum / 18;
  }

  /** By how much autocorrelation of the ranks about the trend widens the variance. */
  private static double memory(double[] t, double[] x, double slope) {
    int n = x.length;
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = x[i] - slope * t[i];
    }
    double[] ranks = Ranks.of(rest);
    double square = 0;
    for (int i = 0; i < n; i++) {
      ranks[i] -= (n + 1) / 2.0;
      square += ranks[i] * ranks[i];
    }
    if (!(square > 0)) {
      return 1;
    }
    double sum = 0;
    double beyond = 1.96 / Math.sqrt(n);
    for (int lag = 1; lag < n - 3; lag++) {
      double r = 0;
      for (int i = lag; i < n; i++) {
        r += ranks[i] * ranks[i - lag];
      }
      r /= square;
      if (Math.abs(r) <= beyond) {
        // What follows the first lag without correlation is noise of the estimate.
        break;
      }
      sum += (double) (n - lag) * (n - lag - 1) * (n - lag - 2) * r;
    }
    return Math.max(1, 1 + 2 * sum / ((double) n * (n - 1) * (n - 2)));
  }
}
