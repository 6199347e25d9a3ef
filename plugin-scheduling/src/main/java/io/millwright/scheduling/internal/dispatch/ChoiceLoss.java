package io.millwright.scheduling.internal.dispatch;

import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;

/**
 * The cross entropy of choices among candidates (listwise; Cao et al. 2007). A row of a batch is a
 * candidate with one score; the candidates of one decision stand beside each other, the first with
 * weight 1 and the others with weight 0. The target of a candidate is what choosing it was worth: 1
 * for the one to imitate, its advantage for one that was tried (Williams 1992), 0 for the others.
 */
record ChoiceLoss() implements Loss {

  @Override
  public boolean isSeparable() {
    return false;
  }

  @Override
  public double gradient(LossBatch batch, float[] gradient) {
    float[] y = batch.outputs();
    float[] t = batch.targets();
    float[] w = batch.weights();
    int n = batch.count();
    double decisions = 0;
    for (int i = 0; i < n; i++) {
      decisions += w[i];
    }
    double loss = 0;
    for (int from = 0; from < n; ) {
      int to = from + 1;
      while (to < n && w[to] == 0) {
        to++;
      }
      double most = Double.NEGATIVE_INFINITY;
      double worth = 0;
      for (int i = from; i < to; i++) {
        most = Math.max(most, y[i]);
        worth += t[i];
      }
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += Math.exp(y[i] - most);
      }
      double log = Math.log(sum) + most;
      for (int i = from; i < to; i++) {
        loss -= t[i] * (y[i] - log);
        gradient[i] = (float) ((worth * Math.exp(y[i] - log) - t[i]) / decisions);
      }
      from = to;
    }
    return decisions == 0 ? 0 : loss / decisions;
  }
}
