package io.millwright.personalization.internal.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Progress;
import io.millwright.api.spi.Jobs;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MethodsTest {

  static final Jobs.Control<Object> FREE =
      new Jobs.Control<>() {
        @Override
        public boolean stopped() {
          return false;
        }

        @Override
        public void checkpoint() {}

        @Override
        public void best(Object result) {}

        @Override
        public void report(Progress progress) {}

        @Override
        public Duration elapsed() {
          return Duration.ZERO;
        }
      };

  private static Log random(int customers, int items) {
    SplittableRandom random = new SplittableRandom(9);
    int[][] histories = new int[customers][];
    for (int u = 0; u < customers; u++) {
      histories[u] =
          random.ints(12, 0, items).map(i -> i * i / items).distinct().limit(2 + u % 7).toArray();
    }
    return new Log(items, histories, true);
  }

  /** B = I - P / diag(P) by Gauss and Jordan, written anew. */
  @Test
  void easeIsTheClosedForm() {
    int n = 12;
    Log log = random(200, n);
    double[][] g = new double[n][2 * n];
    for (int[] h : log.histories()) {
      for (int a : h) {
        for (int b : h) {
          g[a][b]++;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      g[i][i] += 30;
      g[i][n + i] = 1;
    }
    for (int i = 0; i < n; i++) {
      double pivot = g[i][i];
      for (int j = 0; j < 2 * n; j++) {
        g[i][j] /= pivot;
      }
      for (int r = 0; r < n; r++) {
        double f = g[r][i];
        for (int j = 0; r != i && j < 2 * n; j++) {
          g[r][j] -= f * g[i][j];
        }
      }
    }
    Ease ease = Ease.fit(log, 30, FREE);
    float[] score = new float[n];
    int[] history = {2, 5};
    ease.score(history, score);
    for (int b = 0; b < n; b++) {
      double expected = 0;
      for (int a : history) {
        expected += a == b ? 0 : Math.max(0, -g[a][n + b] / g[b][n + b]);
      }
      assertThat((double) score[b]).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void kNearestNeighboursIsTheCosine() {
    int n = 15;
    Log log = random(150, n);
    Neighbours knn =
        Neighbours.fit(log, new Neighbours.Kind("item-kNN", 0, 1, 1, false, 0.5, 0.5, 0, 1, n));
    float[] score = new float[n];
    knn.score(new int[] {4}, score);
    for (int b = 0; b < n; b++) {
      int item = b;
      double both = 0;
      double first = 0;
      double second = 0;
      for (int[] h : log.histories()) {
        boolean a = IntStream.of(h).anyMatch(i -> i == 4);
        boolean c = IntStream.of(h).anyMatch(i -> i == item);
        both += a && c ? 1 : 0;
        first += a ? 1 : 0;
        second += c ? 1 : 0;
      }
      double expected = b == 4 || second == 0 ? 0 : both / Math.sqrt(first * second);
      assertThat((double) score[b]).isCloseTo(expected, within(1e-5));
    }
  }

  /** A fold-in is the minimum of the weighted squares: no step improves it. */
  @Test
  void alsReproducesWhatWasBought() {
    Log log = random(300, 30);
    Als als = Als.fit(log, 8, 10, 10, 1, 1, 1, FREE);
    float[] score = new float[30];
    double own = 0;
    double other = 0;
    for (int[] h : log.histories()) {
      als.score(h, score);
      for (int i = 0; i < 30; i++) {
        if (Ranker.Case.in(h, i)) {
          own += score[i] / h.length;
        } else {
          other += score[i] / (30 - h.length);
        }
      }
    }
    assertThat(own).isGreaterThan(2 * other);
  }

  @Test
  void isotonicRisesAndKeepsTheMean() {
    SplittableRandom random = new SplittableRandom(2);
    double[] x = random.doubles(6000).toArray();
    double[] y = new double[x.length];
    double mean = 0;
    for (int k = 0; k < x.length; k++) {
      y[k] = random.nextDouble() < x[k] * x[k] ? 1 : 0;
      mean += y[k] / x.length;
    }
    Isotonic fit = Isotonic.fit(x, y);
    double last = -1;
    double sum = 0;
    for (double v = 0; v <= 1; v += 0.001) {
      assertThat(fit.of(v)).isGreaterThanOrEqualTo(last);
      last = fit.of(v);
      sum += last / 1001;
      assertThat(last).isCloseTo(v * v, within(0.12));
    }
    assertThat(sum).isCloseTo(mean, within(0.01));
  }

  /** Lists whose choice follows a product of two features: no linear score finds it. */
  @Test
  void treesFindAnInteraction() {
    SplittableRandom random = new SplittableRandom(4);
    int lists = 1500;
    int each = 10;
    float[] x = new float[lists * each * 3];
    float[] target = new float[lists * each];
    int[] starts = new int[lists + 1];
    for (int l = 0; l < lists; l++) {
      int best = 0;
      double most = -9;
      for (int k = 0; k < each; k++) {
        int row = l * each + k;
        for (int f = 0; f < 3; f++) {
          x[row * 3 + f] = (float) (random.nextDouble() * 2 - 1);
        }
        double value = x[row * 3] * x[row * 3 + 1];
        if (value > most) {
          most = value;
          best = row;
        }
      }
      target[best] = 1;
      starts[l + 1] = (l + 1) * each;
    }
    Trees trees = Trees.fit(x, 3, starts, target, 100, () -> {});
    int right = 0;
    for (int l = 0; l < lists; l++) {
      int best = l * each;
      for (int k = 0; k < each; k++) {
        best = trees.margin(x, l * each + k) > trees.margin(x, best) ? l * each + k : best;
      }
      right += target[best] == 1 ? 1 : 0;
    }
    assertThat((double) right / lists).isGreaterThan(0.6);
  }
}
