package io.millwright.production;

import java.util.Objects;

/**
 * A key performance indicator of ISO 22400-2 with what is known of its uncertainty.
 *
 * @param name its name in the standard, such as {@code OEE index}
 * @param value its value: a ratio (1 for 100 %), hours, or pieces an hour
 * @param low lower end of the 90 % interval; the value itself where nothing is random in it
 * @param high upper end
 * @param formula how it is computed from the elements
 */
public record Indicator(String name, double value, double low, double high, String formula) {
  /** Checks. */
  public Indicator {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(formula, "formula");
  }
}
