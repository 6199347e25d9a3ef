package io.millwright.production.internal.load;

import java.util.Arrays;

/**
 * Calibrates quantiles by how far those of the last weeks were off, in units of their own width:
 * split conformal prediction, quantile by quantile, on a moving window.
 */
final class Recent {

  private static final int WEEKS = 4;
  private static final int MOST = 700;
  private static final int FEWEST = 60;

  private Recent() {}

  /** How many periods before the origin are looked at. */
  static int window(Grid grid) {
    return Math.max(FEWEST, WEEKS * grid.week);
  }

  /**
   * Calibrates one row: mean and quantiles of a target.
   *
   * @param raw rows of targets from {@code first} on, that of the target among them
   * @param origin the last period that is known
   */
  static double[] calibrated(Grid grid, double[][] raw, int first, int target, int origin) {
    int window = window(grid);
    int from = Math.max(first, origin - window + 1);
    int count = origin - from + 1;
    double[] row = raw[target - first].clone();
    if (count < FEWEST) {
      return row;
    }
    int stride = Math.max(1, count / MOST);
    int q = StepModel.PROBABILITIES.length;
    double[][] off = new double[q][count / stride + 1];
    int n = 0;
    for (int t = origin; t >= from; t -= stride) {
      double truth = grid.y[t];
      if (Double.isNaN(truth)) {
        continue;
      }
      double[] r = raw[t - first];
      double width = width(r);
      for (int k = 0; k < q; k++) {
        // The middle stays: it was chosen for its error.
        off[k][n] = (truth - r[k + 1]) / width;
      }
      n++;
    }
    if (n < FEWEST) {
      return row;
    }
    double width = width(row);
    double[] shifted = new double[q];
    for (int k = 0; k < q; k++) {
      double[] sorted = Arrays.copyOf(off[k], n);
      Arrays.sort(sorted);
      double p = StepModel.PROBABILITIES[k];
      double shift = k == StepModel.MIDDLE ? 0 : sorted[place(p, n)];
      shifted[k] = row[k + 1] + shift * width;
    }
    double middle = shifted[StepModel.MIDDLE];
    for (int k = StepModel.MIDDLE - 1; k >= 0; k--) {
      shifted[k] = Math.min(shifted[k], k + 1 == StepModel.MIDDLE ? middle : shifted[k + 1]);
    }
    for (int k = StepModel.MIDDLE + 1; k < q; k++) {
      shifted[k] = Math.max(shifted[k], k - 1 == StepModel.MIDDLE ? middle : shifted[k - 1]);
    }
    System.arraycopy(shifted, 0, row, 1, q);
    return row;
  }

  private static int place(double p, int n) {
    int at = p > 0.5 ? (int) Math.ceil(p * (n + 1)) - 1 : (int) Math.floor(p * (n + 1)) - 1;
    return Math.max(0, Math.min(n - 1, at));
  }

  /** How wide a row is, never nothing. */
  static double width(double[] row) {
    double width = row[row.length - 1] - row[1];
    return Math.max(width, 1e-3 * Math.max(1e-9, Math.abs(row[0])) + 1e-9);
  }
}
