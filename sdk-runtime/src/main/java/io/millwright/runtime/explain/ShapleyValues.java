package io.millwright.runtime.explain;

import java.util.List;
import java.util.Objects;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Shapley values of one answer (Shapley 1953; Lundberg and Lee 2017): how far each feature moves
 * the answer away from the mean answer of the background, averaged over all orders in which
 * features can become known. The effects add up to {@code answer - reference}.
 *
 * @param method how they were computed, in a sentence
 * @param reference the mean of the explained number over the background
 * @param answer the explained number of the input
 * @param parts what each feature contributes, largest size first
 * @param evaluations how many answers of the model were asked for
 * @param exact whether all coalitions were counted; then every standard error is 0
 * @param draws how many pairs of orders were drawn; 0 when exact
 */
public record ShapleyValues(
    String method,
    double reference,
    double answer,
    List<Part> parts,
    long evaluations,
    boolean exact,
    int draws) {

  /**
   * What one feature contributes.
   *
   * @param feature its name
   * @param value what it holds, with its unit
   * @param effect its Shapley value, in the unit of the answer
   * @param standardError the standard error of the value, from the spread of the draws; 0 when
   *     exact
   */
  public record Part(String feature, String value, double effect, double standardError) {
    /** Checks. */
    public Part {
      Objects.requireNonNull(feature, "feature");
      Objects.requireNonNull(value, "value");
    }
  }

  /** Checks and copies. */
  public ShapleyValues {
    Objects.requireNonNull(method, "method");
    parts = List.copyOf(parts);
  }

  /**
   * How far a value may be from the truth at a level, by Student's t over the draws.
   *
   * @param part one of the parts
   * @param level the probability, between 0 and 1
   * @return half the width of the interval around its effect
   */
  public double margin(Part part, double level) {
    return exact
        ? 0
        : part.standardError()
            * new TDistribution(Math.max(1, draws - 2))
                .inverseCumulativeProbability(0.5 + level / 2);
  }
}
