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

  private final OrderMoves moves;
  private double cost;
  private Plan best;
  private double temperature;
  private long done;

  OrderIsland(Floor floor, Goal goal, Draws draws, double target, Pace pace, Plan first) {
    this.draws = draws;
    this.pace = pace;
    this.target = target;
    timetable = new Timetable(floor, goal);
    moves = new OrderMoves(floor, draws, first);
    cost = timetable.evaluate(moves.order, moves.alternative);
    best = new Plan(cost, moves.order.clone(), moves.alternative.clone(), first.foundBy());
    double sum = 0;
    int count = 0;
    for (int i = 0; i < SAMPLE; i++) {
      if (moves.change()) {
        double delta = timetable.evaluate(moves.order, moves.alternative) - cost;
        if (delta > 0 && delta < Double.POSITIVE_INFINITY) {
          sum += delta;
          count++;
        }
        moves.restore();
      }
    }
    hot = 0.3 * (count == 0 ? 1 : sum / count);
    temperature = hot;
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
      if (!moves.change()) {
        continue;
      }
      double value = timetable.evaluate(moves.order, moves.alternative);
      if (value <= threshold) {
        cost = value;
        if (cost < best.cost()) {
          best =
              new Plan(cost, moves.order.clone(), moves.alternative.clone(), "simulated annealing");
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
