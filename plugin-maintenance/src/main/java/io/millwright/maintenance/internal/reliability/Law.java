package io.millwright.maintenance.internal.reliability;

/** A law of life with parameters that may take any value, over lives brought to a scale of 1. */
interface Law {

  double logDensity(double[] x, double time);

  double logSurvival(double[] x, double time);

  double logCdf(double[] x, double time);

  /** The names of the parameters as people know them. */
  String[] names();

  /** The parameters as people know them. */
  double[] natural(double[] x, double scale);

  /** Of one of them how it follows from the free parameter of the same index alone. */
  double natural(int index, double free, double scale);

  /** The log of the probability of failing between two times. */
  default double logBetween(double[] x, double from, double to) {
    if (from == 0) {
      return logCdf(x, to);
    }
    double a = logSurvival(x, from);
    double b = logSurvival(x, to);
    return a + Math.log(-Math.expm1(b - a));
  }
}
