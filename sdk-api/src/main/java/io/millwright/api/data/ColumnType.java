package io.millwright.api.data;

/** What a column holds (data type). */
public enum ColumnType {
  /** A number; NaN means missing. */
  NUMBER,
  /** A category: one of some labels; null means missing. */
  CATEGORY,
  /**
   * A text, such as the identifier of an article or a note, kept letter for letter; null means
   * missing.
   */
  TEXT,
  /**
   * A point in time, as milliseconds since 1970-01-01T00:00Z; {@link Table#NO_TIME} means missing.
   * Times that were read with an offset, or with a stated zone, are instants; times without either
   * are kept as if they were UTC.
   */
  TIME,
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

  /**
   * Whether the values are texts: categories, or texts without end.
   *
   * @return true for {@link #CATEGORY} and {@link #TEXT}
   */
  public boolean isText() {
    return this == CATEGORY || this == TEXT;
  }
}
