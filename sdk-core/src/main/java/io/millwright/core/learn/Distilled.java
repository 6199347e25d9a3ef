package io.millwright.core.learn;

import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;

/**
 * The loss of a student (Hinton, Vinyals and Dean 2015): a part compares with the truth, the rest
 * with what the teacher says. Classes are compared by the cross entropy with the teacher's
 * probabilities, which are its calibration's before any temperature; other outputs by the squared
 * error. Targets are those of the truth, then one for each output of the teacher.
 *
 * @param truth compares outputs with the truth
 * @param classes whether outputs are classes
 * @param taught how much the teacher counts, 0 to 1
 */
record Distilled(Loss truth, boolean classes, double taught) implements Loss {

  @Override
  public double gradient(LossBatch batch, float[] gradient) {
    int own = batch.targetWidth() - batch.width();
    float[] known = new float[batch.count() * own];
    double total = 0;
    for (int i = 0; i < batch.count(); i++) {
      System.arraycopy(batch.targets(), i * batch.targetWidth(), known, i * own, own);
      total += batch.weights()[i];
    }
    double loss =
        (1 - taught)
            * truth.gradient(
                new LossBatch(
                    batch.outputs(), batch.width(), known, own, batch.weights(), batch.count()),
                gradient);
    if (total == 0) {
      return loss;
    }
    int n = batch.width();
    double[] room = new double[n];
    for (int i = 0; i < batch.count(); i++) {
      double w = taught * batch.weights()[i] / total;
      int at = i * n;
      int said = i * batch.targetWidth() + own;
      if (classes) {
        logarithms(batch, at, room);
      }
      for (int k = 0; k < n; k++) {
        float teacher = batch.targets()[said + k];
        double slope;
        if (classes) {
          slope = Math.exp(room[k]) - teacher;
          loss -= w * teacher * room[k];
        } else {
          double e = (double) batch.outputs()[at + k] - teacher;
          slope = 2 * e / n;
          loss += w * e * e / n;
        }
        gradient[at + k] = (float) ((1 - taught) * gradient[at + k] + w * slope);
      }
    }
    return loss;
  }

  /** The logarithms of the probabilities of a sample. */
  private static void logarithms(LossBatch batch, int at, double[] logs) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logs.length; k++) {
      most = Math.max(most, batch.outputs()[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < logs.length; k++) {
      sum += Math.exp(batch.outputs()[at + k] - most);
    }
    for (int k = 0; k < logs.length; k++) {
      logs[k] = batch.outputs()[at + k] - most - Math.log(sum);
    }
  }
}
