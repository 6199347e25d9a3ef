package io.millwright.scheduling;

import java.util.Objects;

/**
 * What an operation makes of a stock, or takes from it (production or consumption of a reservoir):
 * {@code amount + perPiece * quantity of the job}. What is made is there when the operation ends;
 * what is taken, a negative number, goes when it begins.
 *
 * @param stock the stock's name
 * @param amount the part that does not depend on the quantity
 * @param perPiece the part for each piece, of the same sign
 */
public record Flow(String stock, long amount, long perPiece) {

  /** Checks for nulls; the numbers are checked with the whole shop. */
  public Flow {
    Objects.requireNonNull(stock, "stock");
  }

  /**
   * Something made, whatever the quantity.
   *
   * @param stock the stock's name
   * @param amount how much is there when the operation ends
   * @return the flow
   */
  public static Flow makes(String stock, long amount) {
    return new Flow(stock, amount, 0);
  }

  /**
   * Something taken, whatever the quantity.
   *
   * @param stock the stock's name
   * @param amount how much goes when the operation begins
   * @return the flow
   */
  public static Flow takes(String stock, long amount) {
    return new Flow(stock, -amount, 0);
  }

  /**
   * What flows for a quantity.
   *
   * @param quantity the pieces
   * @return the amount, negative when it is taken
   * @throws ArithmeticException when it does not fit a long
   */
  public long of(long quantity) {
    return Math.addExact(amount, Math.multiplyExact(perPiece, quantity));
  }
}
