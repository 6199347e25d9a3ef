package io.millwright.maintenance.internal.reliability;

import org.hipparchus.analysis.UnivariateFunction;
import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.exception.MathRuntimeException;

/** Bounds of one parameter by profile likelihood, all others as likely as they can be. */
final class Profile {

  private static final int WIDEST = 40;

  private Profile() {}

  /** Lower and upper bound; infinite where the likelihood never falls far enough. */
  static double[] bounds(Maximum.Surface f, Maximum best, int index, double level) {
    double fall = new ChiSquaredDistribution(1).inverseCumulativeProbability(level) / 2;
    double error = Math.sqrt(Math.max(1e-12, best.covariance().getEntry(index, index)));
    return new double[] {bound(f, best, index, fall, -error), bound(f, best, index, fall, error)};
  }

  private static double bound(
      Maximum.Surface f, Maximum best, int index, double fall, double error) {
    double[] rest = without(best.at(), index);
    double centre = best.at()[index];
    double due = best.value() - fall;
    double[][] warm = {rest};
    double near = centre;
    double step = 1.5 * Math.sqrt(2 * fall) / 1.5 * error;
    double far = centre + step;
    int wider = 0;
    while (profile(f, far, index, warm, rest) > due) {
      near = far;
      step *= 1.5;
      far += step;
      if (++wider > WIDEST || Math.abs(far) > 700) {
        return error < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
    }
    UnivariateFunction above = v -> profile(f, v, index, warm, rest) - due;
    try {
      return new BrentSolver(1e-10, 1e-9)
          .solve(100, above, Math.min(near, far), Math.max(near, far));
    } catch (MathRuntimeException e) {
      // Two tops: from one side the climb ends on the other one. Halving needs no signs at the
      // ends.
      return halved(above, near, far);
    }
  }

  private static double halved(UnivariateFunction above, double inside, double outside) {
    double in = inside;
    double out = outside;
    for (int half = 0; half < 40; half++) {
      double middle = (in + out) / 2;
      if (above.value(middle) > 0) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return (in + out) / 2;
  }

  /** The best of climbs from where the last one ended and from the top of all. */
  private static double profile(
      Maximum.Surface f, double value, int index, double[][] warm, double[] top) {
    if (top.length == 0) {
      return floor(f.at(new double[] {value}));
    }
    Maximum.Surface others = rest -> f.at(with(rest, index, value));
    double[] best = Maximum.climb(others, warm[0], 25);
    double found = others.at(best);
    if (top.length > 2) {
      double[] again = Maximum.climb(others, top, 25);
      double other = others.at(again);
      if (!(found >= other)) {
        best = again;
        found = other;
      }
    }
    if (Double.isFinite(found)) {
      warm[0] = best;
    }
    return floor(found);
  }

  private static double floor(double value) {
    return Double.isNaN(value) || value < -1e300 ? -1e300 : value;
  }

  static double[] without(double[] all, int index) {
    double[] rest = new double[all.length - 1];
    for (int i = 0, k = 0; i < all.length; i++) {
      if (i != index) {
        rest[k++] = all[i];
      }
    }
    return rest;
  }

  static double[] with(double[] rest, int index, double value) {
    double[] all = new double[rest.length + 1];
    for (int i = 0, k = 0; i < all.length; i++) {
      all[i] = i == index ? value : rest[k++];
    }
    return all;
  }
}
