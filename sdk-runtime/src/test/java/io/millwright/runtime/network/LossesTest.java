package io.millwright.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.Loss;
import io.millwright.runtime.network.TrainingSession.Batch;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of losses by hand, gradients by central differences of the values. */
class LossesTest {

  static Stream<Loss> losses() {
    return Stream.of(
        Loss.mse(), Loss.mae(), Loss.huber(0.4), Loss.quantile(0.1, 0.5, 0.9), Loss.crossEntropy());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientsAreThoseOfTheValue(Loss loss) {
    int outputs = loss instanceof Loss.CrossEntropy ? 4 : Losses.each(loss);
    Losses losses = new Losses(loss, outputs);
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(6);
      float[] y = new float[count * outputs];
      Batch batch = new Batch(new float[0], new float[count], new float[count], count);
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) (2 * random.nextGaussian());
      }
      for (int i = 0; i < count; i++) {
        batch.targets()[i] =
            loss instanceof Loss.CrossEntropy ? random.nextInt(4) : (float) random.nextGaussian();
        batch.weights()[i] = i == 1 ? 0 : 0.25f + random.nextInt(4);
      }
      float[] gradient = new float[y.length];
      losses.gradient(y, batch, gradient);
      for (int k = 0; k < y.length; k++) {
        float h = 1e-3f;
        float before = y[k];
        if (kink(loss, before, batch.targets()[k / outputs], 2 * h)) {
          continue;
        }
        y[k] = before + h;
        double up = losses.gradient(y, batch, new float[y.length]);
        double above = y[k];
        y[k] = before - h;
        double down = losses.gradient(y, batch, new float[y.length]);
        double below = y[k];
        y[k] = before;
        assertThat((double) gradient[k])
            .as("%s, seed %s, output %s", loss, seed, k)
            .isCloseTo((up - down) / (above - below), within(2e-3));
      }
    }
  }

  /** Where a loss has no derivative, or another on either side. */
  private static boolean kink(Loss loss, double y, double target, double near) {
    double off = Math.abs(y - target);
    return loss instanceof Loss.AbsoluteError || loss instanceof Loss.Quantile
        ? off < near
        : loss instanceof Loss.Huber h && Math.abs(off - h.delta()) < near;
  }

  private static double value(Loss loss, float[] y, float[] targets, float... weights) {
    int outputs = y.length / targets.length;
    return new Losses(loss, outputs)
        .gradient(y, new Batch(new float[0], targets, weights, targets.length), y.clone());
  }

  @Test
  void valuesByHand() {
    float[] y = {1, 4};
    float[] targets = {2, 1};
    assertThat(value(Loss.mse(), y, targets, 1, 1)).isCloseTo((1 + 9) / 2.0, within(1e-9));
    assertThat(value(Loss.mse(), y, targets, 3, 1)).isCloseTo((3 + 9) / 4.0, within(1e-9));
    assertThat(value(Loss.mae(), y, targets, 1, 1)).isCloseTo(2, within(1e-9));
    assertThat(value(Loss.huber(2), y, targets, 1, 1))
        .isCloseTo((0.5 + 2 * (3 - 1)) / 2, within(1e-9));
    assertThat(value(Loss.quantile(0.25, 0.5, 0.75), new float[] {0, 2, 3}, new float[] {2}, 1))
        .isCloseTo((0.25 * 2 + 0 + 0.25 * 1) / 3, within(1e-9));
    assertThat(value(Loss.crossEntropy(), new float[] {1, 1, 1, 1}, new float[] {2}, 1))
        .isCloseTo(Math.log(4), within(1e-9));
  }

  @Test
  void severalTargetsCountAsTheMeanOfThoseThatAreKnown() {
    for (Loss loss : List.of(Loss.mse(), Loss.huber(0.4), Loss.quantile(0.1, 0.5, 0.9))) {
      int each = Losses.each(loss);
      Losses single = new Losses(loss, each);
      Losses several = new Losses(loss, 3 * each);
      Random random = new Random(3);
      float[] y = new float[2 * 3 * each];
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) random.nextGaussian();
      }
      float[] targets = {0.3f, Float.NaN, -1, Float.NaN, Float.NaN, Float.NaN};
      float[] gradient = new float[y.length];
      java.util.Arrays.fill(gradient, 9);
      double value =
          several.gradient(y, new Batch(new float[0], targets, new float[] {1, 1}, 2), gradient);
      double expected = 0;
      for (int k : new int[] {0, 2}) {
        float[] own = java.util.Arrays.copyOfRange(y, k * each, (k + 1) * each);
        float[] slope = new float[each];
        Batch one = new Batch(new float[0], new float[] {targets[k]}, new float[] {1}, 1);
        expected += single.gradient(own, one, slope) / 2 / 2;
        for (int j = 0; j < each; j++) {
          assertThat(gradient[k * each + j]).isCloseTo(slope[j] / 4, within(1e-6f));
        }
      }
      assertThat(value).isCloseTo(expected, within(1e-9));
      for (int i = each; i < y.length; i++) {
        if (i < 2 * each || i >= 3 * each) {
          assertThat(gradient[i]).isZero();
        }
      }
    }
  }

  @Test
  void largeLogitsDoNotOverflow() {
    float[] y = {1000, -1000, 0};
    float[] gradient = new float[3];
    Batch batch = new Batch(new float[0], new float[] {1}, new float[] {1}, 1);
    assertThat(new Losses(Loss.crossEntropy(), 3).gradient(y, batch, gradient)).isEqualTo(2000);
    assertThat(gradient).containsExactly(1, -1, 0);
  }

  @Test
  void aBatchThatDoesNotCountHasNoGradient() {
    for (Loss loss : List.of(Loss.mse(), Loss.crossEntropy())) {
      int outputs = loss instanceof Loss.CrossEntropy ? 2 : Losses.each(loss);
      float[] gradient = {7, 7};
      Batch batch = new Batch(new float[0], new float[] {1}, new float[] {0}, 1);
      assertThat(new Losses(loss, outputs).gradient(new float[] {3, 4}, batch, gradient)).isZero();
      for (int k = 0; k < outputs; k++) {
        assertThat(gradient[k]).isZero();
      }
    }
  }
}
