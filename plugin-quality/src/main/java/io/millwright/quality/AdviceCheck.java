package io.millwright.quality;

import java.util.Objects;

/**
 * What new parts say of an advice (confirmation run).
 *
 * @param expected the mean that was predicted for so many parts, with its interval
 * @param measured the mean of the new parts, with its interval
 * @param asExpected whether the measured mean lies in the predicted interval
 * @param outside the share of the new parts outside the safe ranges, with the interval of Clopper
 *     and Pearson
 * @param withinRisk whether so many outside are no contradiction to the stated risk
 * @param words the finding, for people
 */
public record AdviceCheck(
    Span expected,
    Span measured,
    boolean asExpected,
    Span outside,
    boolean withinRisk,
    String words) {
  /** Checks. */
  public AdviceCheck {
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(measured, "measured");
    Objects.requireNonNull(outside, "outside");
    Objects.requireNonNull(words, "words");
  }
}
