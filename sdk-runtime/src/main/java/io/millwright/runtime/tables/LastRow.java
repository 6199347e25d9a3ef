package io.millwright.runtime.tables;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the last row of a table is the sum, or the mean, of all rows above, as reports and
 * spreadsheets end with one. Learnt from, it would be the largest reading of all. Not thread-safe.
 */
final class LastRow {

  /** So many rows above are needed without a word that says it: small numbers often add up. */
  private static final int LEAST_ROWS = 5;

  private static final int LEAST_COLUMNS = 2;

  /** Rounded to five digits or more; to three where a word says what it is. */
  private static final double ROUNDING = 1e-5;

  private static final double SAID_ROUNDING = 1e-3;

  private final double[] sums;
  private final double[] sizes;
  private final long[] known;
  private final double[] first;
  private final boolean[] varies;
  private long rows;

  LastRow(int columns) {
    sums = new double[columns];
    sizes = new double[columns];
    known = new long[columns];
    first = new double[columns];
    varies = new boolean[columns];
  }

  /** Takes a row that is not the last one. */
  void see(double[] numbers) {
    rows++;
    for (int c = 0; c < numbers.length; c++) {
      double x = numbers[c];
      if (Double.isFinite(x)) {
        first[c] = known[c] == 0 ? x : first[c];
        varies[c] |= x != first[c];
        sums[c] += x;
        sizes[c] += Math.abs(x);
        known[c]++;
      }
    }
  }

  /**
   * What the last row is; empty where it is a row like all others.
   *
   * @param numbers its numbers; NaN where there is none
   * @param texts its texts; null where there is none
   * @return {@code sum} or {@code mean}
   */
  Optional<String> kind(double[] numbers, List<@Nullable String> texts) {
    boolean total = texts.stream().anyMatch(t -> t != null && OddLine.isTotal(t));
    boolean mean = texts.stream().anyMatch(t -> t != null && OddLine.isMean(t));
    if (isAll(numbers, false, total)) {
      return Optional.of("sum");
    }
    return mean && isAll(numbers, true, true) ? Optional.of("mean") : Optional.empty();
  }

  /** Whether each number of the row is that of its column, and they are enough to be no chance. */
  private boolean isAll(double[] numbers, boolean mean, boolean said) {
    int equal = 0;
    for (int c = 0; c < numbers.length; c++) {
      double x = numbers[c];
      if (Double.isNaN(x) || known[c] == 0) {
        continue;
      }
      double share = mean ? known[c] : 1;
      double rounding = said ? SAID_ROUNDING : ROUNDING;
      if (!(Math.abs(x - sums[c] / share) <= rounding * sizes[c] / share)) {
        return false;
      }
      // Nothing but zeros adds up whatever the row is.
      equal += sizes[c] > 0 && varies[c] ? 1 : 0;
    }
    return said ? equal > 0 && rows > 1 : equal >= LEAST_COLUMNS && rows >= LEAST_ROWS;
  }
}
