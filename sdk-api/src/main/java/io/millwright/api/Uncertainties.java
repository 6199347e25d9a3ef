package io.millwright.api;

/**
 * How sure a prediction is (a predictive distribution or prediction sets), at every level.
 * Implemented by the host and by plug-ins with heads of their own, as plain data: equal by value,
 * with a text that reads. Immutable and thread-safe.
 */
public interface Uncertainties {

  /**
   * What is known at one level.
   *
   * @param level the probability with which the truth should be covered, between 0 and 1, both
   *     excluded
   * @return an interval, a label set or a band; {@link Uncertainty.None} for a model without
   *     calibration
   */
  Uncertainty at(double level);

  /**
   * Quantiles of the calibrated distribution of the truth, for optimisers. Meant for quantities; a
   * truth above a model's limit has an infinite quantile.
   *
   * @param probabilities values between 0 and 1, both excluded
   * @return one quantile for each probability, not decreasing in it; NaN for a model without
   *     calibration and for classes
   */
  double[] quantiles(double... probabilities);

  /**
   * For models that were not calibrated.
   *
   * @param why the reason
   * @return {@link Uncertainty.None} at every level
   */
  static Uncertainties none(String why) {
    return new NoUncertainties(new Uncertainty.None(why));
  }
}
