package io.millwright.maintenance.internal.state;

import java.util.Arrays;

/**
 * A sequence of any length as numbers of one length: the mean of each of some equal segments in
 * each column and, where segments have at least {@link #SPREAD} rows as a rule, the deviation
 * within.
 *
 * @param count how many segments
 * @param spread whether deviations stand beside the means
 */
record Segments(int count, boolean spread) {

  /** Fewer rows have no deviation that says anything. */
  static final int SPREAD = 3;

  int size(int columns) {
    return columns * count * (spread ? 2 : 1);
  }

  /**
   * Lays a sequence out.
   *
   * @param columns columns of equal length, at least 1
   * @return the numbers; NaN for columns without any reading
   */
  double[] of(double[][] columns) {
    double[] all = new double[size(columns.length)];
    int at = 0;
    for (double[] column : columns) {
      double[] values = filled(column);
      for (int s = 0; s < count; s++) {
        int from = (int) ((long) s * values.length / count);
        int to = Math.max(from + 1, (int) ((long) (s + 1) * values.length / count));
        double mean = Arrays.stream(values, from, to).sum() / (to - from);
        all[at++] = mean;
        if (spread) {
          double square = 0;
          for (int i = from; i < to; i++) {
            square += (values[i] - mean) * (values[i] - mean) / (to - from);
          }
          all[at++] = Math.sqrt(square);
        }
      }
    }
    return all;
  }

  /** Missing readings on the line between their neighbours. */
  private static double[] filled(double[] column) {
    double[] values = column.clone();
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        continue;
      }
      for (int k = last + 1; k < i; k++) {
        values[k] =
            last < 0
                ? values[i]
                : values[last] + (values[i] - values[last]) * (k - last) / (i - last);
      }
      last = i;
    }
    for (int k = Math.max(last, 0); k < values.length; k++) {
      values[k] = last < 0 ? Double.NaN : values[last];
    }
    return values;
  }
}
