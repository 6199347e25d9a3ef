package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Flag;
import io.millwright.api.data.Series;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Compound;
import io.millwright.supplychain.internal.classic.Fit;
import io.millwright.supplychain.internal.classic.Gaps;
import io.millwright.supplychain.internal.classic.Methods;
import io.millwright.supplychain.internal.classic.Outliers;
import io.millwright.supplychain.internal.classic.Seasons;
import io.millwright.supplychain.internal.classic.Shifts;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A series as methods see it: from its first known value on, outliers left out, what came before a
 * jump moved to the level of today, gaps filled, cut at some origin.
 *
 * @param raw the values, NaN where missing or left out
 * @param y the values without gaps
 * @param lengths the lengths of seasons that may be there
 * @param outliers how many values were left out
 * @param shifted whether the level jumped
 */
record Past(double[] raw, double[] y, int[] lengths, int outliers, boolean shifted) {

  /** Below this, no method has anything to go by. */
  static final int LEAST = 3;

  /** A count now and then so many times all others is a slip. */
  private static final double FAR_COUNT = 10;

  private static final int LEAST_COUNTS = 5;

  /** Demands now and then of this size are no single pieces. */
  private static final double LARGE = 5;

  /** The whole series; at least one value must be known. */
  static Past of(Series series) {
    double[] values = series.toArray();
    int first = 0;
    while (Double.isNaN(values[first])) {
      first++;
    }
    int[] lengths = series.frequency().seasons().stream().mapToInt(Integer::intValue).toArray();
    return cut(Arrays.copyOfRange(values, first, values.length), lengths);
  }

  private static Past cut(double[] recorded, int[] lengths) {
    double[] values = Negatives.without(recorded);
    int negative = known(recorded) - known(values);
    Past past = positive(values, lengths);
    return negative == 0
        ? past
        : new Past(past.raw, past.y, lengths, past.outliers + negative, past.shifted);
  }

  private static int known(double[] values) {
    return (int) Arrays.stream(values).filter(v -> !Double.isNaN(v)).count();
  }

  private static Past positive(double[] values, int[] lengths) {
    if (isSporadic(values)) {
      double[] raw = withoutFarCount(values);
      return new Past(
          raw, Gaps.filledWhole(raw, lengths), lengths, Arrays.equals(raw, values) ? 0 : 1, false);
    }
    double[] y = Gaps.filledWhole(values, lengths);
    boolean[] far = Outliers.of(y, lengths);
    double[] raw = values.clone();
    int outliers = 0;
    for (int t = 0; t < raw.length; t++) {
      if (far[t] && !Double.isNaN(raw[t])) {
        raw[t] = Double.NaN;
        outliers++;
      }
    }
    double[] clean = outliers > 0 ? Gaps.filledWhole(raw, lengths) : y;
    double[] moved = Negatives.scaled(clean, Shifts.removed(clean, lengths));
    boolean shifted = !Arrays.equals(moved, clean);
    for (int t = 0; shifted && t < raw.length; t++) {
      raw[t] = Double.isNaN(raw[t]) ? raw[t] : moved[t];
    }
    return new Past(raw, moved, lengths, outliers, shifted);
  }

  private static double[] withoutFarCount(double[] values) {
    int largest = 0;
    int counts = 0;
    for (int t = 0; t < values.length; t++) {
      counts += values[t] > 0 ? 1 : 0;
      largest = values[t] > values[largest] || Double.isNaN(values[largest]) ? t : largest;
    }
    double next = 0;
    for (int t = 0; t < values.length; t++) {
      next = t != largest && values[t] > next ? values[t] : next;
    }
    if (counts < LEAST_COUNTS || !(values[largest] > FAR_COUNT * next)) {
      return values;
    }
    double[] raw = values.clone();
    raw[largest] = Double.NaN;
    return raw;
  }

  /** The part of a series that is known, without the silence at its end. */
  static Past known(Series series) {
    return of(series.first(series.length() - series.silent()));
  }

  /** What was known after some periods; gaps are filled from these alone. */
  Past until(int periods) {
    double[] part = Arrays.copyOf(raw, periods);
    for (double v : part) {
      if (!Double.isNaN(v)) {
        return cut(part, lengths);
      }
    }
    return cut(Arrays.copyOf(y, periods), lengths);
  }

  int length() {
    return y.length;
  }

  /** Whether a gap was filled that was in the series, not made by leaving an outlier out. */
  boolean isFilled() {
    return Arrays.stream(raw).filter(Double::isNaN).count() > outliers;
  }

  /** What to know about the history. */
  Set<Flag> flags() {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (isFilled()) {
      flags.add(Flag.IMPUTED);
    }
    if (outliers > 0) {
      flags.add(Flag.OUTLIER);
    }
    if (shifted) {
      flags.add(Flag.LEVEL_SHIFT);
    }
    return flags;
  }

  boolean isNeverNegative() {
    for (double v : y) {
      if (v < 0) {
        return false;
      }
    }
    return true;
  }

  boolean isPositive() {
    for (double v : y) {
      if (!(v > 0)) {
        return false;
      }
    }
    return true;
  }

  boolean isConstant() {
    for (double v : y) {
      if (v != y[0]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether these are counts that come now and then: whole numbers, none negative, and either at
   * most three of four periods with any (an interval of demands above 4/3, Syntetos, Boylan and
   * Croston 2005), or fewer than three a period, where a normal distribution would not do.
   */
  boolean isSporadic() {
    return isSporadic(raw);
  }

  private static boolean isSporadic(double[] raw) {
    int known = 0;
    int some = 0;
    double sum = 0;
    for (double v : raw) {
      if (!Double.isNaN(v)) {
        if (v < 0 || v != Math.rint(v)) {
          return false;
        }
        known++;
        some += v > 0 ? 1 : 0;
        sum += v;
      }
    }
    return 4 * some <= 3 * known || sum < 3 * known;
  }

  /**
   * The sizes of demands that come in lots: those of a series whose every demand is a multiple of
   * some lot, or mostly large; empty for others.
   */
  double[] lots() {
    double[] sizes = Arrays.stream(raw).filter(v -> v > 0).toArray();
    if (sizes.length == 0 || !isSporadic()) {
      return new double[0];
    }
    double[] sorted = sizes.clone();
    Arrays.sort(sorted);
    boolean large = sorted[sorted.length / 2] >= LARGE;
    boolean lots = Compound.divisor(sizes) > 1 && sizes.length >= (large ? 1 : LEAST);
    return large || lots ? sizes : new double[0];
  }

  /** The most that came in some periods one after the other. */
  double highest(int periods) {
    double sum = 0;
    double highest = 0;
    int n = Math.min(periods, y.length);
    for (int t = 0; t < y.length; t++) {
      sum += y[t] - (t >= n ? y[t - n] : 0);
      highest = Math.max(highest, sum);
    }
    return highest * periods / n;
  }

  /** The values of some periods after a cut, NaN where missing or not yet there. */
  double[] following(int from, int periods) {
    double[] values = new double[periods];
    for (int h = 0; h < periods; h++) {
      values[h] = from + h < raw.length ? raw[from + h] : Double.NaN;
    }
    return values;
  }

  /** What some methods say. */
  Fit[] fits(List<ForecastMethod> methods, int horizon) {
    return fits(methods, Seasons.of(y, lengths), horizon);
  }

  /** What is to be seen, errors being measured over the first periods of a horizon. */
  Seen seen(List<ForecastMethod> methods, int horizon) {
    Seasons seasons = Seasons.of(y, lengths);
    Fit[] fits = fits(methods, seasons, horizon);
    return Seen.of(y, lengths, seasons, fits, Origin.step(horizon));
  }

  private Fit[] fits(List<ForecastMethod> methods, Seasons seasons, int horizon) {
    Methods known = new Methods(y, seasons, lengths, horizon);
    Fit[] fits = new Fit[methods.size()];
    double low = lowest();
    double high = highest();
    double fitted = seasons.inflation();
    for (int k = 0; k < fits.length; k++) {
      Fit fit = known.forecast(methods.get(k));
      double inflation = methods.get(k) == ForecastMethod.SEASONAL_NAIVE ? 1 : fitted;
      fits[k] = new Fit(bounded(fit.mean(), low, high), inflation * fit.error());
    }
    return fits;
  }

  private double lowest() {
    double low = y[0];
    for (double v : y) {
      low = Math.min(low, v);
    }
    return low;
  }

  private double highest() {
    double high = y[0];
    for (double v : y) {
      high = Math.max(high, v);
    }
    return high;
  }

  /**
   * Keeps a forecast within reach of what was seen: a method that runs away on one series must not
   * spoil the mean of all.
   */
  double[] bounded(double[] mean) {
    return bounded(mean, lowest(), highest());
  }

  private double[] bounded(double[] mean, double low, double high) {
    double reach = 2 * (high - low) + Math.abs(y[y.length - 1]);
    double floor = low >= 0 ? 0 : low - reach;
    double[] within = new double[mean.length];
    for (int h = 0; h < mean.length; h++) {
      double v = Double.isNaN(mean[h]) ? y[y.length - 1] : mean[h];
      within[h] = Math.max(floor, Math.min(high + reach, v));
    }
    return within;
  }

  /** The mean absolute error of the seasonal naive method, by which errors are scaled. */
  double naiveError() {
    return naiveError(y, lengths);
  }

  /** The same of a series as it was recorded, but for gaps. */
  static double naiveError(Series series) {
    double[] values = series.toArray();
    int[] lengths = series.frequency().seasons().stream().mapToInt(Integer::intValue).toArray();
    return series.known() == 0 ? 0 : naiveError(Gaps.filled(values, lengths), lengths);
  }

  private static double naiveError(double[] y, int[] lengths) {
    int lag = lengths.length == 0 ? 1 : Methods.lag(new int[] {lengths[0]}, y.length);
    double sum = 0;
    for (int t = lag; t < y.length; t++) {
      sum += Math.abs(y[t] - y[t - lag]);
    }
    return y.length > lag ? sum / (y.length - lag) : 0;
  }
}
