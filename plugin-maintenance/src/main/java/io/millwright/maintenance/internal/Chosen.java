package io.millwright.maintenance.internal;

import io.millwright.api.Evaluation;
import io.millwright.api.Trained;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The default way to a model: whatever answers best on data held out. */
final class Chosen {

  /** How long a training takes at the most, unless a network is asked for by name. */
  static final Duration BUDGET = Duration.ofMinutes(15);

  private Chosen() {}

  static <I, L, V, M> M train(
      LearningToolkit learning,
      Jobs.Control<M> control,
      Recipe<I, L, V> recipe,
      List<Candidate> candidates,
      Samples<I, L> samples,
      Optional<Path> checkpoint,
      BiFunction<Trained<I, V>, Evaluation, M> model) {
    Part<I, V> part =
        new Part<>(
            control,
            "choice",
            0,
            1,
            () -> false,
            t -> control.best(model.apply(t, t.evaluation())));
    Trained<I, V> trained = learning.choose(recipe, candidates, BUDGET, samples, checkpoint, part);
    return model.apply(trained, trained.evaluation());
  }
}
