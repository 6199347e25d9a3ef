package io.millwright.quality.internal.sampling;

import io.millwright.quality.AcceptancePlan;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.discrete.HypergeometricDistribution;
import org.hipparchus.special.Beta;
import org.hipparchus.special.Gamma;

/** Probabilities of acceptance. */
final class Curves {

  private static final NormalDistribution NORMAL = new NormalDistribution();

  private Curves() {}

  static double accepted(AcceptancePlan plan, long lot, double share) {
    if (plan instanceof AcceptancePlan.Attributes a) {
      if (lot > 0 && lot <= Integer.MAX_VALUE) {
        int bad = (int) Math.round(share * lot);
        return new HypergeometricDistribution((int) lot, bad, a.sample())
            .cumulativeProbability(a.accept());
      }
      return binomial(a.sample(), a.accept(), share);
    }
    AcceptancePlan.Variables v = (AcceptancePlan.Variables) plan;
    return variables(v.sample(), v.k(), v.sigmaKnown(), share);
  }

  static double binomial(int n, int c, double share) {
    if (share <= 0) {
      return 1;
    }
    return share >= 1 ? 0 : Beta.regularizedBeta(1 - share, n - c, c + 1.0);
  }

  static double variables(int n, double k, boolean known, double share) {
    if (share <= 0) {
      return 1;
    }
    if (share >= 1) {
      return 0;
    }
    double z = -NORMAL.inverseCumulativeProbability(share);
    double root = Math.sqrt(n);
    return known
        ? NORMAL.cumulativeProbability(root * (z - k))
        : 1 - noncentralT(k * root, n - 1, root * z);
  }

  /** The share of defectives that a plan accepts with a probability. */
  static double share(AcceptancePlan.Attributes plan, double accepted) {
    double low = 0;
    double high = 1;
    while (high - low > 1e-13) {
      double middle = (low + high) / 2;
      if (binomial(plan.sample(), plan.accept(), middle) > accepted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * The noncentral t distribution function (Lenth 1989, algorithm AS 243), summed from its largest
   * term to both sides so that large parameters do not underflow.
   */
  static double noncentralT(double t, double free, double off) {
    if (t < 0) {
      return 1 - noncentralT(-t, free, -off);
    }
    double below = NORMAL.cumulativeProbability(-off);
    if (t == 0) {
      return below;
    }
    double x = t * t / (t * t + free);
    double half = off * off / 2;
    double sum = 0;
    int middle = (int) half;
    for (int direction : new int[] {1, -1}) {
      for (int j = direction > 0 ? middle : middle - 1; j >= 0; j += direction) {
        double log = -half + (half > 0 ? j * Math.log(half) : 0);
        double p = half == 0 && j > 0 ? 0 : Math.exp(log - Gamma.logGamma(j + 1.0));
        double q =
            half == 0 && j > 0 ? 0 : off / Math.sqrt(2) * Math.exp(log - Gamma.logGamma(j + 1.5));
        sum +=
            p * Beta.regularizedBeta(x, j + 0.5, free / 2)
                + q * Beta.regularizedBeta(x, j + 1.0, free / 2);
        if (p + Math.abs(q) < 1e-15) {
          break;
        }
      }
    }
    return Math.max(0, Math.min(1, below + sum / 2));
  }
}
