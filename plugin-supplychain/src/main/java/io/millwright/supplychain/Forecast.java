package io.millwright.supplychain;

import io.millwright.api.data.Frequency;
import java.util.List;
import java.util.Objects;

/**
 * The next periods of one series.
 *
 * @param series the name of the series
 * @param frequency how long a period is
 * @param first the number of the first forecast period, see {@link Frequency#number}
 * @param periods what is known of each period
 * @param totals what is known of the sum of the first 1, 2, … periods: the demand over a lead time.
 *     Measured on sums, because errors of neighbouring periods go together
 * @param highest the most that the history has in 1, 2, … periods one after the other, outliers
 *     left out; empty when it is not known
 */
public record Forecast(
    String series,
    Frequency frequency,
    long first,
    List<Distribution> periods,
    List<Distribution> totals,
    List<Double> highest) {

  /**
   * A forecast of a history that is not known.
   *
   * @param series the name of the series
   * @param frequency how long a period is
   * @param first the number of the first forecast period
   * @param periods what is known of each period
   * @param totals what is known of the sums
   */
  public Forecast(
      String series,
      Frequency frequency,
      long first,
      List<Distribution> periods,
      List<Distribution> totals) {
    this(series, frequency, first, periods, totals, List.of());
  }

  /** Checks and copies. */
  public Forecast {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(frequency, "frequency");
    periods = List.copyOf(periods);
    totals = List.copyOf(totals);
    highest = List.copyOf(highest);
    if (!highest.isEmpty() && highest.size() != totals.size()) {
      throw new IllegalArgumentException(
          totals.size() + " totals and " + highest.size() + " highest sums");
    }
    if (periods.isEmpty() || periods.size() != totals.size()) {
      throw new IllegalArgumentException(
          periods.size() + " periods and " + totals.size() + " totals");
    }
  }

  /**
   * How many periods are forecast.
   *
   * @return the number of periods
   */
  public int horizon() {
    return periods.size();
  }

  /**
   * The label of a forecast period.
   *
   * @param period counted from 0
   * @return the label
   */
  public String label(int period) {
    return frequency.label(first + period);
  }

  /**
   * The point forecasts.
   *
   * @return one for each period
   */
  public List<Double> means() {
    return periods.stream().map(Distribution::mean).toList();
  }
}
