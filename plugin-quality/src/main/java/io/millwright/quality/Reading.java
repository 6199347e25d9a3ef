package io.millwright.quality;

import java.util.List;

/** What is read at one moment for a control chart. */
public sealed interface Reading {

  /**
   * Measured values.
   *
   * @param values as many as the chart's subgroups have; NaN for one that is missing
   */
  record Values(List<Double> values) implements Reading {
    /** Copies. */
    public Values {
      values = List.copyOf(values);
    }
  }

  /**
   * Counted parts.
   *
   * @param defective how many were defective, 0 to {@code inspected}
   * @param inspected how many were inspected
   */
  record Count(long defective, long inspected) implements Reading {}

  /**
   * One value.
   *
   * @param value the value; NaN when it is missing
   * @return the reading
   */
  static Reading of(double value) {
    return new Values(List.of(value));
  }
}
