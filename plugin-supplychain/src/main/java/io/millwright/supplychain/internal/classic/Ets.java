package io.millwright.supplychain.internal.classic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Exponential smoothing in state-space form with automatic choice of error, trend and season by the
 * corrected criterion of Akaike (Hyndman, Koehler, Snyder and Grose 2002; Hyndman and Khandakar
 * 2008, whose list of admissible models is used). Seasons begin at those of the classical
 * decomposition; the other first states and the smoothing parameters are searched for.
 */
public final class Ets {

  private enum Part {
    NONE,
    ADDED,
    MULTIPLIED
  }

  private static final int LONGEST_SEASON = 24;

  /** So many models are searched to the end. */
  private static final int IN_FRONT = 4;

  private final double[] y;
  private final double scale;
  private final int length;
  private final boolean multipliedError;
  private final int trend;
  private final Part season;
  private final double[] phases;
  private final double[] running;

  /** What the last filtering ended with. */
  private double level;

  private double growth;
  private double squares;
  private double logs;
  private double absolute;

  private Ets(
      double[] y,
      double scale,
      int length,
      boolean multipliedError,
      int trend,
      Part season,
      double[] phases) {
    this.y = y;
    this.scale = scale;
    this.length = length;
    this.multipliedError = multipliedError;
    this.trend = trend;
    this.season = season;
    this.phases = phases;
    this.running = phases.clone();
  }

  /**
   * The best model of a series.
   *
   * @param series the series without gaps
   * @param length the length of its season; 1 for none
   */
  public static Fit automatic(double[] series, int length, int horizon) {
    double scale = Arrays.stream(series).map(Math::abs).average().orElse(0);
    if (series.length < 5 || !(scale > 0)) {
      return Smoothing.simple(series, horizon);
    }
    double[] y = new double[series.length];
    boolean positive = true;
    for (int t = 0; t < y.length; t++) {
      y[t] = series[t] / scale;
      positive &= y[t] > 1e-3;
    }
    boolean seasonal = length > 1 && length <= LONGEST_SEASON && y.length >= 2 * length + 2;
    List<Candidate> candidates = new ArrayList<>();
    for (Part season : Part.values()) {
      if (season != Part.NONE && (!seasonal || (season == Part.MULTIPLIED && !positive))) {
        continue;
      }
      double[] phases =
          season == Part.NONE ? new double[] {0} : beginning(y, length, season == Part.MULTIPLIED);
      for (int trend = 0; trend <= 2; trend++) {
        for (boolean multipliedError : new boolean[] {false, true}) {
          if ((multipliedError && !positive) || (!multipliedError && season == Part.MULTIPLIED)) {
            continue;
          }
          int m = season == Part.NONE ? 1 : length;
          Ets model = new Ets(y, scale, m, multipliedError, trend, season, phases);
          if (y.length <= model.parameters() + 2) {
            continue;
          }
          candidates.add(model.begun());
        }
      }
    }
    // A short search tells most of them apart; the rest is for those in front.
    return candidates.stream()
        .sorted(Comparator.comparingDouble(Candidate::criterion))
        .limit(IN_FRONT)
        .map(Candidate::finished)
        .min(Comparator.comparingDouble(Candidate::criterion))
        .map(c -> c.model.forecast(c.p, horizon))
        .orElseGet(() -> Smoothing.simple(series, horizon));
  }

  /** The phases that a series began with: those that its mirror image ends with. */
  private static double[] beginning(double[] y, int length, boolean multiplied) {
    int n = y.length;
    double[] mirrored = new double[n];
    for (int t = 0; t < n; t++) {
      mirrored[t] = y[n - 1 - t];
    }
    double[] values = Phases.of(mirrored, length, multiplied).values();
    double[] phases = new double[length];
    for (int p = 0; p < length; p++) {
      phases[p] = values[(n - 1 - p) % length];
    }
    return phases;
  }

  /** A model with the parameters found so far. */
  private record Candidate(Ets model, double[] p, double[] step, double criterion) {

    Candidate finished() {
      double[] half = Arrays.stream(step).map(s -> s / 2).toArray();
      double[] found = Search.simplex(model::value, p, half, 30 + 16 * model.free());
      return new Candidate(model, found, step, model.criterion(found));
    }
  }

  private int free() {
    return 2 + (trend > 0 ? 2 : 0) + (trend == 2 ? 1 : 0) + (season == Part.NONE ? 0 : 1);
  }

  /** All that was fitted, the error's size included. */
  private int parameters() {
    return free() + (season == Part.NONE ? 0 : length - 1) + 1;
  }

  private Candidate begun() {
    double[] start = new double[free()];
    double[] step = new double[free()];
    int n = Math.min(y.length, Math.max(10, 2 * length));
    double[] rest = new double[n];
    for (int t = 0; t < n; t++) {
      rest[t] = without(y[t], phases[t % length]);
    }
    double mean = Arrays.stream(rest).average().orElse(0);
    double slope = 0;
    double spread = 0;
    for (int t = 0; t < n; t++) {
      double at = t - (n - 1) / 2.0;
      slope += at * (rest[t] - mean);
      spread += at * at;
    }
    slope /= spread;
    int k = 0;
    start[k] = 0.3;
    step[k++] = 0.2;
    start[k] = trend > 0 ? mean - slope * (n + 1) / 2.0 : mean;
    step[k++] = 0.1;
    if (trend > 0) {
      start[k] = 0.1;
      step[k++] = 0.2;
      start[k] = slope;
      step[k++] = 0.02;
    }
    if (trend == 2) {
      start[k] = 0.95;
      step[k++] = -0.05;
    }
    if (season != Part.NONE) {
      start[k] = 0.1;
      step[k] = 0.15;
    }
    double[] found = Search.simplex(this::value, start, step, 12 + 7 * free());
    return new Candidate(this, found, step, criterion(found));
  }

  private double without(double value, double phase) {
    return season == Part.MULTIPLIED ? value / phase : value - phase;
  }

  /** Minus twice the logarithm of the likelihood, but for a constant. */
  private double value(double[] p) {
    return filter(p)
        ? y.length * Math.log(Math.max(squares / y.length, 1e-12)) + 2 * logs
        : Double.POSITIVE_INFINITY;
  }

  private double criterion(double[] p) {
    double k = parameters();
    return value(p) + 2 * k + 2 * k * (k + 1) / (y.length - k - 1);
  }

  private boolean filter(double[] p) {
    double alpha = p[0];
    double beta = trend > 0 ? alpha * p[2] : 0;
    double phi = trend == 2 ? p[4] : 1;
    double gamma = season == Part.NONE ? 0 : (1 - alpha) * p[p.length - 1];
    boolean inside =
        alpha > 1e-4
            && alpha < 0.9999
            && (trend == 0 || (p[2] > 1e-4 && p[2] < 0.9999))
            && (trend < 2 || (phi >= 0.8 && phi <= 0.98))
            && (season == Part.NONE || (p[p.length - 1] > 1e-4 && p[p.length - 1] < 0.9999));
    if (!inside) {
      return false;
    }
    level = p[1];
    growth = trend > 0 ? p[3] : 0;
    squares = 0;
    logs = 0;
    absolute = 0;
    System.arraycopy(phases, 0, running, 0, phases.length);
    int at = 0;
    double product = 1;
    for (double v : y) {
      double line = level + phi * growth;
      double s = running[at];
      double said = season == Part.MULTIPLIED ? line * s : line + s;
      double e = v - said;
      absolute += Math.abs(e);
      if (multipliedError) {
        if (!(said > 1e-4) || !(line > 1e-4)) {
          return false;
        }
        double relative = e / said;
        squares += relative * relative;
        product *= said;
        if (product < 1e-100 || product > 1e100) {
          logs += Math.log(product);
          product = 1;
        }
      } else {
        squares += e * e;
      }
      // Written with the absolute error, additive and multiplicative errors move states alike but
      // for the share that a multiplied season takes.
      if (season == Part.MULTIPLIED) {
        double lift = e / s;
        running[at] = s + gamma * s * e / said;
        level = line + alpha * lift;
        growth = phi * growth + beta * lift;
      } else {
        level = line + alpha * e;
        growth = phi * growth + beta * e;
        running[at] = s + gamma * e;
      }
      at = at + 1 == length ? 0 : at + 1;
    }
    logs += Math.log(product);
    return Double.isFinite(squares);
  }

  private Fit forecast(double[] p, int horizon) {
    filter(p);
    double phi = trend == 2 ? p[4] : 1;
    double[] mean = new double[horizon];
    double line = level;
    double step = growth;
    for (int h = 0; h < horizon; h++) {
      step *= phi;
      line += step;
      double s = running[(y.length + h) % length];
      mean[h] = scale * (season == Part.MULTIPLIED ? line * s : line + s);
    }
    return new Fit(mean, scale * absolute / y.length);
  }
}
