package io.millwright.scheduling.internal;

import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import java.util.List;

/**
 * Objectives as one weighted sum. Later objectives are scaled so far down that all of their range
 * together is worth less than one tick of the objective before them: they break ties.
 */
final class Goal {

  final double makespan;
  final double tardiness;
  final double flow;
  final double setup;

  Goal(List<Objective> objectives, Floor floor) {
    double[] sum = new double[Measure.values().length];
    double scale = 1;
    for (Objective objective : objectives) {
      double range = 0;
      for (Objective.Term term : objective.terms()) {
        sum[term.measure().ordinal()] += scale * term.weight();
        range += term.weight() * range(floor, term);
      }
      scale /= 1 + range;
    }
    makespan = sum[Measure.MAKESPAN.ordinal()];
    tardiness = sum[Measure.WEIGHTED_TARDINESS.ordinal()];
    flow = sum[Measure.WEIGHTED_FLOW_TIME.ordinal()];
    setup = sum[Measure.SETUP_TIME.ordinal()];
  }

  private static double range(Floor floor, Objective.Term term) {
    double horizon = floor.horizon();
    double weights = 0;
    for (double w : floor.weight) {
      weights += w;
    }
    return switch (term.measure()) {
      case MAKESPAN, SETUP_TIME -> horizon;
      case WEIGHTED_TARDINESS, WEIGHTED_FLOW_TIME -> horizon * Math.max(1, weights);
    };
  }

  /** Whether the makespan alone counts. */
  boolean makespanOnly() {
    return tardiness == 0 && flow == 0 && setup == 0;
  }

  /** What one job adds when it ends at a time. */
  double ofJob(Floor floor, int job, long end) {
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
