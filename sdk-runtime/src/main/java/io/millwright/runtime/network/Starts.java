package io.millwright.runtime.network;

import io.millwright.api.learn.Initialisation;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;

/** How weights start, drawn by key so that every engine starts from the same values. */
public final class Starts {

  private Starts() {}

  /** The weights with which a training begins. */
  public static Weights draw(NetworkPlan plan, long key) {
    Weights weights = Weights.zero(plan.weights());
    for (int i = 0; i < weights.count(); i++) {
      WeightSpec spec = plan.weights().get(i);
      float[] values = weights.get(i);
      switch (spec.role()) {
        case MATRIX -> matrix(spec, values, KeyedRandom.of(key, Purpose.START, i));
        case BIAS -> {}
        case LSTM_BIAS -> java.util.Arrays.fill(values, values.length / 4, values.length / 2, 1);
        case SCALE -> java.util.Arrays.fill(values, 1);
      }
    }
    return weights;
  }

  private static void matrix(WeightSpec spec, float[] values, KeyedRandom random) {
    if (spec.initialisation() == Initialisation.ZERO) {
      return;
    }
    boolean uniform = spec.initialisation() == Initialisation.XAVIER;
    double variance =
        switch (spec.initialisation()) {
          case HE, AUTOMATIC -> 2.0 / spec.fanIn();
          case LECUN -> 1.0 / spec.fanIn();
          case XAVIER, ZERO -> 2.0 / (spec.fanIn() + spec.fanOut());
        };
    double scale = uniform ? Math.sqrt(3 * variance) : Math.sqrt(variance);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * (uniform ? 2 * random.nextDouble() - 1 : random.nextGaussian()));
    }
  }
}
