package io.millwright.maintenance;

import java.util.Objects;

/**
 * A recording of which the fault is known.
 *
 * @param vibration the recording
 * @param fault the fault and its place, such as {@code inner race}, or {@code normal}
 * @param severity its severity, such as a size; may be empty
 */
public record LabelledVibration(Vibration vibration, String fault, String severity) {

  /** Checks. */
  public LabelledVibration {
    Objects.requireNonNull(vibration, "vibration");
    if (fault.isBlank()) {
      throw new IllegalArgumentException("the fault of " + vibration.name() + " is blank");
    }
    Objects.requireNonNull(severity, "severity");
  }
}
