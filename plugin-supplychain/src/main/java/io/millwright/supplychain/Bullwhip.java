package io.millwright.supplychain;

import java.util.Objects;

/**
 * How much more one course varies than another (bullwhip ratio).
 *
 * @param from the demand that is answered
 * @param to the orders that answer it
 * @param ratio the ratio of squared coefficients of variation; above 1 the link amplifies
 * @param periods over how many periods
 */
public record Bullwhip(String from, String to, Estimate ratio, int periods) {

  /** Checks. */
  public Bullwhip {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(ratio, "ratio");
  }
}
