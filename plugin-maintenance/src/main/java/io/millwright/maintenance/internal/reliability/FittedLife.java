package io.millwright.maintenance.internal.reliability;

import io.millwright.api.plan.LifeDistribution;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/** Laws of life by their log-survival and hazard; quantile and mean by numbers. Immutable. */
final class FittedLife implements LifeDistribution {

  /** A constant rule, which is dear to make and may be shared. */
  private static final GaussIntegrator GAUSS = new GaussIntegratorFactory().legendre(40);

  private final DoubleUnaryOperator logSurvival;
  private final DoubleUnaryOperator hazard;
  private final double scale;
  private final String words;

  FittedLife(
      DoubleUnaryOperator logSurvival, DoubleUnaryOperator hazard, double scale, String words) {
    this.logSurvival = logSurvival;
    this.hazard = hazard;
    this.scale = scale;
    this.words = words;
  }

  static FittedLife of(Law law, double[] x, double scale, String words) {
    return new FittedLife(
        t -> t <= 0 ? 0 : law.logSurvival(x, t / scale),
        t ->
            t <= 0
                ? 0
                : Math.exp(law.logDensity(x, t / scale) - law.logSurvival(x, t / scale)) / scale,
        scale,
        words);
  }

  /** The life of a unit that fails by whichever of several comes first. */
  static FittedLife first(List<LifeDistribution> lives, double scale) {
    return new FittedLife(
        t -> lives.stream().mapToDouble(l -> Math.log(l.survival(t))).sum(),
        t -> lives.stream().mapToDouble(l -> l.hazard(t)).sum(),
        scale,
        "the first of " + lives.size() + " modes");
  }

  @Override
  public double cdf(double time) {
    return time <= 0 ? 0 : -Math.expm1(logSurvival.applyAsDouble(time));
  }

  @Override
  public double survival(double time) {
    return time <= 0 ? 1 : Math.exp(logSurvival.applyAsDouble(time));
  }

  @Override
  public double hazard(double time) {
    return hazard.applyAsDouble(time);
  }

  @Override
  public double quantile(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "the probability is " + probability + ", but must be 0 or more and below 1");
    }
    if (probability == 0) {
      return 0;
    }
    double due = Math.log1p(-probability);
    double low = scale;
    double high = scale;
    for (int i = 0; i < 2000 && logSurvival.applyAsDouble(low) < due; i++) {
      low /= 2;
    }
    for (int i = 0; i < 1000 && logSurvival.applyAsDouble(high) > due; i++) {
      high *= 2;
    }
    for (int i = 0; i < 200 && high - low > 1e-15 * high; i++) {
      double middle = Math.sqrt(low) * Math.sqrt(high);
      if (logSurvival.applyAsDouble(middle) > due) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(low) * Math.sqrt(high);
  }

  @Override
  public double mean() {
    return area(this, Double.POSITIVE_INFINITY);
  }

  /** The integral of the survival function from 0, over pieces between its quantiles. */
  static double area(LifeDistribution life, double to) {
    double area = 0;
    double from = 0;
    // Each piece takes the survival down by a factor, so that each is smooth.
    double[] steps = {0.9999, 0.99, 0.9, 0.7, 0.5, 0.3, 0.1, 1e-2, 1e-3, 1e-5, 1e-8, 1e-12, 1e-15};
    for (double survival : steps) {
      double end = Math.min(to, life.quantile(1 - survival));
      if (end > from) {
        double a = from;
        double half = (end - a) / 2;
        area += half * GAUSS.integrate(u -> life.survival(a + half * (1 + u)));
        from = end;
      }
      if (end >= to) {
        return area;
      }
    }
    return Double.isFinite(from) ? area : Double.POSITIVE_INFINITY;
  }

  @Override
  public String toString() {
    return words;
  }
}
