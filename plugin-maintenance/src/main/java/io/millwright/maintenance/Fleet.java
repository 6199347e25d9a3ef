package io.millwright.maintenance;

import io.millwright.api.data.UnitHistory;
import java.util.List;

/**
 * Units of one kind with their histories. Units that failed teach how life ends; units still
 * running teach less, but are welcome: their remaining life is at least known to have been longer
 * than their record.
 *
 * @param units the histories, with different names and the same columns
 */
public record Fleet(List<UnitHistory> units) {

  /** Copies. */
  public Fleet {
    units = List.copyOf(units);
  }
}
