package io.millwright.supplychain.internal.classic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The seasons of a series, taken out one after the other, the shortest first: what is left has no
 * season, and forecasts get it back.
 */
public final class Seasons {

  /** The share of a normal distribution's tail that the test of a season leaves: 5 %, one side. */
  private static final double BOUND = 1.645;

  private final List<Season> seasons;
  private final double[] adjusted;

  private Seasons(List<Season> seasons, double[] adjusted) {
    this.seasons = seasons;
    this.adjusted = adjusted;
  }

  /** One season: a factor or an addend for each period, and for each phase of what follows. */
  private record Season(boolean multiplied, double[] past, double[] phases, boolean changing) {

    double out(double value, int t) {
      return multiplied ? value / at(t) : value - at(t);
    }

    double in(double value, int t) {
      return multiplied ? value * at(t) : value + at(t);
    }

    private double at(int t) {
      return t < past.length ? past[t] : phases[t % phases.length];
    }
  }

  /**
   * Finds the seasons.
   *
   * @param y the series without gaps
   * @param lengths the lengths of seasons that may be there, in periods; those shorter than 2 or
   *     longer than half of the series are left out
   */
  public static Seasons of(double[] y, int... lengths) {
    List<Season> found = new ArrayList<>();
    double[] rest = y.clone();
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    for (int length : sorted) {
      if (length >= 2 && y.length >= 2 * length) {
        Phases phases = Phases.of(rest, length, isPositive(rest));
        if (!phases.isEvident() && !isSeasonal(rest, length)) {
          continue;
        }
        Season season =
            new Season(phases.multiplied(), phases.past(), phases.values(), phases.changing());
        found.add(season);
        for (int t = 0; t < rest.length; t++) {
          rest[t] = season.out(rest[t], t);
        }
      }
    }
    return new Seasons(List.copyOf(found), rest);
  }

  static boolean isPositive(double[] y) {
    for (double v : y) {
      if (!(v > 0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is any season. */
  public boolean any() {
    return !seasons.isEmpty();
  }

  /** Whether any of them changed from cycle to cycle. */
  public boolean isChanging() {
    return seasons.stream().anyMatch(Season::changing);
  }

  /**
   * By how much errors on the series itself are too small, since its seasons were fitted to it: the
   * root of its periods over those that the phases leave free.
   */
  public double inflation() {
    double n = adjusted.length;
    double phases = seasons.stream().mapToInt(s -> s.phases.length).sum();
    return Math.sqrt(n / Math.max(n / 4, n - phases));
  }

  /** The series without its seasons. */
  public double[] adjusted() {
    return adjusted;
  }

  /** Puts the seasons back into values that follow the series. */
  public double[] restore(double[] forecast) {
    double[] restored = new double[forecast.length];
    for (int h = 0; h < forecast.length; h++) {
      restored[h] = at(forecast[h], adjusted.length + h);
    }
    return restored;
  }

  /** A value with the seasons of a period, counted from the first of the series. */
  public double at(double value, int t) {
    double restored = value;
    for (int i = seasons.size() - 1; i >= 0; i--) {
      restored = seasons.get(i).in(restored, t);
    }
    return restored;
  }

  /**
   * Whether the autocorrelation at the season's lag stands out of what those at shorter lags would
   * make by chance (Bartlett 1946, at the 90 % level, as in the Theta method of Assimakopoulos and
   * Nikolopoulos 2000).
   */
  static boolean isSeasonal(double[] y, int lag) {
    int n = y.length;
    double mean = Arrays.stream(y).average().orElse(0);
    double variance = 0;
    for (double v : y) {
      variance += (v - mean) * (v - mean);
    }
    if (!(variance > 0)) {
      return false;
    }
    double squares = 0;
    double last = 0;
    for (int k = 1; k <= lag; k++) {
      double sum = 0;
      for (int t = k; t < n; t++) {
        sum += (y[t] - mean) * (y[t - k] - mean);
      }
      last = sum / variance;
      if (k < lag) {
        squares += last * last;
      }
    }
    return Math.abs(last) > BOUND * Math.sqrt((1 + 2 * squares) / n);
  }
}
