package io.millwright.series.internal;

/** Fills gaps without any model: on a line, or along the seasons beside. */
public final class Between {

  private static final int CYCLES = 2;

  private Between() {}

  /**
   * The line between the known values at both ends of a gap (linear interpolation); at the ends of
   * the series the nearest known value. With a season, the mean of the same places in the two
   * cycles before and the two behind, moved so that it meets the line's ends.
   *
   * @param values NaN where missing, at least one known
   * @param season the length of the season; below 2 for none
   */
  public static double[] filled(double[] values, int season) {
    double[] y = values.clone();
    int from = 0;
    while (from < y.length) {
      if (!Double.isNaN(values[from])) {
        from++;
        continue;
      }
      int until = from;
      while (until < y.length && Double.isNaN(values[until])) {
        until++;
      }
      for (int t = from; t < until; t++) {
        y[t] = at(values, t, from - 1, until, season);
      }
      from = until;
    }
    return y;
  }

  private static double at(double[] values, int t, int before, int after, int season) {
    boolean left = before >= 0;
    boolean right = after < values.length;
    double share = left && right ? (double) (t - before) / (after - before) : left ? 0 : 1;
    double line = (left ? (1 - share) * values[before] : 0) + (right ? share * values[after] : 0);
    if (season < 2) {
      return line;
    }
    double ends =
        (left ? (1 - share) * cycles(values, before, season) : 0)
            + (right ? share * cycles(values, after, season) : 0);
    double moved = cycles(values, t, season) - ends;
    return Double.isNaN(moved) ? line : line + moved;
  }

  /** The mean of the same place in the cycles beside; NaN where none is known. */
  private static double cycles(double[] y, int t, int season) {
    double sum = 0;
    int n = 0;
    for (int k = -CYCLES; k <= CYCLES; k++) {
      int at = t + k * season;
      if (k != 0 && at >= 0 && at < y.length && !Double.isNaN(y[at])) {
        sum += y[at];
        n++;
      }
    }
    return n == 0 ? Double.NaN : sum / n;
  }
}
