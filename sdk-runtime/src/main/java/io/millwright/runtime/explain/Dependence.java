package io.millwright.runtime.explain;

import java.util.List;
import java.util.Objects;

/**
 * Partial dependence of the answer on one column (Friedman 2001), with the curves of single inputs
 * (individual conditional expectation, Goldstein et al. 2015).
 *
 * @param column the column
 * @param unit the unit of its values, empty for none
 * @param points the mean answer at each value of the column, with its standard error over inputs
 * @param curves the answers of single inputs at the same values, one list for each input
 */
public record Dependence(
    String column, String unit, List<Point> points, List<List<Double>> curves) {

  /**
   * One value of the column.
   *
   * @param value the value as text: a label, or a number
   * @param number the number; NaN for a label
   * @param mean the mean answer
   * @param standardError its standard error over the inputs
   */
  public record Point(String value, double number, double mean, double standardError) {
    /** Checks. */
    public Point {
      Objects.requireNonNull(value, "value");
    }
  }

  /** Copies. */
  public Dependence {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(unit, "unit");
    points = List.copyOf(points);
    curves = curves.stream().map(List::copyOf).toList();
  }
}
