package io.millwright.maintenance.internal.reliability;

import io.millwright.api.plan.LifeDistribution;
import org.hipparchus.special.Gamma;

/**
 * Weibull's law with known parameters.
 *
 * @param scale the characteristic life
 * @param shape above 1 when the hazard rises
 */
record WeibullLife(double scale, double shape) implements LifeDistribution {

  @Override
  public double cdf(double time) {
    return time <= 0 ? 0 : -Math.expm1(-Math.pow(time / scale, shape));
  }

  @Override
  public double survival(double time) {
    return time <= 0 ? 1 : Math.exp(-Math.pow(time / scale, shape));
  }

  @Override
  public double hazard(double time) {
    return time <= 0 ? 0 : shape / scale * Math.pow(time / scale, shape - 1);
  }

  @Override
  public double quantile(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "the probability is " + probability + ", but must be 0 or more and below 1");
    }
    return scale * Math.pow(-Math.log1p(-probability), 1 / shape);
  }

  @Override
  public double mean() {
    return scale * Math.exp(Gamma.logGamma(1 + 1 / shape));
  }
}
