package io.millwright.maintenance.internal.vibration;

import io.millwright.maintenance.Vibration;
import java.util.Arrays;

/**
 * What a classifier is told of a recording: for windows that overlap by half, each in its own
 * deviation, the logarithms of the power of bands, and of the lines of three envelopes at orders of
 * the shaft, so that another speed or gain changes nothing.
 */
final class Windows {

  private static final double SECONDS = 0.68;
  private static final int BANDS = 24;
  private static final double LAST_ORDER = 16;
  private static final double ORDER_STEP = 0.5;
  private static final double[][] ENVELOPES = {
    {1 / 12.0, 1 / 3.0}, {1 / 3.0, 2 / 3.0}, {2 / 3.0, 0.98}
  };

  private Windows() {}

  static double[][] of(Vibration vibration) {
    double[] samples = vibration.samples();
    int n =
        Math.min(
            Spectra.powerOfTwo(samples.length),
            Spectra.powerOfTwo((int) (1.4 * SECONDS * vibration.sampling())));
    int count = 1 + (samples.length - n) * 2 / n;
    double[][] all = new double[count][];
    for (int w = 0; w < count; w++) {
      all[w] = features(vibration, samples, w * n / 2, n);
    }
    return all;
  }

  static int size() {
    return BANDS + ENVELOPES.length * (int) (LAST_ORDER / ORDER_STEP) + 2;
  }

  private static double[] features(Vibration vibration, double[] samples, int from, int n) {
    Spectra spectra = new Spectra(samples, from, n, vibration.sampling());
    double shaft =
        vibration.speed().mean(from / vibration.sampling(), (from + n) / vibration.sampling());
    double half = vibration.sampling() / 2;
    double[] features = new double[size()];
    double total = spectra.power(0, half) + 1e-300;
    int at = 0;
    for (int b = 0; b < BANDS; b++) {
      features[at++] =
          Math.log(spectra.power(half * b / BANDS, half * (b + 1) / BANDS) / total + 1e-6);
    }
    for (double[] band : ENVELOPES) {
      double[] lines = spectra.lines(spectra.envelope(band[0] * half, band[1] * half));
      double reach = ORDER_STEP / 2 * shaft;
      double[] near =
          Arrays.copyOfRange(lines, 1, Math.min(lines.length, (int) (20 * shaft / spectra.step())));
      Arrays.sort(near);
      double median = near[near.length / 2] + 1e-12;
      for (double order = ORDER_STEP; order <= LAST_ORDER; order += ORDER_STEP) {
        double centre = order * shaft;
        int low = Math.max(1, (int) Math.ceil((centre - reach) / spectra.step()));
        int high = Math.min(lines.length - 1, (int) Math.floor((centre + reach) / spectra.step()));
        double most = 0;
        for (int k = low; k <= high; k++) {
          most = Math.max(most, lines[k]);
        }
        features[at++] = Math.log(most / median + 1e-3);
      }
    }
    double fourth = 0;
    double peak = 0;
    double mean = Arrays.stream(samples, from, from + n).average().orElse(0);
    double variance = 0;
    for (int i = from; i < from + n; i++) {
      double d = samples[i] - mean;
      variance += d * d / n;
      peak = Math.max(peak, Math.abs(d));
    }
    for (int i = from; i < from + n; i++) {
      double d = (samples[i] - mean) * (samples[i] - mean) / (variance + 1e-300);
      fourth += d * d / n;
    }
    features[at++] = Math.log(fourth);
    features[at] = Math.log(peak / Math.sqrt(variance + 1e-300));
    return features;
  }
}
