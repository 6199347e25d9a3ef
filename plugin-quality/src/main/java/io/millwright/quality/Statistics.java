package io.millwright.quality;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * The statistics that charts and studies stand on, to the digits that double precision gives: sums
 * corrected for rounding, least squares by orthogonal triangularisation. Obtained from {@link
 * Quality#statistics}; thread-safe.
 */
public interface Statistics {

  /**
   * Summarises values.
   *
   * @param values at least 2, finite
   * @return mean, standard deviation and autocorrelation
   */
  Summary summary(List<Double> values);

  /**
   * Fits by linear least squares.
   *
   * @param rows the inputs of each answer, all of one length; a constant is an input of 1
   * @param answers as many as rows, at least as many as inputs
   * @return the fit
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} when inputs depend on each other as far as double
   *     precision can tell: rather no answer than a wrong one
   */
  Fit regression(List<List<Double>> rows, List<Double> answers);

  /**
   * Fits a curve by nonlinear least squares (Levenberg 1944, Marquardt 1963).
   *
   * @param curve the answer, from coefficients and one row of inputs
   * @param rows the inputs of each answer
   * @param answers as many as rows, at least as many as coefficients
   * @param start coefficients to begin with
   * @return the fit
   * @throws io.millwright.api.MillwrightException with {@link io.millwright.api.ErrorCode#DIVERGED}
   *     when it does not settle
   */
  Fit curve(
      ToDoubleBiFunction<List<Double>, List<Double>> curve,
      List<List<Double>> rows,
      List<Double> answers,
      List<Double> start);

  /**
   * One-way analysis of variance.
   *
   * @param groups at least 2, none empty, one with at least 2 values
   * @return the analysis
   */
  Anova anova(List<List<Double>> groups);

  /**
   * What values look like.
   *
   * @param count how many
   * @param mean their mean
   * @param deviation their standard deviation, divisor n - 1
   * @param autocorrelation of each with the one before
   */
  record Summary(int count, double mean, double deviation, double autocorrelation) {}

  /**
   * A fit by least squares.
   *
   * @param coefficients in the order of the inputs
   * @param errors their standard errors
   * @param residualDeviation sqrt(residual squares / (n - p))
   * @param residualSquares the sum of squared residuals
   */
  record Fit(
      List<Double> coefficients,
      List<Double> errors,
      double residualDeviation,
      double residualSquares) {
    /** Copies. */
    public Fit {
      coefficients = List.copyOf(coefficients);
      errors = List.copyOf(errors);
    }
  }

  /**
   * A one-way analysis of variance.
   *
   * @param betweenFree degrees of freedom between groups
   * @param betweenSquares sum of squares between groups
   * @param withinFree degrees of freedom within groups
   * @param withinSquares sum of squares within groups
   * @param f the ratio of the mean squares
   * @param p the probability of at least that ratio when groups do not differ
   * @param rSquared the share of the squares that lies between groups
   * @param residualDeviation the standard deviation within groups
   */
  record Anova(
      int betweenFree,
      double betweenSquares,
      int withinFree,
      double withinSquares,
      double f,
      double p,
      double rSquared,
      double residualDeviation) {}
}
