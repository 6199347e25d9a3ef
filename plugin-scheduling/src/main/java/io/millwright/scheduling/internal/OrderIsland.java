package io.millwright.scheduling.internal;

/**
 * Simulated annealing on the order itself, every move judged by a whole new timetable: slower than
 * the net, but it takes everything a timetable takes, secondary resources included.
 */
final class OrderIsland implements Island {

  private static final int SAMPLE = 200;

  private final Timetable timetable;
  private final Draws draws;
  private final Pace pace;
  private final double target;
  private final double hot;

  private final Goal goal;
  private final OrderMoves moves;

  /** By operation, a tick before which it does not begin. */
  private final long[] wait;

  private int waiter = -1;
  private long oldWait;
  private double cost;
  private Plan best;
  private double temperature;
  private long done;

  OrderIsland(Floor floor, Goal goal, Draws draws, double target, Pace pace, Plan first) {
    this.draws = draws;
    this.pace = pace;
    this.target = target;
    timetable = new Timetable(floor, goal);
    this.goal = goal;
    moves = new OrderMoves(floor, draws, first);
    wait = first.notBefore().length == 0 ? new long[floor.n] : first.notBefore().clone();
    cost = evaluate();
    best = copy(first.foundBy());
    double sum = 0;
    int count = 0;
    for (int i = 0; i < SAMPLE; i++) {
      if (change()) {
        double delta = evaluate() - cost;
        if (delta > 0 && delta < Double.POSITIVE_INFINITY) {
          sum += delta;
          count++;
        }
        restore();
      }
    }
    hot = OrderMoves.HEAT * (count == 0 ? 1 : sum / count);
    temperature = hot;
  }

  private double evaluate() {
    return timetable.evaluate(moves.order, moves.alternative, wait);
  }

  private Plan copy(String foundBy) {
    return new Plan(cost, moves.order.clone(), moves.alternative.clone(), foundBy, wait.clone());
  }

  /**
   * A move of the order, or, where operations have a place to keep to, one that waits for it or no
   * longer, or that goes back to it.
   */
  private boolean change() {
    waiter = -1;
    int kind = goal.keeps() ? draws.below(8) : 8;
    if (kind > 2) {
      return moves.change();
    }
    moves.keep();
    int x = draws.below(wait.length);
    long hold = goal.hold(x);
    if (hold <= 0) {
      return false;
    }
    waiter = x;
    oldWait = wait[x];
    if (kind > 0) {
      wait[x] = oldWait > 0 ? 0 : hold;
    } else if (goal.ofPlace(x, timetable.start[x], moves.alternative[x]) > 0) {
      wait[x] = hold;
      moves.bring(x, goal.oldAlternative(x), hold, timetable.start);
    } else {
      waiter = -1;
      return false;
    }
    return true;
  }

  private void restore() {
    if (waiter >= 0) {
      wait[waiter] = oldWait;
    }
    moves.restore();
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
      double value = evaluate();
      if (value <= threshold) {
        cost = value;
        if (cost < best.cost()) {
          best = copy("simulated annealing");
        }
      } else {
        restore();
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
