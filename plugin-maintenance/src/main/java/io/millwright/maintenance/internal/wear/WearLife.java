package io.millwright.maintenance.internal.wear;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import org.hipparchus.special.Erf;

/**
 * How long a unit has: log-normal around its median, since speeds differ by factors, and widened in
 * quadrature by the cycles that a single reading strays.
 *
 * @param median in cycles, positive
 * @param spread the deviation of the logarithm
 * @param noise in cycles
 */
record WearLife(double median, double spread, double noise) implements Uncertainties {

  /** A deviation of the logarithm beyond which a life may be anything. */
  private static final double WIDEST = 2;

  /** What is left after some cycles of which nothing is known, as unsure in cycles as before. */
  WearLife after(int cycles) {
    if (cycles == 0) {
      return this;
    }
    double left = Math.max(0.5, median - cycles);
    return new WearLife(left, Math.min(WIDEST, spread * median / left), noise);
  }

  private double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "probability is " + p + "\nMaybe choose one between 0 and 1, such as 0.9");
    }
    double z = Math.sqrt(2) * Erf.erfInv(2 * p - 1);
    double by = median * Math.expm1(spread * z);
    return Math.max(0, median + Math.signum(z) * Math.hypot(by, noise * z));
  }

  @Override
  public Uncertainty at(double level) {
    double tail = (1 - level) / 2;
    return new Uncertainty.Interval(level, quantile(tail), quantile(1 - tail), Unit.CYCLE);
  }

  @Override
  public double[] quantiles(double... probabilities) {
    double[] quantiles = new double[probabilities.length];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = quantile(probabilities[i]);
    }
    return quantiles;
  }

  @Override
  public String toString() {
    return "90 % interval " + at(0.9);
  }
}
