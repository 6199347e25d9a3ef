package io.millwright.quality.advice;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Optimizer;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Advisor;
import io.millwright.quality.Knob;
import io.millwright.quality.Quality;
import io.millwright.quality.ResponseSurface;
import io.millwright.testkit.OptimizerContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class AdvisorContractTest extends OptimizerContract<AdviceProblem, Advice> {

  private static Millwright millwright;
  private static Advisor advisor;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
    advisor = millwright.plugin(Quality.class).advice();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Optimizer<AdviceProblem, Advice> optimizer() {
    return advisor;
  }

  @Override
  protected AdviceProblem problem() {
    return Moulding.limited(1.15);
  }

  @Override
  protected Optional<AdviceProblem> infeasible() {
    return Optional.of(Moulding.limited(0.2));
  }

  @Override
  protected List<AdviceProblem> badProblems() {
    return List.of(
        Moulding.problem(4).build(),
        Moulding.problem(40)
            .knobs(List.of(Knob.between("speed", 0, 1)))
            .current(java.util.Map.of())
            .build());
  }

  @Override
  protected Budget iterations() {
    return Budget.iterations(3);
  }

  @Override
  protected List<String> violations(AdviceProblem problem, Advice advice) {
    List<String> found = new ArrayList<>();
    for (Knob knob : problem.knobs()) {
      double to = advice.to().getOrDefault(knob.column(), Double.NaN);
      if (Math.abs(knob.nearest(to) - to) > 1e-9) {
        found.add(knob + " cannot be set to " + to);
      }
    }
    double risk = advisor.risk(problem).applyAsDouble(advice.to());
    if (risk > problem.risk()) {
      found.add("the share outside may be " + risk);
    }
    return found;
  }

  @Override
  protected double objective(AdviceProblem problem, Advice advice) {
    ResponseSurface surface = advisor.surface(problem, "strength");
    return surface.mean(advice.from()).value() - surface.mean(advice.to()).value();
  }
}
