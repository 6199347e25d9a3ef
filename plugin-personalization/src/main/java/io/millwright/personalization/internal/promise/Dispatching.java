package io.millwright.personalization.internal.promise;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Optimizer;
import io.millwright.api.Solution;
import io.millwright.api.plan.WorkLoad;
import io.millwright.api.plan.WorkOrder;
import io.millwright.api.plan.WorkPlan;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Orders one after the other, each step as early as resource and predecessors allow. */
record Dispatching(Composer composer, Jobs jobs) implements Optimizer<WorkLoad, WorkPlan> {

  @Override
  public Job<Solution<WorkPlan>> optimize(WorkLoad load, Budget budget) {
    return jobs.start("dispatching", budget.time(), control -> run(load));
  }

  private Solution<WorkPlan> run(WorkLoad load) {
    Map<String, long[]> free = new HashMap<>();
    List<WorkPlan.Planned> steps = new ArrayList<>();
    long last = 0;
    for (WorkOrder order : load.orders()) {
      Map<String, Long> ends = new HashMap<>();
      for (WorkOrder.Step s : sorted(order)) {
        long[] lanes =
            free.computeIfAbsent(
                s.resource(), r -> new long[Math.max(1, load.capacity().getOrDefault(r, 1))]);
        int lane = 0;
        for (int k = 1; k < lanes.length; k++) {
          lane = lanes[k] < lanes[lane] ? k : lane;
        }
        long start = Math.max(order.release(), lanes[lane]);
        for (String b : s.after()) {
          start = Math.max(start, ends.getOrDefault(b, 0L));
        }
        long end = start + s.duration();
        lanes[lane] = end;
        ends.put(s.name(), end);
        steps.add(new WorkPlan.Planned(order.id(), s.name(), start, end));
        last = Math.max(last, end);
      }
    }
    steps.sort(Comparator.comparingLong(WorkPlan.Planned::start));
    return new Solution<>(
        Optional.of(new WorkPlan(steps)),
        Solution.End.FEASIBLE,
        List.of(
            ObjectiveValue.builder()
                .name("makespan")
                .value((double) last)
                .foundBy("dispatching")
                .build()),
        composer.provenance("", 0, Map.of(), false));
  }

  /** Predecessors first; the record knows that there is no ring. */
  static List<WorkOrder.Step> sorted(WorkOrder order) {
    List<WorkOrder.Step> sorted = new ArrayList<>();
    Set<String> done = new HashSet<>();
    while (sorted.size() < order.steps().size()) {
      for (WorkOrder.Step s : order.steps()) {
        if (!done.contains(s.name()) && done.containsAll(s.after())) {
          sorted.add(s);
          done.add(s.name());
        }
      }
    }
    return sorted;
  }
}
