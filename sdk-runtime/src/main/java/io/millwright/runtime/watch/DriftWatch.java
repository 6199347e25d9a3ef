package io.millwright.runtime.watch;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares windows of rows with a reference, column by column and all together, with all p-values
 * of one window adjusted together (Holm), so that of windows without any change at most the stated
 * share raises an alarm. Immutable and thread-safe.
 */
public final class DriftWatch {

  private static final int MOST_TOGETHER = 150;
  private static final int PERMUTATIONS = 199;

  private final Table reference;
  private final List<Column> columns;
  private final Map<String, double[]> sorted = new LinkedHashMap<>();
  private final double level;
  private final long key;

  private DriftWatch(Table reference, double level, long key) {
    this.reference = reference;
    this.level = level;
    this.key = key;
    columns =
        reference.schema().columns().stream()
            .filter(c -> c.type().isNumeric() || c.type().isText())
            .toList();
    for (Column c : columns) {
      if (c.type().isNumeric()) {
        sorted.put(
            c.name(),
            Arrays.stream(reference.numbers(c.name()))
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray());
      }
    }
  }

  /**
   * A watch at the level 0.01: one window of a hundred without change raises an alarm.
   *
   * @param reference rows as they should be, such as those of training; columns of numbers, ages
   *     and labels are compared
   * @return the watch
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} below 20 rows
   */
  public static DriftWatch of(Table reference) {
    if (reference.rows() < 20) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "a reference of "
              + reference.rows()
              + " rows\nMaybe give 20 or more, better some hundreds");
    }
    return new DriftWatch(reference, 0.01, 0);
  }

  /**
   * Another level.
   *
   * @param share the share of windows without change that may raise an alarm, between 0 and 1
   * @return the new watch
   */
  public DriftWatch level(double share) {
    if (!(share > 0 && share < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the level is " + share + "\nMaybe 0.01, one window of a hundred");
    }
    return new DriftWatch(reference, share, key);
  }

  /**
   * Judges a window.
   *
   * @param window rows with the columns of the reference
   * @return how far it is from the reference
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN} or {@link
   *     ErrorCode#WRONG_TYPE}
   */
  public DriftReport judge(Table window) {
    List<DriftStatistics.Test> tests = new ArrayList<>();
    List<Double> psi = new ArrayList<>();
    List<Double> distance = new ArrayList<>();
    List<Double> pValues = new ArrayList<>();
    for (Column column : columns) {
      DriftStatistics.Test test;
      if (column.type().isNumeric()) {
        double[] now = window.numbers(column.name());
        double[] then = sorted.getOrDefault(column.name(), new double[0]);
        test = DriftStatistics.kolmogorovSmirnov(then, now);
        psi.add(DriftStatistics.psi(then, now));
        distance.add(DriftStatistics.jensenShannon(then, now));
      } else {
        test =
            DriftStatistics.labels(reference.labels(column.name()), window.labels(column.name()));
        psi.add(Double.NaN);
        distance.add(test.statistic());
      }
      tests.add(test);
      pValues.add(test.pValue());
    }
    boolean several = sorted.size() > 1 && window.rows() >= 10;
    double together = several ? together(window) : 1;
    if (several) {
      pValues.add(together);
    }
    List<Double> adjusted = DriftStatistics.holm(pValues);
    List<DriftReport.ColumnDrift> drifts = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      drifts.add(
          new DriftReport.ColumnDrift(
              columns.get(c).name(),
              psi.get(c),
              distance.get(c),
              tests.get(c).pValue(),
              adjusted.get(c),
              adjusted.get(c) < level));
    }
    drifts.sort(
        Comparator.comparingDouble(DriftReport.ColumnDrift::adjusted)
            .thenComparingDouble(d -> -d.distance()));
    return new DriftReport(
        window.rows(), drifts, several ? adjusted.get(columns.size()) : 1, level);
  }

  /**
   * The energy test (Székely and Rizzo 2004) of ranks within the reference, by permutation of at
   * most 150 rows of each.
   */
  private double together(Table window) {
    double[][] a = ranks(reference, chosen(reference.rows(), 1));
    double[][] b = ranks(window, chosen(window.rows(), 2));
    int n = a.length;
    int m = b.length;
    double[][] all = new double[n + m][];
    System.arraycopy(a, 0, all, 0, n);
    System.arraycopy(b, 0, all, n, m);
    float[][] far = new float[n + m][n + m];
    for (int i = 0; i < n + m; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int k = 0; k < all[i].length; k++) {
          double d = all[i][k] - all[j][k];
          sum += d * d;
        }
        far[i][j] = (float) Math.sqrt(sum);
        far[j][i] = far[i][j];
      }
    }
    int[] order = new int[n + m];
    Arrays.setAll(order, i -> i);
    double own = energy(far, order, n);
    int above = 1;
    for (int p = 0; p < PERMUTATIONS; p++) {
      int[] mixed = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 81, p).permutation(n + m);
      above += energy(far, mixed, n) >= own ? 1 : 0;
    }
    return (double) above / (PERMUTATIONS + 1);
  }

  private static double energy(float[][] far, int[] order, int n) {
    int m = order.length - n;
    double between = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < order.length; i++) {
      float[] row = far[order[i]];
      for (int j = 0; j < i; j++) {
        double d = row[order[j]];
        if (i < n) {
          first += d;
        } else if (j >= n) {
          second += d;
        } else {
          between += d;
        }
      }
    }
    return 2 * between / ((double) n * m)
        - 2 * first / ((double) n * n)
        - 2 * second / ((double) m * m);
  }

  private int[] chosen(int rows, int which) {
    int[] order = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 82, which).permutation(rows);
    return Arrays.copyOf(order, Math.min(rows, MOST_TOGETHER));
  }

  /** Where each number stands within the reference, -0.5 to 0.5; 0 where it is missing. */
  private double[][] ranks(Table table, int[] rows) {
    double[][] ranks = new double[rows.length][sorted.size()];
    int k = 0;
    for (Map.Entry<String, double[]> column : sorted.entrySet()) {
      double[] values = table.numbers(column.getKey());
      double[] then = column.getValue();
      for (int i = 0; i < rows.length; i++) {
        double v = values[rows[i]];
        ranks[i][k] =
            Double.isNaN(v) || then.length == 0
                ? 0
                : (below(then, v, false) + below(then, v, true)) / (2.0 * then.length) - 0.5;
      }
      k++;
    }
    return ranks;
  }

  /** How many values of a sorted array are below one, or at most it. */
  static int below(double[] sorted, double v, boolean equalToo) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < v || (equalToo && sorted[middle] == v)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
