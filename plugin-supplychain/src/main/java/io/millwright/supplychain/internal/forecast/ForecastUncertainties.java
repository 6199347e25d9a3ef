package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import java.util.ArrayList;
import java.util.List;

/** Bands of a forecast; as one quantity, its sum over the whole horizon. */
record ForecastUncertainties(Forecast forecast) implements Uncertainties {

  @Override
  public Uncertainty at(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "level is " + level + ", but must lie between 0 and 1, both excluded");
    }
    List<Uncertainty.Interval> steps = new ArrayList<>();
    for (Distribution d : forecast.periods()) {
      steps.add(
          new Uncertainty.Interval(
              level, d.quantile((1 - level) / 2), d.quantile((1 + level) / 2), Unit.NONE));
    }
    return new Uncertainty.Band(level, steps);
  }

  @Override
  public double[] quantiles(double... probabilities) {
    Distribution total = forecast.totals().get(forecast.horizon() - 1);
    double[] quantiles = new double[probabilities.length];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = total.quantile(probabilities[i]);
    }
    return quantiles;
  }
}
