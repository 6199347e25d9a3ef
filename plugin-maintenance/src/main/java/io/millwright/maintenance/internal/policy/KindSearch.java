package io.millwright.maintenance.internal.policy;

import io.millwright.maintenance.MaintenancePolicy;
import io.millwright.maintenance.PolicyKind;
import io.millwright.maintenance.PolicyMachine;
import io.millwright.maintenance.PolicyPoint;
import io.millwright.maintenance.Prognosis;
import io.millwright.maintenance.Spares;
import io.millwright.runtime.simulation.Replications;
import io.millwright.runtime.simulation.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the limits of one kind of policy by simulation: all limits by a common factor, then the
 * stock, the joining and each limit alone. All policies meet the same random numbers, so that their
 * differences are not luck. Not thread-safe.
 */
final class KindSearch {

  private static final double[] RISKS = {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8};
  private static final double[] JOININGS = {0.9, 0.8, 0.7, 0.6, 0.5, 0.3};
  private static final int LOOK = 10;
  private static final double WIDE = 3;
  private static final int ALONE = 12;

  private final Plant plant;
  private final PolicyKind kind;
  private final BooleanSupplier stopped;
  private final List<PolicyPoint> curve = new ArrayList<>();
  private final double[] start;
  private long left;

  private @Nullable MaintenancePolicy best;
  private double least = Double.POSITIVE_INFINITY;

  /**
   * For one search.
   *
   * @param most the largest number of simulated policies; one is simulated in any case
   */
  KindSearch(Plant plant, Exact exact, PolicyKind kind, long most, BooleanSupplier stopped) {
    this.plant = plant;
    this.kind = kind;
    this.stopped = stopped;
    left = Math.max(1, most);
    start = new double[plant.machines.size()];
    for (int i = 0; i < start.length; i++) {
      PolicyMachine m = plant.machines.get(i);
      double every = m.prognosis().map(Prognosis::every).orElse(Double.NaN);
      start[i] =
          switch (kind) {
            case RUN_TO_FAILURE -> Double.POSITIVE_INFINITY;
            case AGE, BLOCK -> {
              double limit = exact.limit(kind, m);
              // A law without wear alone has no limit; with minimal repair it may have one.
              yield Double.isInfinite(limit) ? m.life().mean() : limit;
            }
            case CONDITION -> Math.max(every, plant.reach(i, 0));
            case PREDICTIVE -> 0.05;
          };
    }
  }

  List<PolicyPoint> curve() {
    return curve;
  }

  /** The best policy found. */
  MaintenancePolicy run() {
    int stock = plant.problem.spares().map(s -> Math.min(1, s.most())).orElse(0);
    MaintenancePolicy at = policy(start, 1, 1, stock);
    tried(at);
    if (kind != PolicyKind.RUN_TO_FAILURE) {
      factors();
    }
    boolean moved = stocks();
    moved |= joinings();
    if (moved && kind != PolicyKind.RUN_TO_FAILURE) {
      finer();
    }
    if (kind != PolicyKind.RUN_TO_FAILURE && start.length <= ALONE && start.length > 1) {
      alone();
    }
    return best == null ? at : best;
  }

  private MaintenancePolicy policy(double[] limits, double factor, double joining, int stock) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < limits.length && kind != PolicyKind.RUN_TO_FAILURE; i++) {
      double limit = limits[i] * factor;
      named.put(
          plant.machines.get(i).name(), kind == PolicyKind.PREDICTIVE ? Math.min(1, limit) : limit);
    }
    return new MaintenancePolicy(kind, named, joining, stock);
  }

  /** Whether it is the best so far; false when the budget is spent. */
  private boolean tried(MaintenancePolicy policy) {
    if (best != null && (left <= 0 || stopped.getAsBoolean())) {
      return false;
    }
    left--;
    Sample cost =
        Replications.run(
                random -> PlantRun.run(plant, policy, random),
                plant.problem.key(),
                plant.problem.replications(),
                () -> false)
            .get(PlantRun.COST);
    double limit = policy.limits().values().stream().findFirst().orElse(Double.POSITIVE_INFINITY);
    curve.add(new PolicyPoint(kind, limit, cost.mean(), cost.halfWidth(0.95)));
    // The first of equals stays; what changes nothing is not moved to.
    if (best == null || cost.mean() < least - 1e-12 * Math.abs(least)) {
      best = policy;
      least = cost.mean();
      return true;
    }
    return false;
  }

  private MaintenancePolicy best() {
    return Objects.requireNonNull(best);
  }

  private boolean scaled(double factor) {
    MaintenancePolicy from = best();
    return tried(policy(plant.limits(from), factor, from.joining(), from.stock()));
  }

  private void factors() {
    MaintenancePolicy from = best();
    if (kind == PolicyKind.PREDICTIVE) {
      for (double risk : RISKS) {
        tried(policy(start, risk / start[0], from.joining(), from.stock()));
      }
    } else {
      for (int k = -LOOK; k <= LOOK; k++) {
        if (k != 0) {
          tried(policy(start, Math.pow(WIDE, (double) k / LOOK * 2), from.joining(), from.stock()));
        }
      }
    }
    finer();
  }

  private void finer() {
    for (double step = 1.25; step > 1.02; step = Math.sqrt(step)) {
      if (!scaled(step)) {
        scaled(1 / step);
      }
    }
  }

  private boolean stocks() {
    int most = plant.problem.spares().map(Spares::most).orElse(0);
    int from = best().stock();
    for (int step : new int[] {1, -1}) {
      int s = best().stock() + step;
      while (s >= 0 && s <= most) {
        MaintenancePolicy b = best();
        if (!tried(new MaintenancePolicy(kind, b.limits(), b.joining(), s))) {
          break;
        }
        s += step;
      }
    }
    return best().stock() != from;
  }

  private boolean joinings() {
    boolean moved = false;
    if (plant.problem.setup() > 0 && start.length > 1 && joins()) {
      for (double joining : JOININGS) {
        MaintenancePolicy b = best();
        moved |= tried(new MaintenancePolicy(kind, b.limits(), joining, b.stock()));
      }
    }
    return moved;
  }

  private boolean joins() {
    return kind == PolicyKind.AGE || kind == PolicyKind.CONDITION || kind == PolicyKind.PREDICTIVE;
  }

  private void alone() {
    if (kind == PolicyKind.AGE || kind == PolicyKind.BLOCK) {
      for (int i = 0; i < start.length; i++) {
        scaled(i, Double.POSITIVE_INFINITY);
      }
    }
    for (double step : new double[] {1.4, 1.15}) {
      for (int i = 0; i < start.length; i++) {
        if (!scaled(i, step)) {
          scaled(i, 1 / step);
        }
      }
    }
  }

  private boolean scaled(int machine, double factor) {
    MaintenancePolicy b = best();
    double[] limits = plant.limits(b);
    limits[machine] *= factor;
    return tried(policy(limits, 1, b.joining(), b.stock()));
  }
}
