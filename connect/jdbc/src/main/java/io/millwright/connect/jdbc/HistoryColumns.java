package io.millwright.connect.jdbc;

import java.util.Objects;
import java.util.Optional;

/**
 * Which columns of a query make histories of units of its rows (run-to-failure data, panel data).
 * All others are readings.
 *
 * @param unit names the unit; rows of one unit stand together
 * @param order a number or time that grows within a unit: cycle, running hours, time stamp
 * @param failed true or 1 in a unit's last row when it failed there; empty when all still run
 */
public record HistoryColumns(String unit, String order, Optional<String> failed) {

  /** Checks. */
  public HistoryColumns {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(failed, "failed");
  }

  /**
   * Histories of units that still run.
   *
   * @param unit names the unit
   * @param order grows within a unit
   * @return the columns
   */
  public static HistoryColumns of(String unit, String order) {
    return new HistoryColumns(unit, order, Optional.empty());
  }

  /**
   * The same with a column that says which units failed.
   *
   * @param column true or 1 in a unit's last row when it failed there
   * @return the columns
   */
  public HistoryColumns failing(String column) {
    return new HistoryColumns(unit, order, Optional.of(column));
  }
}
