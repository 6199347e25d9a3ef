package io.millwright.supplychain.internal.classic;

import java.util.Arrays;

/**
 * Demand that comes in lots: a number of lots of negative binomial distribution, each of a size
 * that was seen before. Probabilities by the recursion of Panjer (1981).
 */
public final class Compound {

  private static final int CELLS = 24;
  private static final int MOST = 20_000;

  private Compound() {}

  /**
   * Quantiles of the sum.
   *
   * @param lots the expected number of lots
   * @param shape the shape of their number
   * @param sizes sizes of lots, positive whole numbers, with repetitions
   * @param probabilities rising
   */
  public static double[] quantiles(
      double lots, double shape, double[] sizes, double[] probabilities) {
    double cell = cell(sizes);
    int longest = (int) Math.rint(Arrays.stream(sizes).max().orElse(1) / cell);
    double[] size = new double[Math.max(1, longest) + 1];
    for (double s : sizes) {
      size[Math.max(1, (int) Math.rint(s / cell))] += 1.0 / sizes.length;
    }
    double mean = Math.max(lots, 1e-9);
    double a = mean / (shape + mean);
    double none = Math.exp(shape * Math.log1p(-a));
    if (!(none > 1e-280)) {
      return normal(mean, shape, sizes, probabilities, cell);
    }
    double b = (shape - 1) * a;
    double[] p = new double[64];
    p[0] = none;
    double sum = none;
    double[] quantiles = new double[probabilities.length];
    int at = 0;
    for (int i = 0; i < quantiles.length; i++) {
      while (sum < probabilities[i] && at < MOST) {
        at++;
        p = at < p.length ? p : Arrays.copyOf(p, 2 * p.length);
        for (int j = 1; j <= Math.min(at, size.length - 1); j++) {
          p[at] += (a + b * j / at) * size[j] * p[at - j];
        }
        sum += p[at];
      }
      quantiles[i] = at * cell;
    }
    return quantiles;
  }

  /** What all sizes are multiples of, or, of large ones, nearly. */
  private static double cell(double[] sizes) {
    double divisor = divisor(sizes);
    double most = Arrays.stream(sizes).max().orElse(1);
    return divisor * Math.max(1, Math.ceil(most / divisor / CELLS));
  }

  /** The greatest common divisor of positive whole numbers. */
  public static double divisor(double[] values) {
    long divisor = 0;
    for (double v : values) {
      long a = divisor;
      long b = (long) v;
      while (b != 0) {
        long rest = a % b;
        a = b;
        b = rest;
      }
      divisor = a;
    }
    return Math.max(1, divisor);
  }

  private static double[] normal(
      double lots, double shape, double[] sizes, double[] probabilities, double cell) {
    double first = Arrays.stream(sizes).average().orElse(1);
    double second = Arrays.stream(sizes).map(s -> s * s).average().orElse(1);
    double mean = lots * first;
    double k = mean * mean / (lots * second + lots * lots / shape * first * first);
    double[] quantiles = new double[probabilities.length];
    for (int i = 0; i < quantiles.length; i++) {
      double root = 1 - 1 / (9 * k) + Normal.quantile(probabilities[i]) / (3 * Math.sqrt(k));
      quantiles[i] = cell * Math.rint(mean * Math.max(0, root * root * root) / cell);
    }
    return quantiles;
  }
}
