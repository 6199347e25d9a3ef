package io.millwright.scheduling.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.LossBatch;
import org.junit.jupiter.api.Test;

class ChoiceLossTest {

  /** Three decisions among 3, 2 and 1 candidates; the second was a bad choice. */
  private static final float[] WEIGHTS = {1, 0, 0, 1, 0, 1};

  private static final float[] TARGETS = {0, 1, 0, -0.7f, 0, 1};

  private static double loss(float[] scores, float[] gradient) {
    return new ChoiceLoss().gradient(new LossBatch(scores, 1, TARGETS, 1, WEIGHTS, 6), gradient);
  }

  @Test
  void theValueIsTheMeanCrossEntropyOfTheDecisions() {
    float[] scores = {0.3f, -0.2f, 1, 2, 0.5f, 4};
    double first = -Math.log(Math.exp(-0.2) / (Math.exp(0.3) + Math.exp(-0.2) + Math.exp(1)));
    double second = 0.7 * Math.log(Math.exp(2) / (Math.exp(2) + Math.exp(0.5)));
    assertThat(loss(scores, new float[6])).isCloseTo((first + second) / 3, within(1e-6));
  }

  @Test
  void theGradientIsThatOfTheValue() {
    float[] scores = {0.3f, -0.2f, 1, 2, 0.5f, 4};
    float[] gradient = new float[6];
    loss(scores, gradient);
    for (int i = 0; i < 6; i++) {
      float[] up = scores.clone();
      float[] down = scores.clone();
      up[i] += 1e-2f;
      down[i] -= 1e-2f;
      double slope = (loss(up, new float[6]) - loss(down, new float[6])) / (up[i] - down[i]);
      assertThat((double) gradient[i]).isCloseTo(slope, within(1e-4));
    }
  }

  @Test
  void hugeScoresStayFinite() {
    float[] gradient = new float[6];
    assertThat(loss(new float[] {900, -900, 0, 1e6f, -1e6f, 3}, gradient)).isFinite();
    for (float g : gradient) {
      assertThat(g).isFinite();
    }
  }
}
