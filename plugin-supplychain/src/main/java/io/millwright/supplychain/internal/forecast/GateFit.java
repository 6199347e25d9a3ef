package io.millwright.supplychain.internal.forecast;

import java.util.Arrays;
import java.util.List;

/**
 * Fits a {@link Gate}: the mean loss of the combined forecasts is made least, drawn to the shares
 * that are usual by squares (ridge). The same samples give the same gate. Not thread-safe.
 */
final class GateFit {

  private static final int STEPS = 150;
  private static final double RATE = 0.05;
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.99;

  /** A forecast this many times worse than usual counts no more. */
  private static final double MOST_WEIGHT = 5;

  /**
   * What draws a gate to the usual one, in forecasts; infinite for what stays as it is.
   *
   * @param biases the pull of the shares
   * @param own the pull of the sharpness and of the slopes
   */
  record Pull(double biases, double own) {}

  /**
   * A forecast of the past.
   *
   * @param fits what each method said, {@code [method][period]}
   * @param truth what came
   * @param weights what an absolute error counts at each period; 0 where the truth is missing
   * @param apart see {@link Gate#apart}
   * @param traits see {@link Seen#TRAITS}
   */
  record Sample(
      double[][] fits, double[] truth, double[] weights, double[] apart, double[] traits) {

    double loss(double[] shares) {
      double loss = 0;
      for (int h = 0; h < truth.length; h++) {
        if (weights[h] > 0) {
          double said = 0;
          for (int k = 0; k < shares.length; k++) {
            said += shares[k] * fits[k][h];
          }
          loss += weights[h] * Math.abs(truth[h] - said);
        }
      }
      return loss;
    }

    /** The same, no forecast of it counting too much. */
    Sample kept(double[] usual) {
      double loss = loss(usual);
      if (loss <= MOST_WEIGHT) {
        return this;
      }
      double[] less = Arrays.stream(weights).map(w -> w * MOST_WEIGHT / loss).toArray();
      return new Sample(fits, truth, less, apart, traits);
    }
  }

  private final double[] usual;
  private final Pull pull;
  private final int size;

  /** The biases, the sharpness, the slopes. */
  private final double[] p;

  private final double[] gradient;

  private GateFit(double[] usual, Pull pull) {
    this.usual = usual;
    this.pull = pull;
    this.size = usual.length;
    this.p = Arrays.copyOf(usual, size + 1 + size * Seen.TRAITS);
    this.gradient = new double[p.length];
  }

  /**
   * Fits.
   *
   * @param usual the biases to which all are drawn
   */
  static Gate of(List<Sample> samples, double[] usual, Pull pull) {
    return new GateFit(usual, pull).run(samples);
  }

  private Gate run(List<Sample> samples) {
    List<Row> rows = samples.stream().map(Row::of).toList();
    double[] m = new double[p.length];
    double[] v = new double[p.length];
    for (int i = 1; i <= STEPS && Double.isFinite(pull.biases); i++) {
      gradient(rows);
      double rate = RATE * (1 + Math.cos(Math.PI * i / STEPS)) / 2;
      for (int k = 0; k < p.length; k++) {
        if (k >= size && !Double.isFinite(pull.own)) {
          break;
        }
        m[k] = FIRST * m[k] + (1 - FIRST) * gradient[k];
        v[k] = SECOND * v[k] + (1 - SECOND) * gradient[k] * gradient[k];
        double unbiased = m[k] / (1 - Math.pow(FIRST, i));
        double size2 = v[k] / (1 - Math.pow(SECOND, i));
        p[k] -= rate * unbiased / (Math.sqrt(size2) + 1e-6);
      }
      p[size] = Math.max(0, p[size]);
    }
    return gate();
  }

  private Gate gate() {
    return new Gate(Arrays.copyOf(p, size), p[size], Arrays.copyOfRange(p, size + 1, p.length));
  }

  /**
   * A sample as the steps read it: the periods with a weight alone, all methods of a period side by
   * side.
   */
  private record Row(double[] fits, double[] truth, double[] weights, Sample of) {

    static Row of(Sample s) {
      int size = s.fits.length;
      int n = 0;
      double[] fits = new double[size * s.truth.length];
      double[] truth = new double[s.truth.length];
      double[] weights = new double[s.truth.length];
      for (int h = 0; h < truth.length; h++) {
        if (s.weights[h] > 0) {
          for (int k = 0; k < size; k++) {
            fits[n * size + k] = s.fits[k][h];
          }
          truth[n] = s.truth[h];
          weights[n++] = s.weights[h];
        }
      }
      return new Row(
          Arrays.copyOf(fits, n * size), Arrays.copyOf(truth, n), Arrays.copyOf(weights, n), s);
    }

    /** How the loss changes with what each method counts. */
    void slope(double[] shares, double[] slope) {
      Arrays.fill(slope, 0);
      for (int h = 0, at = 0; h < truth.length; h++, at += shares.length) {
        double said = 0;
        for (int k = 0; k < shares.length; k++) {
          said += shares[k] * fits[at + k];
        }
        double sign = said > truth[h] ? weights[h] : -weights[h];
        for (int k = 0; k < shares.length; k++) {
          slope[k] += sign * fits[at + k];
        }
      }
    }
  }

  private void gradient(List<Row> rows) {
    Arrays.fill(gradient, 0);
    double[] z = new double[size];
    double[] slope = new double[size];
    boolean common = !Double.isFinite(pull.own);
    double[] shares = Gate.shares(Arrays.copyOf(p, size));
    for (Row row : rows) {
      Sample s = row.of;
      if (!common) {
        shares = own(s, z);
      }
      row.slope(shares, slope);
      double mean = 0;
      for (int k = 0; k < size; k++) {
        mean += shares[k] * slope[k];
      }
      for (int k = 0; k < size; k++) {
        double g = shares[k] * (slope[k] - mean) / rows.size();
        gradient[k] += g;
        if (common) {
          continue;
        }
        gradient[size] -= s.apart.length == 0 ? 0 : g * s.apart[k];
        for (int f = 0; f < Seen.TRAITS; f++) {
          gradient[size + 1 + f * size + k] += g * s.traits[f];
        }
      }
    }
    for (int k = 0; k < (common ? size : p.length); k++) {
      double from = k < size ? usual[k] : 0;
      double by = k < size ? pull.biases : pull.own;
      gradient[k] += by * (p[k] - from) / rows.size();
    }
  }

  private double[] own(Sample s, double[] z) {
    for (int k = 0; k < size; k++) {
      z[k] = p[k];
      for (int f = 0; f < Seen.TRAITS; f++) {
        z[k] += p[size + 1 + f * size + k] * s.traits[f];
      }
      z[k] -= s.apart.length == 0 ? 0 : p[size] * s.apart[k];
    }
    return Gate.shares(z);
  }
}
