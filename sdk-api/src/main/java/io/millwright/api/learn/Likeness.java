package io.millwright.api.learn;

/** The losses that compare the samples of a batch with each other. */
final class Likeness {

  private static final double TINY = 1e-12;

  private Likeness() {}

  /**
   * With unit vectors z and a = z_i z_j / temperature, the loss of sample i is the mean over its
   * fellows p of log(sum over others exp a_io) - a_ip; a sample without fellows has none. Weighted
   * by the sample's weight over that of all.
   */
  static double contrastive(LossBatch batch, double temperature, float[] gradient) {
    int n = batch.count();
    int d = batch.width();
    double[] length = new double[n];
    double[][] z = new double[n][d];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < d; k++) {
        length[i] += (double) batch.outputs()[i * d + k] * batch.outputs()[i * d + k];
      }
      length[i] = Math.sqrt(length[i]) + TINY;
      for (int k = 0; k < d; k++) {
        z[i][k] = batch.outputs()[i * d + k] / length[i];
      }
    }
    double unit = Pointwise.unit(batch);
    double[][] slope = new double[n][d];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += one(batch, i, z, temperature, batch.weights()[i] * unit, slope);
    }
    for (int i = 0; i < n; i++) {
      double along = 0;
      for (int k = 0; k < d; k++) {
        along += slope[i][k] * z[i][k];
      }
      for (int k = 0; k < d; k++) {
        gradient[i * d + k] = (float) ((slope[i][k] - along * z[i][k]) / length[i]);
      }
    }
    return sum;
  }

  private static double one(
      LossBatch batch, int i, double[][] z, double temperature, double w, double[][] slope) {
    int n = batch.count();
    float own = batch.targets()[i * batch.targetWidth()];
    double[] a = new double[n];
    double max = Double.NEGATIVE_INFINITY;
    int fellows = 0;
    for (int j = 0; j < n; j++) {
      if (j != i) {
        for (int k = 0; k < z[i].length; k++) {
          a[j] += z[i][k] * z[j][k] / temperature;
        }
        max = Math.max(max, a[j]);
        fellows += batch.targets()[j * batch.targetWidth()] == own ? 1 : 0;
      }
    }
    if (fellows == 0 || w == 0) {
      return 0;
    }
    double total = 0;
    for (int j = 0; j < n; j++) {
      total += j == i ? 0 : Math.exp(a[j] - max);
    }
    double loss = 0;
    for (int j = 0; j < n; j++) {
      if (j == i) {
        continue;
      }
      boolean fellow = batch.targets()[j * batch.targetWidth()] == own;
      double g = Math.exp(a[j] - max) / total - (fellow ? 1.0 / fellows : 0);
      loss += fellow ? (Math.log(total) + max - a[j]) / fellows : 0;
      for (int k = 0; k < z[i].length; k++) {
        slope[i][k] += w * g * z[j][k] / temperature;
        slope[j][k] += w * g * z[i][k] / temperature;
      }
    }
    return w * loss;
  }
}
