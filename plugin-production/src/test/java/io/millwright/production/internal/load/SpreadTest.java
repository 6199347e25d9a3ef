package io.millwright.production.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whose spread is taken around the median of a load: that of the networks must earn its place. */
class SpreadTest {

  private static final int N = 900;
  private static final double[] LINEAR = {0, 1, 0, 0};
  private static final double[] MEDIAN = {0, 1, 0};
  private static final double[] NORMAL = {-1.645, -1.282, -0.674, 0, 0.674, 1.282, 1.645};

  /** Truths of a deviation by target, and networks that say another one. */
  private static double chosen(double[] deviation, double[] said) {
    Random random = new Random(7);
    double[] truth = new double[N];
    double[][] q = new double[N][];
    double all = 0;
    for (int i = 0; i < N; i++) {
      truth[i] = i % 40 == 3 ? Double.NaN : deviation[i] * random.nextGaussian();
      all += deviation[i] / N;
      q[i] = new double[NORMAL.length];
      for (int k = 0; k < NORMAL.length; k++) {
        q[i][k] = 5 + said[i] * NORMAL[k];
      }
    }
    double[] offsets = new double[NORMAL.length];
    for (int k = 0; k < NORMAL.length; k++) {
      offsets[k] = all * NORMAL[k];
    }
    StepModel.Parts parts = new StepModel.Parts(new double[N], new double[N], new double[N], q);
    return LoadTraining.shape(parts, truth, LINEAR, MEDIAN, offsets);
  }

  @Test
  void networksThatGuessTheSpreadSayNothing() {
    Random random = new Random(3);
    double[] steady = new double[N];
    double[] guessed = new double[N];
    for (int i = 0; i < N; i++) {
      steady[i] = 3;
      guessed[i] = Math.exp(2 * random.nextGaussian());
    }
    assertThat(chosen(steady, guessed)).isZero();
    // A spread that is right, and says no more than one for all.
    assertThat(chosen(steady, steady)).isZero();
  }

  @Test
  void networksThatKnowTheSpreadSayIt() {
    double[] swinging = new double[N];
    for (int i = 0; i < N; i++) {
      swinging[i] = i % 24 < 8 ? 1 : 12;
    }
    assertThat(chosen(swinging, swinging)).isGreaterThanOrEqualTo(0.75);
  }
}
