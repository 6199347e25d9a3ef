package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One search from first plan to last: chooses the method that fits the shop, and runs it. */
final class Search {

  private static final int LARGEST_FLEXIBLE_TABU = 3000;

  private final Floor floor;
  private final Goal goal;
  private final Budget budget;
  private final long key;
  private final int workers;
  private final Executor executor;
  private final long began = System.nanoTime();
  private final long nanos;
  private final boolean exact;

  final double bound;

  Search(
      Shop shop,
      List<Objective> objectives,
      Budget budget,
      long key,
      int workers,
      Executor executor) {
    floor = new Floor(shop);
    goal = new Goal(objectives, floor);
    this.budget = budget;
    this.key = key;
    this.workers = workers;
    this.executor = executor;
    nanos = budget.time().map(t -> t.toNanos()).orElse(Long.MAX_VALUE);
    bound = Bounds.of(floor, new Goal(objectives.subList(0, 1), floor));
    exact = objectives.size() == 1;
    if (shop.permutation() && !goal.makespanOnly()) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "shop \""
              + shop.name()
              + "\" is a permutation flow shop, which is planned for its"
              + " makespan alone\nMaybe plan it as a job shop: leave permutation false");
    }
  }

  Floor floor() {
    return floor;
  }

  boolean outOfTime() {
    return System.nanoTime() - began >= nanos;
  }

  /** Runs until the budget is spent, the target or the bound is reached, or stop says so. */
  Plan run(Stop cancelled, Consumer<Plan> onBetter) {
    Stop stop = () -> cancelled.now() || outOfTime();
    Plan first = Starts.best(floor, goal, Draws.of(key, -1), stop);
    boolean feasible = first.cost() < Double.POSITIVE_INFINITY;
    if (feasible) {
      onBetter.accept(first);
    }
    double enough = Math.max(bound, budget.target().orElse(Double.NEGATIVE_INFINITY));
    // Ties of the first objective are broken by the next, so the search goes on until they are.
    enough = exact ? enough : Double.NEGATIVE_INFINITY;
    if (first.cost() <= enough) {
      return first;
    }
    List<Island> islands = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      islands.add(island(i, first, enough));
    }
    long round = Math.max(50, Math.min(50_000, 10_000_000L / floor.n));
    if (floor.shop.permutation()) {
      round = Math.max(1, 2_000_000L / floor.jobs / floor.jobs);
    }
    Plan[] last = {first};
    new Archipelago(islands, executor, round)
        .run(
            budget.iterations().orElse(Long.MAX_VALUE / 4),
            enough,
            stop,
            plan -> {
              if (plan.cost() < last[0].cost()) {
                last[0] = plan;
                onBetter.accept(plan);
              }
            });
    return last[0];
  }

  private Island island(int number, Plan first, double enough) {
    Draws draws = Draws.of(key, number);
    boolean tabu = goal.makespanOnly() && floor.chains() && floor.plain() && floor.small() && exact;
    int target = enough < 0 ? 0 : (int) Math.floor(Math.min(enough / goal.makespan, 1 << 30));
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
      return new PoolIsland(
          floor,
          new FlexTabu(floor, draws),
          draws,
          target,
          PoolIsland.Settings.forFlexible(),
          first,
          "tabu search with path relinking");
    }
    if (floor.capacity.length > 0) {
      return new OrderIsland(floor, goal, draws, enough, this::progress, first);
    }
    return new AnnealIsland(floor, goal, draws, enough, this::progress, first);
  }

  /** By iterations when they are limited, so that time has no say in the result; else by time. */
  private double progress(long iterations) {
    if (budget.iterations().isPresent()) {
      return (double) iterations * workers / budget.iterations().getAsLong();
    }
    return (double) (System.nanoTime() - began) / nanos;
  }
}
