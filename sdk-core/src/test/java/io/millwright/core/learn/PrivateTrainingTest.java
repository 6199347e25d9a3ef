package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Privacy;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrivateTrainingTest {

  private static final List<WeightSpec> SPECS =
      List.of(spec("frozen", 3), spec("a", 400), spec("b", 100));

  private static WeightSpec spec(String name, int size) {
    return new WeightSpec(
        name, List.of(size), WeightSpec.Role.MATRIX, Initialisation.AUTOMATIC, 1, 1);
  }

  /** Gives every row the gradient (row + 1) in the first place of a, 1000 in what is frozen. */
  private static final class Constant implements TrainingSession {
    @Override
    public void load(Weights weights) {}

    @Override
    public double gradients(Batch batch, Masks masks, Weights gradients) {
      assertThat(batch.count()).isEqualTo(1);
      gradients.get(0)[0] = 1000;
      gradients.get(1)[0] = batch.inputs()[0] + 1;
      return 2;
    }

    @Override
    public float[] outputs(float[] inputs, int count) {
      throw new AssertionError();
    }

    @Override
    public void close() {}
  }

  private static double[][] steps(Privacy privacy, int rows, int batch, int times) {
    PrivateSteps steps = new PrivateSteps(privacy, rows, batch, 1);
    int[] items = IntStream.range(0, rows).toArray();
    double[][] all = new double[times][];
    for (int t = 0; t < times; t++) {
      Weights sum = Weights.zero(SPECS);
      steps.gradient(
          items,
          item -> new TrainingSession.Batch(new float[] {item}, new float[1], new float[] {1}, 1),
          new Constant(),
          (layer, size, rate) -> new float[size],
          sum,
          Weights.zero(SPECS));
      all[t] =
          IntStream.range(1, 3)
              .mapToObj(sum::get)
              .flatMapToDouble(a -> IntStream.range(0, a.length).mapToDouble(i -> a[i]))
              .toArray();
    }
    return all;
  }

  /** With all rows sampled: the mean of the gradients, each cut to the largest length. */
  @Test
  void longGradientsAreCutRowByRow() {
    double[] g = steps(new Privacy(1e-9, 3, 1e-5), 6, 6, 1)[0];
    assertThat(g[0]).isCloseTo((1 + 2 + 3 + 3 + 3 + 3) / 6.0, within(1e-5));
  }

  @Test
  void rowsAreSampledByLot() {
    double[][] all = steps(new Privacy(1e-9, 1, 1e-5), 40, 10, 2000);
    double mean = 0;
    double square = 0;
    for (double[] g : all) {
      mean += g[0] / all.length;
      square += g[0] * g[0] / all.length;
    }
    // Each of 40 rows counts 1/10 with probability 1/4.
    assertThat(mean).isCloseTo(1, within(0.05));
    assertThat(square - mean * mean).isCloseTo(40 * 0.25 * 0.75 / 100, within(0.01));
  }

  /** Noise of noise times clip over the expected batch, on every weight that learns. */
  @Test
  void noiseHasItsSize() {
    double square = 0;
    int count = 0;
    for (double[] g : steps(new Privacy(2, 0.5, 1e-5), 40, 10, 200)) {
      for (int i = 1; i < g.length; i++) {
        square += g[i] * g[i];
        count++;
      }
    }
    assertThat(Math.sqrt(square / count)).isCloseTo(2 * 0.5 / 10, within(0.001));
  }

  /** Next to no noise, all rows, no cut: the ordinary steps of the whole data. */
  @Test
  void withoutNoiseItIsOrdinaryTraining() {
    Samples<Table, Double> data = Bench.sequences(12, 1);
    Learning plain = Learning.sgd(0.05, 0).batch(100_000).epochs(5).key(3);
    Learning apart = plain.privacy(new Privacy(1e-12, 1e6, 1e-5));
    Weights one = Bench.model(learn(smooth(plain), data)).members().get(0);
    Weights two = Bench.model(learn(smooth(apart), data)).members().get(0);
    for (int i = 0; i < one.count(); i++) {
      for (int k = 0; k < one.get(i).length; k++) {
        assertThat(two.get(i)[k]).isCloseTo(one.get(i)[k], within(1e-5f));
      }
    }
  }

  @Test
  void epsilonStandsInTheProvenance() {
    Learning learning =
        Learning.sgd(0.05, 0).batch(8).epochs(3).key(3).privacy(new Privacy(4, 1, 1e-5));
    Trained<Table, Double> trained =
        learn(Bench.recipe(learning, Split.holdOut(0.25)), Bench.sequences(12, 1));
    assertThat(trained.info().provenance().settings().get("privacy"))
        .startsWith("epsilon ")
        .contains("noise 4")
        .contains("not covered");
    // Abadi et al. 2016: sampling rate 0.01, noise 4, 10,000 steps give 1.26.
    assertThat(
            PrivateSteps.promise(
                Learning.sgd(0.1, 0).batch(100).epochs(100), new Privacy(4, 1, 1e-5), 1, 10_000))
        .startsWith("epsilon 1.2")
        .contains("10,000 steps");
  }

  @Test
  void whatLooksAtRowsWithoutNoiseIsRefused() {
    Samples<Table, Double> data = Bench.sequences(12, 1);
    Learning apart = Learning.sgd(0.05, 0).epochs(3).privacy(new Privacy(1, 1, 1e-5));
    refused(
        () -> learn(Bench.recipe(apart.earlyStopping(2), Split.holdOut(0.3).validation(0.3)), data),
        "early stopping");
    refused(
        () ->
            learn(
                Bench.recipe(
                    apart.classWeights(Learning.ClassWeights.BALANCED), Split.holdOut(0.3)),
                data),
        "weights of classes");
    assertThatThrownBy(() -> new Privacy(0, 1, 1e-5)).hasMessageContaining("noise");
    assertThatThrownBy(() -> new Privacy(1, -1, 1e-5)).hasMessageContaining("clip");
    assertThatThrownBy(() -> new Privacy(1, 1, 1)).hasMessageContaining("delta");
  }

  /** Without dropout, whose masks are drawn for batches. */
  private static Recipe<Table, Double, Double> smooth(Learning learning) {
    return Recipe.of(Bench.wear())
        .preparation(Preparation.standard())
        .network(Networks.mlp(Activation.SILU, 6))
        .learning(learning)
        .split(Split.holdOut(0.25))
        .build();
  }

  private static Trained<Table, Double> learn(
      Recipe<Table, Double, Double> recipe, Samples<Table, Double> data) {
    return Bench.alone().learn(recipe, data, Optional.empty(), Bench.StopAfter.never());
  }

  private static void refused(Runnable what, String why) {
    assertThatThrownBy(what::run)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(why)
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.BAD_OPTION);
  }
}
