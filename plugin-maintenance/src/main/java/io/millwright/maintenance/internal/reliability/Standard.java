package io.millwright.maintenance.internal.reliability;

import org.hipparchus.special.Erf;

/** The standard law of the error in a location-scale family. */
enum Standard {
  /** Smallest extreme value: its location-scale family of log life is Weibull. */
  SMALLEST {
    @Override
    double logDensity(double z) {
      return z - Math.exp(z);
    }

    @Override
    double logSurvival(double z) {
      return -Math.exp(z);
    }

    @Override
    double logCdf(double z) {
      double e = Math.exp(z);
      return e < 1e-10 ? z : Math.log(-Math.expm1(-e));
    }

    @Override
    double quantile(double p) {
      return Math.log(-Math.log1p(-p));
    }
  },
  /** Normal: its location-scale family of log life is lognormal. */
  NORMAL {
    @Override
    double logDensity(double z) {
      return -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
    }

    @Override
    double logSurvival(double z) {
      return logTail(z);
    }

    @Override
    double logCdf(double z) {
      return logTail(-z);
    }

    @Override
    double quantile(double p) {
      return -Math.sqrt(2) * Erf.erfcInv(2 * p);
    }
  };

  private static double logTail(double z) {
    if (z < 25) {
      return Math.log(Erf.erfc(z / Math.sqrt(2)) / 2);
    }
    // Beyond, the continued fraction's first terms are exact to rounding.
    double w = 1 / (z * z);
    return -0.5 * z * z
        - Math.log(z)
        - 0.5 * Math.log(2 * Math.PI)
        + Math.log1p(-w * (1 - 3 * w * (1 - 5 * w)));
  }

  abstract double logDensity(double z);

  abstract double logSurvival(double z);

  abstract double logCdf(double z);

  abstract double quantile(double p);
}
