package io.millwright.scheduling;

import java.util.List;
import java.util.Objects;

/**
 * One machine that can do an operation, and how long it takes there: {@code duration + perPiece *
 * quantity of the job} ticks of working time.
 *
 * @param machine the machine's name
 * @param duration the part that does not depend on the quantity, not negative
 * @param perPiece the ticks for each piece, not negative
 * @param needs the secondary resources that the operation holds on this machine, beside its own
 */
public record Alternative(String machine, long duration, long perPiece, List<Need> needs) {

  /** Checks for nulls and copies; the numbers are checked with the whole shop. */
  public Alternative {
    Objects.requireNonNull(machine, "machine");
    needs = List.copyOf(needs);
  }

  /**
   * A machine that needs nothing of its own.
   *
   * @param machine the machine's name
   * @param duration the part that does not depend on the quantity
   * @param perPiece the ticks for each piece
   */
  public Alternative(String machine, long duration, long perPiece) {
    this(machine, duration, perPiece, List.of());
  }

  /**
   * The same alternative with what it needs on this machine.
   *
   * @param others the needs
   * @return the new alternative
   */
  public Alternative needing(Need... others) {
    return new Alternative(machine, duration, perPiece, List.of(others));
  }

  /**
   * A machine with a fixed duration.
   *
   * @param machine the machine's name
   * @param duration the ticks it takes
   * @return the alternative
   */
  public static Alternative of(String machine, long duration) {
    return new Alternative(machine, duration, 0);
  }

  /**
   * The working time for a quantity.
   *
   * @param quantity the pieces
   * @return the ticks
   * @throws ArithmeticException when it does not fit a long
   */
  public long work(long quantity) {
    return Math.addExact(duration, Math.multiplyExact(perPiece, quantity));
  }
}
