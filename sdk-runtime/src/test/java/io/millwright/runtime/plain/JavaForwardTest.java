package io.millwright.runtime.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.network.LayerKinds;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JavaForwardTest {

  private static void close(float[] got, int from, double[] expected, Object what) {
    for (int o = 0; o < expected.length; o++) {
      assertThat((double) got[from + o])
          .as("%s, output %s", what, o)
          .isCloseTo(expected[o], within(1e-5 * Math.max(1, Math.abs(expected[o]))));
    }
  }

  @Test
  void everyKindOfLayerGivesWhatItsDefinitionSays() {
    Set<Class<?>> seen = new HashSet<>();
    for (int seed = 0; seed < 500; seed++) {
      RandomNetworks random = new RandomNetworks(seed);
      NetworkPlan plan = random.plan();
      Weights weights = random.weights(plan);
      kinds(plan.layers(), seen);
      int count = 1 + seed % 5;
      float[] x = random.inputs(plan, count);
      float[] y = new JavaForward(plan, weights).run(x, count);
      int size = plan.input().size();
      for (int r = 0; r < count; r++) {
        double[] expected =
            new ReferenceForward(plan, weights)
                .run(Arrays.copyOfRange(x, r * size, (r + 1) * size));
        close(y, r * plan.outputs(), expected, "seed " + seed + ", row " + r);
      }
    }
    assertThat(seen)
        .as("kinds of layers that occurred")
        .hasSize(LayerKinds.names().size() - 1); // trees are grown: TreesTest
  }

  /** Bit by bit: also where a product is read row by row from the file. */
  @Test
  void weightsInAMappedFileGiveTheSame() {
    for (int seed = 0; seed < 200; seed++) {
      RandomNetworks random = new RandomNetworks(seed);
      NetworkPlan plan = random.plan();
      Weights weights = random.weights(plan);
      Map<Integer, FloatBuffer> mapped = new HashMap<>();
      List<float[]> none = new ArrayList<>();
      for (int w = 0; w < weights.count(); w++) {
        mapped.put(w, FloatBuffer.wrap(weights.get(w)).asReadOnlyBuffer());
        none.add(new float[0]);
      }
      Weights file = Weights.of(none, mapped);
      int count = 1 + seed % 5;
      float[] x = random.inputs(plan, count);
      assertThat(new JavaForward(plan, file).run(x, count))
          .as("seed %d", seed)
          .isEqualTo(new JavaForward(plan, weights).run(x, count));
      if (weights.count() > 1) {
        assertThat(file.part(1, weights.count()).copy().get(0)).isEqualTo(weights.get(1));
      }
    }
  }

  private static void kinds(List<PlannedLayer> layers, Set<Class<?>> seen) {
    for (PlannedLayer layer : layers) {
      seen.add(layer.layer().getClass());
      kinds(layer.inner(), seen);
    }
  }

  static List<Network> usualNetworks() {
    return List.of(
        Networks.linear(),
        Networks.mlp(64, 32),
        Networks.mlp(Activation.SILU, 600, 64),
        Networks.lstm(48, 24),
        Networks.gru(33),
        Networks.cnn(3, 16, 32),
        Networks.tcn(3, 12, 12, 24),
        Networks.transformer(24, 3, 2));
  }

  @ParameterizedTest
  @MethodSource("usualNetworks")
  void aBatchOfAnySizeGivesTheBitsOfSingleInputs(Network network) {
    RandomNetworks random = new RandomNetworks(7);
    NetworkPlan plan = NetworkPlan.of(network, new Shape(20, 10), 3, Initialisation.AUTOMATIC);
    Weights weights = random.weights(plan);
    JavaForward forward = new JavaForward(plan, weights);
    int count = 300;
    float[] x = random.inputs(plan, count);
    float[] together = forward.run(x, count);
    assertThat(together).hasSize(count * 3);
    for (int r = 0; r < count; r += 7) {
      float[] one = Arrays.copyOfRange(x, r * 200, (r + 1) * 200);
      assertThat(forward.run(one, 1)).isEqualTo(Arrays.copyOfRange(together, r * 3, r * 3 + 3));
    }
    close(together, 0, new ReferenceForward(plan, weights).run(Arrays.copyOf(x, 200)), network);
  }

  @Test
  void aBatchOfImagesGivesTheBitsOfSingleImages() {
    RandomNetworks random = new RandomNetworks(8);
    NetworkPlan plan =
        NetworkPlan.of(Networks.image(4, 8, 12), new Shape(11, 9, 3), 5, Initialisation.AUTOMATIC);
    Weights weights = random.weights(plan);
    JavaForward forward = new JavaForward(plan, weights);
    float[] x = random.inputs(plan, 17);
    float[] together = forward.run(x, 17);
    int size = plan.input().size();
    for (int r = 0; r < 17; r++) {
      float[] one = Arrays.copyOfRange(x, r * size, (r + 1) * size);
      assertThat(forward.run(one, 1)).isEqualTo(Arrays.copyOfRange(together, r * 5, r * 5 + 5));
    }
  }

  @Test
  void threadsGetTheirOwnAnswers() throws Exception {
    RandomNetworks random = new RandomNetworks(11);
    NetworkPlan plan =
        NetworkPlan.of(Networks.lstm(16, 8), new Shape(6, 5), 2, Initialisation.AUTOMATIC);
    JavaForward forward = new JavaForward(plan, random.weights(plan));
    float[] x = random.inputs(plan, 200);
    float[] serial = forward.run(x, 200);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int start = t;
        runs.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    int r = (start * 31 + i) % 199;
                    int count = 1 + i % 2;
                    assertThat(forward.run(Arrays.copyOfRange(x, r * 30, (r + count) * 30), count))
                        .isEqualTo(Arrays.copyOfRange(serial, r * 2, (r + count) * 2));
                  }
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activationsAreAccurateOverTheWholeRange(Activation activation) {
    for (double x = -120; x <= 120; x += 0.05) {
      float[] y = {0, (float) x, 0};
      Functions.apply(activation, y, 1, 1);
      double expected = ReferenceActivation.activate(activation, (float) x);
      assertThat((double) y[1])
          .as("at %s", x)
          .isCloseTo(expected, within(3e-7 * Math.max(1, Math.abs(expected))));
      assertThat(y[0] + y[2]).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activationsLetNaNThroughAndSurviveInfinity(Activation activation) {
    float[] y = {Float.NaN, Float.POSITIVE_INFINITY};
    Functions.apply(activation, y, 0, 2);
    assertThat(y[0]).isNaN();
    assertThat(y[1]).isIn(1f, Float.POSITIVE_INFINITY);
  }

  @Test
  void theExponentialIsAccurate() {
    for (double x = -690; x < 690; x += 0.1) {
      assertThat(Functions.exp(x) / Math.exp(x)).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void softmaxIsADistributionEvenForHugeLogits() {
    float[] y = {9, 1e30f, -1e30f, 1e30f, 9};
    Functions.softmax(y, 1, 3);
    assertThat(y).containsExactly(9, 0.5f, 0, 0.5f, 9);
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    NetworkPlan plan = NetworkPlan.of(Networks.mlp(4), new Shape(0, 3), 1, Initialisation.HE);
    NetworkPlan other = NetworkPlan.of(Networks.mlp(5), new Shape(0, 3), 1, Initialisation.HE);
    NetworkPlan deeper = NetworkPlan.of(Networks.mlp(4, 4), new Shape(0, 3), 1, Initialisation.HE);
    for (NetworkPlan wrong : List.of(other, deeper)) {
      assertThatThrownBy(() -> new JavaForward(plan, Starts.draw(wrong, 1)))
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SHAPE))
          .hasMessageContaining("Maybe they belong to another network");
    }
  }

  @Test
  void tooFewInputsAreRefused() {
    NetworkPlan plan = NetworkPlan.of(Networks.mlp(4), new Shape(0, 3), 1, Initialisation.HE);
    JavaForward forward = new JavaForward(plan, Starts.draw(plan, 1));
    assertThatThrownBy(() -> forward.run(new float[5], 2))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("5 values were given for 2 inputs of 3");
  }
}
