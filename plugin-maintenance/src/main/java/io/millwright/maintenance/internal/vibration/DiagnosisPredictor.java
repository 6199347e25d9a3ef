package io.millwright.maintenance.internal.vibration;

import io.millwright.api.ErrorCode;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.maintenance.Diagnoses;
import io.millwright.maintenance.Diagnosis;
import io.millwright.maintenance.Vibration;
import io.millwright.maintenance.VibrationSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names faults by what was learnt; immutable, so closing waits for nobody. */
final class DiagnosisPredictor extends PlainPredictor<VibrationSet, Diagnoses> {

  /** Below this probability of its fault a recording is given none. */
  private static final double SURE = 0.5;

  private final Discriminant discriminant;

  DiagnosisPredictor(Discriminant discriminant, ModelInfo info) {
    super(info, "read Diagnosis.evidence()");
    this.discriminant = discriminant;
  }

  @Override
  protected Outcome<Diagnoses> answer(VibrationSet input) {
    if (input.recordings().isEmpty()) {
      return abstain(ErrorCode.TOO_FEW_DATA, "recordings", "there are none", "give at least one.");
    }
    Diagnoses answer = diagnoses(discriminant, input.recordings());
    return new Outcome.Prediction<>(
        answer,
        Uncertainties.none("the scores of a diagnosis are probabilities that were not calibrated"),
        Set.of(),
        info());
  }

  static Diagnoses diagnoses(Discriminant model, List<Vibration> recordings) {
    List<double[][]> windows = recordings.stream().map(Windows::of).toList();
    // Fewer recordings than half the classes are no fair sample of what the machine can sound like.
    boolean adapt = recordings.size() >= Math.max(3, (model.classes().size() + 1) / 2);
    double[][] machine = windows.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    List<Diagnosis> all = new ArrayList<>();
    for (int r = 0; r < windows.size(); r++) {
      double[][] own = windows.get(r);
      double[][] standard = adapt ? model.adapted(own, machine) : model.plain(own);
      all.add(diagnosis(model, recordings.get(r), standard, adapt));
    }
    return new Diagnoses(all, adapt);
  }

  private static Diagnosis diagnosis(
      Discriminant model, Vibration vibration, double[][] standard, boolean adapted) {
    double[] p = model.probabilities(standard);
    Map<String, Double> faults = model.faults(standard);
    Map<String, String> severities = new LinkedHashMap<>();
    Map<String, Double> largest = new LinkedHashMap<>();
    for (int c = 0; c < p.length; c++) {
      String[] parts = model.classes().get(c).split("\t", -1);
      if (p[c] > largest.getOrDefault(parts[0], -1.0)) {
        largest.put(parts[0], p[c]);
        severities.put(parts[0], parts[1]);
      }
    }
    String best =
        faults.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    double sure = faults.getOrDefault(best, 0.0);
    boolean unknown = model.unknown(standard);
    String evidence =
        unknown
            ? "its spectra are unlike all recordings of training"
            : String.format(
                Locale.ROOT,
                "spectra of %d windows%s%s",
                standard.length,
                adapted ? ", against the other recordings of the machine" : "",
                sure < SURE ? "; no fault has a probability above " + SURE : "");
    boolean named = !unknown && sure >= SURE;
    return new Diagnosis(
        vibration.name(),
        named ? best : "",
        named ? severities.getOrDefault(best, "") : "",
        faults,
        evidence,
        List.of(),
        List.of());
  }
}
