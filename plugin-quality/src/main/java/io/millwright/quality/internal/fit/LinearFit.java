package io.millwright.quality.internal.fit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Least squares by Householder's orthogonal triangularisation with columns of equal length, and one
 * step of refinement with residuals in twice the precision (Björck 1967). Immutable.
 */
public final class LinearFit {

  /** Below this share of the largest pivot columns count as dependent. */
  private static final double DEPENDENT = 1e-13;

  private final double[][] x;
  private final double[] scale;
  private final QRDecomposition qr;
  private final RealMatrix covariance;

  /**
   * What was fitted.
   *
   * @param coefficients one for each column
   * @param errors their standard errors
   * @param residualDeviation sqrt(residual squares / (n - p)); 0 when n = p
   * @param residualSquares the sum of squared residuals
   */
  public record Result(
      double[] coefficients, double[] errors, double residualDeviation, double residualSquares) {}

  private LinearFit(double[][] x) {
    this.x = x;
    int n = x.length;
    int p = n == 0 ? 0 : x[0].length;
    if (p == 0 || n < p) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, n + " rows cannot determine " + p + " coefficients");
    }
    scale = new double[p];
    double[][] scaled = new double[n][p];
    for (int j = 0; j < p; j++) {
      double squares = 0;
      for (double[] row : x) {
        squares += row[j] * row[j];
      }
      scale[j] = squares > 0 ? Math.sqrt(squares) : 1;
      for (int i = 0; i < n; i++) {
        scaled[i][j] = x[i][j] / scale[j];
      }
    }
    qr = new QRDecomposition(new Array2DRowRealMatrix(scaled, false));
    RealMatrix r = qr.getR().getSubMatrix(0, p - 1, 0, p - 1);
    double most = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < p; j++) {
      most = Math.max(most, Math.abs(r.getEntry(j, j)));
      least = Math.min(least, Math.abs(r.getEntry(j, j)));
    }
    if (!(least > DEPENDENT * most)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the columns depend on each other to "
              + least / most
              + " of their size"
              + "\nMaybe leave one out, or take a lower degree");
    }
    RealMatrix inverse = MatrixUtils.inverse(r);
    covariance = inverse.multiply(inverse.transpose());
  }

  /**
   * Prepares.
   *
   * @param x rows of the design
   * @return the fit, for any number of answers
   * @throws MillwrightException when there are fewer rows than columns or columns depend on each
   *     other
   */
  public static LinearFit design(double[][] x) {
    return new LinearFit(x);
  }

  /**
   * Fits.
   *
   * @param y one answer for each row
   * @return the fit
   */
  public Result solve(double[] y) {
    int p = scale.length;
    RealVector solved = qr.getSolver().solve(new ArrayRealVector(y, false));
    double[] b = new double[p];
    double[] low = new double[p];
    for (int j = 0; j < p; j++) {
      b[j] = solved.getEntry(j) / scale[j];
    }
    for (int round = 0; round < 3; round++) {
      RealVector step = qr.getSolver().solve(new ArrayRealVector(residuals(y, b, low), false));
      for (int j = 0; j < p; j++) {
        double add = step.getEntry(j) / scale[j] + low[j];
        double sum = b[j] + add;
        low[j] = add - (sum - b[j]);
        b[j] = sum;
      }
    }
    double[] left = residuals(y, b, low);
    double squares = 0;
    for (double e : left) {
      squares += e * e;
    }
    int free = y.length - p;
    double deviation = free > 0 ? Math.sqrt(squares / free) : 0;
    double[] errors = new double[p];
    for (int j = 0; j < p; j++) {
      errors[j] = deviation * Math.sqrt(covariance.getEntry(j, j)) / scale[j];
    }
    return new Result(b, errors, deviation, squares);
  }

  /** y - X (b + low), each product and sum exact to twice the precision. */
  private double[] residuals(double[] y, double[] b, double[] low) {
    double[] left = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      double high = y[i];
      double rest = 0;
      for (int j = 0; j < b.length; j++) {
        double product = -x[i][j] * b[j];
        double error = Math.fma(-x[i][j], b[j], -product);
        double sum = high + product;
        double back = sum - high;
        rest += (high - (sum - back)) + (product - back) + error - x[i][j] * low[j];
        high = sum;
      }
      left[i] = high + rest;
    }
    return left;
  }
}
