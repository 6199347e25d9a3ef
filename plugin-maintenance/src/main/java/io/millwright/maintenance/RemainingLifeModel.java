package io.millwright.maintenance;

import io.millwright.api.Monitor;
import io.millwright.api.Trained;
import io.millwright.api.data.Row;
import io.millwright.api.data.UnitHistory;
import java.util.Optional;

/** A trained model of remaining life. Immutable and thread-safe. */
public interface RemainingLifeModel extends Trained<UnitHistory, Cycles> {

  /**
   * The model for readings that arrive one by one. A unit counts as new at its first reading.
   *
   * @return a monitor; the caller closes it
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#UNSUPPORTED} by a model of a path of wear, which looks at the
   *     whole history
   */
  Monitor<Row, Cycles> monitor();

  /**
   * How a reading that follows wear will go on, by a model of the path of wear: the settings of its
   * provenance name the readings under {@code wear}. It reaches the level at which units failed
   * when all of them together say.
   *
   * @param history the unit until now
   * @param column the reading
   * @param ahead how many cycles to look ahead, at least 1
   * @param level the probability with which one cycle's range should hold its reading, between 0
   *     and 1
   * @return the course; empty when the model tells life by many readings at once, and for a history
   *     of fewer than five readings
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_OPTION} for a number that is none of these, with {@link
   *     io.millwright.api.ErrorCode#MISSING_COLUMN} for a reading that does not follow wear
   */
  default Optional<WearCourse> course(UnitHistory history, String column, int ahead, double level) {
    return Optional.empty();
  }
}
