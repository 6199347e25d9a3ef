package io.millwright.supplychain;

import io.millwright.api.Trained;
import io.millwright.api.data.Series;

/** A trained forecaster of many time series. Immutable and thread-safe. */
public interface ForecastModel extends Trained<Series, Forecast> {

  /**
   * What was chosen, a line for each frequency: methods, the share of networks, and the errors at
   * rolling origins that led to it.
   *
   * @return the text
   */
  String choice();
}
