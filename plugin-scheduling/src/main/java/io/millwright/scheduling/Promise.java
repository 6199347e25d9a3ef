package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When one order will be done, as far as anybody can say (due-date quotation).
 *
 * @param job the job's name
 * @param due its due date
 * @param planned its end in the plan
 * @param onTime the probability of being done by the due date; empty without one
 * @param percentiles the ticks by which it is done with 1, 2, ... 99 %; {@link Long#MAX_VALUE}
 *     where it is never done
 */
public record Promise(
    String job, OptionalLong due, long planned, OptionalDouble onTime, List<Long> percentiles) {

  /** Checks and copies. */
  public Promise {
    Objects.requireNonNull(job, "job");
    percentiles = List.copyOf(percentiles);
    if (percentiles.size() != 99) {
      throw new IllegalArgumentException(percentiles.size() + " percentiles, but there are 99");
    }
  }

  /**
   * The date that can be promised.
   *
   * @param percent how surely it is kept, 1 to 99
   * @return the tick by which the order is done with this probability
   */
  public long by(int percent) {
    if (percent < 1 || percent > 99) {
      throw new IllegalArgumentException("percent is " + percent + ", but must be 1 to 99");
    }
    return percentiles.get(percent - 1);
  }
}
