package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.Rule;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Orders;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * First plans where conditions bind, of which rules know nothing: what a rule says is tried as it
 * is and job by job, with loads of one and with loads as full as they get, each after what takes
 * from a stock stands behind what fills it. The one that breaks least is best, then the cheapest.
 */
final class ConditionedStarts {

  private final Floor floor;
  private final Timetable timetable;
  private @Nullable Plan best;
  private double violation = Double.POSITIVE_INFINITY;
  private double cost = Double.POSITIVE_INFINITY;

  ConditionedStarts(Floor floor, Goal goal) {
    this.floor = floor;
    timetable = new Timetable(floor, goal);
  }

  /** Tries a plan as it is. */
  void offer(Plan plan) {
    double value = timetable.evaluate(plan);
    boolean better =
        timetable.violation() < violation
            || timetable.violation() == violation && timetable.costIfFeasible() < cost;
    if (best == null || better) {
      violation = timetable.violation();
      cost = timetable.costIfFeasible();
      best = new Plan(value, plan.order(), plan.alternative(), plan.foundBy(), plan.notBefore());
    }
  }

  /** Tries the rules, as far as time allows. */
  Plan ruled(Draws draws, Rule[] rules, Stop stop, Stop cancelled) {
    for (Rule rule : rules) {
      if (best != null && stop.now()) {
        return best;
      }
      Plan ruled = new Dispatch(floor, rule, 1, 0, draws).run(best == null ? cancelled : stop);
      if (ruled == null) {
        break;
      }
      for (int[] order : new int[][] {ruled.order(), jobs(ruled.order())}) {
        int[] stocked = stocked(order, ruled.alternative());
        offer(new Plan(0, stocked, ruled.alternative(), ruled.foundBy()));
        if (floor.conditions.ovens) {
          int[] joined =
              Arrays.stream(ruled.alternative()).map(floor.conditions::joining).toArray();
          offer(new Plan(0, stocked, joined, ruled.foundBy()));
        }
      }
    }
    if (best == null) {
      throw Floor.stopped();
    }
    return best;
  }

  /** The jobs one after the other, as their first operations stand, as far as precedence lets. */
  private int[] jobs(int[] order) {
    long[] key = new long[floor.n];
    long[] first = new long[floor.jobs];
    Arrays.fill(first, -1);
    for (int i = 0; i < order.length; i++) {
      int job = floor.jobOf[order[i]];
      first[job] = first[job] < 0 ? i : first[job];
    }
    for (int i = 0; i < order.length; i++) {
      key[order[i]] = first[floor.jobOf[order[i]]];
    }
    return Orders.byTimes(floor, key, new long[floor.n]);
  }

  /** Puts what would leave a stock's limits behind what brings it back, as far as that is known. */
  private int[] stocked(int[] order, int[] alternative) {
    if (floor.shop.stocks().isEmpty()) {
      return order;
    }
    int[] sorted = new int[order.length];
    boolean[] placed = new boolean[order.length];
    long[] level = floor.conditions.levels();
    int from = 0;
    for (int filled = 0; filled < order.length; filled++) {
      while (placed[order[from]]) {
        from++;
      }
      int chosen = -1;
      for (int i = from; i < order.length && chosen < 0; i++) {
        int x = order[i];
        if (!placed[x] && ready(x, placed) && floor.conditions.flows(x, level, false)) {
          chosen = x;
        }
      }
      for (int i = from; i < order.length && chosen < 0; i++) {
        chosen = !placed[order[i]] && ready(order[i], placed) ? order[i] : -1;
      }
      placed[chosen] = true;
      sorted[filled] = chosen;
      if (alternative[chosen] >= 0) {
        floor.conditions.flows(chosen, level, true);
      }
    }
    return sorted;
  }

  private boolean ready(int x, boolean[] placed) {
    for (int y : floor.preds[x]) {
      if (!placed[y]) {
        return false;
      }
    }
    return true;
  }
}
