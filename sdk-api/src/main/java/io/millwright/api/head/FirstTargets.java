package io.millwright.api.head;

import io.millwright.api.learn.Loss;
import io.millwright.api.learn.LossBatch;

/** A loss of the first targets; those behind them only judge. */
record FirstTargets(Loss loss, int first) implements Loss {

  @Override
  public double gradient(LossBatch batch, float[] gradient) {
    float[] targets = new float[batch.count() * first];
    for (int i = 0; i < batch.count(); i++) {
      System.arraycopy(batch.targets(), i * batch.targetWidth(), targets, i * first, first);
    }
    return loss.gradient(
        new LossBatch(
            batch.outputs(), batch.width(), targets, first, batch.weights(), batch.count()),
        gradient);
  }

  @Override
  public boolean isSeparable() {
    return loss.isSeparable();
  }
}
