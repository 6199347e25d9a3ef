package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Stepper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteppingTest {

  private static final Network NETWORK = Networks.mlp(Activation.SILU, 8);
  private static final Learning LEARNING = Learning.adam(1e-2).epochs(400).clipNorm(1).key(3);

  @TempDir Path folder;

  private final Composer composer = new DefaultComposer(Bench.torch(), Clock.systemUTC(), "test");

  private static Loss squared() {
    return new Loss.SquaredError();
  }

  /** A batch of the product of two numbers, of its own for every step. */
  private static double step(Stepper stepper) {
    SplittableRandom random = new SplittableRandom(stepper.steps());
    float[] inputs = new float[64];
    float[] targets = new float[32];
    float[] weights = new float[32];
    for (int i = 0; i < 32; i++) {
      inputs[2 * i] = (float) random.nextDouble(-1, 1);
      inputs[2 * i + 1] = (float) random.nextDouble(-1, 1);
      targets[i] = inputs[2 * i] * inputs[2 * i + 1];
      weights[i] = 1;
    }
    return stepper.step(inputs, targets, weights, 32);
  }

  private static float[] answers(FittedNetwork network) {
    return network.outputs(new float[] {0.5f, 0.5f, -0.5f, 0.8f, 0.9f, -0.1f}, 3);
  }

  @Test
  void stepsLearn() {
    try (Stepper stepper = composer.stepper(NETWORK, squared(), LEARNING, 2, 1)) {
      float[] before = answers(stepper.network());
      double first = step(stepper);
      double last = 0;
      for (int s = 1; s < 400; s++) {
        last = step(stepper);
      }
      assertThat(stepper.steps()).isEqualTo(400);
      assertThat(last).isLessThan(first / 20);
      float[] after = answers(stepper.network());
      assertThat(after[0]).isBetween(0.2f, 0.3f);
      assertThat(after[1]).isBetween(-0.45f, -0.35f);
      assertThat(after).isNotEqualTo(before);
    }
  }

  @Test
  void aTrainingThatGoesOnIsTheOneThatNeverStopped() {
    float[] whole;
    try (Stepper stepper = composer.stepper(NETWORK, squared(), LEARNING.averaging(0.9), 2, 1)) {
      for (int s = 0; s < 40; s++) {
        step(stepper);
      }
      whole = answers(stepper.network());
    }
    Learning kept = LEARNING.averaging(0.9).checkpoints(folder, 1);
    try (Stepper stepper = composer.stepper(NETWORK, squared(), kept, 2, 1)) {
      for (int s = 0; s < 25; s++) {
        step(stepper);
      }
      stepper.save();
      step(stepper);
    }
    try (Stepper stepper = composer.stepper(NETWORK, squared(), kept, 2, 1)) {
      assertThat(stepper.steps()).isEqualTo(25);
      for (int s = 25; s < 40; s++) {
        step(stepper);
      }
      assertThat(answers(stepper.network())).isEqualTo(whole);
    }
    assertThatThrownBy(() -> composer.stepper(NETWORK, squared(), kept.key(5), 2, 1))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_BUNDLE));
  }

  @Test
  void whatIsNotFiniteIsRefusedAndLeavesTheWeights() {
    try (Stepper stepper = composer.stepper(NETWORK, squared(), LEARNING, 2, 1)) {
      float[] before = answers(stepper.network());
      assertThatThrownBy(
              () ->
                  stepper.step(
                      new float[] {Float.POSITIVE_INFINITY, 0},
                      new float[] {1},
                      new float[] {1},
                      1))
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVERGED));
      assertThat(stepper.steps()).isZero();
      assertThat(answers(stepper.network())).isEqualTo(before);
    }
  }

  @Test
  void lossesOfOtherWidthsAreRefused() {
    for (Loss loss : List.of(new Loss.CrossEntropy(), Loss.quantile(0.1, 0.5, 0.9))) {
      assertThatThrownBy(() -> composer.stepper(NETWORK, loss, LEARNING, 2, 2))
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION));
    }
  }
}
