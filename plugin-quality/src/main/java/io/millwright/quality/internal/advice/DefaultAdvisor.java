package io.millwright.quality.internal.advice;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Progress;
import io.millwright.api.Provenance;
import io.millwright.api.Solution;
import io.millwright.api.data.Table;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceCheck;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Advisor;
import io.millwright.quality.Experiments;
import io.millwright.quality.ResponseSurface;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The way to advice. */
public final class DefaultAdvisor implements Advisor {

  private final Composer composer;
  private final Jobs jobs;

  /** For the facade. */
  public DefaultAdvisor(Composer composer, Jobs jobs) {
    this.composer = composer;
    this.jobs = jobs;
  }

  @Override
  public Job<Solution<Advice>> optimize(AdviceProblem problem, Budget budget) {
    return jobs.start("advice", budget.time(), control -> search(problem, budget, control));
  }

  private Solution<Advice> search(
      AdviceProblem problem, Budget budget, Jobs.Control<Solution<Advice>> control) {
    Outlook outlook = Outlook.of(problem);
    Search search = new Search(problem, outlook);
    Wording wording = new Wording(problem, outlook);
    Provenance provenance = composer.provenance("", problem.key(), Map.of(), false);
    Search.@Nullable Place best = null;
    Optional<Solution<Advice>> found = Optional.empty();
    long rounds = budget.iterations().orElse(Long.MAX_VALUE);
    for (long k = 0; k < rounds && !control.stopped(); k++) {
      Search.Place place = search.start(control::stopped);
      if (place.safe() && (best == null || place.worth() > best.worth())) {
        best = place;
        found = Optional.of(solution(wording.of(search.plain(place).settings()), provenance));
        control.best(found.orElseThrow());
      }
      double loss = found.map(s -> s.objective().value()).orElse(Double.NaN);
      control.report(
          new Progress(
              "advice",
              budget.iterations().isPresent()
                  ? OptionalDouble.of((k + 1.0) / rounds)
                  : OptionalDouble.empty(),
              control.elapsed(),
              Optional.empty(),
              Map.of("net loss", loss)));
      if (loss <= budget.target().orElse(Double.NEGATIVE_INFINITY)) {
        break;
      }
    }
    return found.orElseGet(
        () -> new Solution<>(Optional.empty(), Solution.End.NONE_FOUND, List.of(), provenance));
  }

  private static Solution<Advice> solution(Advice advice, Provenance provenance) {
    return new Solution<>(
        Optional.of(advice),
        Solution.End.FEASIBLE,
        List.of(
            ObjectiveValue.builder()
                .name("net loss")
                .value(advice.cost() - advice.gain().value())
                .foundBy("differential evolution on the response surface")
                .build()),
        provenance);
  }

  @Override
  public ResponseSurface surface(AdviceProblem problem, String column) {
    return Surface.of(problem, Inputs.of(problem), column);
  }

  @Override
  public ToDoubleFunction<Map<String, Double>> risk(AdviceProblem problem) {
    Outlook outlook = Outlook.of(problem);
    return settings -> outlook.risk(outlook.inputs.settings(settings));
  }

  @Override
  public Experiments experiments(
      AdviceProblem problem, int count, Optional<Experiments.Design> design) {
    return Designs.of(problem, count, design);
  }

  @Override
  public AdviceCheck check(AdviceProblem problem, Advice advice, Table parts) {
    return Confirming.of(problem, advice, parts);
  }
}
