package io.millwright.runtime.watch;

import java.util.List;
import java.util.Objects;

/**
 * How far a window of rows is from the reference (data drift).
 *
 * @param rows how many rows the window has
 * @param columns one for each column, furthest first
 * @param together the adjusted p-value of the test of all numeric columns together (energy
 *     distance, permuted), which has half of the level; 1 where there are no two such columns
 * @param level below which adjusted p-value something has drifted
 */
public record DriftReport(int rows, List<ColumnDrift> columns, double together, double level) {

  /**
   * One column.
   *
   * @param column its name
   * @param psi the population stability index; NaN for labels
   * @param distance the Jensen-Shannon distance, 0 to 1
   * @param pValue of the Kolmogorov-Smirnov test, or of chi-squared for labels
   * @param adjusted the p-value adjusted for the number of columns (Holm), and doubled where the
   *     test of all together has half of the level
   * @param drifted whether the adjusted value is below the level
   */
  public record ColumnDrift(
      String column, double psi, double distance, double pValue, double adjusted, boolean drifted) {
    /** Checks. */
    public ColumnDrift {
      Objects.requireNonNull(column, "column");
    }
  }

  /** Copies. */
  public DriftReport {
    columns = List.copyOf(columns);
  }

  /**
   * Whether anything has drifted.
   *
   * @return whether a column, or all together, are below the level
   */
  public boolean drifted() {
    return together < level || columns.stream().anyMatch(ColumnDrift::drifted);
  }
}
