package io.millwright.scheduling.internal.planner;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Jobs;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Comparison;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Lateness;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Recommendation;
import io.millwright.scheduling.Repair;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.AnnealIsland;
import io.millwright.scheduling.internal.search.OrderIsland;
import io.millwright.scheduling.internal.search.Pace;
import io.millwright.scheduling.internal.search.Starts;
import io.millwright.scheduling.internal.search.TariffIsland;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers by planning again from the plan as it is, always with the same effort and keys.
 *
 * @param objective what is minimised
 * @param jobs starts what runs as a job
 * @param stop ends the trying with what there is
 * @param cancelled ends the work where there is no answer yet
 */
public record DefaultPlanner(Objective objective, Jobs jobs, Stop stop, Stop cancelled)
    implements Planner {

  /** So much later than its budget a job may end for the sake of its first answer. */
  private static final long PATIENCE = 25_000_000;

  public DefaultPlanner(Objective objective, Jobs jobs) {
    this(objective, jobs, () -> false);
  }

  /** A planner whose trying ends when somebody says so. */
  public DefaultPlanner(Objective objective, Jobs jobs, Stop stop) {
    this(objective, jobs, stop, () -> false);
  }

  /** This planner for one job: its time counts from the call, and a cancel ends it at once. */
  private DefaultPlanner within(Budget budget, long began, Stop told) {
    long nanos = budget.time().map(t -> t.toNanos()).orElse(Long.MAX_VALUE);
    return new DefaultPlanner(
        objective,
        jobs,
        () -> told.now() || System.nanoTime() - began >= nanos,
        () -> told.now() || System.nanoTime() - began - PATIENCE >= nanos);
  }

  /** Looks up where there is no answer yet. */
  private void look() {
    if (cancelled.now()) {
      throw new MillwrightException(
          ErrorCode.JOB_CANCELLED,
          "the planner was stopped before it had a first answer\nMaybe give it more time");
    }
  }

  static final long EFFORT = 20_000;

  /** Operations placed by all moves together where each move places all of them. */
  private static final long WHOLE_EFFORT = 6_000_000;

  private static final double GENTLE = 0.02;
  private static final long PLACES = 400_000;

  /** Improves a plan a little, on the caller's thread. */
  public static Plan improve(Floor floor, Goal goal, Plan first, long key, Stop stop) {
    return improve(floor, goal, first, key, EFFORT, stop);
  }

  /** The same with more moves than usual, where a move costs no whole timetable. */
  static Plan improve(Floor floor, Goal goal, Plan first, long key, long moves, Stop stop) {
    if (stop.now()) {
      return first;
    }
    Draws draws = Draws.of(key, 0);
    boolean whole = goal.energy > 0 || goal.keeps() || floor.conditions.any;
    // Where every move is a whole timetable, large shops get fewer of them.
    long effort =
        whole ? Math.max(1_000, Math.min(EFFORT, WHOLE_EFFORT / floor.n)) : Math.max(EFFORT, moves);
    Pace pace = done -> (double) done / effort;
    Island island =
        goal.energy > 0
            ? new TariffIsland(floor, goal, draws, Double.NEGATIVE_INFINITY, pace, first)
            : whole
                ? new OrderIsland(floor, goal, draws, Double.NEGATIVE_INFINITY, pace, first)
                : new AnnealIsland(
                    floor, goal, draws, Double.NEGATIVE_INFINITY, pace, GENTLE, first);
    island.advance(effort, stop);
    return island.best();
  }

  /** Energy has no cost where electricity has no price. */
  public static void requireTariff(Shop shop, Objective objective) {
    if (countsEnergy(objective) && shop.tariff().isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the objective is "
              + objective.name()
              + ", but shop \""
              + shop.name()
              + "\" has no tariff\nMaybe add one: shop.paying(Tariff)");
    }
  }

  public static boolean countsEnergy(Objective objective) {
    return objective.terms().stream().anyMatch(t -> t.measure() == Measure.ENERGY_COST);
  }

  /**
   * The shop of a plan: without the jobs that the plan leaves out, and with all others to be done.
   */
  private static Shop asPlanned(Shop shop, Schedule plan) {
    if (shop.jobs().stream().allMatch(j -> j.rejection().isEmpty())) {
      return shop;
    }
    Set<String> planned = plan.completions().keySet();
    return shop.withoutDraft()
        .withJobs(
            shop.jobs().stream()
                .filter(j -> j.rejection().isEmpty() || planned.contains(j.id()))
                .map(j -> j.toBuilder().rejection(OptionalDouble.empty()).build())
                .toList());
  }

  /** The shop as it is planned, when both are without fault. */
  private Shop require(Shop shop, Schedule plan) {
    shop.checked(this::look);
    look();
    requireTariff(shop, objective);
    if (shop.permutation()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "shop \""
              + shop.name()
              + "\" is a permutation flow shop"
              + "\nMaybe plan it as a job shop: leave permutation false");
    }
    List<Finding> findings = ScheduleChecker.check(shop, plan, this::look);
    if (!findings.isEmpty()) {
      throw MillwrightException.of("plan for shop \"" + shop.name() + "\"", findings);
    }
    look();
    return asPlanned(shop, plan);
  }

  @Override
  public Job<Lateness> explain(Shop shop, Schedule plan, String job, Budget budget) {
    long began = System.nanoTime();
    return jobs.start(
        "explain " + job,
        Optional.empty(),
        control -> within(budget, began, control::stopped).explain(shop, plan, job));
  }

  @Override
  public Job<Repair> repair(
      Shop shop, Schedule approved, long now, Event event, double movePrice, Budget budget) {
    long began = System.nanoTime();
    return jobs.start(
        "repair " + shop.name(),
        Optional.empty(),
        control ->
            within(budget, began, control::stopped).repair(shop, approved, now, event, movePrice));
  }

  private Goal goal(Floor floor) {
    return new Goal(List.of(objective), floor);
  }

  @Override
  public Lateness explain(Shop given, Schedule plan, String job) {
    Shop shop = require(given, plan);
    int number = numberOf(shop, job);
    Floor floor = new Floor(shop, cancelled);
    Chain chain = new Chain(floor, plan, number, this::look);
    look();
    int blocker = chain.blocker();
    return new Lateness(
        job,
        plan.completions().getOrDefault(job, 0L),
        shop.jobs().get(number).due(),
        chain.links(),
        blocker < 0 ? Optional.empty() : Optional.of(shop.machines().get(blocker).id()),
        new Remedies(shop, plan, objective, floor, number, chain, stop).all());
  }

  private static int numberOf(Shop shop, String job) {
    for (int j = 0; j < shop.jobs().size(); j++) {
      if (shop.jobs().get(j).id().equals(job)) {
        return j;
      }
    }
    throw new MillwrightException(
        ErrorCode.BAD_OPTION,
        "shop \"" + shop.name() + "\" has no job \"" + job + "\"\nMaybe check the name");
  }

  @Override
  public Repair repair(Shop given, Schedule approved, long now, Event event, double movePrice) {
    if (!(movePrice >= 0)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "movePrice is " + movePrice + "\nMaybe use 0 to mind the objective alone");
    }
    Shop shop = require(given, approved);
    Shop changed = Events.apply(shop, approved, now, event, this::look);
    look();
    Schedule standing = Events.standing(approved, now);
    if (Events.changesNothing(shop, changed) || Events.onlyTakes(event)) {
      if (ScheduleChecker.check(changed, standing, this::look).isEmpty()) {
        // Nothing that is planned is touched, and nothing has become possible that was not.
        return new Repair(changed, standing, standing, List.of());
      }
    }
    look();
    Set<List<String>> planned = new HashSet<>();
    approved.assignments().forEach(a -> planned.add(List.of(a.job(), a.operation())));
    List<ShopJob> known =
        changed.jobs().stream()
            .filter(
                j ->
                    j.operations().stream()
                        .allMatch(o -> planned.contains(List.of(j.id(), o.id()))))
            .toList();
    if (known.size() < changed.jobs().size()) {
      List<ShopJob> ordered = new ArrayList<>(known);
      Set<String> names = known.stream().map(ShopJob::id).collect(Collectors.toSet());
      changed.jobs().stream().filter(j -> !names.contains(j.id())).forEach(ordered::add);
      changed = changed.withJobs(ordered);
    }
    look();
    Floor floor = new Floor(changed, cancelled);
    Floor before =
        known.size() < changed.jobs().size()
            ? new Floor(changed.withJobs(known), cancelled)
            : floor;
    look();
    Plan start = Starts.ofSchedule(before, approved, "draft");
    look();
    if (known.size() < changed.jobs().size()) {
      // What is new stands behind all others.
      start = inserted(floor, start, floor.jobStart[known.size()]);
    }
    Timetable timetable = new Timetable(floor, goal(floor));
    start = Following.settled(floor, goal(floor), start, stop);
    Schedule kept = timetable.schedule(start);
    boolean possible = timetable.feasible();
    Schedule plan = kept;
    boolean found = possible;
    if (!stop.now() && (!possible || movePrice < Double.POSITIVE_INFINITY)) {
      Goal keeping = keeping(floor, approved, possible ? movePrice : 0);
      Plan first = Following.best(floor, keeping, start, stop);
      plan = timetable.schedule(improve(floor, keeping, first, 1, stop));
      found = timetable.feasible();
    }
    if (!found) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "after the event no plan was found that keeps every rule of shop \""
              + shop.name()
              + "\"; the best one breaks: "
              + ScheduleChecker.check(changed, plan).stream()
                  .limit(3)
                  .map(f -> f.place() + " " + f.message())
                  .collect(Collectors.joining("; "))
              + "\n"
              + "Maybe move that deadline, unpin what is not frozen, or let the optimizer search"
              + " longer");
    }
    return new Repair(
        changed, possible ? kept : plan, plan, Comparison.of(changed, approved, plan).moves());
  }

  private Goal keeping(Floor floor, Schedule approved, double movePrice) {
    long[] oldStart = new long[floor.n];
    int[] oldAlternative = new int[floor.n];
    Map<List<String>, Assignment> places = new HashMap<>();
    approved.assignments().forEach(a -> places.put(List.of(a.job(), a.operation()), a));
    for (int j = 0; j < floor.jobs; j++) {
      ShopJob job = floor.shop.jobs().get(j);
      for (int x = floor.jobStart[j]; x < floor.jobStart[j + 1]; x++) {
        var a = places.get(List.of(job.id(), job.operations().get(x - floor.jobStart[j]).id()));
        oldStart[x] = a == null ? -1 : a.start();
        oldAlternative[x] = -1;
        if (a != null) {
          oldAlternative[x] = floor.alternative(x, a);
          // What can no longer be done where it stood has no place to keep to.
          oldStart[x] = oldAlternative[x] < 0 ? -1 : oldStart[x];
        }
      }
    }
    if (floor.conditions.ovens) {
      Starts.joinLoads(floor, IntStream.range(0, floor.n).toArray(), oldAlternative, oldStart);
    }
    return new Goal(List.of(objective), floor, movePrice, oldStart, oldAlternative);
  }

  /**
   * Puts the operations from number {@code from} on, which belong to the last job, one after the
   * other at their best places in a plan of all others.
   */
  private Plan inserted(Floor floor, Plan plan, int from) {
    Timetable timetable = new Timetable(floor, goal(floor));
    int[] alternative = Arrays.copyOf(plan.alternative(), floor.n);
    long[] wait =
        plan.notBefore().length == 0 ? plan.notBefore() : Arrays.copyOf(plan.notBefore(), floor.n);
    List<Integer> order = new ArrayList<>();
    for (int x : plan.order()) {
      order.add(x);
    }
    int[] waiting = new int[floor.n];
    for (int x = from; x < floor.n; x++) {
      alternative[x] = floor.altStart[x];
      waiting[x] = floor.preds[x].length;
    }
    List<Integer> last = new ArrayList<>();
    for (int i = 0; last.size() < floor.n - from; i = (i + 1) % (floor.n - from)) {
      int x = from + i;
      if (waiting[x] == 0) {
        waiting[x] = -1;
        last.add(x);
        for (int y : floor.succs[x]) {
          waiting[y]--;
        }
      }
    }
    order.addAll(last);
    for (int x : last) {
      place(floor, timetable, order, alternative, wait, x, stop);
    }
    int[] sequence = order.stream().mapToInt(x -> x).toArray();
    double cost = timetable.evaluate(sequence, alternative, wait);
    return new Plan(cost, sequence, alternative, "insertion", wait);
  }

  private static void place(
      Floor floor,
      Timetable timetable,
      List<Integer> order,
      int[] alternative,
      long[] wait,
      int x,
      Stop stop) {
    int old = order.indexOf(x);
    order.remove(old);
    int low = 0;
    for (int y : floor.preds[x]) {
      low = Math.max(low, order.indexOf(y) + 1);
    }
    int high = old;
    // At most so many operations are placed while one is tried out everywhere.
    int step = (int) Math.max(1, (high - low) * (long) floor.n / PLACES);
    double best = Double.POSITIVE_INFINITY;
    int bestAt = old;
    int bestAlternative = alternative[x];
    int[] sequence = new int[floor.n];
    for (int a = floor.altStart[x]; a < floor.altStart[x + 1]; a++) {
      alternative[x] = a;
      for (int at = high; at >= low && !stop.now(); at -= step) {
        for (int i = 0, k = 0; i < floor.n; i++) {
          sequence[i] = i == at ? x : order.get(k++);
        }
        double cost = timetable.evaluate(sequence, alternative, wait);
        if (cost < best) {
          best = cost;
          bestAt = at;
          bestAlternative = a;
        }
      }
    }
    alternative[x] = bestAlternative;
    order.add(bestAt, x);
  }

  @Override
  public Recommendation recommend(Shop given, Schedule plan, ShopJob job) {
    Shop shop = require(given, plan);
    List<ShopJob> jobs = new ArrayList<>(shop.jobs());
    jobs.add(job);
    Shop more = shop.withJobs(jobs).withoutDraft().checked();
    Floor floor = new Floor(more);
    Plan placed =
        inserted(
            floor,
            Starts.ofSchedule(new Floor(shop), plan, "draft"),
            floor.jobStart[floor.jobs - 1]);
    Timetable timetable = new Timetable(floor, goal(floor));
    Schedule after = timetable.schedule(placed);
    if (!timetable.feasible()) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "job \""
              + job.id()
              + "\" fits nowhere into the plan of shop \""
              + shop.name()
              + "\"\nMaybe let the optimizer plan the shop anew");
    }
    return new Recommendation(
        more,
        after,
        after.completions().getOrDefault(job.id(), 0L),
        objective.of(more, after) - objective.of(shop, plan),
        Comparison.of(more, plan, after).moves());
  }

  @Override
  public Schedule retime(Shop shop, Schedule plan) {
    shop.withDraft(plan).checked();
    Shop checked = asPlanned(shop, plan).withDraft(plan);
    Floor floor = new Floor(checked);
    Plan sequences = Starts.ofSchedule(floor, plan, "plan");
    Timetable timetable = new Timetable(floor, goal(floor));
    Schedule retimed =
        timetable.schedule(
            new Plan(0, sequences.order(), sequences.alternative(), sequences.foundBy()));
    if (!timetable.feasible()) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "the sequences cannot keep the pins of shop \""
              + shop.name()
              + "\"\nMaybe let the optimizer plan it anew");
    }
    return retimed;
  }
}
