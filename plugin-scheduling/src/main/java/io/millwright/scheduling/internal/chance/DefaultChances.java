package io.millwright.scheduling.internal.chance;

import io.millwright.api.Budget;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Jobs;
import io.millwright.scheduling.Chances;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Promises;
import io.millwright.scheduling.Risk;
import io.millwright.scheduling.RobustPlan;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.UncertainTimes;
import io.millwright.scheduling.internal.planner.DefaultPlanner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Promises by simulation, plans by {@link RobustSearch}. */
public record DefaultChances(
    UncertainTimes times, Objective objective, Jobs jobs, Executor executor) implements Chances {

  private static final long KEY = 1;

  @Override
  public Promises promises(Shop shop, Schedule plan) {
    times.checked(shop.checked());
    DefaultPlanner.requireTariff(shop, objective);
    List<Finding> findings = ScheduleChecker.check(shop, plan);
    if (!findings.isEmpty()) {
      throw MillwrightException.of("plan for shop \"" + shop.name() + "\"", findings);
    }
    return new Simulation(shop.withoutDraft(), times, objective, KEY)
        .promises(plan, 0, Simulation.REPLICATIONS, () -> false);
  }

  @Override
  public Job<RobustPlan> plan(Shop shop, Risk risk, Budget budget) {
    times.checked(shop.checked());
    DefaultPlanner.requireTariff(shop, objective);
    int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    return jobs.start(
        "plan " + shop.name() + " for uncertain times",
        Optional.empty(),
        control ->
            new RobustSearch(
                    shop, times, objective, risk, budget, executor, workers, control::stopped)
                .run());
  }
}
