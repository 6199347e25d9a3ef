package io.millwright.runtime.monitoring;

import java.util.List;

/**
 * What a {@link SensorWatch} says of one reading (sensor validation).
 *
 * @param verdicts the sensors that lie
 * @param machine whether the readings are unusual in a way that no single sensor or exchange
 *     explains: a fault of the machine
 * @param readings the readings with those of lying sensors replaced by virtual ones
 */
public record SensorReport(List<SensorVerdict> verdicts, boolean machine, List<Double> readings) {

  /** Copies. */
  public SensorReport {
    verdicts = List.copyOf(verdicts);
    readings = List.copyOf(readings);
  }
}
