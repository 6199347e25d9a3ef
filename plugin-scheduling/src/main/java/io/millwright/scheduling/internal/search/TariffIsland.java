package io.millwright.scheduling.internal.search;

import io.millwright.scheduling.internal.model.Draws;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Island;
import io.millwright.scheduling.internal.model.Meter;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;

/**
 * Simulated annealing where electricity has a price: beside order and machines it decides which
 * operations wait, for a lower price or so that their machine does not idle behind them. Every move
 * is judged by a whole new timetable.
 */
public final class TariffIsland implements Island {

  private static final int SAMPLE = 200;
  private static final int CHANGES_AHEAD = 4;

  private final Floor floor;
  private final Timetable timetable;
  private final Meter meter;
  private final Draws draws;
  private final Pace pace;
  private final double target;
  private double hot;

  /** Whether it is known what a worsening move costs. */
  private boolean measured;

  private final OrderMoves moves;

  /** Start and end of every operation in the present plan. */
  private final long[] start;

  private final long[] end;
  private double cost;
  private Plan best;
  private long done;

  public TariffIsland(Floor floor, Goal goal, Draws draws, double target, Pace pace, Plan first) {
    this.floor = floor;
    this.draws = draws;
    this.pace = pace;
    this.target = target;
    timetable = new Timetable(floor, goal);
    meter = new Meter(floor);
    moves = new OrderMoves(floor, draws, first);
    start = new long[floor.n];
    end = new long[floor.n];
    accept(moves.evaluate(timetable));
    best = moves.plan(cost, first.foundBy());
  }

  /** Finds what worsening moves cost in the mean, from as many as there is time for. */
  private void measure(Stop stop) {
    measured = true;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < SAMPLE && ((i & 7) != 0 || !stop.now()); i++) {
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
  }

  private void accept(double value) {
    cost = value;
    System.arraycopy(timetable.start, 0, start, 0, floor.n);
    System.arraycopy(timetable.end, 0, end, 0, floor.n);
  }

  @Override
  public long advance(long iterations, Stop stop) {
    if (!measured) {
      measure(stop);
    }
    double temperature = hot;
    long i = 0;
    for (; i < iterations && best.cost() > target; i++, done++) {
      if ((i & 7) == 0) {
        if (stop.now()) {
          break;
        }
        temperature = hot * Math.pow(0.0005, Math.min(1, pace.progress(done)));
      }
      double threshold = cost - temperature * Math.log(1 - draws.unit());
      if (!change()) {
        continue;
      }
      double value = moves.evaluate(timetable);
      if (value <= threshold) {
        accept(value);
        if (cost < best.cost()) {
          best = moves.plan(cost, "simulated annealing");
        }
      } else {
        moves.restore();
      }
    }
    return i;
  }

  private boolean change() {
    if (draws.below(2) == 0) {
      return moves.change();
    }
    int x = draws.below(floor.n);
    if (floor.fixed[x] >= 0) {
      return false;
    }
    long until = until(x);
    if (until == moves.wait[x]) {
      return false;
    }
    moves.hold(x, until);
    return true;
  }

  /**
   * Until when an operation should wait: not at all, for what follows it, for its due date, or for
   * a price.
   */
  private long until(int x) {
    switch (draws.below(5)) {
      case 0:
        return 0;
      case 1:
        int next = moves.following(x);
        for (int y : floor.behind[x]) {
          next = next < 0 || draws.below(2) == 0 ? y : next;
        }
        return next < 0 ? 0 : Math.max(0, start[next] - (end[x] - start[x]));
      case 2:
        long due = floor.due[floor.jobOf[x]];
        return due == Long.MAX_VALUE ? moves.wait[x] : Math.max(0, due - (end[x] - start[x]));
      default:
        long at = start[x];
        for (int k = 1 + draws.below(CHANGES_AHEAD); k > 0; k--) {
          at = meter.nextChange(at);
        }
        // Either it begins when the price changes, or it is done by then.
        return draws.below(2) == 0 ? at : Math.max(0, at - (end[x] - start[x]));
    }
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
