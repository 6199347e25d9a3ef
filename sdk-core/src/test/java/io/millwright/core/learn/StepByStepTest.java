package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.LearningRule;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Networks;
import io.millwright.core.engines.Started;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.Losses;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.TrainingSession;
import io.millwright.runtime.network.TrainingSession.Batch;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.RandomNetworks;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the same keys, a training takes the same steps on PyTorch and on TensorFlow. */
class StepByStepTest {

  private static final int COUNT = 16;

  private final Engine torch = Started.torch();
  private final Engine flow = Started.flow();

  static List<Loss> losses() {
    return List.of(
        Loss.mse(),
        new Loss.AbsoluteError(),
        Loss.huber(0.5),
        Loss.quantile(0.1, 0.5, 0.9),
        Loss.crossEntropy());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyLossLeadsTheSameWay(Loss loss) {
    int outputs = loss instanceof Loss.Quantile || loss instanceof Loss.CrossEntropy ? 3 : 1;
    NetworkPlan plan =
        NetworkPlan.of(
            Networks.lstm(12, 7).dropout(0.2),
            new Shape(9, 4),
            outputs,
            io.millwright.api.learn.Initialisation.AUTOMATIC);
    sameSteps(plan, loss, Starts.draw(plan, 3), 8, 2e-4);
  }

  @Test
  void randomNetworksTakeTheSameStep() {
    for (int seed = 0; seed < 40; seed++) {
      RandomNetworks random = new RandomNetworks(seed);
      NetworkPlan plan = random.plan();
      // Normalisations of nearly equal numbers, one after the other, enlarge rounding.
      if (plan.outputs() == 1) {
        sameSteps(plan, Loss.mse(), random.weights(plan), 1, 2e-3);
      } else {
        sameSteps(plan, Loss.crossEntropy(), random.weights(plan), 1, 2e-3);
      }
    }
  }

  @Test
  void aTransformerAndConvolutionsStayTogetherForTwentySteps() {
    Shape in = new Shape(12, 5);
    var start = io.millwright.api.learn.Initialisation.AUTOMATIC;
    NetworkPlan transformer = NetworkPlan.of(Networks.transformer(16, 2, 2), in, 1, start);
    NetworkPlan tcn = NetworkPlan.of(Networks.tcn(3, 8, 8), in, 1, start);
    NetworkPlan mlp =
        NetworkPlan.of(Networks.mlp(Activation.SILU, 24, 24).dropout(0.1), in, 1, start);
    for (NetworkPlan plan : List.of(transformer, tcn, mlp)) {
      sameSteps(plan, Loss.huber(0.5), Starts.draw(plan, 5), 20, 2e-4);
    }
  }

  private void sameSteps(NetworkPlan plan, Loss loss, Weights start, int steps, double tolerance) {
    Weights a = start.copy();
    Weights b = start.copy();
    Weights ga = Weights.zero(plan.weights());
    Weights gb = Weights.zero(plan.weights());
    Rule ra = new Rule(new LearningRule.Sgd(0.05, 0.9), plan.weights());
    Rule rb = new Rule(new LearningRule.Sgd(0.05, 0.9), plan.weights());
    try (TrainingSession onTorch = torch.train(plan, new Losses(loss, plan.outputs()), "cpu");
        TrainingSession onFlow = flow.train(plan, new Losses(loss, plan.outputs()), "cpu")) {
      for (int step = 0; step < steps; step++) {
        Batch batch = batch(plan, loss, step);
        long at = step;
        TrainingSession.Masks masks =
            (layer, size, rate) ->
                KeyedRandom.of(7, Purpose.DROPOUT, at, layer).dropout(size, rate);
        onTorch.load(a);
        onFlow.load(b);
        double la = onTorch.gradients(batch, masks, ga);
        double lb = onFlow.gradients(batch, masks, gb);
        String where = "step " + step + " of " + plan.layers().get(0).layer() + " ...";
        assertThat(lb).as(where).isCloseTo(la, within(1e-5 * Math.max(1, Math.abs(la))));
        double clip = 1 / Math.max(1, norm(ga)); // keeps random nets from leaving the road
        close(plan, ga, gb, tolerance, where + ", gradient of ");
        scale(ga, clip);
        scale(gb, clip);
        ra.step(a, ga, 0.05);
        rb.step(b, gb, 0.05);
        close(plan, a, b, tolerance / 2, where + ", weights ");
      }
    }
  }

  private static Batch batch(NetworkPlan plan, Loss loss, int step) {
    KeyedRandom random = KeyedRandom.of(11, Purpose.OTHER, step);
    float[] x = new float[COUNT * plan.input().size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    float[] targets = new float[COUNT];
    float[] weights = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      targets[i] =
          loss instanceof Loss.CrossEntropy
              ? random.nextInt(plan.outputs())
              : (float) random.nextGaussian();
      weights[i] = (float) (0.5 + random.nextDouble());
    }
    return new Batch(x, targets, weights, COUNT);
  }

  private static double norm(Weights weights) {
    double sum = 0;
    for (int i = 0; i < weights.count(); i++) {
      for (float v : weights.get(i)) {
        sum += (double) v * v;
      }
    }
    return Math.sqrt(sum);
  }

  private static void scale(Weights weights, double factor) {
    for (int i = 0; i < weights.count(); i++) {
      for (int k = 0; k < weights.get(i).length; k++) {
        weights.get(i)[k] *= (float) factor;
      }
    }
  }

  /**
   * Every array by itself, against its own largest value; where that is small beside the rest,
   * against a part of the whole, since what is left of large terms that cancel is rounding.
   */
  private static void close(
      NetworkPlan plan, Weights a, Weights b, double tolerance, String where) {
    double whole = norm(a);
    for (int i = 0; i < a.count(); i++) {
      double largest = 1e-2 * Math.max(1, whole);
      double apart = 0;
      for (int k = 0; k < a.get(i).length; k++) {
        largest = Math.max(largest, Math.abs(a.get(i)[k]));
        apart = Math.max(apart, Math.abs(a.get(i)[k] - b.get(i)[k]));
      }
      assertThat(apart / largest)
          .as("%s%s", where, plan.weights().get(i).name())
          .isLessThan(tolerance);
    }
  }
}
