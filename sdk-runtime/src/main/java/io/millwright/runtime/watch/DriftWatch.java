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
 * Compares windows of rows with a reference, column by column and all together. Half of the level
 * is for the columns (adjusted by Holm), half for the test of all numeric columns together
 * (Bonferroni), so that of windows without any change at most the stated share raises an alarm, and
 * a change of what the columns have to do with each other alarms however many they are. Immutable
 * and thread-safe; the same rows give the same report.
 */
public final class DriftWatch {

  private static final int MOST_TOGETHER = 150;
  private static final int FEWEST = 10;

  /** Permutations end here; a p-value is then known to a third of itself. */
  private static final int ENOUGH_ABOVE = 10;

  /** Or here, whatever the level: a second or two. */
  private static final int MOST_PERMUTATIONS = 100_000;

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
   * @param share the share of windows without change that may raise an alarm, between 0 and 1;
   *     below 0.00002 only single columns can raise one, since the test of all together knows its
   *     p-value to 0.00001
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
   * @param window at least 10 rows with the columns of the reference
   * @return how far it is from the reference
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} below 10 rows, {@link
   *     ErrorCode#MISSING_COLUMN} or {@link ErrorCode#WRONG_TYPE}
   */
  public DriftReport judge(Table window) {
    if (window.rows() < FEWEST) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "a window of "
              + window.rows()
              + (window.rows() == 1 ? " row" : " rows")
              + " is too few to tell drift from chance\nMaybe gather "
              + FEWEST
              + " or more, better a hundred");
    }
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
    boolean several = sorted.size() > 1;
    double share = several ? 2 : 1;
    List<Double> adjusted =
        DriftStatistics.holm(pValues).stream().map(p -> Math.min(1, share * p)).toList();
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
    double together = several ? Math.min(1, share * together(window, level / share)) : 1;
    return new DriftReport(window.rows(), drifts, together, level);
  }

  /**
   * The energy test (Székely and Rizzo 2004) of ranks within the reference, by permutation of at
   * most 150 rows of each. It goes on until ten permutations are as far apart as the samples (Besag
   * and Clifford 1991), so it is short where nothing has changed, and otherwise until the p-value
   * can be twenty times below the level. Each window meets other rows of the reference: a few that
   * lie a little aside would otherwise raise alarm after alarm.
   */
  private double together(Table window, double level) {
    long seen = 0;
    for (String column : sorted.keySet()) {
      seen = 31 * seen + Arrays.hashCode(window.numbers(column));
    }
    double[][] a = ranks(reference, chosen(reference.rows(), 1, seen));
    double[][] b = ranks(window, chosen(window.rows(), 2, seen));
    int n = a.length;
    int m = b.length;
    double[][] all = new double[n + m][];
    System.arraycopy(a, 0, all, 0, n);
    System.arraycopy(b, 0, all, n, m);
    Distances far = new Distances(all);
    int[] order = new int[n + m];
    Arrays.setAll(order, i -> n + m - 1 - i); // the window first
    double own = far.energy(order, m);
    // Equal up to the order of sums is equal: columns of few values give many such draws.
    double least = own - 1e-9 * Math.abs(own);
    int most = (int) Math.min(MOST_PERMUTATIONS, Math.ceil(20 / level));
    int above = 0;
    for (int p = 1; p <= most; p++) {
      int[] mixed = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 81, p).permutation(n + m);
      above += far.energy(mixed, m) >= least ? 1 : 0;
      if (above == ENOUGH_ABOVE) {
        return (double) above / p;
      }
    }
    return (above + 1.0) / (most + 1);
  }

  /** How far rows are apart, and what they are in sum. */
  private static final class Distances {
    private final float[][] far;
    private final double[] ofRow;
    private double sum;

    Distances(double[][] rows) {
      int n = rows.length;
      far = new float[n][n];
      ofRow = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          double squares = 0;
          for (int k = 0; k < rows[i].length; k++) {
            double d = rows[i][k] - rows[j][k];
            squares += d * d;
          }
          far[i][j] = (float) Math.sqrt(squares);
          far[j][i] = far[i][j];
          ofRow[i] += far[i][j];
          ofRow[j] += far[i][j];
          sum += far[i][j];
        }
      }
    }

    /** The energy distance of the first rows of an order from the others. */
    double energy(int[] order, int first) {
      double rows = 0;
      double within = 0;
      for (int i = 0; i < first; i++) {
        float[] row = far[order[i]];
        rows += ofRow[order[i]];
        for (int j = 0; j < i; j++) {
          within += row[order[j]];
        }
      }
      double between = rows - 2 * within;
      double others = sum - between - within;
      double n = first;
      double m = order.length - n;
      return 2 * between / (n * m) - 2 * within / (n * n) - 2 * others / (m * m);
    }
  }

  private int[] chosen(int rows, int which, long seen) {
    int[] order = KeyedRandom.of(key, KeyedRandom.Purpose.OTHER, 82, which, seen).permutation(rows);
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
