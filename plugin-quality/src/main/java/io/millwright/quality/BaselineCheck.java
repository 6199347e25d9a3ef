package io.millwright.quality;

import java.util.Objects;

/**
 * Whether readings are what the limits of charts assume.
 *
 * @param readings how many
 * @param mean their mean
 * @param deviation their standard deviation
 * @param autocorrelation the correlation of each reading with the one before
 * @param correlated whether that is more than chance makes of independent readings in one case of a
 *     hundred
 * @param andersonDarling the statistic of Anderson and Darling (1954) for normality, of the
 *     residuals when readings are correlated, with Stephens's correction for the number of readings
 * @param normality the probability of at least that statistic when they are normal
 * @param adjustment what to do before charting
 * @param words what was found and what to do, in sentences
 */
public record BaselineCheck(
    int readings,
    double mean,
    double deviation,
    double autocorrelation,
    boolean correlated,
    double andersonDarling,
    double normality,
    Adjustment adjustment,
    String words) {

  /** Checks. */
  public BaselineCheck {
    Objects.requireNonNull(adjustment, "adjustment");
    Objects.requireNonNull(words, "words");
  }
}
