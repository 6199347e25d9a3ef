package io.millwright.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Series;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A demand history with its covariates (exogenous regressors) and static attributes. Immutable.
 *
 * <p>Covariates that are all positive, such as prices, act by their logarithm over the series' own
 * median (an elasticity); others, such as a promotion of 0 or 1 or a temperature, act by their
 * distance from it. Covariates that were categories are given as one of 0 and 1 for each.
 *
 * @param history what was sold; may be empty for a new article, which is then forecast by likeness
 * @param known covariates that are known ahead: one value for each period of the history, and one
 *     for each that is forecast, NaN where not known; prices, promotions, holidays, working days
 * @param past covariates known up to now only: at most one value for each period of the history
 * @param attributes static attributes, such as brand or size class, by name; no empty value
 */
public record DrivenSeries(
    Series history,
    SortedMap<String, List<Double>> known,
    SortedMap<String, List<Double>> past,
    SortedMap<String, String> attributes) {

  /**
   * Checks and copies.
   *
   * @throws MillwrightException with {@link ErrorCode#BAD_VALUE} for an infinite value, {@link
   *     ErrorCode#WRONG_SHAPE} when a past covariate goes on after the history, naming series and
   *     covariate
   */
  public DrivenSeries {
    Objects.requireNonNull(history, "history");
    known = copy(history, known);
    past = copy(history, past);
    attributes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    for (Map.Entry<String, List<Double>> one : past.entrySet()) {
      if (one.getValue().size() > history.length()) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "series "
                + history.id()
                + ": the past covariate "
                + one.getKey()
                + " has "
                + one.getValue().size()
                + " values for "
                + history.length()
                + " periods\nMaybe it is known ahead: give it as known");
      }
    }
  }

  private static SortedMap<String, List<Double>> copy(
      Series history, SortedMap<String, List<Double>> covariates) {
    SortedMap<String, List<Double>> copy = new TreeMap<>();
    covariates.forEach(
        (name, values) -> {
          for (int t = 0; t < values.size(); t++) {
            if (Double.isInfinite(values.get(t))) {
              throw new MillwrightException(
                  ErrorCode.BAD_VALUE,
                  "series "
                      + history.id()
                      + ", covariate "
                      + name
                      + ", period "
                      + history.label(t)
                      + ": the value is "
                      + values.get(t)
                      + "\nMaybe leave it out: a missing value counts as the usual one");
            }
          }
          copy.put(name, List.copyOf(values));
        });
    return java.util.Collections.unmodifiableSortedMap(copy);
  }

  /**
   * A series without covariates and attributes.
   *
   * @param history what was sold
   * @return the series
   */
  public static DrivenSeries of(Series history) {
    return new DrivenSeries(history, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /**
   * With one more covariate that is known ahead.
   *
   * @param name its name
   * @param values one for each period of the history and of the forecast
   * @return the new series
   */
  public DrivenSeries known(String name, List<Double> values) {
    SortedMap<String, List<Double>> more = new TreeMap<>(known);
    more.put(name, values);
    return new DrivenSeries(history, more, past, attributes);
  }

  /**
   * With one more covariate that is known up to now only.
   *
   * @param name its name
   * @param values one for each period of the history
   * @return the new series
   */
  public DrivenSeries past(String name, List<Double> values) {
    SortedMap<String, List<Double>> more = new TreeMap<>(past);
    more.put(name, values);
    return new DrivenSeries(history, known, more, attributes);
  }

  /**
   * With one more static attribute.
   *
   * @param name its name
   * @param value its value
   * @return the new series
   */
  public DrivenSeries attribute(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(attributes);
    more.put(name, value);
    return new DrivenSeries(history, known, past, more);
  }

  /**
   * The series as it was after its first periods: covariates known ahead stay known, others are
   * cut.
   *
   * @param periods how many to keep, at most the length of the history
   * @return the shorter series
   */
  public DrivenSeries first(int periods) {
    SortedMap<String, List<Double>> shorter = new TreeMap<>();
    past.forEach((n, v) -> shorter.put(n, v.subList(0, Math.min(periods, v.size()))));
    return new DrivenSeries(history.first(periods), known, shorter, attributes);
  }
}
