package io.millwright.scheduling;

import static io.millwright.scheduling.SchedulingCodes.BAD_SHOP;

import io.millwright.api.spi.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether those that operations need are there, each need by itself and all at once. */
final class NeedRules {

  /** Units that one need may name, each of which the plan says by whom it is met. */
  private static final int MOST_UNITS = 1_000;

  private final WorkTimes times;
  private final Problems problems;

  /** By job and operation, the machine it is pinned to. */
  private final Map<List<String>, String> pinnedTo = new HashMap<>();

  NeedRules(Shop shop, WorkTimes times, Problems problems) {
    this.times = times;
    this.problems = problems;
    shop.pins().forEach(p -> pinnedTo.put(List.of(p.job(), p.operation()), p.machine()));
  }

  private void bad(String place, String message, String remedy) {
    problems.add(BAD_SHOP, place, message, remedy);
  }

  /** Says so where all that an operation needs can be there at once on none of its machines. */
  void together(ShopJob job, Operation operation, String place) {
    String only = pinnedTo.get(List.of(job.id(), operation.id()));
    List<Alternative> open =
        operation.alternatives().stream()
            .filter(a -> only == null || only.equals(a.machine()))
            .toList();
    if (!open.isEmpty() && open.stream().noneMatch(a -> times.met(operation, a.machine()))) {
      bad(
          place,
          "all that it needs"
              + (only == null ? "" : " on machine " + only + ", to which it is pinned,")
              + " cannot be there at once: nobody meets two needs",
          "raise a capacity, give somebody else the skill, or take a need away");
    }
  }

  /** What is wrong with needs by themselves. */
  void alone(List<Need> needs, String place) {
    Set<String> seen = new HashSet<>();
    for (Need n : needs) {
      List<Resource> serving = times.serving(n.resource());
      long capacity = serving.stream().mapToLong(Resource::capacity).sum();
      if (serving.isEmpty()) {
        bad(
            place,
            "needs an unknown resource \"" + n.resource() + "\"",
            "add it to the shop, or give somebody the skill");
      } else if (n.amount() < 1 || n.amount() > capacity) {
        bad(
            place,
            "needs "
                + n.amount()
                + " of resource "
                + n.resource()
                + ", of which there are "
                + capacity,
            "need between 1 and the capacity");
      } else if (n.amount() > MOST_UNITS) {
        bad(
            place,
            "needs " + n.amount() + " of resource " + n.resource(),
            "count the resource in coarser units, of which at most " + MOST_UNITS + " are needed");
      }
      if (!seen.add(n.resource())) {
        bad(place, "needs resource " + n.resource() + " twice", "name it once with the sum");
      }
    }
  }
}
