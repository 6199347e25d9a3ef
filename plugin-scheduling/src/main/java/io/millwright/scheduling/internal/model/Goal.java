package io.millwright.scheduling.internal.model;

import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objectives as one weighted sum. Later objectives are scaled so far down that all of their range
 * together is worth less than one tick of the objective before them: they break ties.
 */
public final class Goal {

  public final double makespan;
  public final double tardiness;
  public final double flow;
  public final double setup;
  public final double energy;

  /** 0 where no job can be left out. */
  public final double rejection;

  /** What an operation costs that is not where it was, and where it was; null for no such cost. */
  private final double movePrice;

  private final long @Nullable [] oldStart;
  private final int @Nullable [] oldAlternative;

  public Goal(List<Objective> objectives, Floor floor) {
    this(objectives, floor, 0, null, null);
  }

  public Goal(
      List<Objective> objectives,
      Floor floor,
      double movePrice,
      long @Nullable [] oldStart,
      int @Nullable [] oldAlternative) {
    this.movePrice = movePrice;
    this.oldStart = oldStart;
    this.oldAlternative = oldAlternative;
    Map<Measure, Double> sum = new EnumMap<>(Measure.class);
    double scale = 1;
    for (Objective objective : objectives) {
      double range = 0;
      for (Objective.Term term : objective.terms()) {
        sum.merge(term.measure(), scale * term.weight(), Double::sum);
        range += term.weight() * range(floor, term);
      }
      scale /= 1 + range;
    }
    makespan = sum.getOrDefault(Measure.MAKESPAN, 0.0);
    tardiness = sum.getOrDefault(Measure.WEIGHTED_TARDINESS, 0.0);
    flow = sum.getOrDefault(Measure.WEIGHTED_FLOW_TIME, 0.0);
    setup = sum.getOrDefault(Measure.SETUP_TIME, 0.0);
    rejection = floor.rejects ? sum.getOrDefault(Measure.REJECTION_COST, 0.0) : 0;
    // Without a price all plans cost the same.
    energy = floor.shop.tariff().isEmpty() ? 0 : sum.getOrDefault(Measure.ENERGY_COST, 0.0);
  }

  private static double range(Floor floor, Objective.Term term) {
    double horizon = floor.horizon();
    double weights = 0;
    for (double w : floor.weight) {
      weights += w;
    }
    return switch (term.measure()) {
      case ENERGY_COST -> floor.shop.tariff().isEmpty() ? 0 : new Meter(floor).atMost(horizon);
      case REJECTION_COST -> {
        double all = 0;
        for (double cost : floor.rejection) {
          all += cost < Double.POSITIVE_INFINITY ? cost : 0;
        }
        yield all;
      }
      case MAKESPAN, SETUP_TIME -> horizon;
      case WEIGHTED_TARDINESS, WEIGHTED_FLOW_TIME -> horizon * Math.max(1, weights);
    };
  }

  /** Whether operations have a place to keep to. */
  public boolean keeps() {
    return oldStart != null;
  }

  /** The tick before which an operation would leave its place; -1 when it has none. */
  public long hold(int x) {
    return oldStart == null ? -1 : oldStart[x];
  }

  /** The alternative of an operation's place; -1 when it has none. */
  public int oldAlternative(int x) {
    return oldAlternative == null ? -1 : oldAlternative[x];
  }

  /** What an operation adds by standing where it does. */
  public double ofPlace(int x, long start, int alternative) {
    if (oldStart == null || oldAlternative == null || oldStart[x] < 0) {
      return 0;
    }
    return start == oldStart[x] && alternative == oldAlternative[x] ? 0 : movePrice;
  }

  /** Whether the makespan alone counts. */
  public boolean makespanOnly() {
    return oldStart == null
        && tardiness == 0
        && flow == 0
        && setup == 0
        && energy == 0
        && rejection == 0;
  }

  /** What one job adds when it is left out; infinite when it must be done. */
  public double ofRejected(Floor floor, int job) {
    return rejection == 0 ? Double.POSITIVE_INFINITY : rejection * floor.rejection[job];
  }

  /** What one job adds when it ends at a time. */
  public double ofJob(Floor floor, int job, long end) {
    double cost = 0;
    if (tardiness > 0 && floor.due[job] < end) {
      cost += tardiness * floor.weight[job] * (end - floor.due[job]);
    }
    if (flow > 0) {
      cost += flow * floor.weight[job] * (end - floor.jobRelease[job]);
    }
    return cost;
  }
}
