package io.millwright.maintenance.internal.vibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Amplitudes by order of the shaft.
 *
 * @param lines amplitudes, behind a Hann window
 * @param step orders between two lines
 * @param width orders that a single tone is wide, on either side
 */
record OrderSpectrum(double[] lines, double step, double width) {

  private static final int HARMONICS = 3;

  /** A harmonic of mesh is so many times the median of what is about it. */
  private static final double CLEAR = 10;

  /** The spectrum of samples at equal angles. */
  static OrderSpectrum of(double[] samples, double turns) {
    int n = Integer.highestOneBit(2 * samples.length - 1);
    double mean = Arrays.stream(samples).average().orElse(0);
    double[] windowed = new double[n];
    for (int i = 0; i < samples.length; i++) {
      double window = 1 - Math.cos(2 * Math.PI * i / samples.length);
      windowed[i] = (samples[i] - mean) * window * n / samples.length;
    }
    double[] lines = Spectra.amplitudes(windowed);
    double rate = samples.length / turns;
    return new OrderSpectrum(lines, rate / n, 2 / turns);
  }

  /** The largest line within a tone's width of an order, or a given reach where that is more. */
  double line(double order) {
    int low = (int) Math.ceil((order - width / 2) / step);
    int high = (int) Math.floor((order + width / 2) / step);
    double most = 0;
    for (int k = Math.max(1, low); k <= high && k < lines.length; k++) {
      most = Math.max(most, lines[k]);
    }
    return most;
  }

  /**
   * The two sidebands at a distance from the strongest harmonic of mesh, as a share of it. One that
   * falls on a harmonic of another mesh is not looked at. None when no harmonic stands out, as when
   * the speed is wrong.
   */
  double depth(double mesh, double distance, double[] others) {
    double carrier = 0;
    double depth = 0;
    for (int h = 1; h <= HARMONICS; h++) {
      double line = line(h * mesh);
      double below = h * mesh - distance;
      double above = h * mesh + distance;
      if (line > carrier && line > CLEAR * middle(h * mesh, 4 * distance)) {
        carrier = line;
        double low = free(below, distance, others) ? line(below) : Double.NaN;
        double high = free(above, distance, others) ? line(above) : low;
        depth = ((Double.isNaN(low) ? high : low) + high) / line;
      }
    }
    return Double.isNaN(depth) ? 0 : depth;
  }

  /** The median of the lines about an order. */
  private double middle(double order, double reach) {
    int low = Math.max(1, (int) ((order - reach) / step));
    int high = Math.min(lines.length, (int) ((order + reach) / step) + 1);
    if (high <= low) {
      return 0;
    }
    double[] near = Arrays.copyOfRange(lines, low, high);
    Arrays.sort(near);
    return near[near.length / 2];
  }

  private static boolean free(double order, double distance, double[] others) {
    for (double other : others) {
      double rest = Math.IEEEremainder(order, other);
      if (order > 0.5 * other && Math.abs(rest) < 0.3 * distance) {
        return false;
      }
    }
    return true;
  }

  /** The sum of logarithms of lines at harmonics of orders, all of them scaled. */
  double fit(double[] orders, double scale) {
    double sum = 0;
    for (double order : orders) {
      for (int h = 1; h <= HARMONICS; h++) {
        int k = (int) Math.round(h * order * scale / step);
        sum += k < lines.length ? Math.log(lines[k] + 1e-12) : 0;
      }
    }
    return sum;
  }

  List<double[]> picture(double to, int most) {
    int last = (int) Math.min(lines.length - 1, to / step);
    int each = Math.max(1, last / most);
    List<double[]> picture = new ArrayList<>();
    for (int k = 1; k + each <= last; k += each) {
      int top = k;
      for (int i = k; i < k + each; i++) {
        top = lines[i] > lines[top] ? i : top;
      }
      picture.add(new double[] {top * step, lines[top]});
    }
    return picture;
  }
}
