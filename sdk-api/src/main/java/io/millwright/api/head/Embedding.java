package io.millwright.api.head;

import java.util.List;
import java.util.Optional;

/**
 * A vector of length 1 that stands for an input.
 *
 * @param values its coordinates
 * @param same the likeness from which on two inputs count as the same, when the model was
 *     calibrated
 */
public record Embedding(List<Double> values, Optional<Double> same) {
  /** Copies. */
  public Embedding {
    values = List.copyOf(values);
  }

  /**
   * The cosine of the angle between two vectors.
   *
   * @param other another vector of the same model
   * @return from -1 to 1
   */
  public double likeness(Embedding other) {
    double sum = 0;
    for (int k = 0; k < values.size(); k++) {
      sum += values.get(k) * other.values.get(k);
    }
    return sum;
  }
}
