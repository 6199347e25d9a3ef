package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * How an outcome differs between the values of one column (stratification).
 *
 * @param column the column
 * @param p the probability of such differences by chance, corrected for the number of columns
 * @param share how much of the outcome's variation goes with the column, 0 to 1: epsilon-square of
 *     ranks, or the square of Cramér's V
 * @param groups its values, the most frequent first, at most 50
 */
public record Stratum(String column, double p, double share, List<Group> groups) {

  /** Checks and copies. */
  public Stratum {
    Objects.requireNonNull(column, "column");
    groups = List.copyOf(groups);
  }

  /**
   * The rows with one value.
   *
   * @param value the value, or the range of numbers
   * @param rows how many
   * @param outcome the mean of the outcome; of categories, the share of the first in the order of
   *     the alphabet
   */
  public record Group(String value, int rows, double outcome) {
    /** Checks. */
    public Group {
      Objects.requireNonNull(value, "value");
    }
  }
}
