package io.millwright.personalization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a configuration is made (configurable routing and super bill of materials): rules of routing,
 * and a bill of materials with conditions.
 *
 * @param steps the operations that configurations may need
 * @param parts the materials that they may need
 * @param bills what parts are made of themselves: for an item its components and how many of each;
 *     items without a bill are bought or taken from stock
 */
public record ProductionRules(
    List<StepRule> steps, List<PartRule> parts, Map<String, Map<String, Double>> bills) {

  /** Copies. */
  public ProductionRules {
    steps = List.copyOf(steps);
    parts = List.copyOf(parts);
    Map<String, Map<String, Double>> copy = new LinkedHashMap<>();
    bills.forEach(
        (item, of) -> copy.put(item, Collections.unmodifiableMap(new LinkedHashMap<>(of))));
    bills = Collections.unmodifiableMap(copy);
  }

  /**
   * An operation that is needed under conditions.
   *
   * @param name the step's name
   * @param resource who does it
   * @param setup ticks once
   * @param each ticks for each piece
   * @param factors ticks more for each piece and unit of a numeric feature, by the feature's name
   * @param after the steps before it; those that a configuration does not need are passed over
   * @param when needed where all of these hold
   */
  public record StepRule(
      String name,
      String resource,
      double setup,
      double each,
      Map<String, Double> factors,
      List<String> after,
      List<ProductRule.Condition> when) {
    /** Copies. */
    public StepRule {
      factors = Map.copyOf(factors);
      after = List.copyOf(after);
      when = List.copyOf(when);
    }
  }

  /**
   * A material that is needed under conditions.
   *
   * @param item the item
   * @param each how much for each piece
   * @param step the step that uses it
   * @param when needed where all of these hold
   */
  public record PartRule(String item, double each, String step, List<ProductRule.Condition> when) {
    /** Copies. */
    public PartRule {
      when = List.copyOf(when);
    }
  }
}
