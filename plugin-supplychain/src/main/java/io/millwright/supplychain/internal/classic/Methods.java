package io.millwright.supplychain.internal.classic;

import io.millwright.supplychain.ForecastMethod;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs methods by their names on one series. Not thread-safe. */
public final class Methods {

  private static final int LONGEST_ETS_SEASON = 24;

  private final double[] y;
  private final Seasons seasons;
  private final int[] lengths;
  private final int horizon;

  /** What simple smoothing says of the series without its seasons, which others build on. */
  private @Nullable Fit simple;

  /**
   * Of a series.
   *
   * @param y the series without gaps, at least one value
   * @param seasons its seasons, found in {@code y}
   * @param lengths the lengths of seasons that may be there
   */
  public Methods(double[] y, Seasons seasons, int[] lengths, int horizon) {
    this.y = y;
    this.seasons = seasons;
    this.lengths = lengths;
    this.horizon = horizon;
  }

  /** Fits and forecasts. */
  public Fit forecast(ForecastMethod method) {
    double[] rest = seasons.adjusted();
    return switch (method) {
      case SEASONAL_NAIVE -> naive(y, seasons.any() ? lag(lengths, y.length) : 1, horizon);
      case SIMPLE -> restored(simple());
      case HOLT -> restored(Smoothing.holt(rest, horizon));
      case DAMPED -> restored(Smoothing.damped(rest, horizon));
      case THETA -> restored(Theta.standard(rest, simple(), horizon));
      case DYNAMIC_THETA -> restored(Theta.dynamic(rest, simple(), horizon));
      case COMPLEX -> restored(Smoothing.complex(rest, horizon));
      case ETS ->
          lengths.length == 1
                  && lengths[0] <= LONGEST_ETS_SEASON
                  && (y.length >= 2 * lengths[0] + 2 || !seasons.any())
              ? Ets.automatic(y, lengths[0], horizon)
              : restored(Ets.automatic(rest, 1, horizon));
      case CROSTON -> Sporadic.croston(y, horizon, false);
      case SBA -> Sporadic.croston(y, horizon, true);
      case TSB -> Sporadic.fading(y, horizon);
    };
  }

  private Fit simple() {
    Fit known = simple;
    if (known == null) {
      known = Smoothing.simple(seasons.adjusted(), horizon);
      simple = known;
    }
    return known;
  }

  private Fit restored(Fit fit) {
    return new Fit(seasons.restore(fit.mean()), fit.error());
  }

  /** The longest season that a series has seen at least twice; 1 for none. */
  public static int lag(int[] lengths, int n) {
    return Arrays.stream(lengths).filter(l -> n >= 2 * l).max().orElse(1);
  }

  private static Fit naive(double[] y, int lag, int horizon) {
    double[] mean = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      mean[h] = y[y.length - lag + h % lag];
    }
    double error = 0;
    for (int t = lag; t < y.length; t++) {
      error += Math.abs(y[t] - y[t - lag]);
    }
    return new Fit(mean, y.length > lag ? error / (y.length - lag) : 0);
  }
}
