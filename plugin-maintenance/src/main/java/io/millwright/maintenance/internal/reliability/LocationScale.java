package io.millwright.maintenance.internal.reliability;

import io.millwright.maintenance.LifeLaw;

/** Exponential, Weibull, lognormal and normal: location, then the logarithm of scale. */
record LocationScale(LifeLaw law) implements Law {

  Standard standard() {
    return law == LifeLaw.LOGNORMAL || law == LifeLaw.NORMAL ? Standard.NORMAL : Standard.SMALLEST;
  }

  boolean logs() {
    return law != LifeLaw.NORMAL;
  }

  double sigma(double[] x) {
    return law == LifeLaw.EXPONENTIAL ? 1 : Math.exp(x[1]);
  }

  double z(double[] x, double time) {
    return ((logs() ? Math.log(time) : time) - x[0]) / sigma(x);
  }

  @Override
  public double logDensity(double[] x, double time) {
    return standard().logDensity(z(x, time)) - Math.log(sigma(x)) - (logs() ? Math.log(time) : 0);
  }

  @Override
  public double logSurvival(double[] x, double time) {
    return standard().logSurvival(z(x, time));
  }

  @Override
  public double logCdf(double[] x, double time) {
    return standard().logCdf(z(x, time));
  }

  @Override
  public String[] names() {
    return switch (law) {
      case EXPONENTIAL -> new String[] {"mean"};
      case WEIBULL -> new String[] {"eta", "beta"};
      case NORMAL -> new String[] {"mean", "sigma"};
      default -> new String[] {"mu", "sigma"};
    };
  }

  @Override
  public double[] natural(double[] x, double scale) {
    double[] all = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      all[j] = natural(j, x[j], scale);
    }
    return all;
  }

  @Override
  public double natural(int index, double free, double scale) {
    if (index == 0) {
      return switch (law) {
        case LOGNORMAL -> free + Math.log(scale);
        case NORMAL -> free * scale;
        default -> Math.exp(free) * scale;
      };
    }
    return switch (law) {
      case WEIBULL -> Math.exp(-free);
      case NORMAL -> Math.exp(free) * scale;
      default -> Math.exp(free);
    };
  }
}
