package io.millwright.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Route;
import io.millwright.runtime.plain.JavaForward;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {

  private static final InputSpec READINGS = new InputSpec("readings", new Shape(6, 2));
  private static final InputSpec MACHINE = new InputSpec("machine", new Shape(0, 1));

  private static Network network() {
    return Network.join(
            Join.CONCATENATE,
            Branch.from("readings", Networks.gru(4)),
            Branch.from("machine", Network.of(new Layer.Embedding(3, 2))))
        .then(new Route.Tap("features"))
        .then(new Layer.Dense(5, Activation.SILU, Initialisation.AUTOMATIC));
  }

  private static void refused(
      ErrorCode code, String says, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(says)
        .hasMessageContaining("\nMaybe ");
  }

  @Test
  void inputsAndOutputsAreSlicesOfFlatArrays() {
    NetworkPlan plan =
        NetworkPlan.of(
            network(),
            List.of(MACHINE, READINGS),
            List.of(OutputSpec.vector("life", 2), OutputSpec.asIs("features")));
    assertThat(plan.input()).isEqualTo(new Shape(0, 13));
    assertThat(plan.inputs())
        .containsExactly(
            new Slice("machine", new Shape(0, 1), 0), new Slice("readings", new Shape(6, 2), 1));
    assertThat(plan.outputs()).isEqualTo(8);
    assertThat(plan.slices())
        .containsExactly(
            new Slice("life", new Shape(0, 2), 0), new Slice("features", new Shape(0, 6), 2));
    assertThat(plan.weights().stream().map(WeightSpec::name))
        .contains("0.0.0.input_weight", "0.1.0.weight", "2.weight", "life.weight");
  }

  @Test
  void valuesAreTakenOutOfATrainedNetwork() {
    NetworkPlan plan =
        NetworkPlan.of(
            network(), List.of(READINGS, MACHINE), List.of(OutputSpec.vector("life", 1)));
    Weights weights = Starts.draw(plan, 4);
    float[] x = new float[2 * plan.input().size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 13 == 12 ? 2 : 0.1f * i;
    }
    NetworkPlan tapped = plan.tapped(List.of("2", "features", "0.1.0"));
    float[] y = new JavaForward(tapped, weights).run(x, 2);
    assertThat(tapped.slices().stream().map(Slice::offset)).containsExactly(0, 5, 11);
    assertThat(y).hasSize(2 * 13);
    // The features end with the machine's row of the table, which stands by itself as well.
    assertThat(Arrays.copyOfRange(y, 9, 11)).isEqualTo(Arrays.copyOfRange(y, 11, 13));
    int table = plan.weights().stream().map(WeightSpec::name).toList().indexOf("0.1.0.weight");
    assertThat(Arrays.copyOfRange(y, 11, 13))
        .isEqualTo(Arrays.copyOfRange(weights.get(table), 4, 6));
    // What follows from the taken value is the answer: the output layer over layer 2.
    float[] life = new JavaForward(plan, weights).run(x, 2);
    float[] last = weights.get(weights.count() - 2);
    double sum = weights.get(weights.count() - 1)[0];
    for (int i = 0; i < 5; i++) {
      sum += last[i] * y[i];
    }
    assertThat((double) life[0]).isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-6));
    refused(ErrorCode.BAD_OPTION, "no place \"7\"", () -> plan.tapped(List.of("7")));
    refused(ErrorCode.WRONG_SHAPE, "called [2, 2]", () -> plan.tapped(List.of("2", "2")));
  }

  @Test
  void whatLeadsNowhereIsRefused() {
    List<InputSpec> inputs = List.of(READINGS, MACHINE);
    List<OutputSpec> life = List.of(OutputSpec.vector("life", 1));
    refused(
        ErrorCode.WRONG_SHAPE,
        "nothing in the network begins with the input \"machine\"",
        () -> NetworkPlan.of(Networks.gru(4), inputs, life));
    refused(
        ErrorCode.WRONG_SHAPE,
        "begins with the input \"machine\"",
        () -> NetworkPlan.of(network(), List.of(READINGS), life));
    refused(
        ErrorCode.WRONG_SHAPE,
        "lead to no output",
        () -> NetworkPlan.of(network(), inputs, List.of(OutputSpec.vector("features", 1))));
    refused(
        ErrorCode.WRONG_SHAPE,
        "its layers lead nowhere",
        () ->
            NetworkPlan.of(
                network().then(new Route.Tap("side", List.of(new Layer.LayerNorm()))),
                inputs,
                life));
    refused(
        ErrorCode.WRONG_SHAPE,
        "two taps are called \"features\"",
        () -> NetworkPlan.of(network().then(new Route.Tap("features")), inputs, life));
    refused(
        ErrorCode.WRONG_SHAPE,
        "cannot be joined by ADD",
        () ->
            NetworkPlan.of(
                Network.join(
                    Join.ADD, Branch.of(new Layer.LayerNorm()), Branch.of(new Layer.Flatten())),
                List.of(READINGS),
                life));
  }

  /** A layer of somebody else. */
  private record Strange(int size) implements Layer {}

  /** A layer that only looks like one of the family. */
  private record Dense(int units) implements Layer {}

  @Test
  void aLayerThatIsNotKnownIsRefusedByName() {
    for (Layer layer : List.of(new Strange(3), new Dense(3))) {
      refused(
          ErrorCode.UNSUPPORTED,
          "knows no layer of kind \"" + layer.kindName() + "\" (" + layer,
          () -> NetworkPlan.of(Network.of(layer), new Shape(0, 3), 1, Initialisation.AUTOMATIC));
    }
  }

  @Test
  void workAndMemoryFollowFromThePlan() {
    NetworkPlan dense =
        NetworkPlan.of(Networks.mlp(64, 32), new Shape(0, 10), 1, Initialisation.AUTOMATIC);
    assertThat(dense.work()).isEqualTo(10 * 64 + 64 * 32 + 32);
    NetworkPlan attention =
        NetworkPlan.of(
            Network.of(new Layer.Attention(2, false), new Layer.GlobalPool(Layer.Pooling.AVERAGE)),
            new Shape(100_000, 4),
            1,
            Initialisation.AUTOMATIC);
    assertThat(attention.cost().values()).isBetween(20_000_000_000L, 20_010_000_000L);
    assertThat(attention.cost().work()).isGreaterThan(80_000_000_000L);
  }
}
