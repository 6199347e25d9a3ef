package io.millwright.personalization.internal.recommend;

import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;
import java.util.stream.IntStream;

/**
 * The softmax cross entropy over all items, of which the target is the index; rows of a batch are
 * computed side by side, with one exponential an item.
 */
record NextItemLoss() implements Loss {

  @Override
  public double gradient(LossBatch batch, float[] gradient) {
    int n = batch.count();
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += batch.weights()[i];
    }
    double unit = total > 0 ? 1 / total : 0;
    double[] losses =
        IntStream.range(0, n)
            .parallel()
            .mapToDouble(i -> row(batch, i, batch.weights()[i] * unit, gradient))
            .toArray();
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum;
  }

  private static double row(LossBatch batch, int i, double weight, float[] gradient) {
    float[] y = batch.outputs();
    int from = i * batch.width();
    int to = from + batch.width();
    float max = y[from];
    for (int k = from; k < to; k++) {
      max = Math.max(max, y[k]);
    }
    double sum = 0;
    for (int k = from; k < to; k++) {
      float e = (float) Math.exp(y[k] - max);
      gradient[k] = e;
      sum += e;
    }
    float scale = (float) (weight / sum);
    for (int k = from; k < to; k++) {
      gradient[k] *= scale;
    }
    int right = from + (int) batch.targets()[i * batch.targetWidth()];
    gradient[right] -= (float) weight;
    return weight * (Math.log(sum) + max - y[right]);
  }
}
