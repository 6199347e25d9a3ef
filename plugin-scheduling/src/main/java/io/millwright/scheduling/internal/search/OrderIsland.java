package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;

/**
 * Simulated annealing on the order itself, every move judged by a whole new timetable: slower than
 * the net, but it takes everything a timetable takes, secondary resources included.
 */
public final class OrderIsland implements Island {

  private static final int SAMPLE = 200;

  /** Of so many moves one goes back to its place, and as many as {@link #WAITING} wait or not. */
  private static final int KINDS = 8;

  private static final int WAITING = 2;

  private final Timetable timetable;
  private final Draws draws;
  private final Pace pace;
  private final double target;
  private final double hot;

  private final Goal goal;
  private final OrderMoves moves;
  private double cost;
  private Plan best;
  private double temperature;
  private long done;

  public OrderIsland(Floor floor, Goal goal, Draws draws, double target, Pace pace, Plan first) {
    this.draws = draws;
    this.pace = pace;
    this.target = target;
    timetable = new Timetable(floor, goal);
    this.goal = goal;
    // Waits are for a place to keep to; nothing here would lift those of another purpose.
    moves = new OrderMoves(floor, draws, goal.keeps() ? first : first.atOnce());
    cost = moves.evaluate(timetable);
    best = moves.plan(cost, first.foundBy());
    double sum = 0;
    int count = 0;
    for (int i = 0; i < SAMPLE; i++) {
      if (change()) {
        double delta = moves.evaluate(timetable) - cost;
        if (delta > 0 && delta < Double.POSITIVE_INFINITY) {
          sum += delta;
          count++;
        }
        moves.restore();
      }
    }
    hot = OrderMoves.HEAT * (count == 0 ? 1 : sum / count);
    temperature = hot;
  }

  /**
   * A move of the order, or, where operations have a place to keep to, one that waits for it or no
   * longer, or that goes back to it.
   */
  private boolean change() {
    int kind = goal.keeps() ? draws.below(KINDS) : KINDS;
    if (kind > WAITING) {
      return moves.change();
    }
    int x = draws.below(moves.order.length);
    long place = goal.hold(x);
    if (place <= 0) {
      return false;
    }
    if (kind > 0) {
      moves.hold(x, moves.wait[x] > 0 ? 0 : place);
      return true;
    }
    boolean away = goal.ofPlace(x, timetable.start[x], moves.alternative[x]) > 0;
    if (away) {
      moves.bring(x, goal.oldAlternative(x), place, timetable.start);
    }
    return away;
  }

  @Override
  public long advance(long iterations, Stop stop) {
    long i = 0;
    for (; i < iterations && best.cost() > target; i++, done++) {
      if ((i & 7) == 0) {
        if (stop.now()) {
          break;
        }
        temperature = hot * Math.pow(0.002, Math.min(1, pace.progress(done)));
      }
      double threshold = cost - temperature * Math.log(1 - draws.unit());
      if (!change()) {
        continue;
      }
      double value = moves.evaluate(timetable);
      if (value <= threshold) {
        cost = value;
        if (cost < best.cost()) {
          best = moves.plan(cost, "simulated annealing");
        }
      } else {
        moves.restore();
      }
    }
    return i;
  }

  @Override
  public Plan best() {
    return best;
  }

  @Override
  public void receive(Plan plan) {
    // Each cools on its own; the group keeps the best of all.
  }
}
