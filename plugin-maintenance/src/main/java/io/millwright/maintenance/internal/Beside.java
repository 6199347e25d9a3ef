package io.millwright.maintenance.internal;

import io.millwright.api.Evaluation;
import io.millwright.api.Trained;
import io.millwright.api.learn.Samples;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import io.millwright.maintenance.internal.Candidates.Candidate;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Trains a model and a simple one beside it on the same parts, so that nobody is shown an error
 * without something to hold it against.
 */
final class Beside {

  private static final double SHARE = 0.1;

  private Beside() {}

  static <I, L, V, M> M train(
      LearningToolkit learning,
      Jobs.Control<M> control,
      Candidate<I, L, V> chosen,
      Candidate<I, L, V> simple,
      Samples<I, L> samples,
      Optional<Path> checkpoint,
      BiFunction<Trained<I, V>, Evaluation, M> model) {
    Trained<I, V> baseline =
        learning.learn(
            simple.recipe(),
            samples,
            Optional.empty(),
            new Part<>(control, simple.name(), 0, SHARE, () -> false, r -> {}));
    control.checkpoint();
    Part<I, V> part =
        new Part<>(
            control,
            chosen.name(),
            SHARE,
            1,
            () -> false,
            t ->
                control.best(
                    model.apply(t, with(t.evaluation(), simple.name(), baseline.evaluation()))));
    Trained<I, V> trained = learning.learn(chosen.recipe(), samples, checkpoint, part);
    return model.apply(trained, with(trained.evaluation(), simple.name(), baseline.evaluation()));
  }

  private static Evaluation with(Evaluation own, String name, Evaluation baseline) {
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>(own.baselines());
    baselines.put(name, baseline.figures());
    return Evaluation.builder()
        .protocol(own.protocol())
        .samples(own.samples())
        .figures(own.figures())
        .baselines(baselines)
        .curves(own.curves())
        .build();
  }
}
