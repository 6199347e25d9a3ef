package io.millwright.runtime.prepare;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import java.util.ArrayList;
import java.util.List;

/**
 * Training data between two steps.
 *
 * @param columns the columns
 * @param sequences the rows of each sequence, one after the other; labels are codes
 */
record Frame(List<Column> columns, List<double[]> sequences) {

  int width() {
    return columns.size();
  }

  int rows(int sequence) {
    return sequences.get(sequence).length / Math.max(1, width());
  }

  int rows() {
    int rows = 0;
    for (int s = 0; s < sequences.size(); s++) {
      rows += rows(s);
    }
    return rows;
  }

  double value(int sequence, int row, int column) {
    return sequences.get(sequence)[row * width() + column];
  }

  String name(int column) {
    return columns.get(column).name();
  }

  /** The columns of numbers, the age left out. */
  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int c = 0; c < width(); c++) {
      if (columns.get(c).type() == ColumnType.NUMBER) {
        numbers.add(c);
      }
    }
    return numbers;
  }

  /** All values of a column, one sequence after the other. */
  double[] values(int column) {
    double[] values = new double[rows()];
    int to = 0;
    for (int s = 0; s < sequences.size(); s++) {
      for (int r = 0; r < rows(s); r++) {
        values[to++] = value(s, r, column);
      }
    }
    return values;
  }

  /** The same without what is missing or infinite. */
  double[] finite(int column) {
    double[] values = values(column);
    int to = 0;
    for (double v : values) {
      if (!Double.isNaN(v) && !Double.isInfinite(v)) {
        values[to++] = v;
      }
    }
    return java.util.Arrays.copyOf(values, to);
  }

  /**
   * The standard deviation of what changes from one row to the next, for white noise that of the
   * noise.
   */
  double noise(int column) {
    double sum = 0;
    long n = 0;
    for (int s = 0; s < sequences.size(); s++) {
      for (int r = 1; r < rows(s); r++) {
        double d = value(s, r, column) - value(s, r - 1, column);
        if (!Double.isNaN(d) && !Double.isInfinite(d)) {
          sum += d * d / 2;
          n++;
        }
      }
    }
    return n == 0 ? 0 : Math.sqrt(sum / n);
  }

  /** The mean of a column over rows of a sequence; NaN when nothing is known. */
  double mean(int sequence, int column, int from, int to) {
    double sum = 0;
    int n = 0;
    for (int r = from; r < to; r++) {
      double v = value(sequence, r, column);
      if (!Double.isNaN(v) && !Double.isInfinite(v)) {
        sum += v;
        n++;
      }
    }
    return n == 0 ? Double.NaN : sum / n;
  }
}
