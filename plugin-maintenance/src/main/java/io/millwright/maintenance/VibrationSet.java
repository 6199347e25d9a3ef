package io.millwright.maintenance;

import java.util.List;

/**
 * Recordings of one machine.
 *
 * @param recordings at least one
 */
public record VibrationSet(List<Vibration> recordings) {

  /** Copies. */
  public VibrationSet {
    recordings = List.copyOf(recordings);
  }
}
