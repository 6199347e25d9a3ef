package io.millwright.runtime.watch;

import io.millwright.api.MillwrightEvent;
import java.util.Objects;

/**
 * A window of inputs was compared with the reference, with or without an alarm.
 *
 * @param model the digest of the model
 * @param report what was found
 */
public record DriftJudged(String model, DriftReport report) implements MillwrightEvent {
  /** Checks. */
  public DriftJudged {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(report, "report");
  }
}
