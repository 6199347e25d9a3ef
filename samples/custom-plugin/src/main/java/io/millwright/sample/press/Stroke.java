package io.millwright.sample.press;

import io.millwright.api.data.Measured;
import java.util.Objects;

/**
 * One stroke of a hydraulic press, as its controller records it. A number that was not recorded is
 * NaN.
 *
 * @param force the largest force of the ram
 * @param travel the way of the ram under force
 * @param rate how many strokes a minute the press was making
 * @param oil the temperature of the oil
 * @param die the die, by its label
 */
public record Stroke(
    @Measured("kN") double force,
    @Measured("mm") double travel,
    @Measured("1/min") double rate,
    @Measured("Cel") double oil,
    String die) {
  /** Checks. */
  public Stroke {
    Objects.requireNonNull(die, "die");
  }
}
