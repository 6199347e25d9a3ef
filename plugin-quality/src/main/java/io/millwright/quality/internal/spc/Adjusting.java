package io.millwright.quality.internal.spc;

import io.millwright.quality.Adjustment;
import io.millwright.quality.Adjustment.Target;

/** Brings values to the scale of a chart. */
final class Adjusting {

  private Adjusting() {}

  /** Why a value cannot be adjusted; empty when it can. */
  static String wrong(Adjustment adjustment, double value, String product) {
    if (adjustment instanceof Adjustment.Power p && !(value + p.shift() > 0)) {
      return "holds " + value + ", but a power needs values above " + -p.shift();
    }
    if (adjustment instanceof Adjustment.Products p && !p.products().containsKey(product)) {
      return "is of product \"" + product + "\", but the chart knows " + p.products().keySet();
    }
    return "";
  }

  /** The value on the chart's scale; {@code last} is the raw value before, NaN for none. */
  static double apply(Adjustment adjustment, double value, String product, double last) {
    if (adjustment instanceof Adjustment.Power p) {
      return power(value + p.shift(), p.lambda());
    }
    if (adjustment instanceof Adjustment.Residual r) {
      double off = value - r.mean();
      return Double.isNaN(last)
          ? off * Math.sqrt(1 - r.phi() * r.phi())
          : off - r.phi() * (last - r.mean());
    }
    if (adjustment instanceof Adjustment.Products p) {
      Target target = java.util.Objects.requireNonNull(p.products().get(product));
      return (value - target.nominal()) / target.sigma();
    }
    return value;
  }

  static double power(double value, double lambda) {
    return Math.abs(lambda) < 1e-12
        ? Math.log(value)
        : Math.expm1(lambda * Math.log(value)) / lambda;
  }

  /** The value whose power this is; NaN where there is none. */
  static double root(double power, double lambda) {
    return Math.abs(lambda) < 1e-12
        ? Math.exp(power)
        : lambda * power > -1 ? Math.exp(Math.log1p(lambda * power) / lambda) : Double.NaN;
  }
}
