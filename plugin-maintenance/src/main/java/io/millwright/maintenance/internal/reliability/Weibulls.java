package io.millwright.maintenance.internal.reliability;

/** Laws made of Weibulls: one with a threshold, and a mixture of two. */
final class Weibulls {

  private static final LocationScale PLAIN =
      new LocationScale(io.millwright.maintenance.LifeLaw.WEIBULL);

  private Weibulls() {}

  /**
   * With a threshold: location, log of scale, and the logit of the threshold's share of the first
   * time that something is known to have failed by.
   */
  record Shifted(double first) implements Law {
    double threshold(double[] x) {
      return first / (1 + Math.exp(-x[2]));
    }

    /** Shapes below 1 have an unbounded likelihood; they are out. */
    private static boolean out(double[] x) {
      return x[1] > 0;
    }

    @Override
    public double logDensity(double[] x, double time) {
      double t = time - threshold(x);
      return out(x) || t <= 0 ? Double.NEGATIVE_INFINITY : PLAIN.logDensity(x, t);
    }

    @Override
    public double logSurvival(double[] x, double time) {
      double t = time - threshold(x);
      return out(x) ? Double.NEGATIVE_INFINITY : t <= 0 ? 0 : PLAIN.logSurvival(x, t);
    }

    @Override
    public double logCdf(double[] x, double time) {
      double t = time - threshold(x);
      return out(x) || t <= 0 ? Double.NEGATIVE_INFINITY : PLAIN.logCdf(x, t);
    }

    @Override
    public String[] names() {
      return new String[] {"eta", "beta", "gamma"};
    }

    @Override
    public double[] natural(double[] x, double scale) {
      return new double[] {
        natural(0, x[0], scale), natural(1, x[1], scale), natural(2, x[2], scale)
      };
    }

    @Override
    public double natural(int index, double free, double scale) {
      return index == 2 ? scale * first / (1 + Math.exp(-free)) : PLAIN.natural(index, free, scale);
    }
  }

  /** A mixture: the logit of the first's share, then location and log of scale of each. */
  record Mixture() implements Law {
    private static double[] part(double[] x, int k) {
      return new double[] {x[1 + 2 * k], x[2 + 2 * k]};
    }

    private static double mixed(double[] x, double first, double second) {
      // log(p e^a + (1 - p) e^b) without underflow.
      double a = first - Math.log1p(Math.exp(-x[0]));
      double b = second - Math.log1p(Math.exp(x[0]));
      double most = Math.max(a, b);
      return most == Double.NEGATIVE_INFINITY
          ? most
          : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
    }

    /** A part of no width or no share has an unbounded likelihood; it is out. */
    private static boolean out(double[] x) {
      return x[2] < -4 || x[4] < -4 || Math.abs(x[0]) > 6;
    }

    @Override
    public double logDensity(double[] x, double time) {
      return out(x)
          ? Double.NEGATIVE_INFINITY
          : mixed(x, PLAIN.logDensity(part(x, 0), time), PLAIN.logDensity(part(x, 1), time));
    }

    @Override
    public double logSurvival(double[] x, double time) {
      return mixed(x, PLAIN.logSurvival(part(x, 0), time), PLAIN.logSurvival(part(x, 1), time));
    }

    @Override
    public double logCdf(double[] x, double time) {
      return mixed(x, PLAIN.logCdf(part(x, 0), time), PLAIN.logCdf(part(x, 1), time));
    }

    @Override
    public String[] names() {
      return new String[] {"share", "eta1", "beta1", "eta2", "beta2"};
    }

    @Override
    public double[] natural(double[] x, double scale) {
      double[] all = new double[5];
      for (int j = 0; j < 5; j++) {
        all[j] = natural(j, x[j], scale);
      }
      return all;
    }

    @Override
    public double natural(int index, double free, double scale) {
      return index == 0
          ? 1 / (1 + Math.exp(-free))
          : PLAIN.natural(index % 2 == 1 ? 0 : 1, free, scale);
    }
  }
}
