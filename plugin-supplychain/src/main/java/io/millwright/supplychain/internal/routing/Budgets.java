package io.millwright.supplychain.internal.routing;

import io.millwright.api.Budget;
import io.millwright.api.spi.Jobs;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Parts of budgets. */
final class Budgets {

  private static final Duration USUAL = Duration.ofSeconds(10);

  private Budgets() {}

  /** An equal share for each of several rounds. */
  static Budget share(Budget budget, int rounds) {
    if (budget.iterations().isPresent()) {
      return Budget.iterations(Math.max(1, budget.iterations().getAsLong() / rounds));
    }
    return Budget.of(budget.time().orElse(USUAL).dividedBy(rounds));
  }

  /** Says when a search of moves ends: by its own count, by the clock, or when it is stopped. */
  static BooleanSupplier ends(Budget budget, Jobs.Control<?> control) {
    long[] moves = {0};
    if (budget.iterations().isPresent()) {
      long most = budget.iterations().getAsLong();
      return () -> control.stopped() || moves[0]++ >= most;
    }
    Duration most = budget.time().orElse(USUAL);
    return () -> control.stopped() || control.elapsed().compareTo(most) > 0;
  }
}
