package io.millwright.supplychain.internal.classic;

/**
 * Fills missing periods before a method sees a series: what the neighbours in time say of the
 * level, with the mean season at that phase when there is one.
 */
public final class Gaps {

  private Gaps() {}

  /**
   * The series from its first to its last known value, without gaps; its beginning is cut off, and
   * periods missing at its end are filled like others.
   *
   * @param values NaN where missing; at least one known
   * @param lengths the lengths of seasons that may be there
   */
  public static double[] filled(double[] values, int... lengths) {
    int first = 0;
    while (Double.isNaN(values[first])) {
      first++;
    }
    return filledWhole(java.util.Arrays.copyOfRange(values, first, values.length), lengths);
  }

  /** The same without cutting its beginning off. */
  public static double[] filledWhole(double[] values, int... lengths) {
    double[] y = values.clone();
    boolean[] missing = new boolean[y.length];
    boolean any = false;
    for (int t = 0; t < y.length; t++) {
      missing[t] = Double.isNaN(y[t]);
      any |= missing[t];
    }
    if (!any) {
      return y;
    }
    line(y, missing);
    // Twice: the season found over a straight line is a little too flat at first.
    for (int pass = 0; pass < 2; pass++) {
      Seasons seasons = Seasons.of(y, lengths);
      if (!seasons.any()) {
        break;
      }
      double[] level = seasons.adjusted().clone();
      line(level, missing);
      for (int t = 0; t < y.length; t++) {
        if (missing[t]) {
          y[t] = seasons.at(level[t], t);
        }
      }
    }
    return y;
  }

  /** Straight lines over gaps, the nearest value at the ends. */
  private static void line(double[] y, boolean[] missing) {
    int before = -1;
    for (int t = 0; t < y.length; t++) {
      if (missing[t]) {
        continue;
      }
      for (int k = before + 1; k < t; k++) {
        y[k] = before < 0 ? y[t] : y[before] + (y[t] - y[before]) * (k - before) / (t - before);
      }
      before = t;
    }
    for (int k = before + 1; k < y.length; k++) {
      y[k] = y[before];
    }
  }
}
