package io.millwright.core.learn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.runtime.text.Sparse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fits against what calculus says of them. */
class SparseFitTest {

  private static final int WIDTH = 6;

  private final List<Sparse> rows = new ArrayList<>();
  private final float[][] classes = new float[60][1];

  SparseFitTest() {
    Random random = new Random(3);
    for (int i = 0; i < classes.length; i++) {
      int a = random.nextInt(WIDTH - 1);
      rows.add(
          new Sparse(new int[] {a, WIDTH - 1}, new float[] {1, (float) random.nextGaussian()}));
      classes[i][0] = random.nextInt(4) == 0 ? random.nextInt(3) : a % 3;
    }
  }

  private static double[] dense(Sparse row) {
    double[] x = new double[WIDTH + 1];
    for (int j = 0; j < row.at().length; j++) {
      x[row.at()[j]] = row.value()[j];
    }
    x[WIDTH] = 1;
    return x;
  }

  @Test
  void atTheMinimumTheSlopeIsNothing() {
    double penalty = 0.3;
    float[] w =
        new SparseFit(rows, classes, WIDTH, 3, () -> false).logistic(penalty, true, new float[0]);
    double[][] slope = new double[3][WIDTH + 1];
    for (int i = 0; i < classes.length; i++) {
      double[] x = dense(rows.get(i));
      double[] e = new double[3];
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        for (int j = 0; j <= WIDTH; j++) {
          e[k] += w[k * (WIDTH + 1) + j] * x[j];
        }
        e[k] = Math.exp(e[k]);
        sum += e[k];
      }
      for (int k = 0; k < 3; k++) {
        for (int j = 0; j <= WIDTH; j++) {
          slope[k][j] += (e[k] / sum - (classes[i][0] == k ? 1 : 0)) * x[j];
        }
      }
    }
    for (int k = 0; k < 3; k++) {
      for (int j = 0; j <= WIDTH; j++) {
        double own = slope[k][j] + (j < WIDTH ? penalty * w[k * (WIDTH + 1) + j] : 0);
        assertThat(own).isCloseTo(0, within(0.05));
      }
    }
  }

  @Test
  void ridgeSolvesItsNormalEquations() {
    double penalty = 0.7;
    float[] w = new SparseFit(rows, classes, WIDTH, 3, () -> false).ridge(penalty, true, 1);
    for (int k = 0; k < 3; k++) {
      double[] slope = new double[WIDTH + 1];
      for (int i = 0; i < classes.length; i++) {
        double[] x = dense(rows.get(i));
        double said = 0;
        for (int j = 0; j <= WIDTH; j++) {
          said += w[k * (WIDTH + 1) + j] * x[j];
        }
        for (int j = 0; j <= WIDTH; j++) {
          slope[j] += (said - (classes[i][0] == k ? 1 : 0)) * x[j];
        }
      }
      for (int j = 0; j <= WIDTH; j++) {
        assertThat(slope[j] + (j < WIDTH ? penalty * w[k * (WIDTH + 1) + j] : 0))
            .isCloseTo(0, within(1e-3));
      }
    }
  }

  @Test
  void unknownLabelsOfATextCountForNothing() {
    float[][] labels = new float[classes.length][2];
    float[][] half = new float[classes.length][2];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = new float[] {classes[i][0] == 0 ? 1 : 0, classes[i][0] == 1 ? 1 : 0};
      half[i] = new float[] {labels[i][0], Float.NaN};
    }
    float[] both =
        new SparseFit(rows, labels, WIDTH, 2, () -> false).logistic(1, false, new float[0]);
    float[] one = new SparseFit(rows, half, WIDTH, 2, () -> false).logistic(1, false, new float[0]);
    for (int j = 0; j <= WIDTH; j++) {
      assertThat(one[j]).isCloseTo(both[j], within(0.02f));
      assertThat(one[WIDTH + 1 + j]).isCloseTo(0, within(1e-6f));
    }
  }
}
