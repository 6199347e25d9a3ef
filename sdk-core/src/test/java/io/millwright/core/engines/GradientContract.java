package io.millwright.core.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Direction;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Route;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.OutputSpec;
import io.millwright.runtime.network.PlannedLayer;
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
        of("images", images, image, Loss.crossEntropy()),
        of("image network", imageNetwork(), image, Loss.mse()),
        of("linear", Networks.linear(), vector, Loss.mse()),
        of("mlp silu", Networks.mlp(Activation.SILU, 7, 6), vector, Loss.huber(0.3)),
        of(
            "mlp softplus with dropout",
            Networks.mlp(Activation.SOFTPLUS, 8).dropout(0.4),
            vector,
            Loss.mse()),
        of("mlp gelu", Networks.mlp(Activation.GELU, 7), vector, Loss.quantile(0.1, 0.5, 0.9)),
        of("mlp elu", Networks.mlp(Activation.ELU, 7), vector, Loss.crossEntropy()),
        of("periodic", periodic(), vector, Loss.mse()),
        of("periodic over steps", periodic(), sequence, Loss.crossEntropy()),
        of("lstm", Networks.lstm(5, 4).dropout(0.2), sequence, Loss.mse()),
        of(
            "lstm sigmoid cells",
            Networks.lstm(5, 4).cell(Activation.SIGMOID),
            sequence,
            Loss.mse()),
        of("gru", Networks.gru(5, 4), sequence, Loss.mse()),
        of("gru sigmoid cells", Networks.gru(4, 3).cell(Activation.SIGMOID), sequence, Loss.mse()),
        of("convolutions", conv, sequence, Loss.mse()),
        of("tcn", Networks.tcn(3, 5, 5), sequence, Loss.mse()),
        of("transformer", Networks.transformer(8, 2, 1), sequence, Loss.crossEntropy()),
        of(
            "ids in a vector",
            Network.of(new Layer.Embedding(4, 3), new Layer.Dense(4, Activation.TANH, AUTO)),
            vector,
            Loss.mse()),
        of("ids in steps", ids(), new Shape(6, 1), Loss.crossEntropy()),
        of("monotone", monotone(), vector, Loss.mse()),
        of("decoder", decoder(), sequence, Loss.mse()),
        Arguments.of("map over an image", map(image), Loss.mse()),
        Arguments.of("several inputs and outputs", several(), Loss.huber(0.5)));
  }

  private static Arguments of(String name, Network network, Shape input, Loss loss) {
    int outputs = loss instanceof Loss.CrossEntropy ? 3 : Losses.each(loss);
    return Arguments.of(name, NetworkPlan.of(network, input, outputs, AUTO), loss);
  }

  private static Network ids() {
    return Network.of(
        new Layer.Embedding(5, 4),
        new Layer.Gru(4, true, Activation.TANH, AUTO),
        new Layer.GlobalPool(Layer.Pooling.AVERAGE));
  }

  private static Network monotone() {
    Layer bound =
        new Layer.Monotone(
            9,
            List.of(Direction.UP, Direction.FREE, Direction.DOWN, Direction.FREE, Direction.FREE),
            true);
    return Network.join(
        Join.ADD,
        Branch.of(bound, new Layer.Monotone(4, List.of(), true)),
        Branch.of(new Route.Select(List.of(4, 1, 3)), new Layer.Dense(4, Activation.TANH, AUTO)));
  }

  private static Network decoder() {
    return Network.of(
        new Layer.Lstm(4, false, Activation.TANH, AUTO),
        new Route.Repeat(3),
        new Layer.Gru(4, true, Activation.TANH, AUTO),
        new Route.Upsample(2),
        new Route.Reshape(2, 3, 4),
        new Layer.Conv2d(3, 3, 1, Layer.Padding.SAME, Activation.SILU, AUTO),
        new Layer.Limits(List.of(-0.4, Double.NEGATIVE_INFINITY, -9.), List.of(9., 0.3, 9.)));
  }

  /** Down and up again, with a branch around, to two numbers for each pixel. */
  private static NetworkPlan map(Shape image) {
    Layer convolution = new Layer.Conv2d(3, 3, 1, Layer.Padding.SAME, Activation.SILU, AUTO);
    Network network =
        Network.of(
            convolution,
            new Route.Branches(
                List.of(
                    Branch.of(
                        new Layer.Pool2d(Layer.Pooling.AVERAGE, 2),
                        convolution,
                        new Route.Upsample(2)),
                    Branch.of(
                        new Layer.Conv2d(2, 3, 1, Layer.Padding.SAME, Activation.TANH, AUTO))),
                Join.CONCATENATE));
    Shape even = new Shape(8, 6, image.features());
    return NetworkPlan.of(
        network, List.of(InputSpec.of(even)), List.of(OutputSpec.places("map", 2)));
  }

  private static NetworkPlan several() {
    Network network =
        Network.join(
                Join.MULTIPLY,
                Branch.from("window", Networks.lstm(5)),
                Branch.from("machine", Network.of(new Layer.Embedding(4, 5), new Layer.Flatten())),
                Branch.from("settings", Networks.mlp(Activation.TANH, 5)))
            .then(new Route.Tap("mode", List.of(new Layer.Dense(3, Activation.SILU, AUTO))))
            .then(new Layer.Dense(6, Activation.SILU, AUTO))
            .then(new Route.Tap("features"));
    return NetworkPlan.of(
        network,
        List.of(
            new InputSpec("window", new Shape(6, 2)),
            new InputSpec("settings", new Shape(0, 3)),
            new InputSpec("machine", new Shape(0, 1))),
        List.of(
            OutputSpec.vector("life", 2),
            OutputSpec.vector("mode", 3),
            OutputSpec.asIs("features"),
            OutputSpec.vector("risk", 1)));
  }

  /**
   * The same batch gives the same bits however often it is asked, while memory is taken, filled
   * with NaN and given back all the time: what the backward pass needs must outlive the forward
   * pass.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theSameBatchGivesTheSameGradients(String name, NetworkPlan plan, Loss loss)
      throws InterruptedException {
    Batch batch = batch(KeyedRandom.of(5, Purpose.OTHER, name.hashCode()), plan, loss);
    Weights weights = Starts.draw(plan, 3);
    Weights first = Weights.zero(plan.weights());
    Weights again = Weights.zero(plan.weights());
    AtomicBoolean done = new AtomicBoolean();
    Thread churn = new Thread(() -> churn(done));
    try (TrainingSession session = engine().train(plan, new Losses(loss, plan.outputs()), "cpu")) {
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
  void aSmallerBatchHasItsOwnGradients(String name, NetworkPlan plan, Loss loss) {
    Batch whole = batch(KeyedRandom.of(5, Purpose.OTHER, name.hashCode()), plan, loss);
    Batch part = new Batch(whole.inputs(), whole.targets(), whole.weights(), whole.count() - 2);
    Weights weights = Starts.draw(plan, 3);
    Weights behind = Weights.zero(plan.weights());
    Weights alone = Weights.zero(plan.weights());
    double lossBehind;
    double lossAlone;
    try (TrainingSession session = engine().train(plan, new Losses(loss, plan.outputs()), "cpu")) {
      session.load(weights);
      session.gradients(whole, MASKS, behind);
      lossBehind = session.gradients(part, MASKS, behind);
    }
    try (TrainingSession session = engine().train(plan, new Losses(loss, plan.outputs()), "cpu")) {
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
  void gradientsAreThoseOfTheLoss(String name, NetworkPlan plan, Loss loss) {
    KeyedRandom random = KeyedRandom.of(5, Purpose.OTHER, name.hashCode());
    Batch batch = batch(random, plan, loss);
    Weights weights = Starts.draw(plan, 3);
    Weights gradients = Weights.zero(plan.weights());
    Weights ignored = Weights.zero(plan.weights());
    try (TrainingSession session = engine().train(plan, new Losses(loss, plan.outputs()), "cpu")) {
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

  private static Batch batch(KeyedRandom random, NetworkPlan plan, Loss loss) {
    int count = 6;
    int targets = new Losses(loss, plan.outputs()).targets();
    Batch batch =
        new Batch(
            new float[count * plan.input().size()],
            new float[count * targets],
            new float[count],
            count);
    for (int i = 0; i < batch.inputs().length; i++) {
      batch.inputs()[i] = (float) random.nextGaussian();
    }
    boolean ids = plan.layers().stream().anyMatch(l -> embeds(l));
    for (int i = 0; i < batch.inputs().length && ids; i += 2) {
      batch.inputs()[i] = random.nextInt(6) - 1;
    }
    for (int i = 0; i < batch.targets().length; i++) {
      batch.targets()[i] =
          loss instanceof Loss.CrossEntropy ? i % 3 : (float) random.nextGaussian();
      if (targets > 1 && i % 5 == 0) {
        batch.targets()[i] = Float.NaN;
      }
    }
    for (int i = 0; i < count; i++) {
      batch.weights()[i] = 0.5f + i;
    }
    return batch;
  }

  private static boolean embeds(PlannedLayer layer) {
    return layer.layer() instanceof Layer.Embedding
        || layer.inner().stream().anyMatch(l -> embeds(l));
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
