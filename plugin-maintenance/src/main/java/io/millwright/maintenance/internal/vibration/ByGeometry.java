package io.millwright.maintenance.internal.vibration;

import io.millwright.maintenance.BearingGeometry;
import io.millwright.maintenance.Diagnosis;
import io.millwright.maintenance.Vibration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names the fault of a bearing from its geometry alone: the envelope of the most impulsive band has
 * lines at the rate at which a part meets the fault (Randall and Antoni 2011).
 */
final class ByGeometry {

  private static final int HARMONICS = 4;
  private static final double TOLERANCE = 0.01;

  /** With less than this no line stands out: the mean logarithm over its surroundings. */
  private static final double LEAST = 1.8;

  /** The best must lead the second by this. */
  private static final double LEAD = 0.4;

  /** Strokes once in so many turns of the shaft are looked for. */
  private static final int TURNS = 6;

  private static final double SHOWN = 20;

  private ByGeometry() {}

  /**
   * How an envelope follows the shaft.
   *
   * @param turns at each sample; none where one speed holds
   * @param shaft the speed that the lines belong to, in Hz
   */
  private record Track(double[] turns, double shaft) {

    static Track of(Vibration vibration, int from, int n) {
      double begin = from / vibration.sampling();
      return vibration.speed().constant()
          ? new Track(new double[0], vibration.shaft())
          : new Track(
              Angles.turns(vibration, from, n),
              vibration.speed().mean(begin, begin + (n - 1) / vibration.sampling()));
    }

    /** An envelope at equal angles where the speed changes: resonances stay, rates follow it. */
    double[] even(double[] envelope) {
      int n = envelope.length;
      return turns.length == 0 ? envelope : Angles.even(envelope, turns, turns[n - 1] / (n - 1), n);
    }
  }

  /** The scores of one band. */
  private record Band(
      double[] band,
      double[] lines,
      Map<String, Double> scores,
      String best,
      double most,
      double second,
      double strokes) {}

  static Diagnosis of(Vibration vibration, BearingGeometry geometry) {
    double[] samples = vibration.samples();
    int n = Spectra.powerOfTwo(samples.length);
    Spectra spectra = new Spectra(samples, samples.length - n, n, vibration.sampling());
    Track track = Track.of(vibration, samples.length - n, n);
    // One impact from elsewhere makes a band impulsive: several are heard, the clearest counts.
    Band clearest =
        spectra.impulsive().stream()
            .map(b -> band(spectra, b, track, geometry))
            .max(Comparator.comparingDouble(Band::most))
            .orElseThrow();
    return diagnosis(vibration, geometry, spectra, track.shaft(), clearest);
  }

  private static Band band(Spectra spectra, double[] band, Track track, BearingGeometry geometry) {
    double[] lines = spectra.lines(track.even(spectra.envelope(band[0], band[1])));
    double shaft = track.shaft();
    Map<String, Double> scores = new LinkedHashMap<>();
    String best = "";
    double most = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Double> part : geometry.orders().entrySet()) {
      double rate = part.getValue() * shaft;
      double sum = 0;
      for (int h = 1; h <= HARMONICS; h++) {
        sum += spectra.peak(lines, h * rate, TOLERANCE, rate / 2) / HARMONICS;
      }
      scores.put(part.getKey(), sum);
      if (sum > most) {
        second = most;
        most = sum;
        best = part.getKey();
      } else {
        second = Math.max(second, sum);
      }
    }
    double rate = geometry.orders().getOrDefault(best, 0.0) * shaft;
    return new Band(band, lines, scores, best, most, second, strokes(spectra, lines, shaft, rate));
  }

  /**
   * How far the lines of strokes once in a few turns stand out up to a rate: as far as the rate
   * itself when that is only one of them. Turns alone are left out, as a race that turns speaks at
   * them.
   */
  private static double strokes(Spectra spectra, double[] lines, double shaft, double rate) {
    double most = Double.NEGATIVE_INFINITY;
    for (int turns = 2; turns <= TURNS; turns++) {
      double sum = 0;
      int count = 0;
      for (int i = 1; i * shaft / turns < rate; i++) {
        if (i % turns != 0) {
          sum += spectra.peak(lines, i * shaft / turns, TOLERANCE, rate / 2);
          count++;
        }
      }
      most = count > 0 ? Math.max(most, sum / count) : most;
    }
    return most;
  }

  private static Diagnosis diagnosis(
      Vibration vibration, BearingGeometry geometry, Spectra spectra, double shaft, Band found) {
    double[] band = found.band();
    double[] lines = found.lines();
    String best = found.best();
    boolean strokes = found.most() - found.strokes() < LEAD;
    boolean sure = found.most() >= LEAST && found.most() - found.second() >= LEAD && !strokes;
    double order = geometry.orders().getOrDefault(best, 0.0);
    String evidence =
        String.format(
            Locale.ROOT,
            "envelope of %.0f to %.0f Hz (kurtosis %.1f): lines at %.1f Hz (order %.3f) and its"
                + " harmonics stand %.1f times over their surroundings, the next fault's %.1f"
                + " times%s",
            band[0],
            band[1],
            band[2],
            order * shaft,
            order,
            Math.exp(found.most()),
            Math.exp(found.second()),
            sure
                ? ""
                : strokes && found.most() >= LEAST
                    ? "; those of strokes every few turns stand as high"
                    : "; too little to name a fault");
    List<double[]> picture = new ArrayList<>();
    for (int k = 1; k * spectra.step() / shaft <= SHOWN && k < lines.length; k++) {
      picture.add(new double[] {k * spectra.step() / shaft, lines[k]});
    }
    return new Diagnosis(
        vibration.name(),
        sure ? best : "",
        "",
        found.scores(),
        evidence,
        picture,
        List.of(band[0], band[1]));
  }
}
