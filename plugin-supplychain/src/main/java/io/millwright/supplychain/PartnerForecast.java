package io.millwright.supplychain;

import java.util.List;
import java.util.Objects;

/**
 * What one partner of the chain forecasts (collaborative planning, forecasting and replenishment).
 *
 * @param partner who says it
 * @param said what it said of the known periods, NaN where nothing
 * @param next what it says of the next ones, at least one, all finite
 */
public record PartnerForecast(String partner, List<Double> said, List<Double> next) {

  /** Copies. */
  public PartnerForecast {
    Objects.requireNonNull(partner, "partner");
    said = List.copyOf(said);
    next = List.copyOf(next);
  }
}
