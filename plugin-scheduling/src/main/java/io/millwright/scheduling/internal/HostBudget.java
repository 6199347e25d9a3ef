package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import java.time.Duration;

/**
 * The part of a budget that is left for goals of the host.
 *
 * @param moves at most so many
 * @param began when that part began, by the clock of nanoseconds
 * @param nanos how long it may take
 */
record HostBudget(long moves, long began, long nanos) {

  /** The share of the budget that is spent without the host. */
  private static final double WITHOUT = 0.4;

  /** A move that is shown to the host is worth so many others. */
  private static final long DEARER = 10;

  static Budget before(Budget all) {
    Duration time =
        all.time().map(t -> Duration.ofNanos((long) (t.toNanos() * WITHOUT))).orElse(null);
    if (all.iterations().isPresent()) {
      Budget moves =
          Budget.iterations(Math.max(1, (long) (all.iterations().getAsLong() * WITHOUT)));
      return time == null ? moves : moves.atMost(time);
    }
    return time == null ? all : Budget.of(time);
  }

  static HostBudget begun(Budget all) {
    long nanos =
        all.time().map(t -> (long) (t.toNanos() * (1 - WITHOUT))).orElse(Long.MAX_VALUE / 4);
    long moves =
        all.iterations().isPresent()
            ? (long) (all.iterations().getAsLong() * (1 - WITHOUT)) / DEARER
            : Long.MAX_VALUE / 4;
    return new HostBudget(moves, System.nanoTime(), nanos);
  }

  double progress(long done) {
    return moves < Long.MAX_VALUE / 4
        ? (double) done / moves
        : (double) (System.nanoTime() - began) / nanos;
  }

  boolean over() {
    return System.nanoTime() - began >= nanos;
  }
}
