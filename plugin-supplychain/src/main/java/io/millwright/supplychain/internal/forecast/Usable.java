package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import java.util.Optional;

/** Whether a history has an answer at all. */
final class Usable {

  /** So many silent periods at the end, or half a season, say that a series has ended. */
  private static final int SILENT = 3;

  /** Squares of larger values, summed and scaled, are no numbers any more. */
  private static final double LARGEST = 1e100;

  private Usable() {}

  /** Why there is no answer, or empty. */
  static Optional<Finding> finding(Series series) {
    String place = "series " + series.id();
    int known = series.known();
    if (known < Past.LEAST) {
      return Optional.of(
          new Finding(
              ErrorCode.TOO_FEW_DATA,
              place,
              "it has " + known + " known values, but " + Past.LEAST + " are needed",
              "wait for more, or forecast it by a series like it"));
    }
    for (int t = 0; t < series.length(); t++) {
      double value = series.values().get(t);
      if (Math.abs(value) > LARGEST) {
        return Optional.of(
            new Finding(
                ErrorCode.OUT_OF_RANGE,
                place,
                "in " + series.label(t) + " it is " + value + ", too large to compute with",
                "it stands for a missing value, or use a larger unit"));
      }
    }
    if (isMadeUp(series)) {
      return Optional.of(
          new Finding(
              ErrorCode.TOO_FEW_DATA,
              place,
              "of its "
                  + span(series)
                  + " periods only "
                  + known
                  + " have a value, so that most of its history would be made up",
              "no row means none: say so with missingMeansZero (--gaps zero); or its periods are"
                  + " longer than a "
                  + series.frequency().text()));
    }
    int season = series.frequency().seasons().stream().findFirst().orElse(0);
    if (series.frequency().step() != Frequency.Step.COUNT
        && series.silent() >= Math.max(SILENT, season / 2)) {
      return Optional.of(
          new Finding(
              ErrorCode.TOO_FEW_DATA,
              place,
              "it ended in "
                  + series.label(series.length() - series.silent() - 1)
                  + ", "
                  + series.silent()
                  + " periods before the present",
              "leave it out; or no row means none: say so with missingMeansZero (--gaps zero)"));
    }
    return Optional.empty();
  }

  /** Whether more periods are missing than known; the silence at the end does not count. */
  static boolean isMadeUp(Series series) {
    return 2 * series.known() < span(series);
  }

  private static int span(Series series) {
    int first = 0;
    while (first < series.length() && series.values().get(first).isNaN()) {
      first++;
    }
    return series.length() - first - series.silent();
  }
}
