package io.millwright.runtime.watch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * How far apart two samples of one column are (two-sample statistics): population stability index,
 * Jensen-Shannon distance, Kolmogorov-Smirnov test, chi-squared test of homogeneity. Missing values
 * are left out.
 */
public final class DriftStatistics {

  private static final int BINS = 10;

  /**
   * A statistic with its p-value.
   *
   * @param statistic the statistic
   * @param pValue how probable one as large is when nothing has changed
   */
  public record Test(double statistic, double pValue) {}

  private DriftStatistics() {}

  /**
   * The population stability index over ten bins of equal shares of the reference: the sum of
   * {@code (now - then) ln(now / then)}. By habit below 0.1 is stable, above 0.25 has moved.
   * Smoothed by half a count in each bin.
   *
   * @param reference the sample that it is compared with
   * @param now the present sample
   * @return not negative; 0 when either is empty
   */
  public static double psi(double[] reference, double[] now) {
    double[][] shares = shares(reference, now);
    double sum = 0;
    for (int b = 0; b < shares[0].length; b++) {
      sum += (shares[1][b] - shares[0][b]) * Math.log(shares[1][b] / shares[0][b]);
    }
    return sum;
  }

  /**
   * The Jensen-Shannon distance over the same bins: the root of the divergence in bits.
   *
   * @param reference the sample that it is compared with
   * @param now the present sample
   * @return 0 for equal shares to 1 for no overlap
   */
  public static double jensenShannon(double[] reference, double[] now) {
    double[][] shares = shares(reference, now);
    return distance(shares[0], shares[1]);
  }

  private static double distance(double[] p, double[] q) {
    double sum = 0;
    for (int b = 0; b < p.length; b++) {
      double m = (p[b] + q[b]) / 2;
      sum += (p[b] == 0 ? 0 : p[b] * Math.log(p[b] / m)) / 2;
      sum += (q[b] == 0 ? 0 : q[b] * Math.log(q[b] / m)) / 2;
    }
    return Math.sqrt(Math.max(0, sum / Math.log(2)));
  }

  private static double[][] shares(double[] reference, double[] now) {
    double[] sorted = Arrays.stream(reference).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double[] present = Arrays.stream(now).filter(v -> !Double.isNaN(v)).toArray();
    if (sorted.length == 0 || present.length == 0) {
      return new double[][] {{1}, {1}};
    }
    double[] edges = new double[BINS - 1];
    for (int b = 0; b < edges.length; b++) {
      edges[b] = sorted[(int) ((long) (b + 1) * (sorted.length - 1) / BINS)];
    }
    double[][] shares = new double[2][BINS];
    for (double v : sorted) {
      shares[0][bin(edges, v)]++;
    }
    for (double v : present) {
      shares[1][bin(edges, v)]++;
    }
    for (int b = 0; b < BINS; b++) {
      shares[0][b] = (shares[0][b] + 0.5) / (sorted.length + 0.5 * BINS);
      shares[1][b] = (shares[1][b] + 0.5) / (present.length + 0.5 * BINS);
    }
    return shares;
  }

  private static int bin(double[] edges, double v) {
    int b = 0;
    while (b < edges.length && v > edges[b]) {
      b++;
    }
    return b;
  }

  /**
   * The two-sample Kolmogorov-Smirnov test, with the asymptotic p-value and Stephens' correction
   * for small samples; ties make it cautious.
   *
   * @param reference the sample that it is compared with
   * @param now the present sample
   * @return the largest distance of the two distribution functions; p is 1 when either is empty
   */
  public static Test kolmogorovSmirnov(double[] reference, double[] now) {
    double[] a = Arrays.stream(reference).filter(v -> !Double.isNaN(v)).sorted().toArray();
    double[] b = Arrays.stream(now).filter(v -> !Double.isNaN(v)).sorted().toArray();
    return kolmogorovSmirnovSorted(a, b);
  }

  static Test kolmogorovSmirnovSorted(double[] a, double[] b) {
    if (a.length == 0 || b.length == 0) {
      return new Test(0, 1);
    }
    int i = 0;
    int j = 0;
    double far = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= at) {
        i++;
      }
      while (j < b.length && b[j] <= at) {
        j++;
      }
      far = Math.max(far, Math.abs((double) i / a.length - (double) j / b.length));
    }
    double n = Math.sqrt((double) a.length * b.length / ((double) a.length + b.length));
    return new Test(far, kolmogorov((n + 0.12 + 0.11 / n) * far));
  }

  /** The upper tail of Kolmogorov's distribution. */
  private static double kolmogorov(double x) {
    if (x < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      double term = Math.exp(-2.0 * k * k * x * x);
      sum += k % 2 == 1 ? term : -term;
      if (term < 1e-16) {
        break;
      }
    }
    return Math.min(1, Math.max(0, 2 * sum));
  }

  /**
   * The chi-squared test of homogeneity of labels, with the Jensen-Shannon distance of their
   * shares. Labels that both samples have fewer than five of count as one.
   *
   * @param reference the labels that it is compared with; null is left out
   * @param now the present labels
   * @return the distance as statistic, and the p-value
   */
  public static Test labels(
      List<? extends @Nullable String> reference, List<? extends @Nullable String> now) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    count(reference, 0, counts);
    count(now, 1, counts);
    int[] rest = new int[2];
    int[] whole = new int[2];
    double chi = 0;
    int cells = 0;
    for (int[] c : counts.values()) {
      whole[0] += c[0];
      whole[1] += c[1];
    }
    if (whole[0] == 0 || whole[1] == 0) {
      return new Test(0, 1);
    }
    double[] p = new double[counts.size()];
    double[] q = new double[counts.size()];
    int at = 0;
    for (int[] c : counts.values()) {
      p[at] = (double) c[0] / whole[0];
      q[at++] = (double) c[1] / whole[1];
      if (c[0] < 5 && c[1] < 5) {
        rest[0] += c[0];
        rest[1] += c[1];
      } else {
        chi += chi(c, whole);
        cells++;
      }
    }
    if (rest[0] + rest[1] > 0) {
      chi += chi(rest, whole);
      cells++;
    }
    double pValue = cells < 2 ? 1 : Gamma.regularizedGammaQ((cells - 1) / 2.0, chi / 2);
    return new Test(distance(p, q), pValue);
  }

  private static double chi(int[] c, int[] whole) {
    double share = (double) (c[0] + c[1]) / (whole[0] + whole[1]);
    double sum = 0;
    for (int s = 0; s < 2; s++) {
      double expected = share * whole[s];
      sum += (c[s] - expected) * (c[s] - expected) / expected;
    }
    return sum;
  }

  private static void count(
      List<? extends @Nullable String> labels, int sample, Map<String, int[]> counts) {
    for (String label : labels) {
      if (label != null) {
        counts.computeIfAbsent(label, l -> new int[2])[sample]++;
      }
    }
  }

  /**
   * Adjusts p-values for testing many things at once (Holm 1979): whatever depends on whatever, at
   * most a share {@code alpha} of days without any change has an adjusted value below {@code
   * alpha}.
   *
   * @param pValues the p-values
   * @return the adjusted values, in the same order
   */
  public static List<Double> holm(List<Double> pValues) {
    int n = pValues.size();
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (i, j) -> Double.compare(pValues.get(i), pValues.get(j)));
    Double[] adjusted = new Double[n];
    double least = 0;
    for (int i = 0; i < n; i++) {
      least = Math.max(least, Math.min(1, (n - i) * pValues.get(order[i])));
      adjusted[order[i]] = least;
    }
    return List.of(adjusted);
  }
}
