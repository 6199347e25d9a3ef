package io.millwright.supplychain.internal.routing;

import io.millwright.api.Budget;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Ruin and recreate under simulated annealing: the temperature falls from 0.3 mean costs of a leg
 * to 0.01 over the budget.
 */
final class RouteSearch {

  /** First and last temperature, in mean costs of one leg. */
  private static final double HOT = 0.3;

  private static final double COLD = 0.01;

  private final Model m;
  private final Tours tours;
  private final SplittableRandom random;
  private final Ruin ruin;
  private final Recreate recreate;

  private final int[] absent;
  private int absentCount;

  private final int[] touchedVehicle;
  private final int[][] kept;
  private final int[] keptLength;
  private final int[] mark;
  private int touched;
  private int round;

  private final double[] penalty;
  private Snapshot best;
  private long iterations;
  private final Ruin.Touch toucher = this::touch;

  /** A complete state. */
  record Snapshot(int[][] orders, int[] absent, double cost, int missing, long iteration) {}

  RouteSearch(Model model, long key) {
    m = model;
    tours = new Tours(model);
    random = new SplittableRandom(key);
    ruin = new Ruin(model, tours, random);
    recreate = new Recreate(model, tours, random);
    absent = new int[m.stops];
    touchedVehicle = new int[m.vehicles];
    kept = new int[m.vehicles][0];
    keptLength = new int[m.vehicles];
    mark = new int[m.vehicles];
    penalty = new double[m.stops];
    best = new Snapshot(new int[0][], new int[0], Double.POSITIVE_INFINITY, m.stops, 0);
  }

  private void touch(int v) {
    if (mark[v] == round) {
      return;
    }
    mark[v] = round;
    int n = tours.length[v];
    if (kept[v].length < n) {
      kept[v] = new int[Math.max(8, 2 * n)];
    }
    System.arraycopy(tours.order[v], 0, kept[v], 0, n);
    keptLength[v] = n;
    touchedVehicle[touched++] = v;
  }

  private void undo(int[] absentBefore, int countBefore) {
    for (int i = 0; i < touched; i++) {
      int v = touchedVehicle[i];
      for (int k = 0; k < tours.length[v]; k++) {
        tours.tour[tours.order[v][k]] = -1;
      }
    }
    for (int i = 0; i < touched; i++) {
      int v = touchedVehicle[i];
      System.arraycopy(kept[v], 0, tours.order[v], 0, keptLength[v]);
      tours.length[v] = keptLength[v];
      tours.refresh(v);
    }
    System.arraycopy(absentBefore, 0, absent, 0, countBefore);
    absentCount = countBefore;
  }

  /** Prizes not earned, and what the annealing charges for stops that must not stay absent. */
  private double absence() {
    double sum = 0;
    for (int i = 0; i < absentCount; i++) {
      int s = absent[i];
      sum += m.prize[s] < Double.POSITIVE_INFINITY ? m.prize[s] : penalty[s];
    }
    return sum;
  }

  private int missing() {
    int count = 0;
    for (int i = 0; i < absentCount; i++) {
      count += m.prize[absent[i]] < Double.POSITIVE_INFINITY ? 0 : 1;
    }
    return count;
  }

  private double changes() {
    double price = m.problem.changePrice();
    if (price == 0) {
      return 0;
    }
    int moved = 0;
    for (int s = 0; s < m.stops; s++) {
      moved += m.home[s] >= 0 && tours.tour[s] >= 0 && tours.tour[s] != m.home[s] ? 1 : 0;
    }
    return price * moved;
  }

  /**
   * Searches.
   *
   * @param begin the tours to begin from, by vehicle, what is missing there is put in; or empty
   * @param fixedVisits how many visits of each vehicle stay
   * @param budget when to stop
   * @param startTime when the work began, by the system's nanosecond clock
   * @param stopped whether to stop at once
   * @param found is told of each better plan
   * @return the best, which lacks stops when no complete plan was found
   */
  Snapshot run(
      int[][] begin,
      int[] fixedVisits,
      Budget budget,
      long startTime,
      BooleanSupplier stopped,
      Consumer<Snapshot> found) {
    System.arraycopy(fixedVisits, 0, tours.fixedVisits, 0, fixedVisits.length);
    for (int v = 0; v < begin.length; v++) {
      tours.order[v] = Arrays.copyOf(begin[v], Math.max(8, begin[v].length));
      tours.length[v] = begin[v].length;
      tours.refresh(v);
    }
    for (int s = 0; s < m.stops; s++) {
      if (tours.tour[s] < 0) {
        absent[absentCount++] = s;
      }
    }
    round++;
    absentCount = recreate.all(absent, absentCount, toucher);
    double leg = Math.max(1e-9, Math.max(tours.totalCost(), absence()) / m.stops);
    Arrays.fill(penalty, 20 * leg);
    double current = tours.totalCost() + absence() + changes();
    keep(current, found);

    double hot = HOT * leg;
    double fall = Math.log(COLD / HOT);
    double temperature = hot;
    long limit = budget.iterations().orElse(Long.MAX_VALUE);
    long nanos = budget.time().map(t -> t.toNanos()).orElse(Long.MAX_VALUE);
    double target = budget.target().orElse(Double.NEGATIVE_INFINITY);
    int[] absentBefore = new int[m.stops];
    while (iterations < limit && best.cost > target || best.missing > 0 && iterations < limit) {
      if (iterations % 64 == 0) {
        tours.settle();
        long spent = System.nanoTime() - startTime;
        if (spent >= nanos || stopped.getAsBoolean()) {
          break;
        }
        double share =
            Math.max(
                limit == Long.MAX_VALUE ? 0 : (double) iterations / limit,
                nanos == Long.MAX_VALUE ? 0 : (double) spent / nanos);
        temperature = hot * Math.exp(fall * share);
      }
      iterations++;
      round++;
      touched = 0;
      int before = absentCount;
      System.arraycopy(absent, 0, absentBefore, 0, before);
      int[] out = absent;
      absentCount += ruin(out);
      absentCount = recreate.all(absent, absentCount, toucher);
      double cost = tours.totalCost() + absence() + changes();
      if (cost < current - temperature * Math.log(1 - random.nextDouble())) {
        current = cost;
        if (absentCount > 0) {
          for (int i = 0; i < absentCount; i++) {
            penalty[absent[i]] *= 1.002;
          }
          current = tours.totalCost() + absence() + changes();
        }
        keep(current, found);
      } else {
        undo(absentBefore, before);
      }
    }
    return best;
  }

  private int[] scratch = new int[0];

  private int ruin(int[] out) {
    if (scratch.length < m.stops) {
      scratch = new int[m.stops];
    }
    int n = ruin.strings(toucher, m.stops - absentCount, scratch);
    System.arraycopy(scratch, 0, out, absentCount, n);
    return n;
  }

  private void keep(double cost, Consumer<Snapshot> found) {
    int missing = missing();
    if (missing > best.missing || missing == best.missing && !(cost < best.cost - 1e-9)) {
      return;
    }
    int[][] orders = new int[m.vehicles][];
    for (int v = 0; v < m.vehicles; v++) {
      orders[v] = Arrays.copyOf(tours.order[v], tours.length[v]);
    }
    best = new Snapshot(orders, Arrays.copyOf(absent, absentCount), cost, missing, iterations);
    found.accept(best);
  }

  long iterations() {
    return iterations;
  }
}
