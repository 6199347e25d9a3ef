package io.millwright.supplychain.internal.routing;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Progress;
import io.millwright.api.Provenance;
import io.millwright.api.Solution;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.DayPlan;
import io.millwright.supplychain.DayRules;
import io.millwright.supplychain.RouteChecker;
import io.millwright.supplychain.RouteOptimizer;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.StopReason;
import io.millwright.supplychain.TransportPlan;
import io.millwright.supplychain.TransportProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Runs a {@link RouteSearch} as a job.
 *
 * @param jobs starts it
 * @param clock says when a plan was made
 * @param key where chances are drawn from
 */
record DefaultRouteOptimizer(Jobs jobs, Clock clock, long key) implements RouteOptimizer {

  @Override
  public RouteOptimizer key(long other) {
    return new DefaultRouteOptimizer(jobs, clock, other);
  }

  @Override
  public Job<Solution<RoutePlan>> optimize(RoutingProblem problem, Budget budget) {
    return jobs.start(
        "routes of " + problem.name(), Optional.empty(), control -> work(problem, budget, control));
  }

  private Solution<RoutePlan> work(
      RoutingProblem problem, Budget budget, Jobs.Control<Solution<RoutePlan>> control) {
    long began = System.nanoTime();
    Model model = new Model(problem);
    Alone.check(model);
    control.checkpoint();
    int[][] begin = new int[0][];
    int[] begun = new int[model.vehicles];
    if (problem.draft().isPresent()) {
      begin = Draft.tours(model, begun);
    }
    Provenance provenance = provenance(model, budget);
    RouteSearch search = new RouteSearch(model, key);
    long[] quiet = {Long.MIN_VALUE};
    RouteSearch.Snapshot best =
        search.run(
            begin,
            begun,
            budget,
            began,
            control::stopped,
            snapshot -> {
              long now = System.nanoTime();
              if (snapshot.missing() > 0 || quiet[0] != Long.MIN_VALUE && now < quiet[0]) {
                return;
              }
              Solution<RoutePlan> solution = solution(model, snapshot, provenance);
              control.best(solution);
              control.report(progress(solution, budget, control));
              quiet[0] = now + 10 * (System.nanoTime() - now) + 1_000_000;
            });
    if (best.missing() > 0) {
      throw Alone.fleetTooSmall(model, best.absent());
    }
    return solution(model, best, provenance);
  }

  private static Solution<RoutePlan> solution(
      Model m, RouteSearch.Snapshot snapshot, Provenance provenance) {
    RoutePlan plan = Plans.plan(m, snapshot.orders(), snapshot.absent());
    return new Solution<>(
        Optional.of(plan),
        Solution.End.FEASIBLE,
        List.of(
            ObjectiveValue.builder()
                .name("cost")
                .value(plan.cost())
                .unit(Unit.NONE)
                .foundBy(snapshot.iteration() == 0 ? "cheapest insertion" : "ruin and recreate")
                .build()),
        provenance);
  }

  private Provenance provenance(Model m, Budget budget) {
    String version = DefaultRouteOptimizer.class.getPackage().getImplementationVersion();
    return Provenance.builder()
        .producer("millwright-supplychain " + (version == null ? "development" : version))
        .created(clock.instant())
        .dataDigest(ProblemDigest.of(m.problem))
        .key(key)
        .settings(new TreeMap<>(Map.of("budget", budget.toString())))
        .environment(new TreeMap<>(Map.of("java", System.getProperty("java.version", ""))))
        .build();
  }

  private static Progress progress(
      Solution<RoutePlan> solution, Budget budget, Jobs.Control<?> control) {
    Duration elapsed = control.elapsed();
    OptionalDouble fraction =
        budget.time().isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                Math.min(1, (double) elapsed.toNanos() / budget.time().get().toNanos()));
    Optional<Duration> remaining =
        budget.time().map(t -> elapsed.compareTo(t) > 0 ? Duration.ZERO : t.minus(elapsed));
    ObjectiveValue value = solution.objective();
    return new Progress(
        value.foundBy(), fraction, elapsed, remaining, Map.of("cost", value.value()));
  }

  @Override
  public List<StopReason> explain(RoutingProblem problem, RoutePlan plan) {
    Model model = new Model(problem);
    int[][] tours = Plans.tours(model, plan, false);
    List<String> faults = RouteChecker.faults(problem, plan);
    if (!faults.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the plan does not fit the problem: "
              + faults.get(0)
              + (faults.size() > 1 ? ", and " + (faults.size() - 1) + " more" : "")
              + "\nMaybe it was made for an earlier state of the problem; plan again from it as"
              + " draft");
    }
    return Reasons.of(model, tours);
  }

  @Override
  public Job<DayPlan> day(RoutingProblem problem, DayRules rules, Budget budget) {
    DaySearch search = new DaySearch(problem, rules);
    Budget round = Budgets.share(budget, DaySearch.ROUNDS);
    return jobs.start(
        "routes of the day " + problem.name(),
        Optional.empty(),
        control -> search.run(plain -> quietly(plain, round, control), control::stopped));
  }

  @Override
  public Job<TransportPlan> transport(TransportProblem problem, Budget budget) {
    return jobs.start(
        "transport of " + problem.name(),
        Optional.empty(),
        control -> {
          TransportSearch search =
              new TransportSearch(
                  problem,
                  (day, steps) -> Optional.of(quietly(day, Budget.iterations(steps), control)),
                  key);
          return search.run(Budgets.ends(budget, control), control::best);
        });
  }

  /** Searches on this thread, as a part of other work. */
  private RoutePlan quietly(RoutingProblem problem, Budget budget, Jobs.Control<?> control) {
    Model model = new Model(problem);
    Alone.check(model);
    RouteSearch.Snapshot best =
        new RouteSearch(model, key)
            .run(
                new int[0][],
                new int[model.vehicles],
                budget,
                System.nanoTime(),
                control::stopped,
                snapshot -> {});
    if (best.missing() > 0) {
      throw Alone.fleetTooSmall(model, best.absent());
    }
    return Plans.plan(model, best.orders(), best.absent());
  }
}
