package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that was learnt, by frequency: turns a series into its forecast. Immutable and thread-safe.
 *
 * @param smooth what was learnt of ordinary series
 * @param counts what was learnt of counts that come now and then
 */
record Forecaster(SortedMap<String, SmoothGroup> smooth, SortedMap<String, CountGroup> counts) {

  private static final List<Double> PROBABILITIES =
      Arrays.stream(Bands.PROBABILITIES).boxed().toList();

  private static final int BAND_LOW = PROBABILITIES.indexOf(0.1);
  private static final int BAND_HIGH = PROBABILITIES.indexOf(0.9);

  /** A rate below one piece in so many periods is none. */
  private static final double NONE = 1e-6;

  /** A band narrower than this share of the largest value has no width but that of rounding. */
  private static final double EXACT = 1e-6;

  /** Copies. */
  Forecaster {
    smooth = Collections.unmodifiableSortedMap(new TreeMap<>(smooth));
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Series with equal keys are learnt from together. */
  static String key(Frequency frequency) {
    return (frequency.every() == 1 ? "" : frequency.every() + "x")
        + frequency.step()
        + frequency.seasons().stream().map(s -> "-" + s).collect(Collectors.joining());
  }

  Outcome<Forecast> forecast(Series series, ModelInfo info) {
    return forecast(series, h -> 1, info);
  }

  /** A forecast of which each period is multiplied by a factor that is known. */
  Outcome<Forecast> forecast(Series series, IntToDoubleFunction factor, ModelInfo info) {
    Optional<Finding> why = Usable.finding(series);
    if (why.isPresent()) {
      return new Outcome.Abstention<>(why.get().code(), List.of(why.get()), info);
    }
    String key = key(series.frequency());
    boolean years = hasYears(series);
    Past past = Past.of(years ? Years.of(series) : series);
    SmoothGroup group = smooth.get(years ? key(Years.WEEK_AND_YEAR) : key);
    CountGroup sporadic = counts.get(key);
    if (sporadic != null && (past.isSporadic() || (group == null && isCounts(past)))) {
      return sporadic(series, past, sporadic, factor, info);
    }
    if (group == null) {
      return abstention(
          ErrorCode.OUT_OF_RANGE,
          series,
          "it comes by "
              + key
              + ", but the model learnt from series by "
              + (smooth.isEmpty() ? counts.keySet() + ", of whole numbers" : smooth.keySet()),
          "train with series of this frequency",
          info);
    }
    return ordinary(series, past, group, factor, info);
  }

  /** The point forecasts alone; empty where there is no answer. */
  Optional<double[]> means(Series series) {
    if (Usable.finding(series).isPresent()) {
      return Optional.empty();
    }
    String key = key(series.frequency());
    boolean years = hasYears(series);
    Past past = Past.of(years ? Years.of(series) : series);
    SmoothGroup group = smooth.get(years ? key(Years.WEEK_AND_YEAR) : key);
    CountGroup sporadic = counts.get(key);
    if (sporadic != null && (past.isSporadic() || (group == null && isCounts(past)))) {
      double[] means = new double[sporadic.horizon()];
      Arrays.fill(means, rate(past, sporadic));
      return Optional.of(means);
    }
    return Optional.ofNullable(group).map(g -> g.forecast(past).mean());
  }

  /** Whether days of the usual seasons were learnt with a year beside the week. */
  private boolean hasYears(Series series) {
    return series.frequency().equals(Frequency.DAILY)
        && !smooth.containsKey(key(Frequency.DAILY))
        && smooth.containsKey(key(Years.WEEK_AND_YEAR));
  }

  private static boolean isCounts(Past past) {
    for (double v : past.raw()) {
      if (v < 0 || (!Double.isNaN(v) && v != Math.rint(v))) {
        return false;
      }
    }
    return true;
  }

  private static Outcome<Forecast> abstention(
      ErrorCode code, Series series, String message, String remedy, ModelInfo info) {
    Finding finding = new Finding(code, "series " + series.id(), message, remedy);
    return new Outcome.Abstention<>(code, List.of(finding), info);
  }

  private static Outcome<Forecast> ordinary(
      Series series, Past past, SmoothGroup group, IntToDoubleFunction factor, ModelInfo info) {
    SmoothGroup.Scaled scaled = group.forecast(past);
    boolean floored = past.isNeverNegative();
    List<Distribution> periods = new ArrayList<>();
    List<Distribution> totals = new ArrayList<>();
    double sum = 0;
    double lifted = 0;
    double[] together = new double[PROBABILITIES.size()];
    for (int h = 0; h < group.horizon(); h++) {
      Distribution plain =
          distribution(scaled.mean()[h], scaled.periods()[h], group.bands().periods()[h], floored);
      sum += plain.mean();
      lifted += factor.applyAsDouble(h) * plain.mean();
      periods.add(times(plain, factor.applyAsDouble(h)));
      Distribution total =
          distribution(sum, scaled.totals()[h], group.bands().totals()[h], floored);
      for (int k = 0; k < together.length; k++) {
        together[k] += plain.quantiles().get(k);
      }
      totals.add(times(within(total, together), lifted == sum ? 1 : sum > 0 ? lifted / sum : 1));
    }
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    flags.addAll(past.flags());
    int season = past.lengths().length == 0 ? 0 : past.lengths()[0];
    if (past.length() < Math.max(2 * season, Origin.step(group.horizon()) + Origin.LEAST)) {
      flags.add(Flag.SHORT_HISTORY);
    }
    if (past.isConstant() || isCertain(periods, past)) {
      // Nothing that was learnt of errors says how wrong a series can be that never changed, or
      // that repeated itself to the last digit.
      flags.add(Flag.OUTSIDE_TRAINING_RANGE);
    }
    return prediction(series, past, periods, totals, flags, group.bands().areMeasured(), info);
  }

  /** Whether some period's band has no width: a forecast that claims to know. */
  private static boolean isCertain(List<Distribution> periods, Past past) {
    double size = 0;
    for (double v : past.raw()) {
      size = Double.isNaN(v) ? size : Math.max(size, Math.abs(v));
    }
    double least = EXACT * size;
    return periods.stream()
        .map(Distribution::quantiles)
        .anyMatch(q -> q.get(q.size() - 1) - q.get(0) <= least);
  }

  /**
   * A sum is no farther off than its periods are when all err together: few origins say little of
   * sums, and one that went astray says too much.
   */
  private static Distribution within(Distribution total, double[] together) {
    List<Double> quantiles = new ArrayList<>();
    for (int k = 0; k < together.length; k++) {
      double q = total.quantiles().get(k);
      double p = PROBABILITIES.get(k);
      quantiles.add(p < 0.5 ? Math.max(q, together[k]) : p > 0.5 ? Math.min(q, together[k]) : q);
    }
    for (int k = 1; k < together.length; k++) {
      quantiles.set(k, Math.max(quantiles.get(k - 1), quantiles.get(k)));
    }
    double mean =
        Math.max(quantiles.get(BAND_LOW), Math.min(quantiles.get(BAND_HIGH), total.mean()));
    return new Distribution(mean, PROBABILITIES, quantiles);
  }

  private static Distribution times(Distribution one, double factor) {
    return factor == 1
        ? one
        : new Distribution(
            factor * one.mean(),
            one.probabilities(),
            one.quantiles().stream().map(q -> factor * q).toList());
  }

  private static Distribution distribution(
      double mean, double scale, double[] scores, boolean floored) {
    List<Double> quantiles = new ArrayList<>(scores.length);
    double last = Double.NEGATIVE_INFINITY;
    for (double z : scores) {
      double q = mean + scale * z;
      last = Math.max(last, floored ? Math.max(0, q) : q);
      quantiles.add(last);
    }
    // Errors all on one side say that the mean was off: it moves to the edge of its 80 % band.
    double within = Math.max(quantiles.get(BAND_LOW), Math.min(quantiles.get(BAND_HIGH), mean));
    return new Distribution(within, PROBABILITIES, quantiles);
  }

  /** The mean of a period; after a long silence none at all, rather than a millionth. */
  private static double rate(Past past, CountGroup group) {
    double mean = group.mean(past);
    return mean < NONE ? 0 : mean;
  }

  private static Distribution single(Past past, CountGroup group, double mean) {
    return new Distribution(
        mean, PROBABILITIES, Arrays.stream(group.single(past, mean)).boxed().toList());
  }

  private static Outcome<Forecast> sporadic(
      Series series, Past past, CountGroup group, IntToDoubleFunction factor, ModelInfo info) {
    double mean = rate(past, group);
    List<Distribution> periods = new ArrayList<>();
    List<Distribution> totals = new ArrayList<>();
    Distribution plain = single(past, group, mean);
    double factors = 0;
    for (int n = 1; n <= group.horizon(); n++) {
      double one = factor.applyAsDouble(n - 1);
      factors += one;
      periods.add(one == 1 ? plain : single(past, group, one * mean));
      totals.add(
          new Distribution(
              factors * mean,
              PROBABILITIES,
              Arrays.stream(group.total(past, factors * mean / n, n)).boxed().toList()));
    }
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    flags.addAll(past.flags());
    if (past.length() < group.horizon()) {
      flags.add(Flag.SHORT_HISTORY);
    }
    if (past.isConstant() || isCertain(periods, past)) {
      flags.add(Flag.OUTSIDE_TRAINING_RANGE);
    }
    return prediction(series, past, periods, totals, flags, true, info);
  }

  private static Outcome<Forecast> prediction(
      Series series,
      Past past,
      List<Distribution> periods,
      List<Distribution> totals,
      Set<Flag> flags,
      boolean measured,
      ModelInfo info) {
    Forecast forecast =
        new Forecast(
            series.id(),
            series.frequency(),
            series.start() + series.length(),
            periods,
            totals,
            IntStream.rangeClosed(1, periods.size()).mapToObj(past::highest).toList());
    Uncertainties uncertainties =
        measured
            ? new ForecastUncertainties(forecast)
            : Uncertainties.none(
                "fewer than "
                    + Bands.ENOUGH
                    + " errors at rolling origins; the quantiles of the forecast are those of a"
                    + " normal distribution");
    return new Outcome.Prediction<>(forecast, uncertainties, flags, info);
  }

  /** Whether every group's bands were measured. */
  boolean isCalibrated() {
    return smooth.values().stream().allMatch(g -> g.bands().areMeasured());
  }
}
