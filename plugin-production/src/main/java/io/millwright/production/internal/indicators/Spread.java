package io.millwright.production.internal.indicators;

import java.util.List;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** Confidence intervals of 90 %. */
final class Spread {

  private static final double TAIL = 0.05;

  private Spread() {}

  /** Of a share of pieces, by Clopper and Pearson. */
  static double[] share(double part, double whole) {
    double n = Math.rint(whole);
    double k = Math.min(n, Math.rint(part));
    if (!(n >= 1 && k >= 0)) {
      return new double[] {0, 1};
    }
    return new double[] {
      k == 0 ? 0 : new BetaDistribution(k, n - k + 1).inverseCumulativeProbability(TAIL),
      k == n ? 1 : new BetaDistribution(k + 1, n - k).inverseCumulativeProbability(1 - TAIL)
    };
  }

  /** Of a mean time to an event, from the time watched and the number of events. */
  static double[] meanTime(double watched, int events) {
    double low =
        watched / new GammaDistribution(events + 1.0, 1).inverseCumulativeProbability(1 - TAIL);
    double high =
        events == 0
            ? Double.POSITIVE_INFINITY
            : watched / new GammaDistribution(events, 1).inverseCumulativeProbability(TAIL);
    return new double[] {low, high};
  }

  /** The factor up and down by which a mean of positive times may be off; infinite for one. */
  static double meanFactor(List<Double> times) {
    double[] logs = times.stream().filter(t -> t > 0).mapToDouble(Math::log).toArray();
    int n = logs.length;
    if (n < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = 0;
    for (double l : logs) {
      mean += l / n;
    }
    double squares = 0;
    for (double l : logs) {
      squares += (l - mean) * (l - mean);
    }
    double variance = squares / (n - 1);
    // Cox's interval of the mean of a lognormal, with Student's t.
    double error = Math.sqrt(variance / n + variance * variance / (2.0 * (n - 1)));
    return Math.exp(new TDistribution(n - 1.0).inverseCumulativeProbability(1 - TAIL) * error);
  }
}
