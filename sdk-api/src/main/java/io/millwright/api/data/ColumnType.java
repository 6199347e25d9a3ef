package io.millwright.api.data;

/** What a column holds. */
public enum ColumnType {
  /** A number; NaN means missing. */
  NUMBER,
  /** One of some labels; null means missing. */
  CATEGORY,
  /**
   * The age of the unit at the row, in cycles, as a number; NaN when it is not known. Preparation
   * leaves it alone but for {@link io.millwright.api.learn.Step.Trends}.
   */
  AGE,
  /** An {@link Image}; null means missing. */
  IMAGE;

  /**
   * Whether the values are numbers.
   *
   * @return true for {@link #NUMBER} and {@link #AGE}
   */
  public boolean isNumeric() {
    return this == NUMBER || this == AGE;
  }
}
