package io.millwright.scheduling.internal.search;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.PlanGoal;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import java.util.List;

/**
 * Simulated annealing by whole plans, for what only the host can judge: every move that the shop's
 * own goal does not refuse is written down as a plan and shown to the host. Operations may wait,
 * too, since a rule may ask for it. Not thread-safe.
 */
public final class HostSearch {

  private static final int SAMPLE = 60;

  /** One move of so many lets an operation wait, or wait no longer. */
  private static final int WAITS = 6;

  /** A broken place costs so many usual worsenings. */
  private static final double PENALTY = 20;

  private final Floor floor;
  private final Timetable timetable;
  private final List<PlanGoal> hosts;
  private final Draws draws;
  private final OrderMoves moves;
  private final double hot;
  private final double price;
  private double own;
  private double value;
  private int broken;
  private Plan best;
  private int leastBroken;
  private double least;

  public HostSearch(Floor floor, Goal goal, List<PlanGoal> hosts, long key, Plan first, Stop stop) {
    this.floor = floor;
    this.hosts = List.copyOf(hosts);
    draws = Draws.of(key, -7);
    timetable = new Timetable(floor, goal);
    moves = new OrderMoves(floor, draws, first);
    look(Double.POSITIVE_INFINITY);
    best = moves.plan(own, first.foundBy());
    leastBroken = broken;
    least = value;
    double start = own;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < SAMPLE && !stop.now(); i++) {
      if (moves.change()) {
        double delta = moves.evaluate(timetable) - start;
        if (delta > 0 && delta < Double.POSITIVE_INFINITY) {
          sum += delta;
          count++;
        }
        moves.restore();
      }
    }
    double usual = count == 0 ? Math.max(1, Math.abs(value)) : sum / count;
    hot = OrderMoves.HEAT * Math.max(usual, Math.abs(value));
    price = PENALTY * Math.max(usual, 1);
    look(Double.POSITIVE_INFINITY);
  }

  /**
   * Values the order as it stands; false, and nothing told, when it costs more than the limit
   * before the host is asked.
   */
  private boolean look(double limit) {
    double shop = moves.evaluate(timetable);
    if (shop > limit || shop == Double.POSITIVE_INFINITY && limit < Double.POSITIVE_INFINITY) {
      return false;
    }
    Schedule plan = timetable.schedule(moves.plan(shop, ""));
    own = shop;
    value = shop;
    broken = 0;
    for (PlanGoal host : hosts) {
      double cost = host.cost(floor.shop, plan);
      if (!(cost >= 0) || cost == Double.POSITIVE_INFINITY) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the goal \""
                + host.name()
                + "\" says that a plan of shop \""
                + floor.shop.name()
                + "\" costs "
                + cost
                + "\nMaybe return a finite number of at least 0");
      }
      value += cost;
      broken += host.broken(floor.shop, plan).size();
    }
    return true;
  }

  /** Searches until stopped, or for so many moves. */
  public Plan run(long iterations, Pace pace, Stop stop) {
    double standing = value + price * broken;
    for (long i = 0; i < iterations && !stop.now(); i++) {
      double temperature = hot * Math.pow(0.002, Math.min(1, pace.progress(i)));
      double threshold = standing - temperature * Math.log(1 - draws.unit());
      if (!(draws.below(WAITS) == 0 ? wait(draws.below(floor.n)) : moves.change())) {
        continue;
      }
      double oldOwn = own;
      double oldValue = value;
      int oldBroken = broken;
      if (look(threshold) && value + price * broken <= threshold) {
        standing = value + price * broken;
        if (broken < leastBroken || broken == leastBroken && value < least) {
          leastBroken = broken;
          least = value;
          best = moves.plan(own, "simulated annealing by the host's goals");
        }
      } else {
        own = oldOwn;
        value = oldValue;
        broken = oldBroken;
        moves.restore();
      }
    }
    return best;
  }

  /** Lets an operation wait for the end of another, or for a while, or no longer. */
  private boolean wait(int x) {
    if (moves.alternative[x] < 0 || floor.fixed[x] >= 0) {
      return false;
    }
    if (moves.wait[x] > 0 && draws.below(2) == 0) {
      moves.hold(x, 0);
      return true;
    }
    long now = timetable.start[x];
    long until =
        draws.below(2) == 0
            ? timetable.end[draws.below(floor.n)]
            : now + 1 + draws.below((int) Math.min(1 << 20, Math.max(1, timetable.makespan() / 8)));
    if (until <= now) {
      return false;
    }
    moves.hold(x, until);
    return true;
  }

  /** Where the best plan breaks the host's rules. */
  public List<Finding> findings() {
    Schedule plan = timetable.schedule(best);
    return hosts.stream().flatMap(h -> h.broken(floor.shop, plan).stream()).toList();
  }
}
