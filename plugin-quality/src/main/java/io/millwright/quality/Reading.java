package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/** What is read at one moment for a control chart (rational subgroup). */
public sealed interface Reading {

  /**
   * Measured values.
   *
   * @param values as many as the chart's subgroups have; NaN for one that is missing; of a
   *     multivariate chart one for each variable, or for each position of a profile
   * @param product which product was made, where a chart tells products apart; empty otherwise
   */
  record Values(List<Double> values, String product) implements Reading {
    /** Copies. */
    public Values {
      values = List.copyOf(values);
      Objects.requireNonNull(product, "product");
    }

    /**
     * Values without a product.
     *
     * @param values the values
     */
    public Values(List<Double> values) {
      this(values, "");
    }
  }

  /**
   * Counted parts or defects.
   *
   * @param found how many parts were defective, 0 to {@code inspected}; or how many defects
   * @param inspected how many parts or units were inspected, above 0; of units also a fraction
   */
  record Count(long found, double inspected) implements Reading {}

  /**
   * One value.
   *
   * @param value the value; NaN when it is missing
   * @return the reading
   */
  static Reading of(double value) {
    return new Values(List.of(value));
  }
}
