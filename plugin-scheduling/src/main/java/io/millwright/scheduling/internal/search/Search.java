package io.millwright.scheduling.internal.search;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.internal.model.Bounds;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Exact;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.project.ProjectIsland;
import io.millwright.scheduling.internal.tabu.FlexTabu;
import io.millwright.scheduling.internal.tabu.JobShopTabu;
import io.millwright.scheduling.internal.tabu.PoolIsland;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One search from first plan to last: chooses the method that fits the shop, and runs it. */
public final class Search {

  private static final int LARGEST_FLEXIBLE_TABU = 3000;

  /** The share of the time in which all workers search before the solver begins. */
  private static final double SEARCH_ALONE = 0.1;

  /**
   * The share of the time in which first plans are tried, once there is one. It binds on large
   * shops alone, where a simulation of the whole floor brings more than as long a search.
   */
  private static final double RULES = 0.5;

  /** The same where a shop is so large that moves bring nothing within a minute. */
  private static final double RULES_ON_HUGE = 0.9;

  private static final int HUGE = 50_000;

  /** The deterministic time of a proof under an iteration budget. */
  private static final double REPEATABLE_SECONDS = 10;

  private final Floor floor;
  private final Goal goal;
  private final Budget budget;
  private final long key;
  private final int workers;
  private final Executor executor;
  private final long began;
  private final long nanos;

  /** What writing a plan down takes, which belongs to the time as well. */
  private volatile long closing;

  private final boolean single;
  private final Goal firstGoal;
  private final @Nullable Exact exact;
  private volatile boolean proven;

  /** The best proven bound of the first objective, and by whom. */
  private volatile double bound;

  private volatile String provedBy = Bounds.NAME;
  private volatile boolean impossible;
  private volatile String unproven = "";

  public Search(
      Shop shop,
      List<Objective> objectives,
      Budget budget,
      long key,
      int workers,
      Executor executor,
      @Nullable Exact exact) {
    this(shop, objectives, budget, key, workers, executor, exact, System.nanoTime(), () -> false);
  }

  /** A search whose time begins now. */
  public Search(
      Shop shop,
      List<Objective> objectives,
      Budget budget,
      long key,
      int workers,
      Executor executor,
      @Nullable Exact exact,
      Stop cancelled) {
    this(shop, objectives, budget, key, workers, executor, exact, System.nanoTime(), cancelled);
  }

  /**
   * A search.
   *
   * @param began when the time of the budget began, by {@link System#nanoTime}
   * @param cancelled ends the preparation of a large shop
   */
  public Search(
      Shop shop,
      List<Objective> objectives,
      Budget budget,
      long key,
      int workers,
      Executor executor,
      @Nullable Exact exact,
      long began,
      Stop cancelled) {
    this.began = began;
    floor = new Floor(shop, cancelled);
    Floor.orStopped(cancelled);
    goal = new Goal(objectives, floor);
    this.budget = budget;
    this.key = key;
    this.workers = workers;
    this.executor = executor;
    nanos = budget.time().map(t -> t.toNanos()).orElse(Long.MAX_VALUE);
    this.exact = exact;
    firstGoal = new Goal(objectives.subList(0, 1), floor);
    Floor.orStopped(cancelled);
    bound = Bounds.of(floor, firstGoal);
    single = objectives.size() == 1;
    if (goal.rejection > 0 && goal.energy > 0) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "shop \""
              + shop.name()
              + "\" is not planned for energy cost and rejection cost at once"
              + "\nMaybe plan for one of them, or decide by hand what is left out");
    }
    if (floor.conditions.any && goal.energy > 0) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "shop \""
              + shop.name()
              + "\" is not planned for its energy cost, since lags with a most, ovens, campaigns,"
              + " mixes, stocks or needs of set-ups bind it"
              + "\nMaybe leave energy cost out of the objective, and measure it afterwards");
    }
    if (shop.permutation() && goal.energy > 0) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "shop \""
              + shop.name()
              + "\" is a permutation flow shop, which is not planned for its energy cost"
              + "\nMaybe plan it as a job shop: leave permutation false");
    }
  }

  public Floor floor() {
    return floor;
  }

  public double bound() {
    return bound;
  }

  public String provedBy() {
    return provedBy;
  }

  public boolean impossible() {
    return impossible;
  }

  /** Why the solver ended without a proof; empty when it did not fail. */
  public String unproven() {
    return unproven;
  }

  /** The first line of what went wrong, for people. */
  public static String reason(Throwable e) {
    String said = String.valueOf(e.getMessage()).replaceFirst("^\\[\\w+\\] ", "");
    String first = said.lines().findFirst().orElse(e.getClass().getSimpleName());
    return e instanceof LinkageError
        ? "the native library of OR-Tools could not be loaded (" + first + ")"
        : first;
  }

  boolean outOfTime() {
    return System.nanoTime() - began >= nanos - closing;
  }

  /** Whether a plan can be written down now, and the last one still in time. */
  private boolean leisure() {
    return System.nanoTime() - began < nanos - 3 * closing;
  }

  /** Runs until the budget is spent, the target or the bound is reached, or stop says so. */
  public Plan run(Stop cancelled, Consumer<Plan> onBetter) {
    Stop stop = () -> cancelled.now() || outOfTime();
    // On a large shop some time must be left for the search.
    long rules = (long) (nanos * (floor.n < HUGE ? RULES : RULES_ON_HUGE));
    Stop begin = () -> stop.now() || System.nanoTime() - began >= rules;
    boolean timed = budget.iterations().isEmpty();
    Plan first = Starts.best(floor, goal, Draws.of(key, -1), timed, begin, cancelled);
    boolean feasible = first.cost() < Double.POSITIVE_INFINITY;
    if (feasible) {
      long before = System.nanoTime();
      onBetter.accept(first);
      closing = Math.min(nanos / 10, System.nanoTime() - before);
    }
    // Behind the first plan, which nobody should wait for longer on a large shop.
    bound = Math.max(bound, Bounds.queues(floor, firstGoal, stop));
    double enough = Math.max(bound, budget.target().orElse(Double.NEGATIVE_INFINITY));
    // Ties of the first objective are broken by the next, so the search goes on until they are.
    enough = single ? enough : Double.NEGATIVE_INFINITY;
    if (first.cost() <= enough) {
      return first;
    }
    Prover prover = exact == null ? null : new Prover(exact, first);
    boolean beside = prover != null && budget.time().isPresent();
    List<Island> islands = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      if (stop.now()) {
        return first;
      }
      islands.add(island(i, first, enough));
    }
    long round = Math.max(200, Math.min(50_000, 10_000_000L / floor.n));
    if (floor.shop.permutation()) {
      round = Math.max(1, 2_000_000L / floor.jobs / floor.jobs);
    }
    Plan[] last = {first};
    Consumer<Plan> keep =
        plan -> {
          if (plan.cost() < last[0].cost()) {
            last[0] = plan;
            if (leisure()) {
              onBetter.accept(plan);
            }
          }
        };
    Supplier<@Nullable Plan> visitor = () -> null;
    if (prover != null && beside) {
      // All search first, so that the solver begins with a plan that is hard to beat; then it takes
      // the place of one worker.
      long until = (long) (nanos * SEARCH_ALONE);
      new Archipelago(islands, executor, round)
          .run(
              Long.MAX_VALUE / 4,
              enough,
              () -> stop.now() || System.nanoTime() - began >= until,
              keep,
              visitor);
      if (last[0].cost() <= enough || stop.now()) {
        return last[0];
      }
      prover.begin(last[0]);
      visitor = prover::best;
      islands = islands.subList(0, Math.max(1, workers - 1));
    }
    new Archipelago(islands, executor, round)
        .run(
            budget.iterations().orElse(Long.MAX_VALUE / 4),
            enough,
            () -> stop.now() || proven,
            keep,
            visitor);
    if (prover != null) {
      if (!beside && last[0].cost() > enough && !stop.now()) {
        prover.after(last[0]);
      }
      Plan other = prover.end();
      if (other.cost() < last[0].cost()) {
        last[0] = other;
        onBetter.accept(other);
      }
    }
    return last[0];
  }

  /** Runs the exact solver beside the search or after it, and keeps what it finds. */
  private final class Prover {
    private final Exact solver;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Timetable timetable = new Timetable(floor, goal);
    private Plan best;

    Prover(Exact solver, Plan first) {
      this.solver = solver;
      best = first;
    }

    void begin(Plan hint) {
      best = hint;
      try {
        executor.execute(
            () -> {
              if (begun.compareAndSet(false, true)) {
                solve(false, (nanos - (System.nanoTime() - began)) * 1e-9);
              }
            });
      } catch (RejectedExecutionException e) {
        // Without a free thread the search goes on alone; the bound stays the simple one.
      }
    }

    void after(Plan hint) {
      begun.set(true);
      best = hint;
      solve(true, REPEATABLE_SECONDS);
    }

    private void solve(boolean repeatable, double seconds) {
      try {
        Plan hint = best();
        Timetable times = new Timetable(floor, goal);
        times.evaluate(hint.order(), hint.alternative());
        Exact.Proof proof =
            solver.solve(
                floor,
                firstGoal,
                new Exact.Timed(hint, times.start.clone(), times.makespan()),
                seconds,
                repeatable,
                this::found);
        if (proof.bound() > bound) {
          bound = proof.bound();
          provedBy = solver.name();
        }
        impossible = proof.impossible();
      } catch (LinkageError | RuntimeException e) {
        // A plan without a proof is worth having.
        unproven = reason(e);
      } finally {
        proven = true;
        ended.countDown();
      }
    }

    private synchronized void found(Plan plan) {
      if (floor.shop.permutation()) {
        return;
      }
      double cost = timetable.evaluate(plan.order(), plan.alternative());
      if (cost < best.cost()) {
        best = new Plan(cost, plan.order(), plan.alternative(), plan.foundBy());
      }
    }

    /** The best plan that the solver was given or has found. */
    synchronized Plan best() {
      return best;
    }

    Plan end() {
      if (!begun.compareAndSet(false, true)) {
        boolean interrupted = false;
        while (true) {
          try {
            // A stop that comes before the solver has begun is lost, so it is said again.
            solver.stop();
            if (ended.await(20, TimeUnit.MILLISECONDS)) {
              break;
            }
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      return best();
    }
  }

  private Island island(int number, Plan first, double enough) {
    Draws draws = Draws.of(key, number);
    boolean tabu =
        goal.makespanOnly() && floor.chains() && floor.plain() && floor.small() && single;
    int target = enough < 0 ? 0 : (int) Math.floor(Math.min(enough / goal.makespan, 1 << 30));
    if (floor.shop.permutation() && !goal.makespanOnly()) {
      return new SequenceIsland(floor, goal, draws, enough, first);
    }
    if (floor.shop.permutation()) {
      FlowShopIsland island = new FlowShopIsland(floor, draws, target);
      island.receive(first);
      return island;
    }
    if (tabu && floor.dedicated()) {
      return new PoolIsland(
          floor,
          new JobShopTabu(floor, draws),
          draws,
          target,
          PoolIsland.Settings.forJobShop(),
          first,
          "tabu search with path relinking");
    }
    if (tabu && floor.n <= LARGEST_FLEXIBLE_TABU) {
      // Islands of both kinds help each other: few good moves beside many quick ones.
      boolean exactly = number % 2 == 1;
      return new PoolIsland(
          floor,
          new FlexTabu(floor, draws, exactly),
          draws,
          target,
          PoolIsland.Settings.forFlexible(exactly),
          first,
          "tabu search with path relinking");
    }
    if (ProjectIsland.fits(floor, goal)) {
      return new ProjectIsland(floor, goal, draws, enough, first);
    }
    if (floor.conditions.any) {
      return new OrderIsland(floor, goal, draws, enough, this::progress, first);
    }
    if (goal.energy > 0) {
      return new TariffIsland(floor, goal, draws, enough, this::progress, first);
    }
    if (floor.staffed && goal.rejection == 0 && floor.apart()) {
      // Where staff alone binds, units are all alike, and whole timetables find the way.
      return new OrderIsland(floor, goal, draws, enough, this::progress, first);
    }
    return new AnnealIsland(floor, goal, draws, enough, this::progress, AnnealIsland.HEAT, first);
  }

  /** By iterations when they are limited, so that time has no say in the result; else by time. */
  private double progress(long iterations) {
    if (budget.iterations().isPresent()) {
      return (double) iterations * workers / budget.iterations().getAsLong();
    }
    return (double) (System.nanoTime() - began) / nanos;
  }
}
