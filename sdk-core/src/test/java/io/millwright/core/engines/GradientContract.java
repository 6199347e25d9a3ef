package io.millwright.core.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.TrainingSession.Batch;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against central differences of the loss, for every kind of layer and loss. */
public abstract class GradientContract {

  private static final Initialisation AUTO = Initialisation.AUTOMATIC;

  private static final TrainingSession.Masks MASKS =
      (layer, size, rate) -> KeyedRandom.of(1, Purpose.DROPOUT, layer).dropout(size, rate);

  static Stream<Arguments> cases() {
    Shape sequence = new Shape(9, 4);
    Shape vector = new Shape(0, 5);
    Network conv =
        new Network(
            List.of(
                new Layer.Conv1d(6, 4, 2, 1, Layer.Padding.SAME, Activation.ELU, AUTO),
                new Layer.Conv1d(4, 2, 1, 2, Layer.Padding.VALID, Activation.GELU, AUTO),
                new Layer.Flatten()));
    Shape image = new Shape(8, 7, 2);
    Network images =
        new Network(
            List.of(
                new Layer.Conv2d(4, 3, 1, Layer.Padding.SAME, Activation.LINEAR, AUTO),
                new Layer.GroupNorm(2, Activation.SILU),
                new Layer.Residual(
                    List.of(
                        new Layer.LayerNorm(),
                        new Layer.Conv2d(6, 2, 1, Layer.Padding.SAME, Activation.TANH, AUTO))),
                new Layer.Pool2d(Layer.Pooling.AVERAGE, 2),
                new Layer.Conv2d(5, 2, 2, Layer.Padding.VALID, Activation.ELU, AUTO),
                new Layer.GroupNorm(5, Activation.LINEAR),
                new Layer.Dropout(0.2),
                new Layer.Flatten()));
    return Stream.of(
        Arguments.of("images", images, image, Loss.crossEntropy()),
        Arguments.of("image network", imageNetwork(), image, Loss.mse()),
        Arguments.of("linear", Networks.linear(), vector, Loss.mse()),
        Arguments.of("mlp silu", Networks.mlp(Activation.SILU, 7, 6), vector, Loss.huber(0.3)),
        Arguments.of(
            "mlp softplus with dropout",
            Networks.mlp(Activation.SOFTPLUS, 8).dropout(0.4),
            vector,
            Loss.mse()),
        Arguments.of(
            "mlp gelu", Networks.mlp(Activation.GELU, 7), vector, Loss.quantile(0.1, 0.5, 0.9)),
        Arguments.of("mlp elu", Networks.mlp(Activation.ELU, 7), vector, Loss.crossEntropy()),
        Arguments.of("periodic", periodic(), vector, Loss.mse()),
        Arguments.of("periodic over steps", periodic(), sequence, Loss.crossEntropy()),
        Arguments.of("lstm", Networks.lstm(5, 4).dropout(0.2), sequence, Loss.mse()),
        Arguments.of(
            "lstm sigmoid cells",
            Networks.lstm(5, 4).cell(Activation.SIGMOID),
            sequence,
            Loss.mse()),
        Arguments.of("gru", Networks.gru(5, 4), sequence, Loss.mse()),
        Arguments.of(
            "gru sigmoid cells", Networks.gru(4, 3).cell(Activation.SIGMOID), sequence, Loss.mse()),
        Arguments.of("convolutions", conv, sequence, Loss.mse()),
        Arguments.of("tcn", Networks.tcn(3, 5, 5), sequence, Loss.mse()),
        Arguments.of("transformer", Networks.transformer(8, 2, 1), sequence, Loss.crossEntropy()));
  }

  /**
   * The same batch gives the same bits however often it is asked, while memory is taken, filled
   * with NaN and given back all the time: what the backward pass needs must outlive the forward
   * pass.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theSameBatchGivesTheSameGradients(String name, Network network, Shape input, Loss loss)
      throws InterruptedException {
    NetworkPlan plan = NetworkPlan.of(network, input, Losses.outputs(loss, 3), AUTO);
    Batch batch = batch(KeyedRandom.of(5, Purpose.OTHER, name.hashCode()), input, loss);
    Weights weights = Starts.draw(plan, 3);
    Weights first = Weights.zero(plan.weights());
    Weights again = Weights.zero(plan.weights());
    AtomicBoolean done = new AtomicBoolean();
    Thread churn = new Thread(() -> churn(done));
    try (TrainingSession session = engine().train(plan, loss, "cpu")) {
      session.load(weights);
      session.gradients(batch, MASKS, first);
      churn.start();
      for (int i = 0; i < 20; i++) {
        session.load(weights);
        session.gradients(batch, MASKS, again);
        for (int w = 0; w < weights.count(); w++) {
          assertThat(again.get(w))
              .as("round %d, %s", i, plan.weights().get(w))
              .isEqualTo(first.get(w));
        }
      }
    } finally {
      done.set(true);
      churn.join();
    }
  }

  /** The last batch of an epoch is smaller: its gradients are those that it has by itself. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aSmallerBatchHasItsOwnGradients(String name, Network network, Shape input, Loss loss) {
    NetworkPlan plan = NetworkPlan.of(network, input, Losses.outputs(loss, 3), AUTO);
    Batch whole = batch(KeyedRandom.of(5, Purpose.OTHER, name.hashCode()), input, loss);
    Batch part = new Batch(whole.inputs(), whole.targets(), whole.weights(), whole.count() - 2);
    Weights weights = Starts.draw(plan, 3);
    Weights behind = Weights.zero(plan.weights());
    Weights alone = Weights.zero(plan.weights());
    double lossBehind;
    double lossAlone;
    try (TrainingSession session = engine().train(plan, loss, "cpu")) {
      session.load(weights);
      session.gradients(whole, MASKS, behind);
      lossBehind = session.gradients(part, MASKS, behind);
    }
    try (TrainingSession session = engine().train(plan, loss, "cpu")) {
      session.load(weights);
      lossAlone = session.gradients(part, MASKS, alone);
    }
    assertThat(lossBehind).isCloseTo(lossAlone, Offset.offset(1e-6));
    for (int w = 0; w < weights.count(); w++) {
      for (int k = 0; k < weights.get(w).length; k++) {
        assertThat(behind.get(w)[k])
            .as("%s [%d]", plan.weights().get(w).name(), k)
            .isCloseTo(alone.get(w)[k], Offset.offset(1e-5f));
      }
    }
  }

  private static void churn(AtomicBoolean done) {
    while (!done.get()) {
      System.gc();
      for (int i = 0; i < 500; i++) {
        ByteBuffer taken = ByteBuffer.allocateDirect(Float.BYTES);
        taken.order(ByteOrder.nativeOrder()).putFloat(0, Float.NaN);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientsAreThoseOfTheLoss(String name, Network network, Shape input, Loss loss) {
    NetworkPlan plan = NetworkPlan.of(network, input, Losses.outputs(loss, 3), AUTO);
    KeyedRandom random = KeyedRandom.of(5, Purpose.OTHER, name.hashCode());
    Batch batch = batch(random, input, loss);
    Weights weights = Starts.draw(plan, 3);
    Weights gradients = Weights.zero(plan.weights());
    Weights ignored = Weights.zero(plan.weights());
    try (TrainingSession session = engine().train(plan, loss, "cpu")) {
      session.load(weights);
      session.gradients(batch, MASKS, ignored);
      session.gradients(batch, MASKS, gradients); // twice: the second must not add to the first
      for (int w = 0; w < weights.count(); w++) {
        for (int k = 0; k < 4; k++) {
          int at = random.nextInt(weights.get(w).length);
          float before = weights.get(w)[at];
          float h = 4e-3f;
          weights.get(w)[at] = before + h;
          session.load(weights);
          double up = session.gradients(batch, MASKS, ignored);
          weights.get(w)[at] = before - h;
          session.load(weights);
          double down = session.gradients(batch, MASKS, ignored);
          weights.get(w)[at] = before;
          double difference = (up - down) / (2 * h);
          assertThat((double) gradients.get(w)[at])
              .as("%s [%d]", plan.weights().get(w).name(), at)
              .isCloseTo(difference, Offset.offset(2e-3 + 0.03 * Math.abs(difference)));
        }
      }
    }
  }

  private static Batch batch(KeyedRandom random, Shape input, Loss loss) {
    int count = 6;
    Batch batch =
        new Batch(new float[count * input.size()], new float[count], new float[count], count);
    for (int i = 0; i < batch.inputs().length; i++) {
      batch.inputs()[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < count; i++) {
      batch.targets()[i] =
          loss instanceof Loss.CrossEntropy ? i % 3 : (float) random.nextGaussian();
      batch.weights()[i] = 0.5f + i;
    }
    return batch;
  }

  private static Network periodic() {
    return new Network(
        List.of(
            new Layer.Periodic(3, 0.2, 4, Activation.TANH),
            new Layer.Dense(5, Activation.SILU, AUTO)));
  }

  private static Network imageNetwork() {
    return new Network(
        List.of(
            new Layer.Conv2d(4, 3, 1, Layer.Padding.SAME, Activation.LINEAR, AUTO),
            new Layer.GroupNorm(2, Activation.SOFTPLUS),
            new Layer.GlobalPool(Layer.Pooling.AVERAGE)));
  }

  /** Engine and plain Java, for layers over images of every kind in random order. */
  @Test
  void imagesGiveInJavaWhatTheyGiveInTorch() {
    Network[] networks = {
      Networks.image(2, 6, 8, 10),
      new Network(
          List.of(
              new Layer.Conv2d(6, 4, 2, Layer.Padding.SAME, Activation.GELU, AUTO),
              new Layer.GroupNorm(3, Activation.RELU),
              new Layer.Residual(
                  List.of(
                      new Layer.Conv2d(8, 3, 1, Layer.Padding.SAME, Activation.LINEAR, AUTO),
                      new Layer.GroupNorm(8, Activation.LINEAR))),
              new Layer.Pool2d(Layer.Pooling.AVERAGE, 3),
              new Layer.LayerNorm(),
              new Layer.GlobalPool(Layer.Pooling.MAX))),
      new Network(
          List.of(
              new Layer.Conv2d(5, 5, 1, Layer.Padding.VALID, Activation.TANH, AUTO),
              new Layer.Pool2d(Layer.Pooling.MAX, 2),
              new Layer.Dense(7, Activation.SILU, AUTO)))
    };
    for (Network network : networks) {
      NetworkPlan plan = NetworkPlan.of(network, new Shape(19, 16, 3), 4, AUTO);
      Weights weights = Starts.draw(plan, 9);
      KeyedRandom random = KeyedRandom.of(6, Purpose.OTHER);
      float[] x = new float[5 * plan.input().size()];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextGaussian();
      }
      float[] java = new io.millwright.runtime.plain.JavaForward(plan, weights).run(x, 5);
      try (io.millwright.runtime.network.ForwardPass torch = engine().open(plan, weights, "cpu")) {
        float[] other = torch.run(x, 5);
        for (int i = 0; i < java.length; i++) {
          assertThat((double) java[i])
              .isCloseTo(
                  other[i],
                  org.assertj.core.data.Offset.offset(1e-5 * Math.max(1, Math.abs(other[i]))));
        }
      }
    }
  }

  /** The engine, started. */
  protected abstract Engine engine();
}
