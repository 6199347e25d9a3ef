package io.millwright.production;

import io.millwright.api.data.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Reads event logs and says what they show. Each option gives a new analysis. Immutable and
 * thread-safe; nothing is random.
 */
public interface FlowAnalysis {

  /**
   * A log from a table.
   *
   * @param table the rows; times may be a column of times or of texts in ISO 8601 (without offset:
   *     read as they stand, in UTC)
   * @param columns which column says what
   * @return the log; rows without times are among its faults
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#MISSING_COLUMN}, {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA}
   */
  EventLog read(Table table, LogColumns columns);

  /**
   * A log from a file in XES (IEEE 1849), plain or gzip. Lifecycle transitions start and complete
   * are paired; an event without a start begins and ends at its time. Nothing outside the file is
   * read: document types and external entities are refused.
   *
   * @param file the file
   * @return the log
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming the line
   */
  EventLog readXes(Path file);

  /**
   * Only a period: rows are cut at its ends.
   *
   * @param from its beginning
   * @param to its end, later
   * @return the new analysis
   */
  FlowAnalysis between(Instant from, Instant to);

  /**
   * The resources that the plant has: others in the log are faults.
   *
   * @param names their names
   * @return the new analysis
   */
  FlowAnalysis resources(Collection<String> names);

  /**
   * How long a resource may be without a record before the gap is reported; 24 hours by default.
   *
   * @param length longer than nothing
   * @return the new analysis
   */
  FlowAnalysis gaps(Duration length);

  /**
   * Analyses a log.
   *
   * @param log the log
   * @return what it shows
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} when no row lies in the period
   */
  FlowReport analyse(EventLog log);

  /**
   * Analyses a log of machine states.
   *
   * @param readings the rows in any order
   * @return what it shows
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#TOO_FEW_DATA} without rows
   */
  StateReport states(List<StateReading> readings);
}
