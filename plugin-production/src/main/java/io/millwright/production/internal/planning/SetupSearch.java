package io.millwright.production.internal.planning;

import io.millwright.production.PlanProblem;
import io.millwright.production.PlanProblem.Item;
import io.millwright.production.PlanProblem.Operation;
import io.millwright.production.PlanProblem.Resource;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Anneals the set-ups of one work centre whose items are made nowhere else and of nothing: every
 * move is measured exactly by {@link SetupFlow}, without a linear program. Two lines of descent, a
 * hot and a cold one, cool in turns, since no heat is best for all. Not thread-safe.
 */
final class SetupSearch {

  /** First temperatures of each line, in turns, against the mean cost of a set-up. */
  private static final double[][] HEAT = {{1, 0.5}, {0.5, 0.25}};

  /** The last temperature as a part of the first. */
  private static final double COLD = 0.05;

  /** Moves of a cooling for each item and period. */
  private static final long MOVES = 200;

  /** Of each doubling of a short first cooling. */
  private static final long FIRST_MOVES = 50;

  private static final int LOOK = 16;

  /** Items times the square of the periods: beyond it a measured move is no longer quick. */
  private static final long LARGEST = 500_000;

  /** The operations of the work centre, by their number in the problem. */
  final List<Integer> operations;

  private final List<Line> lines = new ArrayList<>();
  private int turn;

  private SetupSearch(List<Integer> operations, SetupFlow.Centre centre, double usual, int number) {
    this.operations = operations;
    for (double[] heat : HEAT) {
      int stream = HEAT.length * number + lines.size();
      lines.add(
          new Line(centre, usual, heat, KeyedRandom.of(0, KeyedRandom.Purpose.OTHER, 23, stream)));
    }
  }

  /** One search for each work centre; empty when the problem is of another kind or very large. */
  static List<SetupSearch> of(PlanProblem problem, Map<String, Integer> items) {
    boolean alone =
        problem.components().isEmpty()
            && problem.lanes().isEmpty()
            && problem.families().isEmpty()
            && problem.frozen() == 0
            && problem.changePrice() == 0
            && problem.operations().size() == problem.items().size()
            && problem.operations().stream().map(Operation::item).distinct().count()
                == problem.items().size()
            && problem.operations().stream().allMatch(o -> o.time() > 0)
            && problem.resources().stream().noneMatch(Resource::carryOver)
            && problem.items().stream().allMatch(SetupSearch::plain);
    List<SetupSearch> all = new ArrayList<>();
    for (Resource r : alone ? problem.resources() : List.<Resource>of()) {
      List<Integer> own = new ArrayList<>();
      for (int p = 0; p < problem.operations().size(); p++) {
        if (problem.operations().get(p).resource().equals(r.name())) {
          own.add(p);
        }
      }
      long size = (long) own.size() * problem.periods() * problem.periods();
      if (size > LARGEST) {
        return List.of();
      }
      if (!own.isEmpty()) {
        all.add(of(problem, items, r, own, all.size()));
      }
    }
    return all;
  }

  private static boolean plain(Item item) {
    return !item.demand().isEmpty()
        && item.backlog() == 0
        && item.outsourceLimit() == 0
        && item.safety().stream().allMatch(s -> s == 0);
  }

  private static SetupSearch of(
      PlanProblem problem,
      Map<String, Integer> items,
      Resource resource,
      List<Integer> own,
      int number) {
    int n = own.size();
    double[][] demand = new double[n][problem.periods()];
    double[] holding = new double[n];
    double[] setupTime = new double[n];
    double[] setupCost = new double[n];
    double setups = 0;
    double held = 0;
    for (int k = 0; k < n; k++) {
      Operation o = problem.operations().get(own.get(k));
      Item item = problem.items().get(items.getOrDefault(o.item(), 0));
      double left = item.stock();
      double wanted = 0;
      for (int t = 0; t < problem.periods(); t++) {
        double use = Math.min(left, item.demand().get(t));
        left -= use;
        demand[k][t] = (item.demand().get(t) - use) * o.time();
        wanted += item.demand().get(t);
      }
      holding[k] = item.holding() / o.time();
      setupTime[k] = o.setupTime();
      setupCost[k] = o.setupCost();
      setups += o.setupCost() / n;
      held += item.holding() * wanted / problem.periods() / n;
    }
    double[] capacity = resource.capacity().stream().mapToDouble(c -> c).toArray();
    return new SetupSearch(
        own,
        new SetupFlow.Centre(
            capacity,
            resource.overtime(),
            resource.overtimeCost(),
            demand,
            holding,
            setupTime,
            setupCost),
        Math.max(setups > 0 ? setups : held, 1e-9),
        number);
  }

  /** Whether some plan keeps the capacity. */
  boolean found() {
    return best().least < Double.POSITIVE_INFINITY;
  }

  /** Whether the best plan sets up an operation, by its place among the own, in a period. */
  boolean on(int own, int period) {
    return best().best.on(own, period);
  }

  private Line best() {
    return lines.stream().min(Comparator.comparingDouble(l -> l.least)).orElseThrow();
  }

  /**
   * Cools the next line once: longer each time, until the usual length.
   *
   * @param progress the share of the time for this cooling that is gone; ends it at 1
   * @return whether a better plan was found
   */
  boolean cool(DoubleSupplier progress) {
    double old = best().least;
    lines.get(turn++ % lines.size()).cool(progress);
    return best().least < old;
  }

  /** One line of descent, each cooling of which begins at its last or its best plan. */
  private static final class Line {

    private final SetupFlow now;
    private final SetupFlow before;
    private final SetupFlow best;
    private final KeyedRandom random;
    private final double[] heats;
    private final double usual;
    private double penalty;
    private double least = Double.POSITIVE_INFINITY;
    private int coolings;

    Line(SetupFlow.Centre centre, double usual, double[] heats, KeyedRandom random) {
      this.usual = usual;
      this.heats = heats;
      this.random = random;
      penalty = 2 * usual;
      now = new SetupFlow(centre, penalty);
      before = new SetupFlow(centre, penalty);
      best = new SetupFlow(centre, penalty);
    }

    void cool(DoubleSupplier progress) {
      long moves = Math.min(MOVES, FIRST_MOVES << Math.min(coolings, 10)) * now.items * now.periods;
      if (coolings % 2 == 1 && least < Double.POSITIVE_INFINITY) {
        now.copy(best);
      }
      if (coolings > 0 && !now.feasible()) {
        penalty *= 3;
        now.penalty(penalty);
      }
      while (!now.settle(LOOK)) {
        if (progress.getAsDouble() >= 1) {
          return;
        }
      }
      double first = usual * heats[coolings / 2 % heats.length];
      coolings++;
      double cost = now.cost();
      keep(cost);
      double gone = 0;
      for (long done = 0; gone < 1; done++) {
        if (done % LOOK == 0) {
          gone = Math.max((double) done / moves, progress.getAsDouble());
        }
        before.copy(now);
        if (!move()) {
          now.copy(before);
          continue;
        }
        now.settle();
        double next = now.cost();
        double heat = first * Math.pow(COLD, Math.min(1, gone));
        if (next <= cost || random.nextDouble() < Math.exp((cost - next) / heat)) {
          cost = next;
          keep(cost);
        } else {
          now.copy(before);
        }
      }
    }

    private void keep(double cost) {
      if (cost < least - 1e-7 * Math.abs(cost) && now.feasible()) {
        least = cost;
        best.copy(now);
      }
    }

    /** A set-up comes or goes, moves to a period near by, or gives way to one of another item. */
    private boolean move() {
      int item = random.nextInt(now.items);
      int period = random.nextInt(now.periods);
      int kind = random.nextInt(10);
      if (kind < 4) {
        int far = random.nextInt(4) == 0 ? 2 : 1;
        int other = period + (random.nextInt(2) == 0 ? far : -far);
        return other >= 0 && other < now.periods && swap(item, period, item, other);
      }
      return kind < 6
          ? swap(item, period, random.nextInt(now.items), period)
          : now.flip(item, period);
    }

    /** One of two set-ups goes and the other comes; false when both or none stand. */
    private boolean swap(int item, int period, int otherItem, int otherPeriod) {
      boolean stands = now.on(item, period);
      if (stands == now.on(otherItem, otherPeriod)) {
        return false;
      }
      return stands
          ? now.flip(otherItem, otherPeriod) && now.flip(item, period)
          : now.flip(item, period) && now.flip(otherItem, otherPeriod);
    }
  }
}
