package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Stock;
import io.millwright.scheduling.Transport;
import java.util.List;

/**
 * Weights under which a sum of objectives is lexicographic: all that an objective can bring weighs
 * less than the least step of the one before it. The least step is the greatest common divisor of
 * what one tick of each job, or one job left out, costs; where these have none, a thousandth of the
 * least of them. What an objective can bring is taken from a plan without any overlap.
 */
final class Priorities {

  /** A currency counts in hundredths. */
  private static final double CENT = 0.01;

  private static final double FINEST = 1e-3;

  private final Floor floor;

  /** Ticks from the start of planning by which a plan without any overlap is done. */
  private final double span;

  private final double setups;
  private final double weights;
  private final double rejections;

  private Priorities(Floor floor) {
    this.floor = floor;
    double longest = 0;
    for (var machine : floor.shop.machines()) {
      for (Setup s : machine.setups()) {
        longest = Math.max(longest, (double) s.duration());
      }
    }
    setups = longest * floor.n;
    span = span(floor, setups);
    double sum = 0;
    for (double w : floor.weight) {
      sum += w;
    }
    weights = sum;
    double all = 0;
    for (double cost : floor.rejection) {
      all += cost < Double.POSITIVE_INFINITY ? cost : 0;
    }
    rejections = all;
  }

  /** What one unit of each objective weighs; 1 for the first. */
  static double[] of(Floor floor, List<Objective> objectives) {
    double[] scale = new double[objectives.size()];
    scale[0] = 1;
    if (scale.length > 1) {
      Priorities priorities = new Priorities(floor);
      for (int i = 1; i < scale.length; i++) {
        double step = priorities.step(objectives.get(i - 1));
        scale[i] = scale[i - 1] * step / (step + priorities.range(objectives.get(i)));
      }
    }
    return scale;
  }

  private static double span(Floor floor, double setups) {
    double work = floor.horizon() - floor.begin + setups;
    long from = floor.begin;
    long away = 0;
    for (Transport t : floor.shop.transports()) {
      away = Math.max(away, t.duration());
    }
    for (ShopJob job : floor.shop.jobs()) {
      from = Math.max(from, job.release());
      for (Operation o : job.operations()) {
        work += away;
        for (Lag lag : o.lags()) {
          work += lag.least();
        }
      }
    }
    for (Stock stock : floor.shop.stocks()) {
      for (Stock.Supply supply : stock.supplies()) {
        from = Math.max(from, supply.at());
      }
    }
    double end = from + work;
    long ticks = (long) Math.min(work, Shifts.NEVER);
    for (Shifts shifts : floor.altShifts) {
      long done = ticks < Shifts.NEVER / 2 ? shifts.finish(from, ticks) : Shifts.NEVER;
      end = done < Shifts.NEVER ? Math.max(end, (double) done) : end;
    }
    return end - floor.begin;
  }

  private double range(Objective objective) {
    double range = 0;
    for (Objective.Term term : objective.terms()) {
      range +=
          term.weight()
              * switch (term.measure()) {
                case MAKESPAN -> span;
                case SETUP_TIME -> setups;
                case WEIGHTED_TARDINESS, WEIGHTED_FLOW_TIME -> span * weights;
                case REJECTION_COST -> rejections;
                case ENERGY_COST ->
                    floor.shop.tariff().isEmpty() ? 0 : new Meter(floor).atMost(floor.begin + span);
              };
    }
    return range;
  }

  private double step(Objective objective) {
    double step = 0;
    for (Objective.Term term : objective.terms()) {
      double own = term.weight();
      step =
          switch (term.measure()) {
            case MAKESPAN, SETUP_TIME -> common(step, own);
            case ENERGY_COST -> common(step, own * CENT);
            case REJECTION_COST -> all(step, own, floor.rejection);
            case WEIGHTED_TARDINESS, WEIGHTED_FLOW_TIME -> all(step, own, floor.weight);
          };
    }
    return step > 0 ? step : 1;
  }

  private static double all(double step, double price, double[] costs) {
    double all = step;
    for (double cost : costs) {
      if (cost < Double.POSITIVE_INFINITY) {
        all = common(all, price * cost);
      }
    }
    return all;
  }

  /** The common divisor of two numbers that are not negative, found by Euclid. */
  private static double common(double one, double other) {
    double high = Math.max(one, other);
    double low = Math.min(one, other);
    double finest = FINEST * (low > 0 ? low : high);
    while (low > finest) {
      double rest = high - Math.floor(high / low + 1e-9) * low;
      high = low;
      low = Math.max(0, rest);
    }
    return high;
  }
}
