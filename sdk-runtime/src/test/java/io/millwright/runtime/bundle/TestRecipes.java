package io.millwright.runtime.bundle;

import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Schedule;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Recipes for bundles of tests. */
final class TestRecipes {

  private TestRecipes() {}

  /** A recipe with something in each of its parts. */
  static RecipeData full() {
    Learning learning =
        Learning.adamW(0.01, 0.001)
            .schedule(new Schedule.Steps(7, 0.5))
            .loss(Loss.huber(1.5))
            .epochs(77)
            .earlyStopping(5)
            .key(Long.MIN_VALUE);
    Network small = Networks.mlp(3);
    return new RecipeData(
            Preparation.standard()
                .then(new Step.Trends(List.of(0.5), List.of(2), true, 4, true))
                .then(new Step.Window(12))
                .steps(),
            Optional.empty(),
            Optional.empty(),
            Network.of(new Layer.Flatten()).then(small.layers().get(0)),
            RecipeData.LearningData.of(learning),
            Split.holdOut(0.25).by(Split.By.TIME),
            Calibration.conformal(),
            Optional.of(new Decision.ByF1("good")),
            Optional.empty(),
            Optional.empty())
        .begunWith(new RecipeData.TransferData("ab".repeat(32), 1, 1))
        .chosen(
            RecipeData.ChoiceData.of(
                List.of(new Candidate("small", small, learning)), Duration.ofMinutes(3)));
  }
}
