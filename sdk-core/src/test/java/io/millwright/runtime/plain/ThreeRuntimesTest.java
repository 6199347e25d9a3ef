package io.millwright.runtime.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.core.engines.Started;
import io.millwright.runtime.network.Backbones;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.LayerKinds;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.PlannedLayer;
import io.millwright.runtime.network.Weights;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One network, three runtimes, the same answer: that of the definition in double precision. */
class ThreeRuntimesTest {

  private static final double TWO_LAST_BITS = 0x1p-22;

  private final Engine torch = Started.torch();
  private final Engine flow = Started.flow();

  /** Seeds of networks whose answers were further off than rounding makes those of others. */
  private final Set<Integer> shaky = new HashSet<>();

  @Test
  void randomNetworksOfEveryKindOfLayerAnswerAlike() {
    agree(0, 100);
  }

  @Test
  @Tag("thorough")
  void soDoThousands() {
    agree(1_000, 4_000);
  }

  private void agree(int from, int to) {
    Set<Class<?>> seen = new HashSet<>();
    int divided = 0;
    for (int seed = from; seed < to; seed++) {
      RandomNetworks random = new RandomNetworks(seed);
      NetworkPlan plan = random.plan();
      kinds(plan.layers(), seen);
      Weights weights = random.weights(plan);
      int count = 1 + seed % 4;
      float[] x = random.inputs(plan, count);
      float[][] answers = new float[3][];
      // Every second network in two parts, as models that share their first layers run.
      int frozen = seed % 2 * (1 + seed / 2 % plan.layers().size());
      divided += plan.split(frozen).isPresent() ? 1 : 0;
      Backbones backbones = new Backbones();
      try (ForwardPass java = backbones.open("Java", plan, weights, frozen, JavaForward::new);
          ForwardPass onTorch =
              backbones.open("torch", plan, weights, frozen, (p, w) -> torch.open(p, w, "cpu"));
          ForwardPass onFlow =
              backbones.open("flow", plan, weights, frozen, (p, w) -> flow.open(p, w, "cpu"))) {
        answers[0] = java.run(x, count);
        answers[1] = onTorch.run(x, count);
        answers[2] = onFlow.run(x, count);
      }
      check(seed, plan, weights, x, answers);
    }
    assertThat(shaky)
        .as("networks that are ill-conditioned")
        .hasSizeLessThan(1 + (to - from) / 300);
    assertThat(divided).as("divided networks").isGreaterThan((to - from) / 5);
    assertThat(seen).as("kinds of layers that occurred").hasSize(kindsOfLayers());
  }

  private void check(int seed, NetworkPlan plan, Weights weights, float[] x, float[][] answers) {
    int size = plan.input().size();
    List<String> names = List.of("plain Java", "PyTorch", "TensorFlow");
    for (int r = 0; r < x.length / size; r++) {
      double[] expected =
          new ReferenceForward(plan, weights).run(Arrays.copyOfRange(x, r * size, (r + 1) * size));
      for (int e = 0; e < answers.length; e++) {
        for (int o = 0; o < expected.length; o++) {
          double allowed = 1e-5 * Math.max(1, Math.abs(expected[o]));
          double answer = answers[e][r * plan.outputs() + o];
          if (!(Math.abs(answer - expected[o]) <= allowed)) {
            // Nearly equal features, divided by their spread: no float arithmetic does better.
            allowed = Math.max(allowed, 2 * shaken(plan, weights, x, r, expected)[o]);
            shaky.add(seed);
          }
          assertThat(answer)
              .as(
                  "%s, seed %d, row %d, output %d of %s",
                  names.get(e),
                  seed,
                  r,
                  o,
                  plan.layers().stream().map(PlannedLayer::layer).toList())
              .isCloseTo(expected[o], within(allowed));
        }
      }
    }
  }

  /** How far the definition's answer moves when every layer rounds as floats may. */
  private static double[] shaken(
      NetworkPlan plan, Weights weights, float[] x, int row, double[] expected) {
    int size = plan.input().size();
    float[] input = Arrays.copyOfRange(x, row * size, (row + 1) * size);
    double[] most = new double[expected.length];
    for (int key = 0; key < 8; key++) {
      Random random = new Random(key);
      double[] answer =
          new ReferenceForward(
                  plan, weights, () -> random.nextBoolean() ? TWO_LAST_BITS : -TWO_LAST_BITS)
              .run(input);
      for (int o = 0; o < most.length; o++) {
        most[o] = Math.max(most[o], Math.abs(answer[o] - expected[o]));
      }
    }
    return most;
  }

  private static int kindsOfLayers() {
    return LayerKinds.names().size() - 1; // no engine computes trees
  }

  private static void kinds(List<PlannedLayer> layers, Set<Class<?>> seen) {
    for (PlannedLayer layer : layers) {
      seen.add(layer.layer().getClass());
      kinds(layer.inner(), seen);
    }
  }
}
