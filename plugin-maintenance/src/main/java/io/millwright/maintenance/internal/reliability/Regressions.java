package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.maintenance.Life;
import io.millwright.maintenance.LifeFit.Estimate;
import io.millwright.maintenance.LifeLaw;
import io.millwright.maintenance.LifeRegression;
import java.util.ArrayList;
import java.util.List;

/** Accelerated life by maximum likelihood. */
final class Regressions {

  private Regressions() {}

  static LifeRegression accelerated(List<Life> lives, LifeLaw law, double level) {
    if (law != LifeLaw.EXPONENTIAL && law != LifeLaw.WEIBULL && law != LifeLaw.LOGNORMAL) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "accelerated life takes the exponential, Weibull and lognormal laws, not " + law);
    }
    Centred centred = Centred.of(lives);
    int p = centred.mean().length;
    // Centred and scaled covariates: b0 is the location at their mean.
    Fits.Best plain = Fits.best(lives, law);
    LocationScale family = new LocationScale(law);
    double scale = plain.scale();
    boolean free = law != LifeLaw.EXPONENTIAL;
    Maximum.Surface f =
        x -> {
          double sum = 0;
          for (int i = 0; i < lives.size(); i++) {
            double[] at = free ? new double[] {x[0], x[p + 1]} : new double[] {x[0]};
            for (int j = 0; j < p; j++) {
              at[0] += x[1 + j] * centred.x()[i][j];
            }
            sum += Fits.logLikelihood(family, List.of(lives.get(i)), at, scale);
          }
          return sum;
        };
    double[] start = new double[p + (free ? 2 : 1)];
    start[0] = plain.maximum().at()[0];
    if (free) {
      start[p + 1] = plain.maximum().at()[1];
    }
    Maximum best = Maximum.of(f, start);
    double[] x = best.at();
    List<Estimate> all = new ArrayList<>();
    all.add(intercept(best, centred, scale, level, f));
    for (int j = 0; j < p; j++) {
      double d = centred.deviation()[j];
      double[] bounds = Profile.bounds(f, best, 1 + j, level);
      all.add(
          new Estimate(
              "b" + (j + 1),
              x[1 + j] / d,
              Math.sqrt(best.covariance().getEntry(1 + j, 1 + j)) / d,
              bounds[0] / d,
              bounds[1] / d));
    }
    if (free) {
      double[] bounds = Profile.bounds(f, best, p + 1, level);
      double sigma = Math.exp(x[p + 1]);
      all.add(
          new Estimate(
              "sigma",
              sigma,
              sigma * Math.sqrt(best.covariance().getEntry(p + 1, p + 1)),
              Math.exp(bounds[0]),
              Math.exp(bounds[1])));
    }
    double exact = lives.stream().filter(Life::exact).mapToDouble(Life::count).sum();
    return new LifeRegression(
        all,
        best.value() - exact * Math.log(scale),
        under -> {
          double[] values = centred.at(under);
          double[] at = free ? new double[] {x[0], x[p + 1]} : new double[] {x[0]};
          for (int j = 0; j < p; j++) {
            at[0] += x[1 + j] * values[j];
          }
          return FittedLife.of(family, at, scale, law + " under " + under);
        });
  }

  /**
   * The location where all covariates are 0, for which it takes the place of that at their mean.
   */
  private static Estimate intercept(
      Maximum best, Centred centred, double scale, double level, Maximum.Surface f) {
    int p = centred.mean().length;
    double[] at = best.at().clone();
    double[] shift = new double[p];
    for (int j = 0; j < p; j++) {
      shift[j] = centred.mean()[j] / centred.deviation()[j];
    }
    Maximum.Surface moved =
        y -> {
          double[] x = y.clone();
          for (int j = 0; j < p; j++) {
            x[0] += y[1 + j] * shift[j];
          }
          return f.at(x);
        };
    double variance = 0;
    for (int i = 0; i <= p; i++) {
      for (int j = 0; j <= p; j++) {
        double a = i == 0 ? 1 : -shift[i - 1];
        double b = j == 0 ? 1 : -shift[j - 1];
        variance += a * b * best.covariance().getEntry(i, j);
      }
    }
    for (int j = 0; j < p; j++) {
      at[0] -= at[1 + j] * shift[j];
    }
    org.hipparchus.linear.RealMatrix covariance = best.covariance().copy();
    covariance.setEntry(0, 0, variance);
    double[] bounds = Profile.bounds(moved, new Maximum(at, best.value(), covariance), 0, level);
    double log = Math.log(scale);
    return new Estimate("b0", at[0] + log, Math.sqrt(variance), bounds[0] + log, bounds[1] + log);
  }

  /** Covariates brought to mean 0 and deviation 1. */
  record Centred(double[] mean, double[] deviation, double[][] x) {
    static Centred of(List<Life> lives) {
      if (lives.isEmpty()) {
        throw new MillwrightException(ErrorCode.TOO_FEW_DATA, "there are no lives");
      }
      int p = lives.get(0).covariates().size();
      if (p == 0) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE, "the lives have no covariates\nMaybe use Life.under");
      }
      double[] mean = new double[p];
      double[] deviation = new double[p];
      for (int i = 0; i < lives.size(); i++) {
        if (lives.get(i).covariates().size() != p) {
          throw new MillwrightException(
              ErrorCode.WRONG_SHAPE,
              "life "
                  + (i + 1)
                  + " has "
                  + lives.get(i).covariates().size()
                  + " covariates, but the first "
                  + p);
        }
        for (int j = 0; j < p; j++) {
          mean[j] += lives.get(i).covariates().get(j) / lives.size();
        }
      }
      for (Life l : lives) {
        for (int j = 0; j < p; j++) {
          double d = l.covariates().get(j) - mean[j];
          deviation[j] += d * d / lives.size();
        }
      }
      for (int j = 0; j < p; j++) {
        deviation[j] = Math.sqrt(deviation[j]);
        if (!(deviation[j] > 1e-12 * Math.max(1e-300, Math.abs(mean[j])))) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "covariate " + (j + 1) + " is " + mean[j] + " for all lives\nMaybe leave it out");
        }
      }
      Centred centred = new Centred(mean, deviation, new double[lives.size()][]);
      for (int i = 0; i < lives.size(); i++) {
        centred.x[i] = centred.at(lives.get(i).covariates());
      }
      return centred;
    }

    double[] at(List<Double> covariates) {
      if (covariates.size() != mean.length) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            covariates.size() + " covariates are given, but the regression has " + mean.length);
      }
      double[] values = new double[mean.length];
      for (int j = 0; j < values.length; j++) {
        values[j] = (covariates.get(j) - mean[j]) / deviation[j];
      }
      return values;
    }
  }
}
