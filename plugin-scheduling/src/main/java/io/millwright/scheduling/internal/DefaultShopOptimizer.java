package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Progress;
import io.millwright.api.Provenance;
import io.millwright.api.Solution;
import io.millwright.api.spi.Jobs;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.PlanGoal;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopOptimizer;
import io.millwright.scheduling.internal.exact.CpSat;
import io.millwright.scheduling.internal.model.Exact;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Impossible;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.planner.DefaultPlanner;
import io.millwright.scheduling.internal.search.HostSearch;
import io.millwright.scheduling.internal.search.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Search} as a job and tells its story as solutions and progress. */
record DefaultShopOptimizer(
    Lent lent,
    List<Objective> objectives,
    long key,
    int workers,
    boolean prove,
    List<PlanGoal> hosts)
    implements ShopOptimizer {

  @Override
  public ShopOptimizer minimize(List<Objective> others) {
    if (others.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "objectives is empty\nMaybe leave minimize out: the makespan is the default");
    }
    return new DefaultShopOptimizer(lent, List.copyOf(others), key, workers, prove, hosts);
  }

  @Override
  public ShopOptimizer key(long other) {
    return new DefaultShopOptimizer(lent, objectives, other, workers, prove, hosts);
  }

  @Override
  public ShopOptimizer workers(int count) {
    if (count < 1) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "workers is " + count + "\nMaybe use 1 for a search of its own");
    }
    return new DefaultShopOptimizer(lent, objectives, key, count, prove, hosts);
  }

  @Override
  public ShopOptimizer proving() {
    return new DefaultShopOptimizer(lent, objectives, key, workers, true, hosts);
  }

  @Override
  public ShopOptimizer minding(PlanGoal... goals) {
    return new DefaultShopOptimizer(lent, objectives, key, workers, prove, List.of(goals));
  }

  @Override
  public Job<Solution<Schedule>> optimize(Shop shop, Budget budget) {
    // The time is the caller's, from the call to the plan.
    long began = System.nanoTime();
    shop.checked();
    for (Objective o : objectives) {
      DefaultPlanner.requireTariff(shop, o);
      if (prove && DefaultPlanner.countsEnergy(o)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the objective is "
                + o.name()
                + ", and nothing can be proven about energy cost: the exact solver knows no prices"
                + "\nMaybe leave proving() out; the search plans by the tariff without it");
      }
    }
    if (prove && shop.machines().stream().anyMatch(m -> m.oven().isPresent())) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "shop \""
              + shop.name()
              + "\" has ovens, and the exact solver knows machines that do one operation at a time"
              + "\nMaybe leave proving() out");
    }
    if (prove
        && shop.jobs().stream().anyMatch(j -> j.rejection().isPresent())
        && objectives.stream()
            .flatMap(o -> o.terms().stream())
            .anyMatch(t -> t.measure() == Measure.REJECTION_COST)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "jobs of shop \""
              + shop.name()
              + "\" can be left out, and the exact solver does every job"
              + "\nMaybe leave proving() out");
    }
    return lent.jobs()
        .start(
            "plan " + shop.name(), Optional.empty(), control -> work(shop, budget, began, control));
  }

  /** The solver, or the reason why there is none: a plan is worth having without a proof. */
  private static @Nullable Exact exact(String[] missing) {
    try {
      return new CpSat();
    } catch (LinkageError | RuntimeException e) {
      missing[0] = Search.reason(e);
      return null;
    }
  }

  private Solution<Schedule> work(
      Shop shop, Budget budget, long began, Jobs.Control<Solution<Schedule>> control) {
    String[] missing = {""};
    // The digest of a large shop takes as long as many a first plan, so that nobody waits for it.
    FutureTask<Provenance> written =
        new FutureTask<>(() -> lent.provenance(shop, objectives, budget, key, workers));
    try {
      lent.executor().execute(written);
    } catch (RejectedExecutionException e) {
      // Whoever needs it first writes it.
    }
    Exact exact = prove ? exact(missing) : null;
    Search search =
        new Search(
            shop,
            objectives,
            hosts.isEmpty() ? budget : HostBudget.before(budget),
            key,
            workers,
            lent.executor(),
            exact,
            began,
            control::stopped);
    control.checkpoint();
    Timetable timetable = new Timetable(search.floor(), new Goal(objectives, search.floor()));
    control.checkpoint();
    List<Finding> impossible = Impossible.of(search.floor());
    if (!impossible.isEmpty()) {
      return new Solution<>(
          Optional.empty(),
          Solution.End.INFEASIBLE,
          List.of(),
          noting(now(written), "impossible", told(impossible)));
    }
    long[] quiet = {Long.MIN_VALUE};
    Plan best =
        search.run(
            control::stopped,
            plan -> {
              long now = System.nanoTime();
              if (quiet[0] != Long.MIN_VALUE && now < quiet[0]) {
                return;
              }
              Solution<Schedule> solution = solution(shop, search, timetable, plan, now(written));
              control.best(solution);
              control.report(progress(solution, budget, control));
              // Writing plans down must never take more than a tenth of the time.
              quiet[0] = now + 10 * (System.nanoTime() - now);
            });
    Provenance provenance = now(written);
    if (!hosts.isEmpty()) {
      return minded(shop, search, best, provenance, HostBudget.begun(budget), control);
    }
    String unproven = missing[0].isEmpty() ? search.unproven() : missing[0];
    return solution(
        shop,
        search,
        timetable,
        best,
        unproven.isEmpty() ? provenance : noting(provenance, "nothing proven", unproven));
  }

  /** What is being written, at the latest by the caller. */
  private static Provenance now(FutureTask<Provenance> written) {
    written.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return written.get();
        } catch (InterruptedException e) {
          // A search ends by its stop; an interrupt is handed on, not obeyed.
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("the provenance of a plan was not written", e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Goes on from the best plan by the objectives alone, by the host's goals as well. */
  private Solution<Schedule> minded(
      Shop shop,
      Search search,
      Plan first,
      Provenance provenance,
      HostBudget budget,
      Jobs.Control<Solution<Schedule>> control) {
    Goal goal = new Goal(objectives, search.floor());
    Timetable timetable = new Timetable(search.floor(), goal);
    timetable.schedule(first);
    if (!timetable.feasible()) {
      return solution(shop, search, timetable, first, provenance);
    }
    Stop stop = () -> control.stopped() || budget.over();
    HostSearch mind = new HostSearch(search.floor(), goal, hosts, key, first, stop);
    Plan best = mind.run(budget.moves(), budget::progress, stop);
    List<Finding> broken = mind.findings();
    if (!broken.isEmpty()) {
      return new Solution<>(
          Optional.empty(),
          Solution.End.NONE_FOUND,
          List.of(),
          noting(provenance, "broken rules", told(broken)));
    }
    Solution<Schedule> own = solution(shop, search, timetable, best, provenance);
    Schedule plan = own.orElseThrow();
    List<ObjectiveValue> values = new ArrayList<>(own.objectives());
    for (PlanGoal host : hosts) {
      values.add(
          ObjectiveValue.builder()
              .name(host.name())
              .value(host.cost(shop, plan))
              .unit(objectives.get(0).unit(shop))
              .foundBy(best.foundBy())
              .provedBy("")
              .build());
    }
    return new Solution<>(Optional.of(plan), Solution.End.FEASIBLE, values, provenance);
  }

  private static String told(List<Finding> broken) {
    return broken.stream()
        .limit(10)
        .map(f -> f.place() + " " + f.message())
        .collect(Collectors.joining("; "));
  }

  private static Provenance noting(Provenance of, String name, String text) {
    TreeMap<String, String> settings = new TreeMap<>(of.settings());
    settings.put(name, text);
    return Provenance.builder()
        .producer(of.producer())
        .created(of.created())
        .dataDigest(of.dataDigest())
        .key(of.key())
        .settings(settings)
        .environment(of.environment())
        .parents(of.parents())
        .build();
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
      return new Solution<>(
          Optional.empty(),
          search.impossible() ? Solution.End.INFEASIBLE : Solution.End.NONE_FOUND,
          List.of(),
          noting(provenance, "broken rules", told(ScheduleChecker.check(shop, schedule))));
    }
    List<ObjectiveValue> values = new ArrayList<>();
    for (int i = 0; i < objectives.size(); i++) {
      values.add(value(shop, search, plan, objectives.get(i).of(shop, schedule), i));
    }
    ObjectiveValue first = values.get(0);
    boolean optimal = objectives.size() == 1 && first.gap().orElse(1) <= 1e-9;
    return new Solution<>(
        Optional.of(schedule),
        optimal ? Solution.End.OPTIMAL : Solution.End.FEASIBLE,
        values,
        provenance);
  }

  private ObjectiveValue value(Shop shop, Search search, Plan plan, double value, int number) {
    // Sums of weights round differently in the solver's hands; a bound never passes its value.
    OptionalDouble bound =
        number == 0
            ? OptionalDouble.of(Math.min(value, roundedUp(objectives.get(0), search.bound())))
            : OptionalDouble.empty();
    return ObjectiveValue.builder()
        .name(objectives.get(number).name())
        .value(value)
        .unit(objectives.get(number).unit(shop))
        .bound(bound)
        .foundBy(plan.foundBy())
        .provedBy(bound.isPresent() ? search.provedBy() : "")
        .build();
  }

  /** A makespan is a whole number, so its bound is too. */
  private static double roundedUp(Objective objective, double bound) {
    return objective.equals(Objectives.makespan()) ? Math.ceil(bound - 1e-6) : bound;
  }
}
