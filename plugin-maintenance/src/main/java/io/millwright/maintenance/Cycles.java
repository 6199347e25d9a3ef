package io.millwright.maintenance;

/**
 * A remaining useful life (ISO 13381-1), in cycles of use.
 *
 * @param count how many cycles, 0 or more
 * @param atLeast whether the life is only known to be at least this long: the model's early life
 *     was reached
 */
public record Cycles(double count, boolean atLeast) {

  /** Checks. */
  public Cycles {
    if (!(count >= 0) || Double.isInfinite(count)) {
      throw new IllegalArgumentException("count is " + count + ", but must be 0 or more");
    }
  }

  /**
   * An exact number of cycles.
   *
   * @param count how many, 0 or more
   * @return the life
   */
  public static Cycles of(double count) {
    return new Cycles(count, false);
  }

  @Override
  public String toString() {
    return (atLeast ? "at least " : "") + Math.round(count) + " cycles";
  }
}
