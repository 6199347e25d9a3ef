package io.millwright.maintenance.internal;

import io.millwright.api.Evaluation;
import io.millwright.api.Trained;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.spi.Jobs;
import io.millwright.api.spi.LearningToolkit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Trains several recipes on the same samples and keeps the best by a figure on held-out data; the
 * others stand in its evaluation as baselines, so that the user sees what was beaten.
 *
 * @param learning the toolkit
 * @param figure the figure that decides
 * @param large whether a larger figure is better
 * @param budget how long a choice may take; the first recipe is finished in any case
 */
record Candidates<I, L, V>(
    LearningToolkit learning, String figure, boolean large, Duration budget) {

  /**
   * One recipe to try.
   *
   * @param name as it should stand among the baselines
   * @param recipe the recipe
   */
  record Candidate<I, L, V>(String name, Recipe<I, L, V> recipe) {}

  /** A search keeps no checkpoints, so that there is nothing to go on from. */
  static void refuse(Optional<Path> checkpoint) {
    if (checkpoint.isPresent()) {
      throw new io.millwright.api.MillwrightException(
          io.millwright.api.ErrorCode.UNSUPPORTED,
          "a search by auto cannot go on from "
              + checkpoint.get()
              + "\nMaybe train anew, or resume without auto");
    }
  }

  /** Chooses within the budget. */
  <M> M run(
      Jobs.Control<M> control,
      List<Candidate<I, L, V>> candidates,
      Samples<I, L> samples,
      BiFunction<Trained<I, V>, Evaluation, M> model) {
    Map<String, Map<String, Double>> tried = new LinkedHashMap<>();
    Trained<I, V> best = null;
    String bestName = "";
    for (int i = 0; i < candidates.size(); i++) {
      Candidate<I, L, V> candidate = candidates.get(i);
      boolean first = best == null;
      Part<I, V> part =
          new Part<>(
              control,
              candidate.name(),
              (double) i / candidates.size(),
              (i + 1.0) / candidates.size(),
              () -> !first && control.elapsed().compareTo(budget) > 0,
              r -> {});
      if (!first && part.stopped()) {
        break;
      }
      Trained<I, V> trained = finished(candidate, samples, part);
      if (trained == null) {
        break;
      }
      tried.put(candidate.name(), trained.evaluation().figures());
      if (best == null || better(trained, best)) {
        best = trained;
        bestName = candidate.name();
        control.best(model.apply(best, evaluation(best, bestName, tried)));
      }
    }
    if (best == null) {
      throw new IllegalStateException("no candidate was tried");
    }
    return model.apply(best, evaluation(best, bestName, tried));
  }

  /**
   * Trains a candidate; one that was cut off by the budget does not count, unless it is all there
   * is.
   */
  private @Nullable Trained<I, V> finished(
      Candidate<I, L, V> candidate, Samples<I, L> samples, Part<I, V> part) {
    try {
      Trained<I, V> trained =
          learning.learn(candidate.recipe(), samples, Optional.<Path>empty(), part);
      return part.also().getAsBoolean() ? null : trained;
    } catch (io.millwright.api.MillwrightException e) {
      if (part.also().getAsBoolean()
          && e.code().equals(io.millwright.api.ErrorCode.JOB_CANCELLED)) {
        return null;
      }
      throw e;
    }
  }

  private boolean better(Trained<I, V> one, Trained<I, V> other) {
    double a = one.evaluation().figure(figure);
    double b = other.evaluation().figure(figure);
    return large ? a > b : a < b;
  }

  private static Evaluation evaluation(
      Trained<?, ?> best, String name, Map<String, Map<String, Double>> tried) {
    Evaluation own = best.evaluation();
    Map<String, Map<String, Double>> baselines = new LinkedHashMap<>(own.baselines());
    tried.forEach(
        (candidate, figures) -> {
          if (!candidate.equals(name)) {
            baselines.put(candidate, figures);
          }
        });
    return Evaluation.builder()
        .protocol(own.protocol() + "; chosen: " + name)
        .samples(own.samples())
        .figures(own.figures())
        .baselines(baselines)
        .curves(own.curves())
        .build();
  }
}
