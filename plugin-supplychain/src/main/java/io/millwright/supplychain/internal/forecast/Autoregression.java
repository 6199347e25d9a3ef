package io.millwright.supplychain.internal.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A linear autoregression with lags over more than two of the longest season, learnt from all
 * series at once and drawn from there towards what each series shows of itself (global linear
 * models: Montero-Manso and Hyndman 2021). It works on logarithms beside the mean and deviation of
 * the last cycles; a series weighs less the more its seasons leave open. Thread-safe.
 *
 * @param lags how many periods it looks back
 * @param shared the weights of the lags, the latest first, and the constant that all series share
 * @param products the mean weighted products of lags with each other, the lower half row by row,
 *     the constant last: how surely all series know each weight
 */
record Autoregression(int lags, double[] shared, double[] products) implements Voice {

  /** More lags are not looked at. */
  static final int MOST_LAGS = 400;

  /** Of so many series a common relation is learnt at least. */
  private static final int LEAST_SERIES = 10;

  /** So many periods for each lag, of all series together. */
  private static final int LEAST_PERIODS = 10;

  /** What all series say counts as so many periods of the series itself. */
  private static final double OTHERS = 1000;

  /** So many of the longest season are looked back to, and a little more. */
  private static final int CYCLES = 2;

  private static final int MORE = 3;

  /** The least change from cycle to cycle, in deviations. */
  private static final double LEAST_CHANGE = 1e-3;

  private static final double RIDGE = 1e-5;

  /**
   * How far back a group of series is looked at; 0 where no two seasons lie one in the other, or
   * the longer one is too long.
   */
  static int lags(int[] lengths) {
    int longest = Arrays.stream(lengths).max().orElse(0);
    return lengths.length < 2 || longest + MORE > MOST_LAGS
        ? 0
        : Math.min(MOST_LAGS, CYCLES * longest + MORE);
  }

  /**
   * Learns from all series; empty where they are too few, too short, or without two seasons.
   *
   * @param all series; those that are not positive throughout take no part
   */
  static Optional<Autoregression> train(List<Past> all, Lanes lanes) {
    int lags = all.stream().mapToInt(p -> lags(p.lengths())).min().orElse(0);
    List<Past> heard =
        all.stream().filter(p -> p.isPositive() && p.length() > lags && !p.isConstant()).toList();
    long periods = heard.stream().mapToLong(p -> p.length() - lags).sum();
    if (lags == 0 || heard.size() < LEAST_SERIES || periods < (long) LEAST_PERIODS * lags) {
      return Optional.empty();
    }
    double[][] sum = new double[lags + 1][lags + 1];
    double[] right = new double[lags + 1];
    int lot = 4 * Runtime.getRuntime().availableProcessors();
    for (int from = 0; from < heard.size(); from += lot) {
      List<Past> some = heard.subList(from, Math.min(heard.size(), from + lot));
      Sums[] parts = new Sums[some.size()];
      lanes.each(parts.length, i -> parts[i] = Sums.of(Scaled.of(some.get(i)), lags));
      for (Sums part : parts) {
        part.addTo(sum, right);
      }
    }
    double trace = 0;
    for (int i = 0; i <= lags; i++) {
      trace += sum[i][i] / (lags + 1);
    }
    double[] products = new double[(lags + 1) * (lags + 2) / 2];
    for (int i = 0, at = 0; i <= lags; i++) {
      sum[i][i] += RIDGE * trace;
      for (int j = 0; j <= i; j++) {
        products[at++] = sum[i][j] / periods;
      }
    }
    return Optional.of(new Autoregression(lags, solve(sum, right), products));
  }

  /** The forecast of a series; empty when it is too short, or a value is not positive. */
  @Override
  public Optional<double[]> forecast(Past past, int horizon) {
    if (past.length() < lags || !past.isPositive() || past.isConstant()) {
      return Optional.empty();
    }
    Scaled scaled = Scaled.of(past);
    double[] z = Arrays.copyOf(scaled.z, past.length() + horizon);
    double[] weights = weights(scaled);
    for (int t = past.length(); t < z.length; t++) {
      double said = weights[lags];
      for (int k = 0; k < lags; k++) {
        said += weights[k] * z[t - 1 - k];
      }
      z[t] = said;
    }
    double[] said = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      said[h] = Math.exp(z[past.length() + h] * scaled.deviation + scaled.mean);
      if (!Double.isFinite(said[h])) {
        return Optional.empty();
      }
    }
    return Optional.of(past.bounded(said));
  }

  /** The weights of one series: those of all, moved as far as the series itself says. */
  private double[] weights(Scaled scaled) {
    if (scaled.z.length <= lags) {
      return shared;
    }
    int n = lags + 1;
    double[][] sum = new double[n][n];
    double[] right = new double[n];
    for (int i = 0, at = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double p = OTHERS * products[at++];
        sum[i][j] = p;
        right[i] += p * shared[j];
        if (j < i) {
          right[j] += p * shared[i];
        }
      }
    }
    Sums.of(scaled, lags).addTo(sum, right);
    return solve(sum, right);
  }

  @Override
  public String name() {
    return "an autoregression of all series";
  }

  /**
   * A series as the relation sees it.
   *
   * @param z logarithms less their mean, in deviations of the last cycles
   * @param weight what a period counts
   */
  private record Scaled(double[] z, double mean, double deviation, double weight) {

    static Scaled of(Past past) {
      int n = past.length();
      int[] lengths = past.lengths();
      int shortest = Arrays.stream(lengths).min().orElse(1);
      int longest = Arrays.stream(lengths).max().orElse(1);
      double[] z = new double[n];
      for (int t = 0; t < n; t++) {
        z[t] = Math.log(past.y()[t]);
      }
      int last = Math.min(n, CYCLES * longest);
      double mean = Arrays.stream(z, n - last, n).sum() / last;
      double squares = Arrays.stream(z, n - last, n).map(v -> (v - mean) * (v - mean)).sum();
      double deviation = squares > 0 ? Math.sqrt(squares / last) : 1;
      for (int t = 0; t < n; t++) {
        z[t] = (z[t] - mean) / deviation;
      }
      return new Scaled(z, mean, deviation, 1 / (change(z, shortest) * change(z, longest)));
    }

    private static double change(double[] z, int lag) {
      double sum = 0;
      for (int t = lag; t < z.length; t++) {
        sum += Math.abs(z[t] - z[t - lag]);
      }
      return z.length > lag ? Math.max(LEAST_CHANGE, sum / (z.length - lag)) : 1;
    }
  }

  /**
   * Sums of products over a series.
   *
   * @param inner of lags with each other and with the constant; the lower half
   * @param outer of lags with what followed
   */
  private record Sums(double[][] inner, double[] outer, double weight) {

    /** Row by row from the row before, which differs by a value at each end. */
    static Sums of(Scaled scaled, int lags) {
      double[] z = scaled.z;
      int n = z.length;
      double[][] inner = new double[lags + 1][];
      double[] outer = new double[lags + 1];
      double @Nullable [] before = null;
      for (int i = 0; i < lags; i++) {
        double[] row = new double[i + 1];
        // The product of lags i + 1 and j + 1, over periods from the first with all lags on.
        for (int j = 0; j <= i; j++) {
          if (j == 0 || before == null) {
            for (int t = lags; t < n; t++) {
              row[j] += z[t - 1 - i] * z[t - 1 - j];
            }
          } else {
            row[j] =
                before[j - 1] + z[lags - 1 - i] * z[lags - 1 - j] - z[n - 1 - i] * z[n - 1 - j];
          }
        }
        inner[i] = row;
        before = row;
        for (int t = lags; t < n; t++) {
          outer[i] += z[t] * z[t - 1 - i];
        }
      }
      double[] constant = new double[lags + 1];
      for (int t = lags; t < n; t++) {
        for (int i = 0; i < lags; i++) {
          constant[i] += z[t - 1 - i];
        }
        outer[lags] += z[t];
      }
      constant[lags] = n - lags;
      inner[lags] = constant;
      return new Sums(inner, outer, scaled.weight);
    }

    void addTo(double[][] sum, double[] right) {
      for (int i = 0; i < inner.length; i++) {
        for (int j = 0; j <= i; j++) {
          sum[i][j] += weight * inner[i][j];
        }
        right[i] += weight * outer[i];
      }
    }
  }

  /** Solves symmetric equations by Cholesky's decomposition; only the lower half is read. */
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      double[] own = a[i];
      for (int j = 0; j <= i; j++) {
        double[] other = a[j];
        double sum = own[j];
        for (int k = 0; k < j; k++) {
          sum -= own[k] * other[k];
        }
        own[j] = i == j ? Math.sqrt(Math.max(1e-12, sum)) : sum / other[j];
      }
      for (int k = 0; k < i; k++) {
        x[i] -= own[k] * x[k];
      }
      x[i] /= own[i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= a[k][i] * x[k];
      }
      x[i] /= a[i][i];
    }
    return x;
  }
}
