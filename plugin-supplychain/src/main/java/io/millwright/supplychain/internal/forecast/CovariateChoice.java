package io.millwright.supplychain.internal.forecast;

import io.millwright.api.data.Series;
import io.millwright.supplychain.ForecastMethod;
import io.millwright.supplychain.internal.classic.Normal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses covariates at rolling origins: one after the other, the best first, as long as forecasts
 * are surely better with it. Effects are fitted on what was known at each origin. A plain mean of
 * three methods stands in for the forecaster. Used once, by one thread.
 */
final class CovariateChoice {

  private static final List<ForecastMethod> METHODS =
      List.of(ForecastMethod.SIMPLE, ForecastMethod.DAMPED, ForecastMethod.THETA);

  private static final int ORIGINS = 3;
  private static final int MOST_ORIGINS = 8;

  /** With fewer series than this each origin counts by itself. */
  private static final int FEW = 10;

  private static final int MOST_SERIES = 250;
  private static final int LEAST_BEFORE = 12;

  /** An effect of this size, in root mean squares of its feature, is no surprise. */
  private static final double USUAL = 0.5;

  /** How far a series' own effect may lie from that of all, in the same measure. */
  private static final double[] OWN = {0, 0.05, 0.15};

  /** The chance that a covariate without any use is kept, over all of them together. */
  private static final double DOUBT = 0.02;

  private static final double LEAST_GAIN = 0.003;

  private final CovariateColumns columns;
  private final int horizon;
  private final Lanes lanes;
  private final List<DrivenCase> whole;
  private final List<List<Spot>> origins = new ArrayList<>();
  private final double[] rms;
  private double[][] without = {};
  private double[] usual = {};

  /** The gain of each covariate alone. */
  final double[] gains;

  /** What was kept. */
  final boolean[] kept;

  /** How far own effects may lie from those of all. */
  double own;

  /** One series at one origin, and what followed. */
  private record Spot(int series, DrivenCase known, double[] truth) {}

  CovariateChoice(CovariateColumns columns, List<DrivenCase> cases, int horizon, Lanes lanes) {
    this.columns = columns;
    this.horizon = horizon;
    this.lanes = lanes;
    this.whole = cases.stream().filter(DrivenCase::isNeverNegative).toList();
    this.rms = rms(columns, whole);
    this.gains = new double[columns.names().size()];
    this.kept = new boolean[gains.length];
    List<DrivenCase> judged = new ArrayList<>();
    for (DrivenCase one : whole) {
      if (one.y().length >= horizon + LEAST_BEFORE) {
        judged.add(one);
      }
    }
    int count = Math.min(MOST_SERIES, judged.size());
    int most = judged.size() < FEW ? MOST_ORIGINS : ORIGINS;
    for (int j = 0; j < most; j++) {
      List<Spot> known = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        DrivenCase one = judged.get((int) ((long) i * judged.size() / count));
        int at = one.y().length - horizon - j * Origin.step(horizon);
        if (at >= LEAST_BEFORE && one.series().first(at).known() >= LEAST_BEFORE) {
          double[] truth = Arrays.copyOfRange(one.y(), at, at + horizon);
          known.add(new Spot(i, one.until(at), truth));
        }
      }
      if (known.isEmpty()) {
        break;
      }
      origins.add(known);
    }
  }

  private static double[] rms(CovariateColumns columns, List<DrivenCase> cases) {
    double[] squares = new double[columns.width()];
    double count = 0;
    for (DrivenCase one : cases) {
      for (int t = 0; t < one.y().length; t++) {
        for (int k = 0; k < squares.length; k++) {
          squares[k] += one.z()[t][k] * one.z()[t][k];
        }
        count++;
      }
    }
    double all = count;
    return Arrays.stream(squares).map(s -> Math.sqrt(s / Math.max(1, all))).toArray();
  }

  static double[] standIn(Series series, int horizon) {
    Past past = Past.of(series);
    if (past.isSporadic()) {
      return past.fits(List.of(ForecastMethod.SIMPLE), horizon)[0].mean();
    }
    double[] equal = new double[METHODS.size()];
    Arrays.fill(equal, 1.0 / METHODS.size());
    return Origin.mean(past.fits(METHODS, horizon), equal);
  }

  /** Chooses; afterwards {@link #kept}, {@link #gains} and {@link #own} say what. */
  void choose(Runnable checkpoint) {
    if (origins.isEmpty()) {
      return;
    }
    without = losses(new boolean[kept.length], 0);
    usual = usual(1 + origins.get(0).stream().mapToInt(Spot::series).max().orElse(0));
    double sure = Normal.quantile(1 - DOUBT / Math.max(1, kept.length));
    double[][] best = without;
    boolean first = true;
    while (true) {
      int winner = -1;
      double most = 0;
      double[][] won = best;
      for (int k = 0; k < kept.length; k++) {
        checkpoint.run();
        if (kept[k] || (!first && gains[k] <= 0)) {
          continue;
        }
        boolean[] tried = kept.clone();
        tried[k] = true;
        double[][] losses = losses(tried, 0);
        double gain = gain(best, losses);
        if (first) {
          gains[k] = gain;
        }
        if (gain > Math.max(most, LEAST_GAIN) && isSure(best, losses, sure)) {
          most = gain;
          winner = k;
          won = losses;
        }
      }
      first = false;
      if (winner < 0) {
        break;
      }
      kept[winner] = true;
      best = won;
    }
    if (whole.size() > 1 && isAny()) {
      for (double apart : OWN) {
        double[][] losses = apart > 0 ? losses(kept, apart) : best;
        if (apart > 0 && isSure(best, losses, 2)) {
          best = losses;
          own = apart;
        }
      }
    }
  }

  boolean isAny() {
    for (boolean k : kept) {
      if (k) {
        return true;
      }
    }
    return false;
  }

  /** How strongly effects of all are drawn to 0, or own ones to those of all. */
  double[] precision(int[] features, double apart) {
    return Arrays.stream(features).mapToDouble(f -> Math.pow(rms[f] / apart, 2) + 1e-9).toArray();
  }

  /** The effects that all series show together. */
  double[] pooled(List<DrivenCase> cases, int[] features) {
    return EffectFit.fit(
        cases, features, new double[features.length], precision(features, USUAL), lanes);
  }

  /** The effects on all series, of what was kept. */
  double[] pooled() {
    return pooled(whole, columns.features(kept));
  }

  private double[][] losses(boolean[] tried, double apart) {
    int[] features = columns.features(tried);
    double[][] losses = new double[origins.size()][];
    for (int j = 0; j < losses.length; j++) {
      List<Spot> known = origins.get(j);
      double[] pooled = pooled(known.stream().map(Spot::known).toList(), features);
      double[] loss = new double[known.size()];
      double[] precision = apart > 0 ? precision(features, apart) : new double[0];
      lanes.each(
          loss.length,
          i -> {
            DrivenCase one = known.get(i).known();
            double[] effects =
                apart > 0
                    ? EffectFit.fit(List.of(one), features, pooled, precision, Lanes.alone())
                    : pooled;
            double[] mean = standIn(one.clean(features, effects), horizon);
            double[] factors = one.ahead(horizon, features, effects);
            for (int h = 0; h < horizon; h++) {
              mean[h] *= factors[h];
            }
            loss[i] = loss(one.sporadic(), known.get(i).truth(), mean);
          });
      losses[j] = loss;
    }
    return losses;
  }

  /** Absolute errors; of counts now and then, the deviance of Poisson, which means minimise. */
  private static double loss(boolean sporadic, double[] truth, double[] mean) {
    double sum = 0;
    int count = 0;
    for (int h = 0; h < truth.length; h++) {
      if (!Double.isNaN(truth[h])) {
        double m = Math.max(1e-3, mean[h]);
        sum +=
            sporadic
                ? 2 * ((truth[h] > 0 ? truth[h] * Math.log(truth[h] / m) : 0) - truth[h] + m)
                : Math.abs(truth[h] - mean[h]);
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** The share of loss saved, over each series' own loss without any covariate. */
  private double gain(double[][] before, double[][] after) {
    return Arrays.stream(gains(before, after, Integer.MAX_VALUE)).average().orElse(0);
  }

  private boolean isSure(double[][] before, double[][] after, double sure) {
    double[] latest = gains(before, after, 1);
    double[] all = gains(before, after, Integer.MAX_VALUE);
    int n = all.length;
    double mean = Arrays.stream(all).average().orElse(0);
    double squares = Arrays.stream(all).map(g -> (g - mean) * (g - mean)).sum();
    double error = Math.sqrt(squares / Math.max(1, n - 1) / n);
    // Few origins of few series: as Student's t, roughly.
    double needed = sure * (1 + 2.0 / n) * error;
    return n >= 3 && mean > needed && Arrays.stream(latest).average().orElse(0) > 0;
  }

  /** Of each series over its origins, or of each origin where series are few. */
  private double[] gains(double[][] before, double[][] after, int most) {
    double[] sums = new double[usual.length];
    int[] counts = new int[usual.length];
    List<Double> each = new ArrayList<>();
    for (int j = 0; j < Math.min(most, origins.size()); j++) {
      for (int i = 0; i < origins.get(j).size(); i++) {
        int at = origins.get(j).get(i).series();
        double gain = (before[j][i] - after[j][i]) / usual[at];
        if (Double.isFinite(gain)) {
          each.add(gain);
          sums[at] += gain;
          counts[at]++;
        }
      }
    }
    if (usual.length < FEW) {
      return each.stream().mapToDouble(g -> g).toArray();
    }
    return IntStream.range(0, usual.length)
        .filter(i -> counts[i] > 0)
        .mapToDouble(i -> sums[i] / counts[i])
        .toArray();
  }

  /** The loss of each series without covariates, over its origins. */
  private double[] usual(int series) {
    double[] sums = new double[series];
    int[] counts = new int[series];
    for (int j = 0; j < origins.size(); j++) {
      for (int i = 0; i < without[j].length; i++) {
        if (!Double.isNaN(without[j][i])) {
          sums[origins.get(j).get(i).series()] += without[j][i];
          counts[origins.get(j).get(i).series()]++;
        }
      }
    }
    return IntStream.range(0, series).mapToDouble(i -> sums[i] / counts[i]).toArray();
  }
}
