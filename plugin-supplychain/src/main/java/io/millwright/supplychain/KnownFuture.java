package io.millwright.supplychain;

import io.millwright.api.data.Series;
import java.util.List;
import java.util.Objects;

/**
 * What was known, and what came to pass (backtest of a forecast).
 *
 * @param history the series up to when the forecast is made
 * @param future the values that followed, NaN where missing; at least one
 */
public record KnownFuture(Series history, List<Double> future) {

  /** Checks and copies. */
  public KnownFuture {
    Objects.requireNonNull(history, "history");
    future = List.copyOf(future);
    if (future.isEmpty()) {
      throw new IllegalArgumentException("series " + history.id() + " has no future");
    }
  }

  /**
   * Cuts the end off a series.
   *
   * @param series the series
   * @param periods how many periods are its future, less than its length
   * @return history and future
   */
  public static KnownFuture of(Series series, int periods) {
    int cut = series.length() - periods;
    return new KnownFuture(series.first(cut), series.values().subList(cut, series.length()));
  }
}
