package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.internal.classic.Gaps;
import io.millwright.supplychain.internal.classic.Seasons;
import java.util.Arrays;
import java.util.List;

/**
 * Fits factors of covariates: a quasi-Poisson regression with logarithmic link (McCullagh and
 * Nelder 1989, chapter 9) around a level that moves and a season that is each series' own, with a
 * normal prior (ridge). The level of a period is that of its neighbours without their covariates'
 * effects, never of itself; since it moves with the effects, the step is taken along covariates
 * less those of the neighbours. Negative-binomial weights for counts, weights of a constant
 * coefficient of variation for others; residuals beyond four deviations count as four.
 */
final class EffectFit {

  private static final int STEPS = 7;
  private static final double CLIP = 4;
  private static final int LEAST_WINDOW = 4;
  private static final int MOST_WINDOW = 14;

  private EffectFit() {}

  /**
   * Fits.
   *
   * @param cases the histories; those with negative values take no part
   * @param features which features
   * @param mean where effects are drawn to
   * @param precision how strongly, in units of information
   */
  static double[] fit(
      List<DrivenCase> cases, int[] features, double[] mean, double[] precision, Lanes lanes) {
    int p = features.length;
    double[] effects = mean.clone();
    if (p == 0) {
      return effects;
    }
    Seasons[] seasons = new Seasons[cases.size()];
    for (int step = 0; step < STEPS; step++) {
      double[][] parts = new double[cases.size()][];
      double[] now = effects;
      boolean again = step % 3 == 0;
      lanes.each(
          parts.length, i -> parts[i] = part(cases.get(i), features, now, seasons, again ? i : ~i));
      double[][] a = new double[p][p + 1];
      for (double[] part : parts) {
        for (int k = 0; k < p && part.length > 0; k++) {
          for (int j = 0; j <= p; j++) {
            a[k][j] += part[k * (p + 1) + j];
          }
        }
      }
      for (int k = 0; k < p; k++) {
        a[k][k] += precision[k];
        a[k][p] -= precision[k] * (effects[k] - mean[k]);
      }
      double[] move = solve(a);
      effects = effects.clone();
      for (int k = 0; k < p; k++) {
        effects[k] += Math.max(-1, Math.min(1, move[k]));
      }
    }
    return effects;
  }

  /** Information and score of one series, row by row; {@code at} below 0 keeps its seasons. */
  private static double[] part(
      DrivenCase one, int[] features, double[] effects, Seasons[] seasons, int at) {
    int n = one.y().length;
    if (n < 2 * LEAST_WINDOW || !one.isNeverNegative()) {
      return new double[0];
    }
    int p = features.length;
    double[] clean = new double[n];
    for (int t = 0; t < n; t++) {
      clean[t] = one.y()[t] / one.factor(t, features, effects);
    }
    int i = at < 0 ? ~at : at;
    if (Arrays.stream(clean).noneMatch(v -> v > 0)) {
      return new double[0];
    }
    double[] filled = Gaps.filledWhole(clean);
    Seasons season = seasons[i];
    if (at >= 0 || season == null) {
      season = one.sporadic() ? Seasons.of(filled) : Seasons.of(filled, one.lengths());
      seasons[i] = season;
    }
    double[] share = shares(season, filled);
    double[] base = new double[n];
    double[][] centred = new double[n][p];
    around(one, features, clean, share, base, centred);
    double[] mu = new double[n];
    for (int t = 0; t < n; t++) {
      mu[t] = base[t] * one.factor(t, features, effects);
    }
    double spread = spread(one, mu);
    double[] part = new double[p * (p + 1)];
    for (int t = 0; t < n; t++) {
      if (Double.isNaN(one.y()[t]) || !(mu[t] > 0)) {
        continue;
      }
      double weight = one.counts() ? mu[t] / (1 + spread * mu[t]) : 1 / spread;
      double error = one.y()[t] / mu[t] - 1;
      double far = CLIP / Math.sqrt(weight);
      double clipped = Math.max(-far, Math.min(far, error));
      for (int k = 0; k < p; k++) {
        double wz = weight * centred[t][k];
        for (int j = 0; j < p; j++) {
          part[k * (p + 1) + j] += wz * centred[t][j];
        }
        part[k * (p + 1) + p] += wz * clipped;
      }
    }
    return part;
  }

  /** The season of each period as a factor of the level; 1 where there is none. */
  private static double[] shares(Seasons season, double[] clean) {
    double[] share = new double[clean.length];
    double mean = Arrays.stream(season.adjusted()).average().orElse(0);
    for (int t = 0; t < share.length; t++) {
      double level = season.adjusted()[Math.min(t, season.adjusted().length - 1)];
      double middle = level > 0.2 * mean ? level : Math.max(mean, 1e-12);
      double s = season.any() ? season.at(middle, t) / middle : 1;
      share[t] = Math.max(0.05, s);
    }
    return share;
  }

  /** The level of the neighbours, and features less theirs. */
  private static void around(
      DrivenCase one,
      int[] features,
      double[] clean,
      double[] share,
      double[] base,
      double[][] centred) {
    int n = clean.length;
    int first = one.lengths().length == 0 ? 8 : one.lengths()[0];
    int window = Math.max(LEAST_WINDOW, Math.min(MOST_WINDOW, first));
    window = one.sporadic() ? 2 * window : window;
    for (int t = 0; t < n; t++) {
      double sum = 0;
      double weights = 0;
      for (int s = Math.max(0, t - window); s <= Math.min(n - 1, t + window); s++) {
        if (s == t || Double.isNaN(clean[s])) {
          continue;
        }
        double w = 1 - Math.abs(s - t) / (window + 1.0);
        double v = w * clean[s] / share[s];
        weights += w;
        sum += v;
        for (int k = 0; k < features.length; k++) {
          centred[t][k] += v * one.z()[s][features[k]];
        }
      }
      base[t] = weights > 0 ? share[t] * sum / weights : 0;
      for (int k = 0; k < features.length; k++) {
        double around = sum > 0 ? centred[t][k] / sum : 0;
        centred[t][k] = one.z()[t][features[k]] - around;
      }
    }
  }

  /** The variance beyond that of Poisson over the squared mean; of others, all of it. */
  private static double spread(DrivenCase one, double[] mu) {
    double over = 0;
    double squares = 0;
    for (int t = 0; t < mu.length; t++) {
      double y = one.y()[t];
      if (!Double.isNaN(y) && mu[t] > 0) {
        double e = Math.min(Math.abs(y - mu[t]), 3 * mu[t] + 3);
        over += e * e - (one.counts() ? mu[t] : 0);
        squares += mu[t] * mu[t];
      }
    }
    double spread = squares > 0 ? over / squares : 1;
    return Math.max(one.counts() ? 0 : 1e-4, Math.min(10, spread));
  }

  /** Gauss with pivots; a direction that nothing speaks of does not move. */
  static double[] solve(double[][] a) {
    int n = a.length;
    double[] x = new double[n];
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      double[] row = a[pivot];
      a[pivot] = a[k];
      a[k] = row;
      if (!(Math.abs(a[k][k]) > 1e-12)) {
        a[k][k] = 1;
        Arrays.fill(a[k], k + 1, n + 1, 0);
        continue;
      }
      for (int i = k + 1; i < n; i++) {
        double f = a[i][k] / a[k][k];
        for (int j = k; j <= n; j++) {
          a[i][j] -= f * a[k][j];
        }
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      double sum = a[k][n];
      for (int j = k + 1; j < n; j++) {
        sum -= a[k][j] * x[j];
      }
      x[k] = sum / a[k][k];
    }
    return x;
  }
}
