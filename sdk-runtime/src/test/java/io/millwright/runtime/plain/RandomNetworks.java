package io.millwright.runtime.plain;

import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Direction;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.OutputSpec;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Networks of every kind of layer, nested and in random order, that fit their input. */
public final class RandomNetworks {

  private final Random random;
  private final boolean images;

  /** Draws by seed. */
  public RandomNetworks(long seed) {
    random = new Random(seed);
    // Not drawn: the first number of neighbouring seeds is nearly the same.
    images = seed % 4 == 3;
  }

  /** A network that fits its inputs and outputs. */
  public NetworkPlan plan() {
    if (images) {
      return imagePlan();
    }
    if (random.nextInt(4) == 0) {
      return severalPlan();
    }
    Shape input = input();
    return NetworkPlan.of(
        new Network(chain(random.nextInt(6), input, true)),
        input,
        1 + random.nextInt(4),
        Initialisation.AUTOMATIC);
  }

  private Shape input() {
    boolean sequence = random.nextInt(4) > 0;
    return new Shape(sequence ? 3 + random.nextInt(10) : 0, 1 + random.nextInt(9));
  }

  /** Two inputs that join, an output at the end, one in the middle and features. */
  private NetworkPlan severalPlan() {
    InputSpec a = new InputSpec("a", input());
    InputSpec b = new InputSpec("b", input());
    Network network =
        Network.join(
            any(Join.values()),
            new Branch(Optional.of("a"), endingIn(6, a.shape())),
            new Branch(Optional.of("b"), endingIn(6, b.shape())));
    boolean decodes = random.nextBoolean();
    if (decodes) {
      network = network.then(new Route.Repeat(4)).then(layerOver());
    }
    network = network.then(new Route.Tap("features"));
    network =
        network
            .then(
                new Route.Tap(
                    "middle", List.of(new Layer.Dense(3, Activation.TANH, Initialisation.HE))))
            .then(new Layer.Dense(7, Activation.SILU, Initialisation.HE));
    List<OutputSpec> outputs = new ArrayList<>();
    outputs.add(OutputSpec.vector("first", 1 + random.nextInt(3)));
    outputs.add(decodes ? OutputSpec.places("middle", 2) : OutputSpec.asIs("middle"));
    outputs.add(OutputSpec.places("last", 2));
    if (random.nextBoolean()) {
      outputs.add(1, OutputSpec.asIs("features"));
      outputs.add(OutputSpec.asIs("end"));
    }
    return NetworkPlan.of(network, List.of(a, b), outputs);
  }

  private Layer layerOver() {
    return random.nextBoolean()
        ? new Layer.Lstm(5, true, Activation.TANH, Initialisation.AUTOMATIC)
        : new Route.Upsample(2);
  }

  /** A chain that ends in a vector of so many features. */
  private List<Layer> endingIn(int units, Shape input) {
    List<Layer> layers = new ArrayList<>(chain(random.nextInt(3), input, true));
    while (monotone(layers)) {
      layers = new ArrayList<>(chain(random.nextInt(3), input, true));
    }
    layers.add(new Layer.Flatten());
    layers.add(new Layer.Dense(units, Activation.TANH, Initialisation.AUTOMATIC));
    return layers;
  }

  private static boolean monotone(List<Layer> layers) {
    return layers.stream()
        .anyMatch(
            l -> l instanceof Layer.Monotone || l.chains().stream().anyMatch(c -> monotone(c)));
  }

  private List<Layer> chain(int size, Shape input, boolean nested) {
    List<Layer> layers = new ArrayList<>();
    if (random.nextInt(6) == 0) {
      // Only inputs are whole numbers by design; anywhere else a rounding would change an id.
      layers.add(new Layer.Embedding(1 + random.nextInt(6), 1 + random.nextInt(3)));
    }
    for (int i = 0; i < size; i++) {
      layers.add(fitting(layers, input, nested));
    }
    return layers;
  }

  private NetworkPlan imagePlan() {
    Shape input = new Shape(4 + random.nextInt(9), 4 + random.nextInt(9), 1 + random.nextInt(4));
    List<Layer> layers = new ArrayList<>();
    int size = 1 + random.nextInt(5);
    for (int i = 0; i < size; i++) {
      while (true) {
        List<Layer> longer = new ArrayList<>(layers);
        longer.add(imageLayer(true));
        try {
          NetworkPlan.of(new Network(longer), input, 1, Initialisation.AUTOMATIC);
          layers = longer;
          break;
        } catch (MillwrightException doesNotFit) {
          // Another one will: dense fits everywhere.
        }
      }
    }
    return NetworkPlan.of(
        new Network(layers), input, 1 + random.nextInt(4), Initialisation.AUTOMATIC);
  }

  private Layer imageLayer(boolean nested) {
    Activation activation = any(Activation.values());
    return switch (random.nextInt(nested ? 12 : 7)) {
      case 0, 1 ->
          new Layer.Conv2d(
              1 + random.nextInt(12),
              1 + random.nextInt(4),
              nested ? 1 + random.nextInt(2) : 1,
              nested && random.nextBoolean() ? Layer.Padding.VALID : Layer.Padding.SAME,
              activation,
              Initialisation.AUTOMATIC);
      case 2 -> new Layer.GroupNorm(1 + random.nextInt(3), activation);
      case 3 -> new Layer.LayerNorm();
      case 4 -> new Layer.Dense(1 + random.nextInt(9), activation, Initialisation.AUTOMATIC);
      case 5 ->
          new Layer.Pool2d(
              random.nextBoolean() ? Layer.Pooling.MAX : Layer.Pooling.AVERAGE,
              nested ? 2 + random.nextInt(2) : 1);
      case 6 -> periodic();
      case 7 -> new Layer.GlobalPool(any(Layer.Pooling.values()));
      case 8 -> random.nextBoolean() ? new Layer.Flatten() : new Layer.Dropout(0.3);
      case 9 -> new Route.Upsample(2);
      case 10 ->
          new Route.Branches(
              List.of(Branch.of(imageLayer(false)), Branch.of()),
              any(new Join[] {Join.CONCATENATE, Join.ADD}));
      default -> new Layer.Residual(List.of(imageLayer(false), imageLayer(false)));
    };
  }

  /** Starting weights, with biases, scales and shifts away from their trivial values. */
  public Weights weights(NetworkPlan plan) {
    Weights weights = Starts.draw(plan, random.nextLong());
    for (int i = 0; i < weights.count(); i++) {
      float[] values = weights.get(i);
      for (int k = 0; k < values.length; k++) {
        values[k] += (float) (0.1 * random.nextGaussian());
      }
    }
    return weights;
  }

  /** Normal inputs. */
  public float[] inputs(NetworkPlan plan, int count) {
    float[] x = new float[plan.input().size() * count];
    for (int i = 0; i < x.length; i++) {
      // Some whole numbers, for embeddings.
      boolean whole = random.nextInt(3) == 0;
      x[i] = whole ? random.nextInt(8) - 1 : (float) random.nextGaussian();
    }
    return x;
  }

  private Layer fitting(List<Layer> before, Shape input, boolean nested) {
    while (true) {
      Layer layer = layer(nested, shape(before, input));
      List<Layer> longer = new ArrayList<>(before);
      longer.add(layer);
      try {
        NetworkPlan.of(new Network(longer), input, 1, Initialisation.AUTOMATIC);
        return layer;
      } catch (MillwrightException doesNotFit) {
        // Another one will: dense fits everywhere.
      }
    }
  }

  private static Shape shape(List<Layer> before, Shape input) {
    return NetworkPlan.of(
            new Network(before), List.of(InputSpec.of(input)), List.of(OutputSpec.asIs("end")))
        .slices()
        .get(0)
        .shape();
  }

  private Layer layer(boolean nested, Shape given) {
    Activation activation = any(Activation.values());
    int units = 1 + random.nextInt(20);
    Initialisation start = Initialisation.AUTOMATIC;
    return switch (random.nextInt(nested ? 19 : 15)) {
      case 0 -> new Layer.Dense(units, activation, start);
      case 1 -> new Layer.Lstm(units, random.nextInt(4) > 0, cell(), start);
      case 2 -> new Layer.Gru(units, random.nextInt(4) > 0, cell(), start);
      case 3 ->
          new Layer.Conv1d(
              units,
              1 + random.nextInt(4),
              nested ? 1 + random.nextInt(2) : 1,
              1 + random.nextInt(3),
              nested || random.nextBoolean() ? any(Layer.Padding.values()) : Layer.Padding.CAUSAL,
              activation,
              start);
      case 4 ->
          new Layer.Pool1d(random.nextBoolean() ? Layer.Pooling.MAX : Layer.Pooling.AVERAGE, 2);
      case 5 -> new Layer.GlobalPool(any(Layer.Pooling.values()));
      case 6 -> new Layer.Attention(1 + random.nextInt(3), random.nextBoolean());
      case 7 -> new Layer.LayerNorm();
      case 8 -> new Layer.PositionalEncoding();
      case 9 -> random.nextBoolean() ? new Layer.Flatten() : new Layer.Dropout(0.3);
      case 10 -> periodic();
      case 11 -> select(given);
      case 12 -> limits(given);
      case 13 -> given.isSequence() ? new Route.Upsample(2) : new Route.Repeat(3);
      case 14 -> reshape(given);
      case 15 -> new Route.Tap("tap" + random.nextInt(1 << 20));
      case 16 -> monotone(given);
      case 17 -> {
        List<Branch> branches = new ArrayList<>();
        for (int b = 1 + random.nextInt(3); b > 0; b--) {
          branches.add(new Branch(Optional.empty(), inner(random.nextInt(3), given)));
        }
        yield new Route.Branches(branches, any(Join.values()));
      }
      default -> new Layer.Residual(inner(1 + random.nextInt(3), given));
    };
  }

  private List<Layer> inner(int size, Shape given) {
    List<Layer> inner = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      inner.add(fitting(inner, given, false));
    }
    return inner;
  }

  private Layer select(Shape given) {
    List<Integer> features = new ArrayList<>();
    for (int i = 0; i < given.features(); i++) {
      if (random.nextBoolean()) {
        features.add(random.nextInt(features.size() + 1), i);
      }
    }
    return new Route.Select(features.isEmpty() ? List.of(0) : features);
  }

  private Layer limits(Shape given) {
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int i = 0; i < given.features(); i++) {
      low.add(random.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : -random.nextDouble());
      high.add(random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble());
    }
    return new Layer.Limits(low, high);
  }

  private Layer reshape(Shape given) {
    int size = given.size();
    int steps = 1 + random.nextInt(size);
    while (size % steps != 0) {
      steps--;
    }
    return new Route.Reshape(0, steps, size / steps);
  }

  private Layer monotone(Shape given) {
    List<Direction> directions = new ArrayList<>();
    boolean all = random.nextBoolean();
    for (int i = 0; i < given.features() && !all; i++) {
      directions.add(any(Direction.values()));
    }
    return new Layer.Monotone(1 + random.nextInt(9), directions, random.nextInt(4) > 0);
  }

  private Layer periodic() {
    return new Layer.Periodic(
        1 + random.nextInt(4),
        0.05 + 0.5 * random.nextDouble(),
        1 + random.nextInt(3),
        any(Activation.values()));
  }

  private <T> T any(T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private Activation cell() {
    Activation[] cells = {Activation.TANH, Activation.RELU, Activation.SIGMOID, Activation.ELU};
    return any(cells);
  }
}
