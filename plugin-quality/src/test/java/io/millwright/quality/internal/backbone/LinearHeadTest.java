package io.millwright.quality.internal.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Heads on features of two classes that overlap, one of them rare. */
class LinearHeadTest {

  private static final int WIDTH = 4;

  private final List<float[][]> views = new ArrayList<>();
  private final List<Integer> truth = new ArrayList<>();

  private void draw(int common, int rare, long seed) {
    Random random = new Random(seed);
    views.clear();
    truth.clear();
    for (int i = 0; i < common + rare; i++) {
      float[] row = new float[WIDTH];
      for (int j = 0; j < WIDTH; j++) {
        row[j] = (float) (random.nextGaussian() + (i < common ? 0 : 0.8));
      }
      views.add(new float[][] {row});
      truth.add(i < common ? 0 : 1);
    }
  }

  private double recall(LinearHead head, int kind) {
    int all = 0;
    int right = 0;
    for (int i = 0; i < truth.size(); i++) {
      if (truth.get(i) == kind) {
        double[] scores = head.scores(views.get(i));
        all++;
        right += (scores[1] > scores[0] ? 1 : 0) == kind ? 1 : 0;
      }
    }
    return (double) right / all;
  }

  private LinearHead fit(boolean balanced) {
    return LinearHead.fit(
        views, truth.stream().mapToInt(t -> t).toArray(), 2, List.of(2, WIDTH), balanced);
  }

  @Test
  void balancedHeadsFindTheRareClass() {
    draw(380, 20, 1);
    LinearHead plain = fit(false);
    LinearHead balanced = fit(true);
    draw(400, 400, 2);
    assertThat(recall(plain, 1)).isLessThan(0.2);
    assertThat(recall(balanced, 1)).isGreaterThan(0.6);
    assertThat(recall(balanced, 0)).isGreaterThan(0.6);
  }

  @Test
  void weightsOfOneAreNoWeights() {
    double[][] x = {{1, 2}, {2, 0}, {0, 1}, {3, 3}};
    double[][] y = {{1}, {-1}, {1}, {-1}};
    double[][] twice = {{1, 2}, {2, 0}, {0, 1}, {3, 3}, {3, 3}};
    double[][] targets = {{1}, {-1}, {1}, {-1}, {-1}};
    double[][] weighted = Ridge.fit(x, y, new double[] {1, 1, 1, 2}, 1e-9);
    double[][] repeated = Ridge.fit(twice, targets, new double[] {1, 1, 1, 1, 1}, 1e-9);
    for (int j = 0; j < 3; j++) {
      assertThat(weighted[0][j])
          .isCloseTo(repeated[0][j], org.assertj.core.api.Assertions.within(1e-6));
    }
  }
}
