package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Progress;
import io.millwright.api.Provenance;
import io.millwright.api.Solution;
import io.millwright.api.spi.Jobs;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopOptimizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Runs a {@link Search} as a job and tells its story as solutions and progress. */
record DefaultShopOptimizer(Lent lent, List<Objective> objectives, long key, int workers)
    implements ShopOptimizer {

  @Override
  public ShopOptimizer minimize(List<Objective> others) {
    if (others.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "objectives is empty\nMaybe leave minimize out: the makespan is the default");
    }
    return new DefaultShopOptimizer(lent, List.copyOf(others), key, workers);
  }

  @Override
  public ShopOptimizer key(long other) {
    return new DefaultShopOptimizer(lent, objectives, other, workers);
  }

  @Override
  public ShopOptimizer workers(int count) {
    if (count < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "workers is " + count + "\nMaybe use 1 for a search of its own");
    }
    return new DefaultShopOptimizer(lent, objectives, key, count);
  }

  @Override
  public Job<Solution<Schedule>> optimize(Shop shop, Budget budget) {
    shop.checked();
    return lent.jobs()
        .start("plan " + shop.name(), Optional.empty(), control -> work(shop, budget, control));
  }

  private Solution<Schedule> work(
      Shop shop, Budget budget, Jobs.Control<Solution<Schedule>> control) {
    Search search = new Search(shop, objectives, budget, key, workers, lent.executor());
    Timetable timetable = new Timetable(search.floor(), new Goal(objectives, search.floor()));
    Provenance provenance = lent.provenance(shop, objectives, budget, key, workers);
    long[] quiet = {Long.MIN_VALUE};
    Plan best =
        search.run(
            control::stopped,
            plan -> {
              long now = System.nanoTime();
              if (quiet[0] != Long.MIN_VALUE && now < quiet[0]) {
                return;
              }
              Solution<Schedule> solution = solution(shop, search, timetable, plan, provenance);
              control.best(solution);
              control.report(progress(solution, budget, control));
              // Writing plans down must never take more than a tenth of the time.
              quiet[0] = now + 10 * (System.nanoTime() - now);
            });
    return solution(shop, search, timetable, best, provenance);
  }

  private static Progress progress(
      Solution<Schedule> solution, Budget budget, Jobs.Control<?> control) {
    Duration elapsed = control.elapsed();
    OptionalDouble fraction = OptionalDouble.empty();
    Optional<Duration> remaining = Optional.empty();
    if (budget.time().isPresent()) {
      Duration all = budget.time().get();
      fraction = OptionalDouble.of(Math.min(1, (double) elapsed.toNanos() / all.toNanos()));
      remaining = Optional.of(elapsed.compareTo(all) > 0 ? Duration.ZERO : all.minus(elapsed));
    }
    ObjectiveValue value = solution.objective();
    Map<String, Double> figures =
        value.bound().isPresent()
            ? Map.of(value.name(), value.value(), "bound", value.bound().getAsDouble())
            : Map.of(value.name(), value.value());
    return new Progress(value.foundBy(), fraction, elapsed, remaining, figures);
  }

  private Solution<Schedule> solution(
      Shop shop, Search search, Timetable timetable, Plan plan, Provenance provenance) {
    Schedule schedule = timetable.schedule(plan);
    if (!timetable.feasible()) {
      return new Solution<>(Optional.empty(), Solution.End.NONE_FOUND, List.of(), provenance);
    }
    List<ObjectiveValue> values = new ArrayList<>();
    boolean optimal = false;
    for (int i = 0; i < objectives.size(); i++) {
      Objective objective = objectives.get(i);
      double value = objective.of(shop, schedule);
      OptionalDouble bound = i == 0 ? OptionalDouble.of(search.bound) : OptionalDouble.empty();
      optimal |= i == 0 && objectives.size() == 1 && value <= search.bound + 1e-9 * Math.abs(value);
      values.add(
          new ObjectiveValue(
              objective.name(),
              value,
              shop.tick(),
              bound,
              plan.foundBy(),
              bound.isPresent() ? Bounds.NAME : ""));
    }
    return new Solution<>(
        Optional.of(schedule),
        optimal ? Solution.End.OPTIMAL : Solution.End.FEASIBLE,
        values,
        provenance);
  }
}
