package io.millwright.api;

import java.util.List;
import java.util.Objects;

/**
 * Why a model answers as it does for one input.
 *
 * @param method how it was computed, in a sentence
 * @param reference what the answer would be for the reference input, on the scale of the explained
 *     number
 * @param answer the explained number: the predicted quantity, or the probability of the explained
 *     class
 * @param contributions what each column contributes, largest size first
 */
public record Explanation(
    String method, double reference, double answer, List<Contribution> contributions) {

  /**
   * What one column contributes.
   *
   * @param column the column's name
   * @param value the column's value in the input, as text
   * @param effect how far the number moves when this column takes its reference value: the number
   *     as it is minus the number then
   */
  public record Contribution(String column, String value, double effect) {
    /** Checks. */
    public Contribution {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(value, "value");
    }
  }

  /** Checks and copies. */
  public Explanation {
    Objects.requireNonNull(method, "method");
    contributions = List.copyOf(contributions);
  }
}
