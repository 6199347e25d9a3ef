package io.millwright.scheduling.internal.planner;

import io.millwright.scheduling.Rule;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Orders;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Dispatch;

/** First answers to an event: plans that stay as close to another as the event lets them. */
public final class Following {
  private Following() {}

  private static final int ROUNDS = 8;
  private static final double[] PATIENCE = {1e6, 5, 1, 0};
  private static final double[] SCALES = {0.3, 1, 3};
  private static final long[] AT_ONCE = {};

  /**
   * The same machines and sequences, but who comes first at a secondary resource is decided anew:
   * in the order of the times that operations would have without it, not by a plan that is out of
   * date.
   *
   * @param stop ends the rounds with the best plan so far
   */
  static Plan settled(Floor floor, Goal goal, Plan plan, Stop stop) {
    Timetable timetable = new Timetable(floor, goal);
    Plan best = priced(timetable, plan);
    if (!floor.staffed || stop.now()) {
      return best;
    }
    Timetable free = new Timetable(floor, goal, false);
    free.evaluate(plan);
    Plan last = reordered(floor, timetable, plan, free);
    for (int round = 0; round < ROUNDS && last.cost() < best.cost() && !stop.now(); round++) {
      best = last;
      timetable.evaluate(best);
      last = reordered(floor, timetable, best, timetable);
    }
    return best;
  }

  /** The plan in the order of other times, when that keeps its sequences. */
  private static Plan reordered(Floor floor, Timetable timetable, Plan plan, Timetable times) {
    int[] order = Orders.byTimes(floor, times.start, times.end);
    return sameSequences(floor, plan, order)
        ? priced(
            timetable, new Plan(0, order, plan.alternative(), plan.foundBy(), plan.notBefore()))
        : plan;
  }

  /** Operations without length at one instant may change places; then the old order stays. */
  private static boolean sameSequences(Floor floor, Plan plan, int[] order) {
    int[] next = new int[floor.machines];
    int[][] sequence = new int[floor.machines][];
    int[] count = new int[floor.machines];
    for (int x : plan.order()) {
      count[floor.altMachine[plan.alternative()[x]]]++;
    }
    for (int m = 0; m < floor.machines; m++) {
      sequence[m] = new int[count[m]];
    }
    int[] filled = new int[floor.machines];
    for (int x : plan.order()) {
      int m = floor.altMachine[plan.alternative()[x]];
      sequence[m][filled[m]++] = x;
    }
    for (int x : order) {
      int m = floor.altMachine[plan.alternative()[x]];
      if (sequence[m][next[m]++] != x) {
        return false;
      }
    }
    return true;
  }

  /**
   * The best of a plan and of those that do its operations in the order of its times or of their
   * urgency, whenever machines and operations are free, on its machines or on others when these are
   * much sooner done; each also with nothing done before its old place, so that what the event does
   * not touch stays there.
   *
   * @param stop ends the trying, in the middle of a plan as well, with the best so far
   */
  static Plan best(Floor floor, Goal goal, Plan plan, Stop stop) {
    Timetable timetable = new Timetable(floor, goal);
    Plan best = priced(timetable, plan);
    double[] times = new double[floor.n];
    long[] places = new long[floor.n];
    for (int x = 0; x < floor.n; x++) {
      times[x] = timetable.start[x];
      places[x] = Math.max(0, goal.hold(x));
    }
    for (double patience : PATIENCE) {
      for (int k = 0; k <= SCALES.length; k++) {
        double[] rank = k == 0 ? times : null;
        double scale = k == 0 ? 1 : SCALES[k - 1];
        for (long[] hold : new long[][] {AT_ONCE, places}) {
          Dispatch dispatch = new Dispatch(floor, Rule.ATC, scale, 0, new Draws(1));
          Plan list =
              dispatch.following(rank, plan.alternative(), patience).holding(hold).run(stop);
          if (list == null) {
            return best;
          }
          Plan followed = priced(timetable, list);
          best = followed.cost() < best.cost() ? followed : best;
        }
      }
    }
    return best;
  }

  private static Plan priced(Timetable timetable, Plan plan) {
    double cost = timetable.evaluate(plan);
    return new Plan(cost, plan.order(), plan.alternative(), plan.foundBy(), plan.notBefore());
  }
}
