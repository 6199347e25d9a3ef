package io.millwright.api.head;

/**
 * A number that is known, or known to be at least so large (right-censored): a bearing that still
 * ran when it was taken out has lived at least that long.
 *
 * @param value the number
 * @param atLeast whether the truth is at least as large
 */
public record Amount(double value, boolean atLeast) {

  /**
   * A number that is known.
   *
   * @param value the number
   * @return the amount
   */
  public static Amount of(double value) {
    return new Amount(value, false);
  }

  /**
   * A number that is known to be at least so large.
   *
   * @param value the number
   * @return the amount
   */
  public static Amount atLeast(double value) {
    return new Amount(value, true);
  }

  @Override
  public String toString() {
    return atLeast ? "at least " + value : Double.toString(value);
  }
}
