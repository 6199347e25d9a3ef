package io.millwright.maintenance;

import java.util.List;
import java.util.Map;

/**
 * What is wrong with a machine, by its vibration (vibration diagnosis).
 *
 * @param name the recording
 * @param fault the fault and its place, such as {@code inner race}; empty when none is named
 * @param severity the severity that was learnt with the fault; empty when unknown
 * @param scores how much speaks for each fault: probabilities of a learnt model; by geometry the
 *     mean logarithm of peaks over their surroundings
 * @param evidence what it rests on, for people
 * @param spectrum orders of the shaft and the envelope's amplitude there, for a picture; empty for
 *     learnt models
 * @param band the band whose envelope was taken, in Hz, from and to; empty for learnt models
 */
public record Diagnosis(
    String name,
    String fault,
    String severity,
    Map<String, Double> scores,
    String evidence,
    List<double[]> spectrum,
    List<Double> band) {

  /** Copies. */
  public Diagnosis {
    scores = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(scores));
    spectrum = List.copyOf(spectrum);
    band = List.copyOf(band);
  }
}
