package io.millwright.runtime.plain;

import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.Weights;
import java.util.ArrayList;
import java.util.List;
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

  /** A network that fits its input. */
  public NetworkPlan plan() {
    if (images) {
      return imagePlan();
    }
    boolean sequence = random.nextInt(4) > 0;
    Shape input = new Shape(sequence ? 3 + random.nextInt(10) : 0, 1 + random.nextInt(9));
    List<Layer> layers = new ArrayList<>();
    int size = random.nextInt(6);
    for (int i = 0; i < size; i++) {
      layers.add(fitting(layers, input));
    }
    return NetworkPlan.of(
        new Network(layers), input, 1 + random.nextInt(4), Initialisation.AUTOMATIC);
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
    return switch (random.nextInt(nested ? 10 : 7)) {
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
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private Layer fitting(List<Layer> before, Shape input) {
    while (true) {
      Layer layer = layer(true);
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

  private Layer layer(boolean nested) {
    Activation activation = any(Activation.values());
    int units = 1 + random.nextInt(20);
    Initialisation start = Initialisation.AUTOMATIC;
    return switch (random.nextInt(nested ? 13 : 11)) {
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
      default -> {
        List<Layer> inner = new ArrayList<>();
        int size = 1 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
          inner.add(layer(false));
        }
        yield new Layer.Residual(inner);
      }
    };
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
