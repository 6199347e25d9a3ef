package io.millwright.maintenance.internal.policy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.LifeDistribution;
import io.millwright.maintenance.MaintenancePolicy;
import io.millwright.maintenance.Pauses;
import io.millwright.maintenance.PolicyKind;
import io.millwright.maintenance.PolicyMachine;
import io.millwright.maintenance.PolicyProblem;
import io.millwright.maintenance.Prognosis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem, with tables of its laws. Immutable. */
final class Plant {

  /** Nodes of the error of a prognosis, in standard deviations. */
  private static final int NODES = 33;

  private static final double REACH = 4;

  final PolicyProblem problem;
  final List<PolicyMachine> machines;
  final List<LifeTable> lives;
  final @Nullable Pauses pauses;

  private Plant(PolicyProblem problem) {
    this.problem = problem;
    machines = problem.machines();
    pauses = problem.pauses().orElse(null);
    Map<LifeDistribution, LifeTable> tables = new HashMap<>();
    lives = new ArrayList<>();
    for (PolicyMachine m : machines) {
      lives.add(tables.computeIfAbsent(m.life(), LifeTable::new));
    }
  }

  static Plant of(PolicyProblem problem) {
    return new Plant(problem);
  }

  boolean predicted() {
    return machines.stream().allMatch(m -> m.prognosis().isPresent());
  }

  /** A policy's limits in the order of machines; infinity for those without. */
  double[] limits(MaintenancePolicy policy) {
    Map<String, Double> open = new HashMap<>(policy.limits());
    double[] limits = new double[machines.size()];
    boolean looks = policy.kind() == PolicyKind.CONDITION || policy.kind() == PolicyKind.PREDICTIVE;
    for (int i = 0; i < limits.length; i++) {
      PolicyMachine m = machines.get(i);
      Double limit = open.remove(m.name());
      limits[i] = limit == null ? Double.POSITIVE_INFINITY : limit;
      if (looks && limit != null && m.prognosis().isEmpty()) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the policy is "
                + policy.kind()
                + ", but machine "
                + m.name()
                + " has no prognosis\nMaybe give it one, or no limit");
      }
    }
    if (!open.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the policy has limits of "
              + open.keySet()
              + ", which are no machines of the plant\nMaybe they are of another plant");
    }
    return limits;
  }

  /** How far ahead the risk of a machine is looked at: until the next chance to act. */
  double reach(int machine, int stock) {
    double reach = machines.get(machine).prognosis().map(Prognosis::every).orElse(0.0);
    reach += stock == 0 ? problem.spares().map(s -> s.leadTime()).orElse(0.0) : 0;
    return pauses == null ? reach : reach + pauses.period() - (pauses.to() - pauses.from());
  }

  /**
   * The probability of failing within a reach, by the law of life, the age and what the prognosis
   * says (Bayes' rule over the true remaining life).
   *
   * @param said the predicted remaining life; infinity for one beyond the early life
   */
  double risk(int machine, double age, double said, Prognosis prognosis, double reach) {
    LifeTable life = lives.get(machine);
    if (Double.isInfinite(said)) {
      double from = life.hazard(age + prognosis.early());
      return reach <= prognosis.early() ? 0 : -Math.expm1(from - life.hazard(age + reach));
    }
    if (said * Math.exp(-(REACH + 0.5) * prognosis.error()) > reach) {
      return 0;
    }
    double below = 0;
    double all = 0;
    double step = 2 * REACH / (NODES - 1);
    double edge = Math.exp(prognosis.error() * step / 2);
    for (int k = 0; k < NODES; k++) {
      double z = -REACH + step * k;
      double r = said * Math.exp(prognosis.error() * z);
      if (r >= prognosis.early()) {
        break;
      }
      double weight = r * life.density(age + r) * Math.exp(-z * z / 2);
      all += weight;
      double share = r * edge <= reach ? 1 : r / edge >= reach ? 0 : part(reach, r, edge);
      below += weight * share;
    }
    // Nothing in the law fits what was said: the prognosis alone decides.
    return all > 0 ? below / all : said <= reach ? 1 : 0;
  }

  private static double part(double reach, double r, double edge) {
    return (Math.log(reach / r) / Math.log(edge) + 1) / 2;
  }

  boolean open(double now) {
    if (pauses == null) {
      return true;
    }
    double phase = now - begun(pauses, now);
    return phase >= pauses.from() - 1e-9 * pauses.period()
        && phase < pauses.to() - 1e-9 * pauses.period();
  }

  /** When the next pause begins, not before now; now when one is open. */
  double nextOpen(double now) {
    if (pauses == null || open(now)) {
      return now;
    }
    double begin = begun(pauses, now) + pauses.from();
    return begin > now ? begin : begin + pauses.period();
  }

  /** When the period began; one that is about to begin has. */
  private static double begun(Pauses pauses, double now) {
    return Math.floor(now / pauses.period() + 1e-9) * pauses.period();
  }

  /** How much of planned work from a time on stands in the way of production. */
  double lost(double now, double duration) {
    if (pauses == null || !open(now)) {
      return duration;
    }
    double left = pauses.to() - (now - begun(pauses, now));
    double whole = pauses.to() - pauses.from();
    double lost = 0;
    double rest = duration - left;
    // Work that outlasts its pause runs on through production and the pauses that follow.
    while (rest > 0) {
      double gap = pauses.period() - whole;
      lost += Math.min(rest, gap);
      rest -= pauses.period();
    }
    return lost;
  }
}
