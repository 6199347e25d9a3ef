package io.millwright.runtime.watch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How often an event of a stated probability came true on held-out data: logistic in the logit of
 * the stated probability (Platt 1999, with a weak prior of being right already), so that two
 * numbers are learnt and a window may lie anywhere. Where groups of equal probability contradict
 * that line beyond chance (Hosmer and Lemeshow 1980), each group keeps its own difference.
 * Immutable.
 */
final class Recalibration {

  private static final int LEAST = 100;
  private static final int BINS = 12;

  /** The 99.9 % point of chi-square with 10 degrees of freedom. */
  private static final double CONTRADICTED = 29.59;

  /** Precision of the prior on offset (about 0) and slope (about 1). */
  private static final double[] PRIOR = {4, 16};

  private static final double FURTHEST = 1e-6;
  private static final int DRAWS = 400;

  private final double[] line;
  private final double[][] covariance;
  private final double[] edges;
  private final double[] differences;
  private final double[] spreads;
  private final double[] sorted;

  private Recalibration(
      double[] line,
      double[][] covariance,
      double[] edges,
      double[] differences,
      double[] spreads,
      double[] sorted) {
    this.line = line;
    this.covariance = covariance;
    this.edges = edges;
    this.differences = differences;
    this.spreads = spreads;
    this.sorted = sorted;
  }

  static Recalibration of(double[] probability, double[] happened) {
    int n = probability.length;
    if (n < LEAST || happened.length != n) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          n
              + " probabilities and "
              + happened.length
              + " truths\nMaybe give "
              + LEAST
              + " held-out answers or more, each with its truth");
    }
    for (int i = 0; i < n; i++) {
      checked(probability[i], i);
      if (happened[i] != 0 && happened[i] != 1) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "truth " + i + " is " + happened[i] + "\nMaybe give 1 for what came true, 0 otherwise");
      }
    }
    double[] line = {0, 1};
    double[][] covariance = new double[2][2];
    for (int step = 0; step < 50; step++) {
      double g0 = PRIOR[0] * line[0];
      double g1 = PRIOR[1] * (line[1] - 1);
      double h00 = PRIOR[0];
      double h01 = 0;
      double h11 = PRIOR[1];
      for (int i = 0; i < n; i++) {
        double z = logit(probability[i]);
        double p = logistic(line[0] + line[1] * z);
        double w = p * (1 - p);
        g0 += p - happened[i];
        g1 += (p - happened[i]) * z;
        h00 += w;
        h01 += w * z;
        h11 += w * z * z;
      }
      double determinant = h00 * h11 - h01 * h01;
      double d0 = (h11 * g0 - h01 * g1) / determinant;
      double d1 = (h00 * g1 - h01 * g0) / determinant;
      // Newton steps of a convex function, damped where they are long.
      double scale = Math.min(1, 2 / (Math.abs(d0) + Math.abs(d1) + 1e-12));
      line[0] -= scale * d0;
      line[1] -= scale * d1;
      covariance =
          new double[][] {
            {h11 / determinant, -h01 / determinant}, {-h01 / determinant, h00 / determinant}
          };
      if (Math.abs(d0) + Math.abs(d1) < 1e-10) {
        break;
      }
    }
    double[] sorted = probability.clone();
    Arrays.sort(sorted);
    double[] edges = new double[BINS - 1];
    for (int b = 0; b < edges.length; b++) {
      edges[b] = sorted[(int) ((long) (b + 1) * (n - 1) / BINS)];
    }
    double[] count = new double[BINS];
    double[] beyond = new double[BINS];
    double[] variance = new double[BINS];
    for (int i = 0; i < n; i++) {
      int b = bin(edges, probability[i]);
      double p = logistic(line[0] + line[1] * logit(probability[i]));
      count[b]++;
      beyond[b] += happened[i] - p;
      variance[b] += p * (1 - p);
    }
    double chi = 0;
    for (int b = 0; b < BINS; b++) {
      // Half an event: a group of certain answers has next to no variance.
      chi += beyond[b] * beyond[b] / (variance[b] + 0.5);
    }
    double[] differences = new double[BINS];
    double[] spreads = new double[BINS];
    for (int b = 0; b < BINS && chi > CONTRADICTED; b++) {
      differences[b] = beyond[b] / Math.max(1, count[b]);
      spreads[b] = Math.sqrt(variance[b] + 0.5) / Math.max(1, count[b]);
    }
    return new Recalibration(line, covariance, edges, differences, spreads, sorted);
  }

  private static void checked(double probability, int at) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "probability " + at + " is " + probability + "\nMaybe give numbers from 0 to 1");
    }
  }

  private static double logit(double p) {
    double bounded = Math.min(1 - FURTHEST, Math.max(FURTHEST, p));
    return Math.log(bounded / (1 - bounded));
  }

  private static double logistic(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static int bin(double[] edges, double v) {
    int b = 0;
    while (b < edges.length && v > edges[b]) {
      b++;
    }
    return b;
  }

  /**
   * Estimates a figure of a window: its value where truths are as expected, and its 2.5 and 97.5 %
   * points over what is not known of the line and over chance.
   *
   * @param figure of shares 0 to 1 that each event came true, in order of the window
   * @param what the probabilities are, for people
   */
  UnlabelledEstimate estimate(
      double[] probability, ToDoubleFunction<double[]> figure, String what) {
    int n = probability.length;
    if (n == 0) {
      return UnlabelledEstimate.empty();
    }
    double[] z = new double[n];
    int[] bins = new int[n];
    for (int i = 0; i < n; i++) {
      checked(probability[i], i);
      z[i] = logit(probability[i]);
      bins[i] = bin(edges, probability[i]);
    }
    double value = figure.applyAsDouble(shares(z, bins, line, differences));
    SplittableRandom random = new SplittableRandom(n);
    double root = Math.sqrt(Math.max(0, covariance[0][0]));
    double below = root > 0 ? covariance[0][1] / root : 0;
    double rest = Math.sqrt(Math.max(0, covariance[1][1] - below * below));
    double[] drawn = new double[DRAWS];
    double[] other = new double[BINS];
    for (int d = 0; d < DRAWS; d++) {
      double first = random.nextGaussian();
      double[] near = {
        line[0] + root * first, line[1] + below * first + rest * random.nextGaussian()
      };
      for (int b = 0; b < BINS; b++) {
        other[b] = differences[b] + spreads[b] * random.nextGaussian();
      }
      double[] truths = shares(z, bins, near, other);
      for (int i = 0; i < n; i++) {
        truths[i] = random.nextDouble() < truths[i] ? 1 : 0;
      }
      drawn[d] = figure.applyAsDouble(truths);
    }
    Arrays.sort(drawn);
    return UnlabelledEstimate.of(
        value,
        Math.min(value, drawn[(int) (0.025 * DRAWS)]),
        Math.max(value, drawn[(int) (0.975 * DRAWS)]),
        sorted,
        probability,
        what);
  }

  private static double[] shares(double[] z, int[] bins, double[] line, double[] differences) {
    double[] shares = new double[z.length];
    for (int i = 0; i < shares.length; i++) {
      double p = logistic(line[0] + line[1] * z[i]) + differences[bins[i]];
      shares[i] = Math.min(1, Math.max(0, p));
    }
    return shares;
  }
}
