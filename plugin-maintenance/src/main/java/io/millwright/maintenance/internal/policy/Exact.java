package io.millwright.maintenance.internal.policy;

import io.millwright.api.plan.LifeDistribution;
import io.millwright.maintenance.MaintenancePolicy;
import io.millwright.maintenance.PolicyKind;
import io.millwright.maintenance.PolicyMachine;
import io.millwright.maintenance.PolicyProblem;
import io.millwright.maintenance.ReplacementCosts;
import io.millwright.maintenance.ReplacementPolicies;
import io.millwright.maintenance.internal.reliability.Replacement;
import java.util.OptionalDouble;

/**
 * Costs in the long run by the renewal-reward theorem, for plants whose machines share nothing and
 * are as good as new after work (Barlow and Proschan 1965).
 */
final class Exact {

  private final PolicyProblem problem;

  Exact(PolicyProblem problem) {
    this.problem = problem;
  }

  /** The costs of work with its standstill and the visit. */
  private double planned(PolicyMachine m) {
    return m.planned() + m.value() * m.plannedTime() + problem.setup();
  }

  private double failure(PolicyMachine m) {
    return m.failure() + m.value() * m.failureTime() + problem.setup();
  }

  /** Whether the theorem holds for a kind of policy. */
  boolean holds(PolicyKind kind) {
    int n = problem.machines().size();
    boolean alone =
        problem.spares().isEmpty()
            && problem.pauses().isEmpty()
            && (problem.crews() == 0 || problem.crews() >= n)
            && (problem.setup() == 0 || n == 1);
    return alone
        && problem.machines().stream()
            .allMatch(
                m ->
                    m.failureRestoration() == 1
                        && switch (kind) {
                          case RUN_TO_FAILURE -> true;
                          case AGE -> m.plannedRestoration() == 1;
                          // A block counts from the end of its work, a machine's life too.
                          case BLOCK ->
                              m.plannedRestoration() == 1
                                  && m.plannedTime() == 0
                                  && m.failureTime() == 0;
                          case CONDITION, PREDICTIVE -> false;
                        });
  }

  /** The limit of a machine as if it stood alone: exact, or where a search may begin. */
  double limit(PolicyKind kind, PolicyMachine m) {
    return kind == PolicyKind.BLOCK ? block(m).interval() : age(m).interval();
  }

  private ReplacementPolicies.Policy age(PolicyMachine m) {
    return Replacement.age(m.life(), planned(m), failure(m), m.plannedTime(), m.failureTime());
  }

  private ReplacementPolicies.Policy block(PolicyMachine m) {
    return Replacement.of(m.life(), new ReplacementCosts(planned(m), failure(m), failure(m)))
        .block();
  }

  /** What a policy of a kind that holds costs in the long run. */
  OptionalDouble cost(MaintenancePolicy policy) {
    double sum = 0;
    for (PolicyMachine m : problem.machines()) {
      double limit = policy.limits().getOrDefault(m.name(), Double.POSITIVE_INFINITY);
      LifeDistribution life = m.life();
      switch (policy.kind()) {
        case AGE, RUN_TO_FAILURE ->
            sum +=
                Replacement.ageCost(
                    life, limit, planned(m), failure(m), m.plannedTime(), m.failureTime());
        case BLOCK -> {
          ReplacementPolicies.Policy best = block(m);
          if (best.interval() != limit) {
            return OptionalDouble.empty();
          }
          sum += best.cost();
        }
        case CONDITION, PREDICTIVE -> {
          return OptionalDouble.empty();
        }
      }
    }
    return OptionalDouble.of(sum);
  }
}
