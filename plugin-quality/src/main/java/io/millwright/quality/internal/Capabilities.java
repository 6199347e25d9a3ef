package io.millwright.quality.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.quality.ProcessCapability;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Cp and Cpk with their intervals. */
final class Capabilities {

  private static final int FEWEST = 10;

  private Capabilities() {}

  static ProcessCapability of(List<Double> values, double lower, double upper, double level) {
    if (!(lower < upper) || (Double.isInfinite(lower) && Double.isInfinite(upper))) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the limits are "
              + lower
              + " and "
              + upper
              + "\nMaybe give infinity for a limit that there is not, but for one of them only");
    }
    if (!(level > 0 && level < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the level is " + level + ", but must lie between 0 and 1");
    }
    int n = values.size();
    if (n < FEWEST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, n + " readings, but capability needs at least " + FEWEST);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(values.get(i))) {
        throw new MillwrightException(
            ErrorCode.MISSING_VALUE,
            "reading " + (i + 1) + " is " + values.get(i) + "\nMaybe leave missing readings out");
      }
      sum += values.get(i);
    }
    double mean = sum / n;
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    double s = Math.sqrt(squares / (n - 1));
    if (!(s > 1e-12 * Math.max(1e-300, Math.abs(mean)))) {
      throw Estimates.constant("the readings", values.get(0));
    }
    double tail = (1 - level) / 2;
    Optional<ProcessCapability.Index> cp = Optional.empty();
    if (Double.isFinite(lower) && Double.isFinite(upper)) {
      double value = (upper - lower) / (6 * s);
      ChiSquaredDistribution chi = new ChiSquaredDistribution(n - 1.0);
      cp =
          Optional.of(
              new ProcessCapability.Index(
                  value,
                  value * Math.sqrt(chi.inverseCumulativeProbability(tail) / (n - 1)),
                  value * Math.sqrt(chi.inverseCumulativeProbability(1 - tail) / (n - 1))));
    }
    double k = Math.min(upper - mean, mean - lower) / (3 * s);
    double z = new NormalDistribution().inverseCumulativeProbability(1 - tail);
    double half = z * Math.sqrt(1 / (9.0 * n) + k * k / (2.0 * (n - 1)));
    return new ProcessCapability(
        n, mean, s, cp, new ProcessCapability.Index(k, k - half, k + half), level);
  }
}
