package io.millwright.api.spi;

import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.learn.Views;
import java.util.List;

/**
 * A predictor that can also answer at a glance: from each input as it is, where the model averages
 * over several {@linkplain Views views} of it. That is cheaper by their number and a little less
 * accurate, which is enough for comparing many variants of one input. The predictors of models
 * trained here are of this kind. Thread-safe.
 *
 * @param <I> one input
 * @param <V> one answer
 */
public interface Glance<I, V> extends Predictor<I, V> {

  /**
   * Predicts many inputs from one view of each; without {@link Views} the same as {@link
   * Predictor#predictAll}.
   *
   * @param inputs the inputs
   * @return as many outcomes, in the same order
   */
  List<Outcome<V>> glanceAll(List<? extends I> inputs);
}
