package io.millwright.quality;

import io.millwright.api.Monitor;
import java.util.List;

/**
 * Control charts of several related variables. Obtained from {@link Spc#multivariate}; thread-safe.
 */
public interface MultivariateSpc {

  /**
   * Draws limits (phase I), leaving out what lies beyond the limits of phase I, round after round.
   *
   * @param plan the kind of chart
   * @param variables the names of the variables; of profiles empty, their coefficients are named
   *     {@code level}, {@code slope} and {@code degree 2} and so on, at the middle of the positions
   * @param baseline the readings, more than variables by at least 5, and at least 10
   * @param rounds how often readings beyond the limits are left out at most, 0 for never
   * @return the chart and what was left out
   * @throws io.millwright.api.MillwrightException with all readings that cannot be used; with
   *     {@link io.millwright.api.ErrorCode#BAD_VALUE} when variables depend linearly on each other
   */
  PhaseOne<MultivariateChart> phaseOne(
      MultivariatePlan plan, List<String> variables, List<Reading> baseline, int rounds);

  /**
   * A monitor that charts reading after reading, as {@link Spc#monitor}. Each point says how much
   * each variable contributes.
   *
   * @param chart the chart
   * @return a monitor without any signal in it; the caller closes it
   */
  Monitor<Reading, ChartPoint> monitor(MultivariateChart chart);

  /**
   * The limit of a {@link MultivariatePlan.Mewma} that has a false signal as seldom as asked, by
   * the Markov chain of Runger and Prabhu (1996).
   *
   * @param variables how many variables, 1 to 100
   * @param weight the weight of the newest reading, 0.01 to 1
   * @param runLength the mean run length in control, 10 to 10,000
   * @return the limit of T2
   */
  double mewmaLimit(int variables, double weight, double runLength);
}
