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
  private final Conditions conditions;

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
    conditions = floor.conditions;
    Map<Measure, Double> sum = new EnumMap<>(Measure.class);
    double[] scale = Priorities.of(floor, objectives);
    for (int i = 0; i < scale.length; i++) {
      for (Objective.Term term : objectives.get(i).terms()) {
        sum.merge(term.measure(), scale[i] * term.weight(), Double::sum);
      }
    }
    makespan = sum.getOrDefault(Measure.MAKESPAN, 0.0);
    tardiness = sum.getOrDefault(Measure.WEIGHTED_TARDINESS, 0.0);
    flow = sum.getOrDefault(Measure.WEIGHTED_FLOW_TIME, 0.0);
    setup = sum.getOrDefault(Measure.SETUP_TIME, 0.0);
    rejection = floor.rejects ? sum.getOrDefault(Measure.REJECTION_COST, 0.0) : 0;
    // Without a price all plans cost the same.
    energy = floor.shop.tariff().isEmpty() ? 0 : sum.getOrDefault(Measure.ENERGY_COST, 0.0);
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
    return start == oldStart[x] && conditions.same(alternative, oldAlternative[x]) ? 0 : movePrice;
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
