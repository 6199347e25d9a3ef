package io.millwright.scheduling.internal;

/**
 * Simulated annealing on the order itself, every move judged by a whole new timetable: slower than
 * the net, but it takes everything a timetable takes, secondary resources included.
 */
final class OrderIsland implements Island {

  private static final int SAMPLE = 200;

  private final Floor floor;
  private final Timetable timetable;
  private final Draws draws;
  private final Pace pace;
  private final double target;
  private final double hot;

  private final int[] order;
  private final int[] pos;
  private final int[] alternative;
  private double cost;
  private Plan best;
  private double temperature;
  private long done;

  private int movedFrom;
  private int movedTo;
  private int changedOp;
  private int oldAlternative;

  OrderIsland(Floor floor, Goal goal, Draws draws, double target, Pace pace, Plan first) {
    this.floor = floor;
    this.draws = draws;
    this.pace = pace;
    this.target = target;
    timetable = new Timetable(floor, goal);
    order = first.order().clone();
    alternative = first.alternative().clone();
    pos = new int[floor.n];
    for (int i = 0; i < floor.n; i++) {
      pos[order[i]] = i;
    }
    cost = timetable.evaluate(order, alternative);
    best = new Plan(cost, order.clone(), alternative.clone(), first.foundBy());
    double sum = 0;
    int count = 0;
    for (int i = 0; i < SAMPLE; i++) {
      if (change()) {
        double delta = timetable.evaluate(order, alternative) - cost;
        if (delta > 0 && delta < Double.POSITIVE_INFINITY) {
          sum += delta;
          count++;
        }
        restore();
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
      if (!change()) {
        continue;
      }
      double value = timetable.evaluate(order, alternative);
      if (value <= threshold) {
        cost = value;
        if (cost < best.cost()) {
          best = new Plan(cost, order.clone(), alternative.clone(), "simulated annealing");
        }
      } else {
        restore();
      }
    }
    return i;
  }

  /** Moves one operation within the room that precedence leaves, or to another machine. */
  private boolean change() {
    int x = draws.below(floor.n);
    changedOp = -1;
    movedFrom = pos[x];
    movedTo = pos[x];
    if (floor.alternatives(x) > 1 && floor.pinnedAlt[x] < 0 && draws.below(2) == 0) {
      changedOp = x;
      oldAlternative = alternative[x];
      int a = floor.altStart[x] + draws.below(floor.alternatives(x) - 1);
      alternative[x] = a >= oldAlternative ? a + 1 : a;
      if (draws.below(2) == 0) {
        return true;
      }
    }
    int low = 0;
    int high = floor.n - 1;
    for (int y : floor.before[x]) {
      low = Math.max(low, pos[y] + 1);
    }
    for (int y : floor.behind[x]) {
      high = Math.min(high, pos[y] - 1);
    }
    if (low >= high) {
      return changedOp >= 0;
    }
    int reach = 1 + draws.below(Math.max(2, floor.n / 4));
    low = Math.max(low, pos[x] - reach);
    high = Math.min(high, pos[x] + reach);
    movedTo = low + draws.below(high - low + 1);
    shift(movedFrom, movedTo);
    return changedOp >= 0 || movedTo != movedFrom;
  }

  private void restore() {
    if (changedOp >= 0) {
      alternative[changedOp] = oldAlternative;
    }
    shift(movedTo, movedFrom);
  }

  private void shift(int from, int to) {
    int x = order[from];
    int step = from < to ? 1 : -1;
    for (int i = from; i != to; i += step) {
      order[i] = order[i + step];
      pos[order[i]] = i;
    }
    order[to] = x;
    pos[x] = to;
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
