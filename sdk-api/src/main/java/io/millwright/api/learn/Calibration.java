package io.millwright.api.learn;

/** How the uncertainty of predictions is measured on held-out samples (conformal calibration). */
public sealed interface Calibration {

  /** Not at all: predictions say that they have no uncertainty, and why. */
  record None() implements Calibration {}

  /**
   * Split conformal prediction (Papadopoulos et al. 2002, Lei et al. 2018): intervals from the
   * quantiles of held-out errors, groups weighing the same; for classes, probabilities calibrated
   * by a temperature (Guo et al. 2017) and label sets by adaptive prediction sets (Romano, Sesia
   * and Candes 2020).
   *
   * @param normalised for quantities, whether errors are divided by their local size, which is
   *     learnt as a function of the prediction, so that intervals are narrow where the model is
   *     good (Lei et al. 2018, section 5.2)
   */
  record Conformal(boolean normalised) implements Calibration {}

  /**
   * Conformal prediction with errors normalised by their local size.
   *
   * @return the calibration
   */
  static Calibration conformal() {
    return new Conformal(true);
  }
}
