package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Candidate;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Retrainable;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Transfer;
import io.millwright.api.learn.Variation;
import io.millwright.core.learn.Bench.StopAfter;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.RecipeData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle is opened as what was saved into it: judged, retrained, continued. */
class ReopenedTest {

  @TempDir Path folder;

  private final DefaultLearningToolkit toolkit = Bench.toolkit(Runnable::run);
  private final Samples<Table, Double> samples = Bench.sequences(40, 3);
  private final Recipe<Table, Double, Double> recipe =
      Bench.recipe(Bench.learning().loss(Loss.huber(0.5)).earlyStopping(3), Split.folds(2))
          .toBuilder()
          .variation(new Variation.Rows(0.1, 0, 0.5))
          .build();

  private Retrainable<Table, Double, Double> reopened(Trained<?, ?> trained) {
    Path bundle = folder.resolve("a.mwb");
    trained.saveTo(bundle);
    return toolkit.reopen(Bench.wear(), bundle);
  }

  @Test
  void itIsJudgedAndRetrainedAsBefore() throws Exception {
    Trained<Table, Double> trained = toolkit.trainer(recipe).train(samples).await();
    Retrainable<Table, Double, Double> reopened = reopened(trained);

    assertThat(reopened.info()).isEqualTo(trained.info());
    assertThat(reopened.evaluation()).isEqualTo(trained.evaluation());
    Samples<Table, Double> fresh = Bench.sequences(20, 9);
    Evaluation before;
    try (Predictor<Table, Double> predictor = trained.open()) {
      before = toolkit.judge(Bench.wear(), predictor, fresh);
    }
    assertThat(reopened.judge(fresh)).isEqualTo(before);
    assertThat(RecipeData.of(reopened.recipe())).isEqualTo(RecipeData.of(recipe));
    assertThat(reopened.recipe().variation()).isEqualTo(new Variation.Rows(0.1, 0, 0.5));
    assertThat(Bench.digest(reopened.retrainer().train(samples).await()))
        .as("the same recipe and key give the same weights")
        .isEqualTo(Bench.digest(trained));
  }

  @Test
  void itLearnsOnFromItsLayers() throws Exception {
    Trained<Table, Double> trained = toolkit.trainer(recipe).train(samples).await();
    Retrainable<Table, Double, Double> reopened = reopened(trained);
    // At such a rate nothing moves: the layers are those of the model.
    Learning still = Learning.sgd(1e-30, 0).epochs(1).key(5);
    Trained<Table, Double> on = reopened.continued(still).train(samples).await();
    assertThat(Bench.model(on).members().get(1).get(0))
        .isEqualTo(Bench.model(trained).members().get(1).get(0));
    assertThat(Bench.model(on).preparation()).isEqualTo(Bench.model(trained).preparation());
    assertThat(Bench.model(on).provenance().parents()).containsExactly(trained.info().digest());
    Trained<Table, Double> moved =
        reopened.continued(Learning.adam(1e-3).epochs(2).key(5)).train(samples).await();
    assertThat(Bench.model(moved).members().get(1).get(0))
        .isNotEqualTo(Bench.model(trained).members().get(1).get(0));
    assertThatThrownBy(() -> reopened(moved).retrainer())
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining(trained.info().digest());
  }

  @Test
  void aTransferKeepsTheLayersOfItsOwn() throws Exception {
    Trained<Table, Double> trained = toolkit.trainer(recipe).train(samples).await();
    Path parent = folder.resolve("parent.mwb");
    trained.saveTo(parent);
    Recipe<Table, Double, Double> own =
        recipe.toBuilder().network(Networks.mlp(Activation.RELU, 3)).build();
    Trained<Table, Double> child =
        toolkit.trainer(own, Transfer.from(parent)).train(samples).await();
    Retrainable<Table, Double, Double> reopened = reopened(child);
    assertThat(reopened.recipe().network()).isEqualTo(own.network());
    assertThat(
            Bench.digest(
                toolkit.trainer(reopened.recipe(), Transfer.from(parent)).train(samples).await()))
        .isEqualTo(Bench.digest(child));
  }

  @Test
  void whatWasChosenIsChosenAgain() throws Exception {
    List<Candidate> candidates =
        List.of(
            new Candidate("small", Networks.mlp(Activation.TANH, 3), Bench.learning()),
            new Candidate("larger", Networks.mlp(Activation.TANH, 8), Bench.learning().key(9)));
    Trained<Table, Double> chosen =
        toolkit.choose(
            recipe, candidates, Duration.ofHours(1), samples, Optional.empty(), StopAfter.never());
    Retrainable<Table, Double, Double> reopened = reopened(chosen);
    RecipeData data = BundleReader.read(folder.resolve("a.mwb")).recipe().orElseThrow();
    assertThat(data.choice().orElseThrow().again()).isEqualTo(candidates);
    assertThat(Bench.digest(reopened.retrainer().train(samples).await()))
        .isEqualTo(Bench.digest(chosen));
  }

  /** A plug-in's own loss, which nobody could read back. */
  record Odd() implements Loss {
    @Override
    public double gradient(LossBatch batch, float[] gradient) {
      return 0;
    }
  }

  @Test
  void everyOptionIsKept() {
    Recipe<Table, Double, Double> odd =
        recipe.toBuilder()
            .preparation(
                Preparation.standard()
                    .then(new Step.Trends(List.of(0.5), List.of(2), true, 3, false))
                    .then(new Step.Window(2)))
            .network(Network.of(new Layer.Flatten()))
            .learning(
                Learning.sgd(0.1, 0.9)
                    .schedule(new io.millwright.api.learn.Schedule.Steps(3, 0.5))
                    .loss(Loss.huber(2))
                    .clipNorm(1)
                    .penalties(0.1, 0.2)
                    .classWeights(Learning.ClassWeights.BALANCED)
                    .members(2)
                    .key(Long.MIN_VALUE))
            .split(Split.holdOut(0.3).by(Split.By.TIME))
            .build();
    assertThat(RecipeData.of(RecipeData.of(odd).recipe(Bench.wear())))
        .isEqualTo(RecipeData.of(odd));
    assertThat(RecipeData.of(odd).json())
        .asString()
        .contains("\"@kind\":\"huber\"", "\"@kind\":\"steps\"")
        .doesNotContain("millwright");
    assertThatThrownBy(() -> recipe.toBuilder().learning(Bench.learning().loss(new Odd())).build())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("no recipe can keep");
  }
}
