package io.millwright.scheduling;

import static io.millwright.scheduling.SchedulingCodes.BAD_SHOP;

import io.millwright.api.spi.Problems;
import java.util.HashSet;
import java.util.List;

/** What a permutation flow shop is, and what it cannot have. */
final class PermutationRules {

  private final Shop shop;
  private final Problems problems;

  PermutationRules(Shop shop, Problems problems) {
    this.shop = shop;
    this.problems = problems;
  }

  void check() {
    boolean plain =
        shop.pins().isEmpty()
            && shop.start() == 0
            && shop.transports().isEmpty()
            && !ConditionRules.any(shop)
            && shop.machines().stream()
                .allMatch(m -> m.calendar().isAlways() && m.setups().isEmpty());
    List<String> route = null;
    for (ShopJob j : shop.jobs()) {
      List<String> machinesOfJob =
          j.operations().stream()
              .map(o -> o.alternatives().size() == 1 ? o.alternatives().get(0).machine() : "?")
              .toList();
      route = route == null ? machinesOfJob : route;
      plain &=
          j.release() == 0
              && j.deadline().isEmpty()
              && j.operations().stream()
                  .allMatch(o -> o.needs().isEmpty() && o.lags().isEmpty() && !o.unbroken());
      plain &= j.operations().equals(ShopJob.chained(j.operations()));
      if (!machinesOfJob.equals(route) || new HashSet<>(route).size() != route.size()) {
        bad(
            "job " + j.id(),
            "its route " + machinesOfJob + " is not the flow shop's " + route,
            "plan it as a job shop: leave permutation false");
      }
    }
    if (!plain) {
      bad(
          "permutation",
          "a permutation flow shop has no pins, calendars, set-ups, releases, resources or"
              + " precedence but the route",
          "plan it as a job shop: leave permutation false");
    }
  }

  private void bad(String place, String message, String remedy) {
    problems.add(BAD_SHOP, place, message, remedy);
  }
}
