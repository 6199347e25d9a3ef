package io.millwright.maintenance;

import io.millwright.api.data.UnitHistory;
import java.util.List;
import java.util.Objects;

/**
 * Sensor fault detection and isolation (FDI) at the end of a history.
 *
 * @param findings the sensors that lie at the end of the history
 * @param machine whether the last readings are unusual in a way that no single sensor or exchange
 *     explains
 * @param repaired the history with the readings of lying sensors, from the first on, estimated from
 *     the others; the same history without findings
 * @param possible equally likely histories, each with the estimates moved by a drawn error, for
 *     what rests on them; empty without findings
 */
public record SensorCheck(
    List<SensorFinding> findings,
    boolean machine,
    UnitHistory repaired,
    List<UnitHistory> possible) {

  /** Copies. */
  public SensorCheck {
    findings = List.copyOf(findings);
    Objects.requireNonNull(repaired, "repaired");
    possible = List.copyOf(possible);
  }
}
