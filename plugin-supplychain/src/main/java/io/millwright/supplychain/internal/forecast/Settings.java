package io.millwright.supplychain.internal.forecast;

import io.millwright.api.data.Frequency;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Schedule;
import io.millwright.api.series.SeriesModel;
import io.millwright.supplychain.ForecastMethod;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a trainer was told.
 *
 * @param horizon how far ahead, or empty for the frequency's own
 * @param methods the methods to combine; empty to choose
 * @param networks how many networks for each frequency
 * @param learning how they learn
 * @param model a series model that may have a share
 */
record Settings(
    OptionalInt horizon,
    List<ForecastMethod> methods,
    int networks,
    Learning learning,
    Optional<SeriesModel> model) {

  /** What a combination is chosen from. */
  static final List<ForecastMethod> CANDIDATES =
      List.of(
          ForecastMethod.SEASONAL_NAIVE,
          ForecastMethod.SIMPLE,
          ForecastMethod.HOLT,
          ForecastMethod.DAMPED,
          ForecastMethod.THETA,
          ForecastMethod.DYNAMIC_THETA,
          ForecastMethod.COMPLEX,
          ForecastMethod.ETS);

  Settings {
    methods = List.copyOf(methods);
  }

  static Settings standard() {
    return new Settings(
        OptionalInt.empty(),
        List.of(),
        0,
        Learning.adamW(1e-3, 1e-2)
            .batch(128)
            .epochs(20)
            .schedule(new Schedule.WarmUpCosine(0.05))
            .averaging(0.99)
            .clipNorm(1),
        Optional.empty());
  }

  int horizon(Frequency frequency) {
    return horizon.orElse(
        switch (frequency.step()) {
          case YEAR -> 6;
          case QUARTER, COUNT -> 8;
          case MONTH -> Math.max(6, 18 / frequency.every());
          case WEEK -> frequency.every() == 1 ? 13 : 26 / frequency.every();
          case DAY -> 28;
          case WORKDAY -> 20;
          case HOUR -> Math.max(12, 48 / frequency.every());
          case MINUTE -> Math.min(192, Math.max(48, 1440 / frequency.every()));
        });
  }

  List<ForecastMethod> candidates() {
    return methods.isEmpty() ? CANDIDATES : methods;
  }
}
