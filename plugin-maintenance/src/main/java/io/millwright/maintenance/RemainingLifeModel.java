package io.millwright.maintenance;

import io.millwright.api.Monitor;
import io.millwright.api.Trained;
import io.millwright.api.data.Row;
import io.millwright.api.data.UnitHistory;

/** A trained model of remaining life. Immutable and thread-safe. */
public interface RemainingLifeModel extends Trained<UnitHistory, Cycles> {

  /**
   * The model for readings that arrive one by one. A unit counts as new at its first reading.
   *
   * @return a monitor; the caller closes it
   */
  Monitor<Row, Cycles> monitor();
}
