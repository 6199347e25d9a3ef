package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * The largest value of a smooth function: Nelder and Mead's simplex (1965), then Newton's method on
 * differences.
 *
 * @param at where
 * @param value how large
 * @param covariance the inverse of minus the second derivatives there
 */
record Maximum(double[] at, double value, RealMatrix covariance) {

  private static final double STEP = 1e-4;

  /** A function; minus infinity or NaN where it does not exist. */
  @FunctionalInterface
  interface Surface {
    double at(double[] x);
  }

  static Maximum of(Surface f, double[] start) {
    double[] x = climb(f, simplex(f, start, 0.3), 60);
    // Once more from there: a simplex can collapse on a slope.
    x = climb(f, simplex(f, x, 0.05), 60);
    double[][] second = second(f, x);
    for (double[] row : second) {
      for (int j = 0; j < row.length; j++) {
        row[j] = -row[j];
      }
    }
    try {
      RealMatrix covariance =
          new CholeskyDecomposition(new Array2DRowRealMatrix(second, false), 1e-3, 1e-14)
              .getSolver()
              .getInverse();
      return new Maximum(x, f.at(x), covariance);
    } catch (MathRuntimeException e) {
      throw new MillwrightException(
          ErrorCode.DIVERGED,
          "the likelihood has no single largest value near "
              + Arrays.toString(x)
              + "\nMaybe take a law with fewer parameters, or more failures",
          e);
    }
  }

  private static double[] simplex(Surface f, double[] start, double step) {
    double[] steps = new double[start.length];
    Arrays.fill(steps, step);
    MultivariateFunction finite =
        x -> {
          double v = f.at(x);
          return Double.isNaN(v) || v == Double.NEGATIVE_INFINITY ? -1e300 : v;
        };
    try {
      PointValuePair best =
          new SimplexOptimizer(new SimpleValueChecker(1e-11, 1e-11))
              .optimize(
                  new MaxEval(4000),
                  new ObjectiveFunction(finite),
                  GoalType.MAXIMIZE,
                  new InitialGuess(start),
                  new NelderMeadSimplex(steps));
      return best.getPoint();
    } catch (MathRuntimeException e) {
      return start;
    }
  }

  /** Newton's method from a point that is near; never to a lower value. */
  static double[] climb(Surface f, double[] start, int rounds) {
    double[] x = start.clone();
    double value = f.at(x);
    for (int round = 0; round < rounds; round++) {
      double[] slope = slope(f, x);
      double[] step;
      try {
        step =
            new LUDecomposition(new Array2DRowRealMatrix(second(f, x), false))
                .getSolver()
                .solve(new ArrayRealVector(slope, false))
                .mapMultiply(-1)
                .toArray();
      } catch (MathRuntimeException e) {
        return x;
      }
      double uphill = 0;
      for (int j = 0; j < x.length; j++) {
        uphill += step[j] * slope[j];
      }
      double sign = uphill < 0 ? -1 : 1;
      double share = 1;
      boolean moved = false;
      double change = 0;
      for (int half = 0; half < 30 && !moved; half++) {
        double[] next = new double[x.length];
        change = 0;
        for (int j = 0; j < x.length; j++) {
          double d = Math.max(-2, Math.min(2, sign * share * step[j]));
          next[j] = x[j] + d;
          change = Math.max(change, Math.abs(d) / (1 + Math.abs(x[j])));
        }
        double v = f.at(next);
        if (v >= value) {
          moved = true;
          x = next;
          value = v;
        } else if (change < 1e-13) {
          return x;
        }
        share /= 2;
      }
      if (!moved || change < 1e-10) {
        return x;
      }
    }
    return x;
  }

  private static double[] slope(Surface f, double[] x) {
    double[] slope = new double[x.length];
    double[] at = x.clone();
    for (int j = 0; j < x.length; j++) {
      double h = STEP * (1 + Math.abs(x[j]));
      at[j] = x[j] + h;
      double up = f.at(at);
      at[j] = x[j] - h;
      double down = f.at(at);
      at[j] = x[j] + 2 * h;
      double far = f.at(at);
      at[j] = x[j] - 2 * h;
      slope[j] = (8 * (up - down) - (far - f.at(at))) / (12 * h);
      at[j] = x[j];
    }
    return slope;
  }

  static double[][] second(Surface f, double[] x) {
    int n = x.length;
    double[][] second = new double[n][n];
    double middle = f.at(x);
    double[] at = x.clone();
    for (int i = 0; i < n; i++) {
      double h = STEP * 5 * (1 + Math.abs(x[i]));
      at[i] = x[i] + h;
      double up = f.at(at);
      at[i] = x[i] - h;
      double down = f.at(at);
      at[i] = x[i];
      second[i][i] = (up - 2 * middle + down) / (h * h);
      for (int j = 0; j < i; j++) {
        double k = STEP * 5 * (1 + Math.abs(x[j]));
        double sum = 0;
        for (int s = 0; s < 4; s++) {
          int a = s < 2 ? 1 : -1;
          int b = s % 2 == 0 ? 1 : -1;
          at[i] = x[i] + a * h;
          at[j] = x[j] + b * k;
          sum += a * b * f.at(at);
        }
        at[i] = x[i];
        at[j] = x[j];
        second[i][j] = sum / (4 * h * k);
        second[j][i] = second[i][j];
      }
    }
    return second;
  }
}
