package io.millwright.maintenance.internal.vibration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;

/** Spectra of one stretch of samples, whose length is a power of two. */
final class Spectra {

  private static final int BANDS = 5;

  private final int n;
  private final double sampling;
  private final double[][] transform;

  Spectra(double[] samples, int from, int n, double sampling) {
    this.n = n;
    this.sampling = sampling;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += samples[from + i] / n;
    }
    double[] re = new double[n];
    for (int i = 0; i < n; i++) {
      re[i] = samples[from + i] - mean;
    }
    transform = new double[][] {re, new double[n]};
    forward(transform);
  }

  static int powerOfTwo(int length) {
    return Integer.highestOneBit(length);
  }

  private static void forward(double[][] data) {
    FastFourierTransformer.transformInPlace(data, DftNormalization.STANDARD, TransformType.FORWARD);
  }

  /** The amplitudes of the lines of samples, whose number is a power of two. */
  static double[] amplitudes(double[] samples) {
    double[][] data = {samples.clone(), new double[samples.length]};
    forward(data);
    double[] lines = new double[samples.length / 2];
    for (int k = 0; k < lines.length; k++) {
      lines[k] = 2 * Math.hypot(data[0][k], data[1][k]) / samples.length;
    }
    return lines;
  }

  /** The frequency between two lines, in Hz. */
  double step() {
    return sampling / n;
  }

  /** The power of a band, in the square of the samples' unit. */
  double power(double low, double high) {
    int from = Math.max(1, (int) Math.ceil(low / step()));
    int to = Math.min(n / 2, (int) Math.ceil(high / step()));
    double sum = 0;
    for (int k = from; k < to; k++) {
      sum += transform[0][k] * transform[0][k] + transform[1][k] * transform[1][k];
    }
    return 2 * sum / n / n;
  }

  /** The envelope of a band: the size of its analytic signal. */
  double[] envelope(double low, double high) {
    int from = Math.max(1, (int) Math.ceil(low / step()));
    int to = Math.min(n / 2, (int) Math.ceil(high / step()));
    double[][] band = new double[2][n];
    for (int k = from; k < to; k++) {
      band[0][k] = 2 * transform[0][k];
      band[1][k] = 2 * transform[1][k];
    }
    FastFourierTransformer.transformInPlace(band, DftNormalization.STANDARD, TransformType.INVERSE);
    double[] envelope = new double[n];
    for (int i = 0; i < n; i++) {
      envelope[i] = Math.hypot(band[0][i], band[1][i]);
    }
    return envelope;
  }

  /** The amplitudes of an envelope's lines, as shares of its mean, behind a Hann window. */
  double[] lines(double[] envelope) {
    double mean = 0;
    for (double v : envelope) {
      mean += v / n;
    }
    double[][] data = new double[2][n];
    for (int i = 0; i < n; i++) {
      double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / n);
      data[0][i] = mean > 0 ? (envelope[i] / mean - 1) * window : 0;
    }
    forward(data);
    double[] lines = new double[n / 2];
    for (int k = 0; k < lines.length; k++) {
      lines[k] = 4 * Math.hypot(data[0][k], data[1][k]) / n;
    }
    return lines;
  }

  /** Spectral kurtosis of a band: 0 for noise, large for impacts (Antoni 2006). */
  static double kurtosis(double[] envelope) {
    double second = 0;
    double fourth = 0;
    for (double v : envelope) {
      double square = v * v / envelope.length;
      second += square;
      fourth += square * v * v;
    }
    return second > 0 ? fourth / (second * second) - 2 : 0;
  }

  /** The most impulsive bands, of halves to sixteenths of the range, and nearly all of it. */
  List<double[]> impulsive() {
    List<double[]> all = new ArrayList<>();
    for (int parts : new int[] {2, 3, 4, 6, 8, 12, 16}) {
      double width = sampling / 2 / parts;
      for (int b = 0; b < parts; b++) {
        double[] envelope = envelope(b * width, (b + 1) * width);
        all.add(new double[] {b * width, (b + 1) * width, kurtosis(envelope)});
      }
    }
    all.sort(Comparator.comparingDouble(b -> -b[2]));
    List<double[]> bands = new ArrayList<>(all.subList(0, BANDS));
    double low = sampling / 24;
    double high = 0.45 * sampling;
    bands.add(new double[] {low, high, kurtosis(envelope(low, high))});
    return bands;
  }

  /** The largest line about a frequency over the median of its surroundings, as a logarithm. */
  double peak(double[] lines, double frequency, double tolerance, double around) {
    int centre = (int) Math.round(frequency / step());
    int reach = Math.max(1, (int) Math.round(frequency * tolerance / step()));
    int wide = Math.max(4 * reach, (int) (around / step()));
    if (centre + reach >= lines.length) {
      return 0;
    }
    double most = 0;
    for (int k = Math.max(1, centre - reach); k <= centre + reach; k++) {
      most = Math.max(most, lines[k]);
    }
    double[] near =
        java.util.Arrays.copyOfRange(
            lines, Math.max(1, centre - wide), Math.min(lines.length, centre + wide));
    java.util.Arrays.sort(near);
    return Math.log((most + 1e-12) / (near[near.length / 2] + 1e-12));
  }
}
