package io.millwright.core.engines;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Objective;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.TrainingSession.Batch;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;

/** Plain gradient descent on random data, told by a key; gives the digest of the weights. */
public final class SmallTraining {

  private static final int COUNT = 32;

  /** Recurrent, convolutional, attentive, plain: with dropout where there is some. */
  public static final List<Network> NETWORKS =
      List.of(
          Networks.lstm(16, 8).dropout(0.2),
          Networks.tcn(3, 8, 8),
          Networks.transformer(8, 2, 1),
          Networks.mlp(Activation.SILU, 32, 16).dropout(0.1));

  private SmallTraining() {}

  /** The network laid out. */
  public static NetworkPlan plan(Network network) {
    return NetworkPlan.of(network, new Shape(10, 4), 1, Initialisation.AUTOMATIC);
  }

  /**
   * Trains.
   *
   * @param sessions begins a training
   */
  public static String digest(
      BiFunction<NetworkPlan, Objective, TrainingSession> sessions, Network network, long key) {
    NetworkPlan plan = plan(network);
    Weights weights = Starts.draw(plan, key);
    Weights gradients = Weights.zero(plan.weights());
    float[] x = new float[COUNT * plan.input().size()];
    float[] targets = new float[COUNT];
    float[] counts = new float[COUNT];
    java.util.Arrays.fill(counts, 1);
    try (TrainingSession session = sessions.apply(plan, new Losses(Loss.mse(), 1))) {
      for (int step = 0; step < 30; step++) {
        KeyedRandom random = KeyedRandom.of(key, Purpose.OTHER, step);
        for (int i = 0; i < x.length; i++) {
          x[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < COUNT; i++) {
          targets[i] = x[i * plan.input().size()] + 0.1f * (float) random.nextGaussian();
        }
        long at = step;
        session.load(weights);
        session.gradients(
            new Batch(x, targets, counts, COUNT),
            (layer, size, rate) ->
                KeyedRandom.of(key, Purpose.DROPOUT, at, layer).dropout(size, rate),
            gradients);
        for (int i = 0; i < weights.count(); i++) {
          for (int k = 0; k < weights.get(i).length; k++) {
            weights.get(i)[k] -= 0.01f * gradients.get(i)[k];
          }
        }
      }
    }
    return digest(weights);
  }

  private static String digest(Weights weights) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < weights.count(); i++) {
        ByteBuffer bytes = ByteBuffer.allocate(weights.get(i).length * Float.BYTES);
        bytes.asFloatBuffer().put(weights.get(i));
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
