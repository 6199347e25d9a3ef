package io.millwright.api.learn;

import java.util.Arrays;

/** The losses of rankings. */
final class Ranks {

  private Ranks() {}

  static double listwise(LossBatch batch, float[] gradient) {
    double unit = Pointwise.unit(batch);
    int n = batch.width();
    double sum = 0;
    for (int i = 0; i < batch.count(); i++) {
      int from = i * n;
      int known = known(batch, i);
      if (known == 0) {
        Arrays.fill(gradient, from, from + n, 0);
        continue;
      }
      double w = batch.weights()[i] * unit;
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < n; k++) {
        max = Math.max(max, batch.outputs()[from + k]);
      }
      double total = 0;
      for (int k = 0; k < n; k++) {
        total += Math.exp(batch.outputs()[from + k] - max);
      }
      for (int k = 0; k < n; k++) {
        gradient[from + k] = (float) (w * Math.exp(batch.outputs()[from + k] - max) / total);
      }
      double loss = 0;
      for (int k = 0; k < known; k++) {
        int item = from + (int) batch.targets()[i * batch.targetWidth() + k];
        loss += (Math.log(total) + max - batch.outputs()[item]) / known;
        gradient[item] -= (float) (w / known);
      }
      sum += w * loss;
    }
    return sum;
  }

  static double pairwise(LossBatch batch, float[] gradient) {
    double unit = Pointwise.unit(batch);
    int n = batch.width();
    double sum = 0;
    Arrays.fill(gradient, 0, batch.count() * n, 0);
    for (int i = 0; i < batch.count(); i++) {
      int from = i * n;
      int known = known(batch, i);
      boolean[] relevant = new boolean[n];
      for (int k = 0; k < known; k++) {
        relevant[(int) batch.targets()[i * batch.targetWidth() + k]] = true;
      }
      if (known == 0 || known >= n) {
        continue;
      }
      double w = batch.weights()[i] * unit / known / (n - known);
      for (int k = 0; k < known; k++) {
        int item = (int) batch.targets()[i * batch.targetWidth() + k];
        double slope = 0;
        for (int other = 0; other < n; other++) {
          if (!relevant[other]) {
            double behind = (double) batch.outputs()[from + other] - batch.outputs()[from + item];
            double g = w * Pointwise.sigmoid(behind);
            gradient[from + other] += (float) g;
            slope += g;
            sum += w * Pointwise.softplus(behind);
          }
        }
        gradient[from + item] -= (float) slope;
      }
    }
    return sum;
  }

  /** How many places are named; NaN fills up behind them. */
  private static int known(LossBatch batch, int sample) {
    int known = 0;
    while (known < batch.targetWidth()
        && !Float.isNaN(batch.targets()[sample * batch.targetWidth() + known])) {
      known++;
    }
    return known;
  }
}
