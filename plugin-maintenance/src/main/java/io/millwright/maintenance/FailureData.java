package io.millwright.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import java.util.List;
import java.util.Objects;

/**
 * Rows of readings with what came to pass within the horizon after each.
 *
 * @param readings one row for each moment; all columns are readings known at that moment
 * @param outcomes for each row the mode of failure, or {@link #NONE}; where modes are not told
 *     apart, one word for every failure
 * @param groups for each row the machine it belongs to; rows of one machine are never divided
 *     between training and judging. Empty when every row stands for itself
 */
public record FailureData(Table readings, List<String> outcomes, List<String> groups) {

  /** The outcome of a row after which nothing failed. */
  public static final String NONE = "none";

  /**
   * Copies and checks lengths.
   *
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when they differ
   */
  public FailureData {
    Objects.requireNonNull(readings, "readings");
    outcomes = List.copyOf(outcomes);
    groups = List.copyOf(groups);
    if (outcomes.size() != readings.rows()
        || (!groups.isEmpty() && groups.size() != readings.rows())) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "there are "
              + readings.rows()
              + " rows with "
              + outcomes.size()
              + " outcomes and "
              + groups.size()
              + " groups\nMaybe give one outcome for each row, and one group for each row or none");
    }
  }

  /**
   * Rows that stand for themselves.
   *
   * @param readings one row for each moment
   * @param outcomes for each row the mode of failure, or {@link #NONE}
   * @return the data
   */
  public static FailureData of(Table readings, List<String> outcomes) {
    return new FailureData(readings, outcomes, List.of());
  }
}
