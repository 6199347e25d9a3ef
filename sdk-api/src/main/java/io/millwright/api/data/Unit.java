package io.millwright.api.data;

import java.util.Objects;

/**
 * A unit of measurement, by its symbol. Two units are the same when their symbols are; Millwright
 * never converts silently. Symbols should be those of the Unified Code for Units of Measure (UCUM,
 * case sensitive), such as {@code K}, {@code Cel}, {@code N.m}, {@code min}; words for counted
 * things, such as {@code cycle}, are fine.
 *
 * @param symbol the symbol; empty for a number without unit
 */
public record Unit(String symbol) {

  /** No unit: a ratio, a count, a category. */
  public static final Unit NONE = new Unit("");

  /** One cycle of use, such as a flight, a stroke, a shift. */
  public static final Unit CYCLE = new Unit("cycle");

  /** Checks. */
  public Unit {
    Objects.requireNonNull(symbol, "symbol");
    if (!symbol.equals(symbol.strip()) || symbol.length() > 40) {
      throw new IllegalArgumentException(
          "unit \"" + symbol + "\" has blanks at its ends or more than 40 characters");
    }
  }

  /**
   * A unit by its symbol.
   *
   * @param symbol the symbol
   * @return the unit
   */
  public static Unit of(String symbol) {
    return symbol.isEmpty() ? NONE : new Unit(symbol);
  }

  @Override
  public String toString() {
    return symbol.isEmpty() ? "no unit" : symbol;
  }
}
