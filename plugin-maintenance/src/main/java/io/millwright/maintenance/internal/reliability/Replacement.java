package io.millwright.maintenance.internal.reliability;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.LifeDistribution;
import io.millwright.maintenance.ReplacementCosts;
import io.millwright.maintenance.ReplacementPolicies;
import io.millwright.maintenance.ReplacementPolicies.Policy;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.BrentSolver;

/** The cheapest intervals of replacement (Barlow and Proschan 1965, chapter 4). */
public final class Replacement {

  private static final int LOOK = 240;
  private static final int CELLS = 1500;

  private Replacement() {}

  /** The cheapest interval of each policy. */
  public static ReplacementPolicies of(LifeDistribution life, ReplacementCosts costs) {
    double mean = life.mean();
    if (!(mean > 0)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE, "the mean life is " + mean + ", but must be above 0");
    }
    double never = costs.failure() / mean;
    return new ReplacementPolicies(
        new Policy(Double.POSITIVE_INFINITY, never),
        age(life, costs, never),
        block(life, costs, mean, never),
        minimal(life, costs));
  }

  private static Policy age(LifeDistribution life, ReplacementCosts costs, double never) {
    return age(life, costs.planned(), costs.failure(), 0, 0, never);
  }

  /**
   * The cheapest age when work takes time: expected cost over expected length of a cycle.
   *
   * @param planned what planned work costs, its standstill included
   * @param failure what repair costs, its standstill included
   * @param plannedTime how long planned work takes
   * @param failureTime how long repair takes
   */
  public static Policy age(
      LifeDistribution life,
      double planned,
      double failure,
      double plannedTime,
      double failureTime) {
    return age(
        life, planned, failure, plannedTime, failureTime, failure / (life.mean() + failureTime));
  }

  /** The cost of a unit of time when planned work is done at an age. */
  public static double ageCost(
      LifeDistribution life,
      double at,
      double planned,
      double failure,
      double plannedTime,
      double failureTime) {
    double failed = Double.isInfinite(at) ? 1 : life.cdf(at);
    return (planned + (failure - planned) * failed)
        / (FittedLife.area(life, at) + plannedTime + (failureTime - plannedTime) * failed);
  }

  private static Policy age(
      LifeDistribution life,
      double planned,
      double failure,
      double plannedTime,
      double failureTime,
      double never) {
    double more = failure - planned;
    double longer = failureTime - plannedTime;
    DoubleUnaryOperator cost = t -> ageCost(life, t, planned, failure, plannedTime, failureTime);
    // Where the slope of the cost is 0, over the survival function.
    DoubleUnaryOperator slope =
        t -> {
          double h = life.hazard(t);
          double failed = life.cdf(t);
          double length = FittedLife.area(life, t) + plannedTime + longer * failed;
          return more * h * length - (planned + more * failed) * (1 + longer * h);
        };
    return cheapest(life, cost, slope, never);
  }

  private static Policy minimal(LifeDistribution life, ReplacementCosts costs) {
    // Replaced at t after H(t) minimal repairs; never means repairs at a rate without end or bound.
    DoubleUnaryOperator hazards = t -> -Math.log(life.survival(t));
    DoubleUnaryOperator cost =
        t -> (costs.planned() + costs.minimalRepair() * hazards.applyAsDouble(t)) / t;
    DoubleUnaryOperator slope =
        t ->
            costs.minimalRepair() * (t * life.hazard(t) - hazards.applyAsDouble(t))
                - costs.planned();
    double end = life.quantile(1 - 1e-12);
    return cheapest(life, cost, slope, cost.applyAsDouble(end));
  }

  private static Policy cheapest(
      LifeDistribution life, DoubleUnaryOperator cost, DoubleUnaryOperator slope, double never) {
    double low = Math.log(life.quantile(1e-7));
    double high = Math.log(life.quantile(1 - 1e-12));
    int best = -1;
    double least = never * (1 - 1e-9);
    for (int i = 0; i <= LOOK; i++) {
      double c = cost.applyAsDouble(Math.exp(low + (high - low) * i / LOOK));
      if (c < least) {
        least = c;
        best = i;
      }
    }
    if (best < 0) {
      return new Policy(Double.POSITIVE_INFINITY, never);
    }
    double from = Math.exp(low + (high - low) * Math.max(0, best - 1) / LOOK);
    double to = Math.exp(low + (high - low) * Math.min(LOOK, best + 1) / LOOK);
    double at = Math.exp(low + (high - low) * best / LOOK);
    if (slope.applyAsDouble(from) < 0 && slope.applyAsDouble(to) > 0) {
      at = new BrentSolver(1e-10, 1e-13).solve(200, slope::applyAsDouble, from, to);
    }
    return new Policy(at, cost.applyAsDouble(at));
  }

  private static Policy block(
      LifeDistribution life, ReplacementCosts costs, double mean, double never) {
    double end = Math.min(life.quantile(1 - 1e-6), 4 * mean);
    // One look over all, then a finer one about the best.
    double[] renewals = renewals(life, end, CELLS);
    int best = -1;
    double least = never * (1 - 1e-6);
    for (int i = 1; i <= CELLS; i++) {
      double c = (costs.planned() + costs.failure() * renewals[i]) / (end * i / CELLS);
      if (c < least) {
        least = c;
        best = i;
      }
    }
    if (best < 0 || best == CELLS) {
      return new Policy(Double.POSITIVE_INFINITY, never);
    }
    double width = end / CELLS;
    double at = best * width;
    for (int round = 0; round < 3; round++) {
      double far = at + 2 * width;
      // As many cells as before up to the best point, with Richardson's step to twice as many.
      double[] coarse = renewals(life, far, CELLS / 2);
      double[] fine = renewals(life, far, CELLS);
      double[] c = new double[3];
      int middle = (int) Math.round(at / far * (CELLS / 2.0));
      int reach = Math.max(2, CELLS / 100);
      middle = Math.min(middle, CELLS / 2 - reach);
      middle = Math.max(middle, reach + 1);
      for (int k = -1; k <= 1; k++) {
        int i = middle + k * reach;
        double m = (4 * fine[2 * i] - coarse[i]) / 3;
        c[k + 1] = (costs.planned() + costs.failure() * m) / (far * i / (CELLS / 2.0));
      }
      double step = far / (CELLS / 2.0) * reach;
      double curve = c[0] - 2 * c[1] + c[2];
      double centre = far * middle / (CELLS / 2.0);
      if (!(curve > 0)) {
        break;
      }
      at = centre + step * (c[0] - c[2]) / (2 * curve);
      least = c[1] - (c[0] - c[2]) * (c[0] - c[2]) / (8 * curve);
    }
    return new Policy(at, least);
  }

  /** The renewal function at equal steps, by the midpoints of Xie (1989). */
  static double[] renewals(LifeDistribution life, double end, int cells) {
    double[] f = new double[cells + 1];
    double[] middle = new double[cells + 1];
    for (int i = 0; i <= cells; i++) {
      f[i] = life.cdf(end * i / cells);
      middle[i] = life.cdf(end * (i + 0.5) / cells);
    }
    double[] m = new double[cells + 1];
    for (int i = 1; i <= cells; i++) {
      double sum = f[i];
      for (int j = 1; j < i; j++) {
        sum += (m[j] - m[j - 1]) * middle[i - j];
      }
      m[i] = (sum - m[i - 1] * middle[0]) / (1 - middle[0]);
    }
    return m;
  }
}
