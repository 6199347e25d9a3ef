package io.millwright.benchmarks.series;

import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.Arrays;

/**
 * Synthetic series of many kinds: a level that stands, walks, drifts, fades, follows a line with
 * corners or jumps; seasons of many lengths (two at once, changing, spiky, or declared and not
 * there); noise that is normal, heavy-tailed, autocorrelated or grows with the season; cycles of no
 * fixed length; trading days of months; factors or addends; counts, demand now and then, rounding,
 * outliers, gaps. The same key and number give the same series.
 *
 * @param values the history and {@code ahead} periods more, NaN where missing
 * @param seasons the lengths of seasons that are declared
 */
record DrawnSeries(double[] values, int[] seasons) {

  private static final int[] MONTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final int SHORTEST = 6;

  /** Draws one. */
  static DrawnSeries of(long key, long number, int ahead) {
    return new Draw(KeyedRandom.of(key, Purpose.OTHER, number)).draw(ahead);
  }

  private static final class Draw {
    private final KeyedRandom r;

    Draw(KeyedRandom r) {
      this.r = r;
    }

    private boolean chance(double p) {
      return r.nextDouble() < p;
    }

    private double between(double low, double high) {
      return low + (high - low) * r.nextDouble();
    }

    private double scale(double low, double high) {
      return Math.exp(between(Math.log(low), Math.log(high)));
    }

    DrawnSeries draw(int ahead) {
      int[] seasons = seasons();
      int longest = Arrays.stream(seasons).max().orElse(1);
      boolean young = chance(0.12);
      double shortest = longest == 1 ? 8 : young ? Math.max(6, longest * 0.6) : 2.0 * longest;
      double most = longest == 1 ? 120 : young ? 2.0 * longest : Math.min(840, 16.0 * longest + 24);
      int n = Math.max(SHORTEST, (int) scale(shortest, Math.max(shortest + 1, most)));
      int length = n + ahead;
      double[] z = level(length);
      add(z, noise(length));
      double[] season = new double[length];
      if (chance(0.85)) {
        for (int m : seasons) {
          add(season, season(length, m, scale(0.3, 12)));
        }
      }
      if (seasons.length > 0 && longest == 12 && chance(0.12)) {
        add(season, tradingDays(length));
      }
      if (chance(0.1)) {
        add(z, cycle(length));
      }
      double[] y = together(z, season);
      soil(y, n);
      return new DrawnSeries(y, seasons);
    }

    private int[] seasons() {
      double u = r.nextDouble();
      if (u < 0.12) {
        return new int[0];
      } else if (u < 0.34) {
        return new int[] {12};
      } else if (u < 0.44) {
        return new int[] {4};
      } else if (u < 0.58) {
        return new int[] {52};
      } else if (u < 0.66) {
        return new int[] {7};
      } else if (u < 0.72) {
        return new int[] {24};
      } else if (u < 0.9) {
        return new int[] {24, 168};
      }
      return new int[] {3 + r.nextInt(46)};
    }

    /** The unit is about the size of the noise. */
    private double[] level(int n) {
      double[] z = new double[n];
      double walk = chance(0.65) ? scale(0.02, 1.5) : 0;
      double drift = chance(0.55) ? r.nextGaussian() * scale(0.005, 0.25) : 0;
      double fading = chance(0.35) ? between(0.9, 0.998) : 1;
      double turning = chance(0.15) ? scale(0.002, 0.03) : 0;
      double level = 0;
      for (int t = 0; t < n; t++) {
        if (drift != 0 && chance(0.004)) {
          drift = r.nextGaussian() * scale(0.005, 0.25); // a corner
        }
        drift = drift * fading + turning * r.nextGaussian();
        level += drift + walk * r.nextGaussian();
        z[t] = level;
      }
      for (int jumps = chance(0.2) ? 1 + r.nextInt(3) : 0; jumps > 0; jumps--) {
        double by = 5 * r.nextGaussian();
        for (int t = r.nextInt(n); t < n; t++) {
          z[t] += by;
        }
      }
      return z;
    }

    private double[] noise(int n) {
      double[] e = new double[n];
      double kind = r.nextDouble();
      double memory = chance(0.45) ? between(-0.3, 0.95) : 0;
      double size = chance(0.1) ? 0.1 : 1;
      double last = 0;
      for (int t = 0; t < n; t++) {
        double g = r.nextGaussian();
        if (kind < 0.2) {
          double chi = 0;
          for (int k = 0; k < 3; k++) {
            double v = r.nextGaussian();
            chi += v * v / 3;
          }
          g = Math.max(-12, Math.min(12, 0.6 * g / Math.sqrt(chi)));
        } else if (kind < 0.3) {
          g = Math.exp(0.6 * g) - 1.2; // skewed
        }
        last = memory * last + size * g;
        e[t] = last;
      }
      return e;
    }

    private double[] season(int n, int m, double amplitude) {
      double[] phases = phases(m);
      double changing = chance(0.4) ? scale(0.02, 0.25) : 0;
      double[] s = new double[n];
      int shift = r.nextInt(m);
      for (int t = 0; t < n; t++) {
        int p = (t + shift) % m;
        if (changing > 0) {
          phases[p] += changing * r.nextGaussian();
        }
        s[t] = amplitude * phases[p];
      }
      return s;
    }

    /** Mean 0, spread 1. */
    private double[] phases(int m) {
      double[] phases = new double[m];
      double kind = r.nextDouble();
      if (m == 168 && kind < 0.7) {
        double[] days = new double[7];
        for (int d = 0; d < 7; d++) {
          days[d] = d < 5 ? 0.3 * r.nextGaussian() : -1 - r.nextDouble() + 0.3 * r.nextGaussian();
        }
        double[] hours = phases(24);
        double by = between(0, 0.8);
        for (int p = 0; p < m; p++) {
          phases[p] = days[p / 24] * (1 + by * hours[p % 24]);
        }
      } else if (kind < 0.6) {
        int waves = 1 + r.nextInt(Math.min(5, Math.max(1, m / 2)));
        for (int k = 1; k <= waves; k++) {
          double a = r.nextGaussian() / k;
          double b = r.nextGaussian() / k;
          for (int p = 0; p < m; p++) {
            double at = 2 * Math.PI * k * p / m;
            phases[p] += a * Math.cos(at) + b * Math.sin(at);
          }
        }
      } else if (kind < 0.85) {
        for (int p = 0; p < m; p++) {
          phases[p] = r.nextGaussian();
        }
      } else {
        for (int spikes = 1 + r.nextInt(Math.max(1, m / 4)); spikes > 0; spikes--) {
          phases[r.nextInt(m)] += 1 + r.nextDouble();
        }
      }
      double mean = Arrays.stream(phases).average().orElse(0);
      double squares = 0;
      for (double v : phases) {
        squares += (v - mean) * (v - mean) / m;
      }
      for (int p = 0; p < m; p++) {
        phases[p] = squares > 1e-9 ? (phases[p] - mean) / Math.sqrt(squares) : 0;
      }
      return phases;
    }

    /** What months owe to the weekdays they have. */
    private double[] tradingDays(int n) {
      double[] worth = new double[7];
      double mean = 0;
      for (int d = 0; d < 7; d++) {
        worth[d] = d < 5 ? 1 + 0.3 * r.nextGaussian() : 0.5 * r.nextDouble();
        mean += worth[d] / 7;
      }
      double size = scale(0.3, 1.5);
      double[] effect = new double[n];
      int month = r.nextInt(12);
      int day = r.nextInt(7);
      for (int t = 0; t < n; t++) {
        int days = MONTHS[month] + (month == 1 && t / 12 % 4 == 0 ? 1 : 0);
        for (int k = 0; k < days; k++) {
          effect[t] += size * (worth[day] - mean);
          day = (day + 1) % 7;
        }
        month = (month + 1) % 12;
      }
      return effect;
    }

    /** A stochastic cycle of no fixed length. */
    private double[] cycle(int n) {
      double turn = 2 * Math.PI / scale(8, 70);
      double fading = between(0.95, 0.999);
      double size = scale(0.3, 2) * Math.sqrt(1 - fading * fading) * 3;
      double[] c = new double[n];
      double a = 0;
      double b = 0;
      for (int t = -60; t < n; t++) {
        double next = fading * (a * Math.cos(turn) + b * Math.sin(turn)) + size * r.nextGaussian();
        b = fading * (b * Math.cos(turn) - a * Math.sin(turn)) + size * r.nextGaussian();
        a = next;
        if (t >= 0) {
          c[t] = a;
        }
      }
      return c;
    }

    private static void add(double[] to, double[] more) {
      for (int t = 0; t < to.length; t++) {
        to[t] += more[t];
      }
    }

    private double[] together(double[] z, double[] season) {
      int n = z.length;
      double[] y = new double[n];
      double kind = r.nextDouble();
      if (kind < 0.42) {
        double unit = scale(0.004, 0.2);
        for (int t = 0; t < n; t++) {
          y[t] = Math.exp(Math.max(-12, Math.min(12, unit * (z[t] + season[t]))));
        }
      } else if (kind < 0.9) {
        double spread = 0;
        for (int t = 0; t < n; t++) {
          spread = Math.max(spread, Math.abs(z[t]) + Math.abs(season[t]));
        }
        double base = chance(0.2) ? spread * r.nextGaussian() : spread * scale(0.8, 20);
        double by = chance(0.25) ? between(0.2, 1) / Math.max(1e-9, Math.abs(base)) : 0;
        for (int t = 0; t < n; t++) {
          y[t] = base + z[t] + season[t] * (1 + by * z[t]);
        }
      } else {
        counts(z, season, y);
      }
      return y;
    }

    /** Counts, half of them now and then. */
    private void counts(double[] z, double[] season, double[] y) {
      double often = chance(0.5) ? 1 : scale(0.05, 0.8);
      double rate = Math.log(scale(0.5, 60));
      double unit = scale(0.01, 0.15);
      for (int t = 0; t < y.length; t++) {
        double mean = Math.exp(Math.max(-4, Math.min(9, rate + unit * (z[t] + season[t]))));
        double drawn = mean < 30 ? poisson(mean) : mean + Math.sqrt(mean) * r.nextGaussian();
        y[t] = chance(often) ? Math.max(0, Math.rint(drawn)) : 0;
      }
    }

    private int poisson(double mean) {
      double limit = Math.exp(-mean);
      double product = r.nextDouble();
      int count = 0;
      while (product > limit) {
        product *= r.nextDouble();
        count++;
      }
      return count;
    }

    /** Outliers, rounding and gaps. */
    private void soil(double[] y, int n) {
      double spread = 0;
      for (int t = 1; t < y.length; t++) {
        spread += Math.abs(y[t] - y[t - 1]) / (y.length - 1);
      }
      if (chance(0.12)) {
        for (int k = 1 + n / 60; k > 0; k--) {
          y[r.nextInt(n)] += 8 * spread * r.nextGaussian();
        }
      }
      if (chance(0.2) && spread > 0) {
        double grain = spread * scale(0.02, 0.5);
        for (int t = 0; t < y.length; t++) {
          y[t] = grain * Math.rint(y[t] / grain);
        }
      }
      if (chance(0.1)) {
        for (int k = 1 + n / 20; k > 0; k--) {
          int from = r.nextInt(n);
          for (int t = from; t < Math.min(n - 1, from + 1 + r.nextInt(4)); t++) {
            y[t] = Double.NaN;
          }
        }
      }
    }
  }
}
