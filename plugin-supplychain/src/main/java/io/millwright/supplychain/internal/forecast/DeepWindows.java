package io.millwright.supplychain.internal.forecast;

import io.millwright.api.spi.Examples;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of many positive series as a network sees them: logarithms of values over the last one,
 * divided by the window's own mean change, so that series of all sizes and tempers look alike.
 * Overlapping windows are cut when they are asked for.
 */
final class DeepWindows implements Examples {

  private static final double CLIP = 12;
  private static final double LEAST_CHANGE = 1e-4;

  private final List<double[]> logs;
  private final int lookback;
  private final int horizon;
  private final int[] series;
  private final int[] end;

  private DeepWindows(List<double[]> logs, int lookback, int horizon, int[] series, int[] end) {
    this.logs = logs;
    this.lookback = lookback;
    this.horizon = horizon;
    this.series = series;
    this.end = end;
  }

  /** The size of a network's input for a lookback. */
  static int inputs(int lookback) {
    return lookback + 1;
  }

  /**
   * Windows to learn from.
   *
   * @param values positive series
   * @param most about how many windows are kept; those kept are spread over all
   */
  static DeepWindows of(List<double[]> values, int lookback, int horizon, int most) {
    List<double[]> logs = new ArrayList<>();
    List<int[]> all = new ArrayList<>();
    for (double[] y : values) {
      double[] log = logs(y);
      // Half of the horizon must be known, and half of the lookback.
      for (int t = Math.max(3, lookback / 2); t + (horizon + 1) / 2 <= log.length; t++) {
        all.add(new int[] {logs.size(), t});
      }
      logs.add(log);
    }
    int count = Math.min(most, all.size());
    int[] series = new int[count];
    int[] end = new int[count];
    for (int i = 0; i < count; i++) {
      int[] window = all.get((int) ((long) i * all.size() / count));
      series[i] = window[0];
      end[i] = window[1];
    }
    return new DeepWindows(logs, lookback, horizon, series, end);
  }

  static double[] logs(double[] y) {
    double[] log = new double[y.length];
    for (int t = 0; t < log.length; t++) {
      log[t] = Math.log(y[t]);
    }
    return log;
  }

  /** The mean absolute change of a window that ends before a period. */
  static double change(double[] log, int until, int lookback) {
    int from = Math.max(0, until - lookback);
    double sum = 0;
    for (int t = from + 1; t < until; t++) {
      sum += Math.abs(log[t] - log[t - 1]);
    }
    return Math.max(LEAST_CHANGE, sum / Math.max(1, until - from - 1));
  }

  /** Lays out the window that ends before a period; a short history begins with its first value. */
  static void window(double[] log, int until, int lookback, float[] into, int at) {
    double last = log[until - 1];
    double change = change(log, until, lookback);
    for (int k = 0; k < lookback; k++) {
      double v = log[Math.max(0, until - lookback + k)];
      into[at + k] = clipped((v - last) / change);
    }
    into[at + lookback] = (float) (Math.log(change) / 2 + 1);
  }

  private static float clipped(double v) {
    return (float) Math.max(-CLIP, Math.min(CLIP, v));
  }

  @Override
  public int count() {
    return series.length;
  }

  @Override
  public int inputs() {
    return inputs(lookback);
  }

  @Override
  public int targets() {
    return horizon;
  }

  @Override
  public void input(int example, float[] into, int at) {
    window(logs.get(series[example]), end[example], lookback, into, at);
  }

  @Override
  public void target(int example, float[] into, int at) {
    double[] log = logs.get(series[example]);
    int from = end[example];
    double last = log[from - 1];
    double change = change(log, from, lookback);
    for (int h = 0; h < horizon; h++) {
      into[at + h] = from + h < log.length ? clipped((log[from + h] - last) / change) : Float.NaN;
    }
  }
}
