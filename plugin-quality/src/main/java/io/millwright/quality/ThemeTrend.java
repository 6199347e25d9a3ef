package io.millwright.quality;

import java.util.List;
import java.util.Objects;

/**
 * How the share of a theme among texts goes over time (trend of a topic).
 *
 * @param theme the theme
 * @param counts how many texts have it in each period, from the first to the last
 * @param totals how many texts there are in each period
 * @param factor by what its odds are multiplied from the first to the last period, with interval
 * @param p the probability of such a trend by chance, corrected for the number of themes
 */
public record ThemeTrend(
    String theme, List<Integer> counts, List<Integer> totals, Span factor, double p) {
  /** Copies. */
  public ThemeTrend {
    Objects.requireNonNull(theme, "theme");
    counts = List.copyOf(counts);
    totals = List.copyOf(totals);
    Objects.requireNonNull(factor, "factor");
  }
}
