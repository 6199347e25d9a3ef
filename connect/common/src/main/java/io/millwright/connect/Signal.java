package io.millwright.connect;

import java.util.Objects;

/**
 * Which reading of which unit a signal is.
 *
 * @param unit the unit, as a monitor knows it
 * @param column the column of the monitor's rows
 */
public record Signal(String unit, String column) {

  /** Checks for nulls. */
  public Signal {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(column, "column");
  }
}
