package io.millwright.maintenance;

import io.millwright.api.Monitor;
import io.millwright.api.Trained;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import java.util.List;

/** What normal operation looks like (model of normal behaviour). Immutable and thread-safe. */
public interface HealthModel extends Trained<Table, HealthCourse> {

  /**
   * A monitor for many machines of this kind.
   *
   * @return the monitor; the caller closes it
   */
  Monitor<Row, Health> monitor();

  /**
   * The columns whose levels are monitored. Columns that are constant, mostly missing or drift away
   * within the training data are not; their sensors are watched all the same.
   *
   * @return their names
   */
  List<String> monitored();

  /**
   * How many components T² retains.
   *
   * @return the number, chosen by itself
   */
  int components();

  /**
   * The method that was chosen.
   *
   * @return the method; {@link Trained#evaluation} has the figures of all
   */
  HealthMethod method();

  /**
   * What was chosen and why, in words.
   *
   * @return one line
   */
  String choice();
}
