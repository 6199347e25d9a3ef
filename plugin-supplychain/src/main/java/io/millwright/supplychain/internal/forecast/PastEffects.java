package io.millwright.supplychain.internal.forecast;

import io.millwright.supplychain.DrivenSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What covariates that are known up to now only say of the periods ahead (leading indicators): the
 * logarithm of what came over what was forecast is linear in their last values less their recent
 * mean, with slopes of its own for each stretch of the horizon. Immutable.
 *
 * @param names the covariates that have a weight
 * @param slopes {@code [stretch][covariate and lag]}
 */
record PastEffects(List<String> names, double[][] slopes) {

  static final int LAGS = 4;

  /** The periods with which stretches of the horizon begin. */
  private static final int[] STRETCHES = {0, 1, 2, 3, 6, 12};

  private static final int WINDOW = 12;
  private static final int ORIGINS = 12;
  private static final int TESTS = 2;
  private static final int LEAST = 12;
  private static final double RIDGE = 0.05;
  private static final double SURE = 2.5;
  private static final double LEAST_GAIN = 0.005;

  PastEffects {
    names = List.copyOf(names);
  }

  static PastEffects none() {
    return new PastEffects(List.of(), new double[0][]);
  }

  static int stretches() {
    return STRETCHES.length;
  }

  private static int stretch(int h) {
    int s = 0;
    while (s + 1 < STRETCHES.length && h >= STRETCHES[s + 1]) {
      s++;
    }
    return s;
  }

  /** The factors of the periods after the first of a history. */
  double[] factors(DrivenSeries driven, int until, int horizon) {
    double[] factors = new double[horizon];
    Arrays.fill(factors, 1);
    if (names.isEmpty()) {
      return factors;
    }
    double[] x = features(driven, names, until);
    for (int h = 0; h < horizon; h++) {
      double sum = 0;
      for (int k = 0; k < x.length; k++) {
        sum += slopes[stretch(h)][k] * x[k];
      }
      factors[h] = Math.exp(Math.max(-1, Math.min(1, sum)));
    }
    return factors;
  }

  private static double[] features(DrivenSeries driven, List<String> names, int until) {
    double[] x = new double[LAGS * names.size()];
    for (int k = 0; k < names.size(); k++) {
      List<Double> all = driven.past().getOrDefault(names.get(k), List.of());
      double[] v = new double[WINDOW];
      double sum = 0;
      int known = 0;
      double size = 0;
      for (int l = 0; l < WINDOW; l++) {
        int t = until - 1 - l;
        v[l] = t >= 0 && t < all.size() ? all.get(t) : Double.NaN;
        if (!Double.isNaN(v[l])) {
          sum += v[l];
          size += Math.abs(v[l]);
          known++;
        }
      }
      for (int l = 0; l < LAGS; l++) {
        boolean usable = known >= LAGS && size > 0 && !Double.isNaN(v[l]);
        x[k * LAGS + l] = usable ? (v[l] - sum / known) / (size / known) : 0;
      }
    }
    return x;
  }

  /** One origin of one series. */
  private record Row(int series, int back, double[] x, double[] logs) {}

  /**
   * Learns, and judges each covariate alone and those that help together.
   *
   * @param clean forecasts are made from these, of which only ordinary ones take part
   * @param gains filled with the gain of each covariate, in the order of all names
   */
  static PastEffects learn(
      List<DrivenSeries> all,
      List<DrivenCase> cases,
      CleanHistory clean,
      int horizon,
      Lanes lanes,
      List<String> names,
      double[] gains) {
    if (names.isEmpty()) {
      return none();
    }
    List<Row> rows = rows(all, cases, clean, horizon, lanes, names);
    List<String> kept = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      double[] gain = judged(rows, new int[] {k}, horizon);
      gains[k] = gain[0];
      if (gain[0] > LEAST_GAIN && gain[0] > SURE * gain[1]) {
        kept.add(names.get(k));
      }
    }
    if (kept.isEmpty()) {
      return none();
    }
    int[] columns = kept.stream().mapToInt(names::indexOf).toArray();
    return new PastEffects(kept, fit(rows, columns, 0));
  }

  /** The history of a series without its covariates' effects, and factors that put them back. */
  interface CleanHistory {
    double[] forecast(DrivenCase known, int horizon);
  }

  static List<String> names(List<DrivenSeries> all) {
    SortedSet<String> names = new TreeSet<>();
    all.forEach(d -> names.addAll(d.past().keySet()));
    return new ArrayList<>(names);
  }

  private static List<Row> rows(
      List<DrivenSeries> all,
      List<DrivenCase> cases,
      CleanHistory clean,
      int horizon,
      Lanes lanes,
      List<String> names) {
    List<List<Row>> found = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      found.add(new ArrayList<>());
    }
    int step = Math.max(1, horizon / 3);
    lanes.each(
        cases.size(),
        i -> {
          DrivenCase one = cases.get(i);
          if (one.sporadic() || !one.isNeverNegative()) {
            return;
          }
          int origins = cases.size() < 30 ? 3 * ORIGINS : ORIGINS;
          for (int j = 0; j < origins; j++) {
            int at = one.y().length - horizon - j * step;
            if (at < LEAST || one.series().first(at).known() < LEAST) {
              break;
            }
            double[] said = clean.forecast(one.until(at), horizon);
            double[] logs = new double[horizon];
            for (int h = 0; h < horizon; h++) {
              double y = one.y()[at + h];
              logs[h] =
                  y > 0 && said[h] > 0
                      ? Math.max(-1, Math.min(1, Math.log(y / said[h])))
                      : Double.NaN;
            }
            found.get(i).add(new Row(i, j * step, features(all.get(i), names, at), logs));
          }
        });
    return found.stream().flatMap(List::stream).toList();
  }

  /** The mean share of squared logarithms saved at origins held out, and its standard error. */
  private static double[] judged(List<Row> rows, int[] columns, int horizon) {
    List<Double> gains = new ArrayList<>();
    int series = (int) rows.stream().mapToInt(Row::series).distinct().count();
    int tests = series < 30 ? 4 * TESTS : TESTS;
    int step = Math.max(1, horizon / 3);
    double total = 0;
    int count = 0;
    for (int test = 0; test < tests; test++) {
      int back = test * Math.max(step, horizon / step * step);
      double[][] slopes = fit(rows, columns, back + horizon);
      for (Row row : rows) {
        if (row.back() != back) {
          continue;
        }
        double saved = 0;
        double usual = 0;
        for (int h = 0; h < horizon; h++) {
          double r = row.logs()[h];
          if (!Double.isNaN(r)) {
            double e = r - said(slopes[stretch(h)], columns, row.x());
            usual += Math.abs(r);
            saved += Math.abs(r) - Math.abs(e);
          }
        }
        gains.add(saved);
        total += usual;
        count++;
      }
    }
    double scale = count > 0 && total > 0 ? total / count : 1;
    double mean = gains.stream().mapToDouble(g -> g / scale).average().orElse(0);
    double squares = gains.stream().mapToDouble(g -> (g / scale - mean) * (g / scale - mean)).sum();
    int n = gains.size();
    return new double[] {
      mean, n < 3 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (n - 1) / n) * (1 + 2.0 / n)
    };
  }

  private static double said(double[] slopes, int[] columns, double[] x) {
    double sum = 0;
    for (int k = 0; k < columns.length; k++) {
      for (int l = 0; l < LAGS; l++) {
        sum += slopes[k * LAGS + l] * x[columns[k] * LAGS + l];
      }
    }
    return Math.max(-1, Math.min(1, sum));
  }

  /** Ridge regression for each stretch, with a constant that forecasts leave out. */
  private static double[][] fit(List<Row> rows, int[] columns, int back) {
    int p = columns.length * LAGS;
    double[][] slopes = new double[STRETCHES.length][];
    for (int s = 0; s < slopes.length; s++) {
      double[][] a = new double[p + 1][p + 2];
      for (Row row : rows) {
        if (row.back() < back) {
          continue;
        }
        double[] x = new double[p + 1];
        x[p] = 1;
        for (int k = 0; k < p; k++) {
          x[k] = row.x()[columns[k / LAGS] * LAGS + k % LAGS];
        }
        for (int h = 0; h < row.logs().length; h++) {
          double r = row.logs()[h];
          if (stretch(h) == s && !Double.isNaN(r)) {
            for (int k = 0; k <= p; k++) {
              for (int j = 0; j <= p; j++) {
                a[k][j] += x[k] * x[j];
              }
              a[k][p + 1] += x[k] * r;
            }
          }
        }
      }
      for (int k = 0; k < p; k++) {
        a[k][k] += RIDGE * (1 + a[k][k]);
      }
      slopes[s] = Arrays.copyOf(EffectFit.solve(a), p);
    }
    return slopes;
  }
}
