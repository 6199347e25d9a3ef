package io.millwright.quality.internal.fit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.Arrays;

/**
 * Nonlinear least squares: Levenberg and Marquardt's method (Moré 1978 for the scaling) with
 * derivatives by differences of fourth order, each step solved by orthogonal triangularisation.
 */
public final class CurveFit {

  private static final int MOST_STEPS = 20_000;

  private CurveFit() {}

  /** A curve. */
  @FunctionalInterface
  public interface Curve {
    /**
     * The curve's value.
     *
     * @param b the coefficients
     * @param x the row of inputs
     * @return the value; not finite outside of what is possible
     */
    double at(double[] b, double[] x);
  }

  /**
   * Fits.
   *
   * @param curve the curve
   * @param x rows of inputs
   * @param y answers
   * @param start coefficients to begin with
   * @return coefficients, their standard errors and what is left
   * @throws MillwrightException with {@link ErrorCode#DIVERGED} when it does not settle
   */
  public static LinearFit.Result fit(Curve curve, double[][] x, double[] y, double[] start) {
    int n = y.length;
    int p = start.length;
    double[] b = start.clone();
    double[] left = left(curve, x, y, b);
    double squares = squares(left);
    double damp = 1e-3;
    double[] norm = new double[p];
    int still = 0;
    double[][] slope = slopes(curve, x, b);
    for (int step = 0; step < MOST_STEPS; step++) {
      for (int j = 0; j < p; j++) {
        double length = 0;
        for (int i = 0; i < n; i++) {
          length += slope[i][j] * slope[i][j];
        }
        norm[j] = Math.max(norm[j], Math.sqrt(length));
      }
      double[] move = move(slope, left, norm, damp);
      double[] next = new double[p];
      double relative = 0;
      for (int j = 0; j < p; j++) {
        next[j] = b[j] + move[j];
        relative = Math.max(relative, Math.abs(move[j]) / (Math.abs(b[j]) + 1e-30));
      }
      double[] nextLeft = left(curve, x, y, next);
      double nextSquares = squares(nextLeft);
      if (nextSquares <= squares) {
        boolean settled = relative < 1e-11 || squares - nextSquares <= 1e-15 * squares;
        b = next;
        left = nextLeft;
        squares = nextSquares;
        damp = Math.max(1e-16, damp / 10);
        slope = slopes(curve, x, b);
        still = settled ? still + 1 : 0;
        if (still >= 4 || squares == 0) {
          return result(slope, b, squares, n);
        }
      } else {
        damp *= 8;
        if (relative < 1e-14 || damp > 1e30) {
          return result(slope, b, squares, n);
        }
      }
    }
    throw new MillwrightException(
        ErrorCode.DIVERGED,
        "the fit did not settle in "
            + MOST_STEPS
            + " steps from "
            + Arrays.toString(start)
            + "\nMaybe begin elsewhere");
  }

  private static LinearFit.Result result(double[][] slope, double[] b, double squares, int n) {
    int p = b.length;
    double deviation = n > p ? Math.sqrt(squares / (n - p)) : 0;
    double[] unit = new double[n];
    // Errors of the linear fit with residual 1: its scale follows from the residuals here.
    unit[0] = 1;
    LinearFit.Result shape = LinearFit.design(slope).solve(unit);
    double[] errors = new double[p];
    for (int j = 0; j < p; j++) {
      errors[j] =
          shape.residualDeviation() > 0
              ? shape.errors()[j] / shape.residualDeviation() * deviation
              : 0;
    }
    return new LinearFit.Result(b, errors, deviation, squares);
  }

  private static double[] move(double[][] slope, double[] left, double[] norm, double damp) {
    int n = left.length;
    int p = norm.length;
    double[][] rows = new double[n + p][p];
    double[] answers = Arrays.copyOf(left, n + p);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        rows[i][j] = norm[j] > 0 ? slope[i][j] / norm[j] : 0;
      }
    }
    for (int j = 0; j < p; j++) {
      rows[n + j][j] = Math.sqrt(damp);
    }
    double[] move = LinearFit.design(rows).solve(answers).coefficients();
    for (int j = 0; j < p; j++) {
      move[j] = norm[j] > 0 ? move[j] / norm[j] : 0;
    }
    return move;
  }

  private static double[][] slopes(Curve curve, double[][] x, double[] b) {
    double[][] slope = new double[x.length][b.length];
    double[] at = b.clone();
    for (int j = 0; j < b.length; j++) {
      // Four points: error of order h^4, so that a wide step loses no digits.
      double h = 1e-3 * Math.max(Math.abs(b[j]), 1e-8);
      for (int i = 0; i < x.length; i++) {
        at[j] = b[j] + h;
        double up = curve.at(at, x[i]);
        at[j] = b[j] - h;
        double down = curve.at(at, x[i]);
        at[j] = b[j] + 2 * h;
        double far = curve.at(at, x[i]);
        at[j] = b[j] - 2 * h;
        double near = curve.at(at, x[i]);
        slope[i][j] = (8 * (up - down) - (far - near)) / (12 * h);
        if (!Double.isFinite(slope[i][j])) {
          slope[i][j] = 0;
        }
      }
      at[j] = b[j];
    }
    return slope;
  }

  private static double[] left(Curve curve, double[][] x, double[] y, double[] b) {
    double[] left = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      left[i] = y[i] - curve.at(b, x[i]);
    }
    return left;
  }

  private static double squares(double[] left) {
    double sum = 0;
    for (double e : left) {
      sum += e * e;
    }
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }
}
