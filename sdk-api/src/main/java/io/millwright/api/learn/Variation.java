package io.millwright.api.learn;

/**
 * Data augmentation: how samples are varied while training, drawn anew in every epoch by the key,
 * so that a network learns what does not matter. It learns nothing from data and does nothing when
 * predicting, so that a bundle keeps it with the recipe only. Immutable and thread-safe.
 */
public sealed interface Variation permits Variation.None, Variation.Rows, PictureVariation {

  /** No variation. */
  record None() implements Variation {}

  /**
   * Variation of prepared rows and windows.
   *
   * @param noise the standard deviation of normal noise added to every scaled value; 0 for none
   * @param scaling the standard deviation of the natural logarithm of a factor common to a column
   *     of a sample; 0 for none
   * @param lateStart the probability that a training sequence has its beginning cut off at a random
   *     row, with unknown age; 0 for never. Each training sequence is learnt as it is, and with
   *     this probability a second time without its beginning
   */
  record Rows(double noise, double scaling, double lateStart) implements Variation {
    /** Checks. */
    public Rows {
      Checks.notNegative("noise", noise);
      Checks.notNegative("scaling", scaling);
      if (!(lateStart >= 0 && lateStart <= 1)) {
        throw new IllegalArgumentException(
            "lateStart is " + lateStart + ", but must lie between 0 and 1");
      }
    }
  }

  /**
   * No variation.
   *
   * @return the variation that changes nothing
   */
  static Variation none() {
    return new None();
  }

  /**
   * Begins a variation of images that changes nothing yet.
   *
   * @return the variation, to be told what may change
   */
  static PictureVariation pictures() {
    return PictureVariation.none();
  }
}
