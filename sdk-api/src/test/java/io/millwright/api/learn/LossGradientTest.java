package io.millwright.api.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of losses by central differences of their values; values by hand. */
class LossGradientTest {

  private record Case(Loss loss, int width, int targets) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(Loss.focal(2), 4, 1),
        new Case(new Loss.BinaryCrossEntropy(3), 5, 5),
        new Case(new Loss.Hazard(), 5, 5),
        new Case(Loss.listwise(), 6, 2),
        new Case(Loss.pairwise(), 6, 2),
        new Case(new Loss.QuantileCurve(List.of(0.1, 0.5, 0.9)), 6, 2),
        new Case(Loss.contrastive(0.5), 3, 1),
        new Case(new Loss.Reconstruction(), 4, 5),
        new Case(new Loss.Censored(Loss.huber(0.7)), 1, 2),
        new Case(Loss.crossEntropy(), 6, 2));
  }

  private static LossBatch batch(Case c, Random random) {
    int count = 6;
    float[] y = new float[count * c.width];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) random.nextGaussian();
    }
    float[] t = new float[count * c.targets];
    for (int i = 0; i < t.length; i++) {
      int k = i % c.targets;
      if (c.loss instanceof Loss.CrossEntropy || c.loss instanceof Loss.Focal) {
        t[i] = random.nextInt(c.width / c.targets);
      } else if (c.loss instanceof Loss.Listwise || c.loss instanceof Loss.Pairwise) {
        t[i] =
            k == 0 ? random.nextInt(3) : random.nextInt(2) == 0 ? Float.NaN : 3 + random.nextInt(3);
      } else if (c.loss instanceof Loss.Contrastive) {
        t[i] = i % 2;
      } else if (c.loss instanceof Loss.BinaryCrossEntropy || c.loss instanceof Loss.Hazard) {
        t[i] = random.nextInt(5) == 0 ? Float.NaN : random.nextInt(2);
      } else if (c.loss instanceof Loss.Censored) {
        t[i] = k == 1 ? random.nextInt(2) : (float) random.nextGaussian();
      } else {
        t[i] = (float) random.nextGaussian();
      }
    }
    float[] w = new float[count];
    for (int i = 0; i < count; i++) {
      w[i] = i == 1 ? 0 : 1 + random.nextInt(3);
    }
    return new LossBatch(y, c.width, t, c.targets, w, count);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreThoseOfTheValue(Case c) {
    int wrong = 0;
    for (int seed = 0; seed < 20; seed++) {
      LossBatch batch = batch(c, new Random(seed));
      float[] y = batch.outputs();
      float[] gradient = new float[y.length];
      java.util.Arrays.fill(gradient, 9);
      c.loss.gradient(batch, gradient);
      for (int k = 0; k < y.length; k++) {
        float before = y[k];
        y[k] = before + 1e-3f;
        double up = c.loss.gradient(batch, new float[y.length]);
        double above = y[k];
        y[k] = before - 1e-3f;
        double down = c.loss.gradient(batch, new float[y.length]);
        double below = y[k];
        y[k] = before;
        wrong += Math.abs(gradient[k] - (up - down) / (above - below)) > 3e-3 ? 1 : 0;
      }
    }
    // Where a loss has a kink, differences across it are not its slope: a few of thousands.
    boolean kinks = c.loss instanceof Loss.QuantileCurve || c.loss instanceof Loss.Censored;
    assertThat(wrong).isLessThanOrEqualTo(kinks ? 8 : 0);
  }

  @Test
  void valuesByHand() {
    float[] g = new float[2];
    LossBatch yes =
        new LossBatch(new float[] {0, 0}, 2, new float[] {1, Float.NaN}, 2, new float[] {1}, 1);
    assertThat(Loss.binaryCrossEntropy().gradient(yes, g)).isCloseTo(Math.log(2), within(1e-9));
    assertThat(g[1]).isZero();
    LossBatch lived =
        new LossBatch(new float[] {0, 0}, 2, new float[] {0, 1}, 2, new float[] {1}, 1);
    assertThat(new Loss.Hazard().gradient(lived, g)).isCloseTo(2 * Math.log(2), within(1e-9));
    LossBatch ranked = new LossBatch(new float[] {0, 0}, 2, new float[] {1}, 1, new float[] {1}, 1);
    assertThat(Loss.listwise().gradient(ranked, g)).isCloseTo(Math.log(2), within(1e-9));
    assertThat(Loss.pairwise().gradient(ranked, g)).isCloseTo(Math.log(2), within(1e-9));
  }

  @Test
  void anOutputBeyondACensoredNumberCostsNothing() {
    float[] g = {7};
    Loss loss = new Loss.Censored(Loss.mse());
    LossBatch beyond = new LossBatch(new float[] {3}, 1, new float[] {2, 1}, 2, new float[] {1}, 1);
    assertThat(loss.gradient(beyond, g)).isZero();
    assertThat(g[0]).isZero();
    LossBatch before = new LossBatch(new float[] {1}, 1, new float[] {2, 1}, 2, new float[] {1}, 1);
    assertThat(loss.gradient(before, g)).isEqualTo(1);
    assertThat(g[0]).isEqualTo(-2);
  }

  @Test
  void quantilesOfACurveNeverCross() {
    Loss.QuantileCurve curve = new Loss.QuantileCurve(List.of(0.1, 0.5, 0.9));
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      float[] y = {
        (float) (9 * random.nextGaussian()),
        (float) (30 * random.nextGaussian()),
        (float) (30 * random.nextGaussian())
      };
      double[] q = curve.curve(y, 0);
      assertThat(q[0]).isLessThanOrEqualTo(q[1]);
      assertThat(q[1]).isLessThanOrEqualTo(q[2]);
    }
  }
}
