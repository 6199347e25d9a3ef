package io.millwright.sample.press;

import java.util.Objects;

/**
 * A stroke with the energy that its meter showed.
 *
 * @param press the press that made it; models are judged on presses they have not seen
 * @param stroke the stroke
 * @param energy what it used
 */
public record MeasuredStroke(String press, Stroke stroke, Energy energy) {
  /** Checks. */
  public MeasuredStroke {
    Objects.requireNonNull(stroke, "stroke");
    Objects.requireNonNull(energy, "energy");
    if (press.isBlank()) {
      throw new IllegalArgumentException("a measured stroke needs a press");
    }
  }
}
