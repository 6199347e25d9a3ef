package io.millwright.api.series;

import java.util.List;

/**
 * A pre-trained model of time series (zero-shot forecaster): quantiles of what follows a history
 * that it was never trained on. Optional artifacts implement it, and hosts may; forecasters give it
 * a share where it is better at rolling origins. A forecaster that was saved names the model, and
 * finds it as a service ({@link java.util.ServiceLoader}) when it is opened. Must be thread-safe
 * and give the same answer for the same history.
 */
public interface SeriesModel {

  /**
   * What identifies the weights, since a forecaster that was chosen with one model cannot be asked
   * with another.
   *
   * @return a name and a digest of the weights, such as {@code patches-1@3f2a...}
   */
  String id();

  /**
   * The probabilities of the quantiles.
   *
   * @return ascending, 0.5 among them
   */
  List<Double> probabilities();

  /**
   * The quantiles of the periods that follow a history.
   *
   * @param history the values, NaN where missing; at least one must be known
   * @param seasons the lengths of seasons that may be there, in periods; empty for none
   * @param horizon how many periods, at least 1
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when nothing is known, {@link
   *     io.millwright.api.ErrorCode#BAD_VALUE} for infinite values, {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} for a horizon below 1
   * @return {@code [horizon][probabilities]}, ascending in each period, in the unit of the history
   */
  double[][] quantiles(double[] history, List<Integer> seasons, int horizon);
}
