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

  /** What is foretold by a model with multiplied parts must lie above this. */
  private static final double LEAST = 1e-4;

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

  /** The errors of the last filtering. */
  private final double[] errors;

  /** What the last filtering ended with: the next line, and the step that it took. */
  private double line;

  private double step;
  private double squares;
  private double logs;

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
    this.errors = new double[y.length];
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
      return model.candidate(Search.simplex(model::value, p, half, 30 + 16 * model.free()), step);
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
    return candidate(Search.simplex(this::value, start, step, 12 + 7 * free()), step);
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

  private Candidate candidate(Search.Least found, double[] step) {
    double k = parameters();
    double criterion = found.value() + 2 * k + 2 * k * (k + 1) / (y.length - k - 1);
    return new Candidate(this, found.at(), step, criterion);
  }

  /**
   * Runs through the series. States are kept as what they foretell, the line and its last step,
   * which makes the chain from period to period short. Written with the absolute error, additive
   * and multiplicative errors move them alike; a multiplied season is divided out before.
   */
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
    boolean none = season == Part.NONE;
    boolean multiplied = season == Part.MULTIPLIED;
    double lift = phi * beta;
    double gain = alpha + lift;
    double kept = 1 - gain;
    double d = trend > 0 ? phi * p[3] : 0;
    double l = p[1] + d;
    double sum = 0;
    double product = 1;
    logs = 0;
    System.arraycopy(phases, 0, running, 0, phases.length);
    int at = 0;
    for (int t = 0; t < y.length; t++) {
      double v = y[t];
      double s = none ? 0 : running[at];
      double x = none ? v : multiplied ? v / s : v - s;
      double e = x - l;
      double said = none ? l : multiplied ? l * s : l + s;
      errors[t] = multiplied ? e * s : e;
      if (multipliedError) {
        if (!(said > LEAST) || !(l > LEAST)) {
          return false;
        }
        double relative = multiplied ? e / l : e / said;
        sum += relative * relative;
        product *= said;
        if (product < 1e-100 || product > 1e100) {
          logs += Math.log(product);
          product = 1;
        }
        if (multiplied) {
          running[at] = s + gamma * s * relative;
        }
      } else {
        sum += e * e;
      }
      if (!none) {
        if (!multiplied) {
          running[at] = s + gamma * e;
        }
        at = at + 1 == length ? 0 : at + 1;
      }
      double faded = phi * d;
      d = faded + lift * e;
      l = kept * l + (faded + gain * x);
    }
    line = l;
    step = d;
    squares = sum;
    logs += Math.log(product);
    return Double.isFinite(squares);
  }

  private Fit forecast(double[] p, int horizon) {
    filter(p);
    double absolute = 0;
    for (double e : errors) {
      absolute += Math.abs(e);
    }
    double phi = trend == 2 ? p[4] : 1;
    double[] mean = new double[horizon];
    double said = line;
    double rise = step;
    for (int h = 0; h < horizon; h++) {
      double s = running[(y.length + h) % length];
      mean[h] = scale * (season == Part.MULTIPLIED ? said * s : said + s);
      rise *= phi;
      said += rise;
    }
    return new Fit(mean, scale * absolute / y.length);
  }
}
