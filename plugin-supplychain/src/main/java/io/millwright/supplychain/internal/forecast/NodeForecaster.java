package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Outcome;
import io.millwright.supplychain.Forecast;
import java.util.List;

/** Forecasts all nodes of a hierarchy, sums and then series. Immutable and thread-safe. */
@FunctionalInterface
public interface NodeForecaster {

  /** Forecasts from what was known after the first periods. */
  List<Outcome<Forecast>> after(int periods);
}
