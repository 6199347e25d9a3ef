package io.millwright.supplychain.internal.forecast;

import io.millwright.api.data.Series;
import io.millwright.supplychain.DrivenSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A history with the features of its periods and of those ahead.
 *
 * @param series the history, without the silence at its end
 * @param y its values, NaN where missing
 * @param z {@code [period][feature]}, of the history and beyond
 * @param counts whether all values are whole numbers
 * @param sporadic whether they are counts that come now and then
 * @param lengths the lengths of seasons that may be there
 */
record DrivenCase(
    Series series, double[] y, double[][] z, boolean counts, boolean sporadic, int[] lengths) {

  /** Effects beyond a factor of 20 are none that anybody saw. */
  private static final double MOST = 3;

  static DrivenCase of(DrivenSeries driven, CovariateColumns columns, int ahead) {
    Series history = driven.history();
    Series series = history.first(history.length() - history.silent());
    return of(series, columns.rows(driven, history.length() + ahead));
  }

  /** With the silence at the end, which is filled as gaps are. */
  static DrivenCase whole(DrivenSeries driven, CovariateColumns columns, int ahead) {
    Series history = driven.history();
    return of(history, columns.rows(driven, history.length() + ahead));
  }

  private static DrivenCase of(Series series, double[][] z) {
    double[] y = series.toArray();
    boolean counts = true;
    for (double v : y) {
      counts &= Double.isNaN(v) || (v >= 0 && v == Math.rint(v));
    }
    boolean sporadic = counts && series.known() > 0 && Past.of(series).isSporadic();
    int[] lengths = series.frequency().seasons().stream().mapToInt(Integer::intValue).toArray();
    return new DrivenCase(series, y, z, counts, sporadic, lengths);
  }

  DrivenCase until(int periods) {
    return of(series.first(periods), z);
  }

  /** Whether factors mean anything. */
  boolean isNeverNegative() {
    return Arrays.stream(y).noneMatch(v -> v < 0);
  }

  /** The factor of a period. */
  double factor(int t, int[] features, double[] effects) {
    return Math.exp(logarithm(t, features, effects));
  }

  double logarithm(int t, int[] features, double[] effects) {
    double sum = 0;
    for (int k = 0; k < features.length; k++) {
      sum += t < z.length ? effects[k] * z[t][features[k]] : 0;
    }
    return Math.max(-MOST, Math.min(MOST, sum));
  }

  /** The factors of the periods ahead. */
  double[] ahead(int horizon, int[] features, double[] effects) {
    double[] factors = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      factors[h] = factor(y.length + h, features, effects);
    }
    return factors;
  }

  /**
   * The history without what covariates did. Whole numbers stay whole: what rounding leaves is
   * carried to the next period, so that sums stay.
   */
  Series clean(int[] features, double[] effects) {
    if (features.length == 0) {
      return series;
    }
    List<Double> clean = new ArrayList<>(y.length);
    double carried = 0;
    for (int t = 0; t < y.length; t++) {
      double v = y[t] / factor(t, features, effects);
      if (counts && !Double.isNaN(v) && v != y[t]) {
        double whole = Math.max(0, Math.rint(v + carried));
        carried += v - whole;
        v = whole;
      }
      clean.add(v);
    }
    return new Series(series.id(), series.frequency(), series.start(), clean);
  }
}
