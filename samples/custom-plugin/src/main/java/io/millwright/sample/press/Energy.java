package io.millwright.sample.press;

/**
 * Electrical energy.
 *
 * @param kilojoules the energy in kJ, at least 0
 */
public record Energy(double kilojoules) {
  /** Checks. */
  public Energy {
    if (!(kilojoules >= 0) || Double.isInfinite(kilojoules)) {
      throw new IllegalArgumentException(
          "energy is " + kilojoules + " kJ, but must be 0 or more and finite");
    }
  }
}
