package io.millwright.runtime.explain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.learn.ClassScores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * A predictor as a function to one number, which counts how often it is asked.
 *
 * @param <I> one input
 * @param <V> one answer
 */
final class AskedModel<I, V> {

  private final Predictor<I, V> predictor;
  private final ToDoubleFunction<? super V> number;
  private final AtomicLong evaluations = new AtomicLong();

  AskedModel(Predictor<I, V> predictor, ToDoubleFunction<? super V> number) {
    this.predictor = predictor;
    this.number = number;
  }

  /** The number of a quantity, or the probability of a label. */
  static double number(Object value, Optional<String> label) {
    if (value instanceof ClassScores scores) {
      return scores.of(label.orElseGet(scores::best));
    }
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "an answer of "
            + value.getClass().getName()
            + " is no number\nMaybe tell the explainer which number to explain, with explaining()");
  }

  /** The numbers of inputs, NaN where the model abstains. */
  double[] of(List<I> inputs) {
    evaluations.addAndGet(inputs.size());
    List<Outcome<V>> outcomes = predictor.predictAll(inputs);
    double[] numbers = new double[outcomes.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(outcomes.get(i));
    }
    return numbers;
  }

  /** The number of the explained input, which must have an answer. */
  double of(I input) {
    evaluations.incrementAndGet();
    return number.applyAsDouble(predictor.predict(input).orElseThrow().value());
  }

  double value(V value) {
    return number.applyAsDouble(value);
  }

  double number(Outcome<V> outcome) {
    return outcome.fold(p -> number.applyAsDouble(p.value()), a -> Double.NaN);
  }

  long evaluations() {
    return evaluations.get();
  }
}
