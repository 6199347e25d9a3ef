package io.millwright.supplychain;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The forecasts of several partners as one.
 *
 * @param method how they were merged, in words
 * @param weights the weight of each partner; they add up to 1
 * @param biases what is taken off each partner's forecasts; 0 where none is
 * @param errors the mean absolute error of each partner at what is known, NaN without any
 * @param error that of the merged forecast at periods that it had not seen, NaN without any
 * @param next the merged forecast
 */
public record MergedForecast(
    String method,
    Map<String, Double> weights,
    Map<String, Double> biases,
    Map<String, Double> errors,
    double error,
    List<Double> next) {

  /** Copies. */
  public MergedForecast {
    Objects.requireNonNull(method, "method");
    weights = Map.copyOf(weights);
    biases = Map.copyOf(biases);
    errors = Map.copyOf(errors);
    next = List.copyOf(next);
  }
}
