package io.millwright.connect.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.api.spi.Problems;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What connectors to typed sources decide alike. */
public final class Columns {

  private static final long EXACT_BELOW = 1L << 53;

  private Columns() {}

  /**
   * Makes categories of the columns of texts that look like them, by the rule of text files: at
   * most 1,000 different values, at most nine tenths of the rows from 20 rows on, at most 60
   * characters on average.
   *
   * @param table the table
   * @param columns the columns of texts of which nobody said what they are
   * @return the table
   */
  public static Table judged(Table table, Set<String> columns) {
    Table judged = table;
    for (String name : columns) {
      List<@Nullable String> texts = table.labels(name);
      long known = texts.stream().filter(Objects::nonNull).count();
      long characters = texts.stream().filter(Objects::nonNull).mapToLong(String::length).sum();
      int different = table.distinct(name).size();
      boolean text =
          different > 1_000
              || (known >= 20 && different > 0.9 * known)
              || characters > 60 * Math.max(1, known);
      if (!text && known > 0) {
        judged = judged.with(Column.category(name), texts);
      }
    }
    return judged;
  }

  /**
   * Adds a problem for each column that was asked for and is not there.
   *
   * @param asked the names that were asked for
   * @param names the names that are there
   * @param problems takes what is missing
   */
  public static void mustBeThere(Set<String> asked, Set<String> names, Problems problems) {
    for (String name : asked) {
      if (!names.contains(name)) {
        problems.add(
            ErrorCode.MISSING_COLUMN,
            "column \"" + name + "\"",
            "is missing; there are " + names.stream().limit(50).toList(),
            "write its name as in the file.");
      }
    }
  }

  /** Whether a double holds a whole number to its last digit. */
  public static boolean exact(long value) {
    return Math.abs(value) <= EXACT_BELOW
        || new BigDecimal((double) value).compareTo(BigDecimal.valueOf(value)) == 0;
  }

  /** Whether a double holds a whole number to its last digit. */
  public static boolean exact(BigInteger value) {
    double d = value.doubleValue();
    return value.bitLength() <= 53
        || (!Double.isInfinite(d) && new BigDecimal(d).toBigInteger().equals(value));
  }

  /** Whether a decimal has a fraction, or a double holds it to its last digit. */
  public static boolean exact(BigDecimal value) {
    boolean whole = value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0;
    return !whole || exact(value.toBigInteger());
  }
}
