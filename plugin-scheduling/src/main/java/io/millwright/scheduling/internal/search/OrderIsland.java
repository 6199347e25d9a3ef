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
 * the net, but it takes everything a timetable takes. Where conditions bind, it also makes {@link
 * BlockMoves}, and may stand at plans that break them, at a {@link Penalty}.
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
  private double hot;

  /** Whether it is known what a worsening move costs. */
  private boolean measured;

  private final Goal goal;
  private final OrderMoves moves;
  private final BlockMoves blocks;
  private final boolean conditioned;
  private final Penalty penalty = new Penalty();

  /** Whether the last change was one of blocks. */
  private boolean block;

  private double cost;

  /** What the plan costs and breaks where the search stands, apart. */
  private double pure;

  private double violation;
  private double leastViolation;
  private Plan best;
  private double temperature;
  private double progress;
  private long done;

  public OrderIsland(Floor floor, Goal goal, Draws draws, double target, Pace pace, Plan first) {
    this.draws = draws;
    this.pace = pace;
    this.target = target;
    timetable = new Timetable(floor, goal);
    this.goal = goal;
    conditioned = floor.conditions.any;
    // Waits are for a place to keep to; nothing here would lift those of another purpose.
    moves = new OrderMoves(floor, draws, goal.keeps() ? first : first.atOnce());
    blocks = new BlockMoves(floor, draws, moves, goal.rejection > 0);
    penalty.scale(1, 1);
    cost = evaluate();
    stand();
    leastViolation = violation;
    best = moves.plan(violation > 0 ? Double.POSITIVE_INFINITY : pure, first.foundBy());
  }

  /** Finds what worsening moves cost in the mean, from as many as there is time for. */
  private void measure(Stop stop) {
    measured = true;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < SAMPLE && ((i & 7) != 0 || !stop.now()); i++) {
      if (change()) {
        double value = evaluate();
        double delta = conditioned ? timetable.costIfFeasible() - pure : value - cost;
        if (delta > 0 && delta < Double.POSITIVE_INFINITY) {
          sum += delta;
          count++;
        }
        restore();
      }
    }
    double worsening = count == 0 ? 1 : sum / count;
    hot = OrderMoves.heat(moves.order.length) * worsening;
    temperature = hot;
    penalty.scale(worsening, 10 * OrderMoves.HEAT * worsening);
    cost = conditioned ? penalty.of(pure, violation) : cost;
  }

  private double evaluate() {
    double value = moves.evaluate(timetable);
    return conditioned ? penalty.of(timetable) : value;
  }

  private void stand() {
    pure = timetable.costIfFeasible();
    violation = conditioned ? timetable.violation() : timetable.feasible() ? 0 : 1;
  }

  private boolean change() {
    block = conditioned && draws.below(2) == 0;
    return block ? blocks.change() : single();
  }

  private void restore() {
    if (block) {
      blocks.restore();
    } else {
      moves.restore();
    }
  }

  /**
   * A move of the order, or, where operations have a place to keep to, one that waits for it or no
   * longer, or that goes back to it.
   */
  private boolean single() {
    int kind = goal.keeps() ? draws.below(KINDS) : KINDS;
    if (kind > WAITING) {
      return moves.change();
    }
    int x = draws.below(moves.order.length);
    long place = goal.hold(x);
    if (place <= 0 || moves.alternative[x] < 0) {
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
    if (!measured) {
      measure(stop);
    }
    long i = 0;
    for (; i < iterations && best.cost() > target; i++, done++) {
      if ((i & 7) == 0) {
        if (stop.now()) {
          break;
        }
        progress = Math.min(1, pace.progress(done));
        temperature = hot * Math.pow(0.002, progress);
      }
      if (conditioned && penalty.look(violation)) {
        cost = penalty.of(pure, violation);
      }
      double warmth = temperature + (conditioned ? penalty.warmth(violation, progress) : 0);
      double threshold = cost - warmth * Math.log(1 - draws.unit());
      if (!change()) {
        continue;
      }
      double value = evaluate();
      if (value <= threshold) {
        cost = value;
        stand();
        if (conditioned ? better() : cost < best.cost()) {
          leastViolation = violation;
          best = moves.plan(violation > 0 ? Double.POSITIVE_INFINITY : pure, "simulated annealing");
        }
      } else {
        restore();
      }
    }
    return i;
  }

  /** What breaks less is better, then what costs less. */
  private boolean better() {
    return violation < leastViolation
        || violation == 0 && leastViolation == 0 && pure < best.cost();
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
