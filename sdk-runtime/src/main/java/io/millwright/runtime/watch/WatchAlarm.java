package io.millwright.runtime.watch;

import io.millwright.api.MillwrightEvent;
import java.util.Objects;

/**
 * An alarm of a watch was raised, or has ended.
 *
 * @param model the digest of the model
 * @param place what is watched, such as a column or the coverage of a machine
 * @param raised true when it was raised, false when it has ended
 * @param message what was found, with the values
 */
public record WatchAlarm(String model, String place, boolean raised, String message)
    implements MillwrightEvent {
  /** Checks. */
  public WatchAlarm {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(message, "message");
  }
}
