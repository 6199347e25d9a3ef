package io.millwright.quality.internal.spc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.special.Gamma;

/**
 * The run length of MEWMA in control: the length of the average, in units of its readings'
 * covariance, is a Markov chain with noncentral chi-square transitions (Runger and Prabhu 1996).
 */
final class MewmaLimit {

  private static final int STATES = 60;

  private MewmaLimit() {}

  static double of(int variables, double weight, double runLength) {
    if (variables < 1
        || variables > 100
        || !(weight >= 0.01 && weight <= 1)
        || !(runLength >= 10 && runLength <= 10_000)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          variables
              + " variables, weight "
              + weight
              + ", run length "
              + runLength
              + "\nMaybe take 1 to 100 variables, a weight of 0.01 to 1 and a run length of 10 to"
              + " 10,000");
    }
    double most = variables + 12 * Math.sqrt(2.0 * variables) + 20;
    return new BrentSolver(1e-6)
        .solve(
            200,
            h -> Math.log(runLength(variables, weight, h) / runLength),
            0.02 * variables,
            most);
  }

  /** The mean run length from the centre. */
  static double runLength(int p, double weight, double limit) {
    // T2 = |z|^2 (2 - w) / w < limit; states are rings of width g, the first half as wide.
    double end = Math.sqrt(limit * weight / (2 - weight));
    double g = 2 * end / (2 * STATES + 1);
    double[][] a = new double[STATES + 1][STATES + 1];
    for (int i = 0; i <= STATES; i++) {
      double off = (1 - weight) * i * g / weight;
      double before = 0;
      for (int j = 0; j <= STATES; j++) {
        double at = (j + 0.5) * g / weight;
        double upTo = noncentral(at * at, p, off * off);
        a[i][j] = (i == j ? 1 : 0) - (upTo - before);
        before = upTo;
      }
    }
    double[] ones = new double[STATES + 1];
    java.util.Arrays.fill(ones, 1);
    return new LUDecomposition(new Array2DRowRealMatrix(a, false))
        .getSolver()
        .solve(new ArrayRealVector(ones, false))
        .getEntry(0);
  }

  /** The noncentral chi-square distribution function: a Poisson mixture of central ones. */
  static double noncentral(double x, double free, double off) {
    double half = off / 2;
    int middle = (int) half;
    double weight =
        Math.exp(-half + middle * Math.log(Math.max(half, 1e-300)) - Gamma.logGamma(middle + 1.0));
    if (off == 0) {
      return Gamma.regularizedGammaP(free / 2, x / 2);
    }
    double sum = 0;
    double w = weight;
    for (int k = middle; w > 1e-16; k++) {
      sum += w * Gamma.regularizedGammaP(free / 2 + k, x / 2);
      w *= half / (k + 1);
    }
    w = weight;
    for (int k = middle; k > 0 && w > 1e-16; k--) {
      w *= k / half;
      sum += w * Gamma.regularizedGammaP(free / 2 + k - 1, x / 2);
    }
    return Math.min(1, sum);
  }
}
