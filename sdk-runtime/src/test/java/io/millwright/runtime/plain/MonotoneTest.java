package io.millwright.runtime.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Direction;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Demanded directions hold for every network, every input and to the last bit. */
class MonotoneTest {

  private static final int FEATURES = 5;

  private static List<Direction> directions(Random random) {
    List<Direction> directions = new ArrayList<>();
    for (int i = 0; i < FEATURES; i++) {
      directions.add(List.of(Direction.values()).get(random.nextInt(3)));
    }
    return directions;
  }

  private static NetworkPlan plan(Random random, List<Direction> directions, int outputs) {
    List<Layer> bound = new ArrayList<>();
    if (random.nextBoolean()) {
      bound.add(
          new Layer.Limits(
              List.of(-2.0, -1.0, Double.NEGATIVE_INFINITY, -3.0, -1.0),
              List.of(2.0, 1.0, 3.0, Double.POSITIVE_INFINITY, 1.0)));
    }
    bound.add(new Layer.Monotone(1 + random.nextInt(20), directions, true));
    bound.add(new Layer.Dropout(0.3));
    bound.add(new Layer.Monotone(6, List.of(), random.nextBoolean()));
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < FEATURES; i++) {
      if (directions.get(i) == Direction.FREE) {
        free.add(i);
      }
    }
    Network network = new Network(bound);
    if (!free.isEmpty()) {
      network =
          Network.join(
              random.nextBoolean() ? Join.ADD : Join.CONCATENATE,
              Branch.of(bound.toArray(Layer[]::new)),
              Branch.of(
                  new Route.Select(free),
                  new Layer.Dense(9, Activation.GELU, Initialisation.AUTOMATIC),
                  new Layer.Dense(6, Activation.TANH, Initialisation.AUTOMATIC)));
    }
    return NetworkPlan.of(
        network.then(new Layer.Monotone(7, List.of(), true)),
        new Shape(0, FEATURES),
        outputs,
        Initialisation.AUTOMATIC);
  }

  @Test
  void noBoundFeatureEverMovesTheAnswerTheWrongWay() {
    int moved = 0;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Direction> directions = directions(random);
      NetworkPlan plan = plan(random, directions, 2);
      Weights weights = new RandomNetworks(seed).weights(plan);
      JavaForward forward = new JavaForward(plan, weights);
      for (int trial = 0; trial < 40; trial++) {
        float[] pair = new float[2 * FEATURES];
        for (int i = 0; i < FEATURES; i++) {
          float scale = trial % 10 == 9 ? 1e20f : 2;
          float value = scale * (float) random.nextGaussian();
          float step =
              switch (random.nextInt(3)) {
                case 0 -> 0;
                case 1 -> Math.nextUp(value) - value;
                default -> scale * random.nextFloat();
              };
          pair[i] = value;
          pair[FEATURES + i] =
              switch (directions.get(i)) {
                case FREE -> value;
                case UP -> Math.max(value, value + step);
                case DOWN -> Math.min(value, value - step);
              };
        }
        float[] y = forward.run(pair, 2);
        for (int o = 0; o < 2; o++) {
          assertThat(y[2 + o]).as("seed %d, trial %d", seed, trial).isGreaterThanOrEqualTo(y[o]);
          moved += y[2 + o] > y[o] ? 1 : 0;
        }
      }
    }
    assertThat(moved).as("answers that moved").isGreaterThan(5_000);
  }

  @Test
  void theUsualNetworkHoldsItsDirections() {
    List<Direction> directions = List.of(Direction.UP, Direction.FREE, Direction.DOWN);
    NetworkPlan plan =
        NetworkPlan.of(
            Networks.monotone(directions, 12, 6), new Shape(0, 3), 1, Initialisation.AUTOMATIC);
    JavaForward forward = new JavaForward(plan, new RandomNetworks(5).weights(plan));
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      float a = (float) random.nextGaussian();
      float b = (float) random.nextGaussian();
      float c = (float) random.nextGaussian();
      float more = random.nextFloat();
      float[] y = forward.run(new float[] {a, b, c, a + more, b, c, a, b, c - more}, 3);
      assertThat(y[1]).isGreaterThanOrEqualTo(y[0]);
      assertThat(y[2]).isGreaterThanOrEqualTo(y[0]);
    }
  }

  static List<Network> networksThatWouldBreakIt() {
    Layer bound =
        new Layer.Monotone(
            4,
            List.of(Direction.UP, Direction.FREE, Direction.UP, Direction.DOWN, Direction.UP),
            true);
    Layer dense = new Layer.Dense(4, Activation.RELU, Initialisation.AUTOMATIC);
    return List.of(
        Network.of(bound, dense),
        Network.of(bound, new Layer.LayerNorm()),
        Network.of(
            bound,
            new Layer.Monotone(
                3, List.of(Direction.UP, Direction.DOWN, Direction.UP, Direction.UP), true)),
        Network.of(new Layer.Residual(List.of(bound, new Layer.Monotone(5, List.of(), true)))),
        Network.of(bound, new Layer.Residual(List.of(dense))),
        Network.join(Join.MULTIPLY, Branch.of(bound), Branch.of(bound)),
        Network.join(Join.ADD, Branch.of(bound), Branch.of(dense)),
        Network.join(Join.ADD, Branch.of(bound), Branch.of(new Route.Select(List.of(1, 2)), dense)),
        Network.join(
            Join.ADD, Branch.of(dense, bound), Branch.of(new Route.Select(List.of(1)), dense)),
        Network.of(new Layer.Monotone(4, List.of(Direction.UP), true)));
  }

  @ParameterizedTest
  @MethodSource("networksThatWouldBreakIt")
  void whatWouldBreakTheDirectionIsRefused(Network network) {
    assertThatThrownBy(
            () -> NetworkPlan.of(network, new Shape(0, FEATURES), 1, Initialisation.AUTOMATIC))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("layer ");
  }
}
