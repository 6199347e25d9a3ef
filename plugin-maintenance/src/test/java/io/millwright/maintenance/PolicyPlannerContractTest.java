package io.millwright.maintenance;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Optimizer;
import io.millwright.api.plan.MachineWindow;
import io.millwright.testkit.OptimizerContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PolicyPlannerContractTest extends OptimizerContract<PolicyProblem, PolicyPlan> {

  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Optimizer<PolicyProblem, PolicyPlan> optimizer() {
    return millwright.plugin(Maintenance.class).policy();
  }

  private static PolicyProblem.Builder plant() {
    Reliability reliability = millwright.plugin(Maintenance.class).reliability();
    List<PolicyMachine> machines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      machines.add(
          PolicyMachine.builder()
              .name("m" + i)
              .life(reliability.weibull(300 + 10 * i, 2 + 0.3 * i))
              .age(90)
              .planned(100)
              .failure(800)
              .plannedTime(3)
              .build());
    }
    return PolicyProblem.builder().machines(machines).horizon(2000).span(300).setup(50).crews(1);
  }

  @Override
  protected PolicyProblem problem() {
    return plant().spares(new Spares(10, 0.1, 4)).build();
  }

  @Override
  protected Optional<PolicyProblem> infeasible() {
    return Optional.of(plant().kinds(Set.of(PolicyKind.CONDITION)).build());
  }

  @Override
  protected Budget iterations() {
    return Budget.iterations(30);
  }

  @Override
  protected List<String> violations(PolicyProblem problem, PolicyPlan plan) {
    List<String> found = new ArrayList<>();
    for (MachineWindow a : plan.windows()) {
      if (a.due() - a.duration() > problem.span() + 20) {
        found.add(a + " is behind the span");
      }
      for (MachineWindow b : plan.windows()) {
        if (!a.equals(b) && a.due() - a.duration() < b.due() && b.due() - b.duration() < a.due()) {
          found.add(a + " needs the crew of " + b);
        }
      }
    }
    return found;
  }

  @Override
  protected double objective(PolicyProblem problem, PolicyPlan plan) {
    return millwright
        .plugin(Maintenance.class)
        .policy()
        .judge(problem, plan.best().policy())
        .cost()
        .mean();
  }
}
