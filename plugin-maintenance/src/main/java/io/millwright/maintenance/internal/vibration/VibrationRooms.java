package io.millwright.maintenance.internal.vibration;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.ComposedTask;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.maintenance.BearingGeometry;
import io.millwright.maintenance.Diagnoses;
import io.millwright.maintenance.Diagnosis;
import io.millwright.maintenance.DiagnosisModel;
import io.millwright.maintenance.DiagnosisTrainer;
import io.millwright.maintenance.GearTrain;
import io.millwright.maintenance.LabelledVibration;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.Vibration;
import io.millwright.maintenance.VibrationSet;
import io.millwright.runtime.support.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The door of the room. */
public final class VibrationRooms {

  private VibrationRooms() {}

  /** By geometry alone. */
  public static Diagnosis byGeometry(Vibration vibration, BearingGeometry geometry) {
    return ByGeometry.of(vibration, geometry);
  }

  /** By the teeth of gears alone. */
  public static Diagnosis byGears(Vibration vibration, GearTrain gears) {
    return ByGears.of(vibration, gears);
  }

  /** A trainer. */
  public static DiagnosisTrainer trainer(Composer composer, Jobs jobs) {
    return new Training(composer, jobs);
  }

  /** How a bundle becomes a predictor. */
  public static ComposedTask<VibrationSet, Diagnoses> task() {
    return new ComposedTask<>(
        Maintenance.DIAGNOSIS,
        (model, info) -> new DiagnosisPredictor(Discriminant.read(model), info));
  }

  private record Training(Composer composer, Jobs jobs) implements DiagnosisTrainer {

    @Override
    public Job<DiagnosisModel> train(List<LabelledVibration> data) {
      long faults = data.stream().map(LabelledVibration::fault).distinct().count();
      if (faults < 2) {
        throw new MillwrightException(
            ErrorCode.TOO_FEW_DATA,
            data.size()
                + " recordings with "
                + faults
                + " kinds of faults\nMaybe give recordings of at least two, such as normal and one"
                + " fault");
      }
      return jobs.background()
          .start("learn faults by vibration", Optional.empty(), control -> learn(data, control));
    }

    @Override
    public Job<DiagnosisModel> resume(Path checkpoint, List<LabelledVibration> data) {
      throw new MillwrightException(
          ErrorCode.UNSUPPORTED,
          "faults are learnt in one go and leave no checkpoints in "
              + checkpoint
              + "\nMaybe train again");
    }

    private DiagnosisModel learn(
        List<LabelledVibration> data, Jobs.Control<DiagnosisModel> control) {
      SortedMap<String, List<double[][]>> windows = new TreeMap<>();
      double hit = 0;
      long judged = 0;
      SortedMap<String, List<double[][]>> early = new TreeMap<>();
      SortedMap<String, List<double[][]>> late = new TreeMap<>();
      for (LabelledVibration one : data) {
        control.checkpoint();
        double[][] all = Windows.of(one.vibration());
        String label = clean(one.fault()) + "\t" + clean(one.severity());
        windows.computeIfAbsent(label, k -> new ArrayList<>()).add(all);
        // Windows overlap by half: one between keeps learnt and judged samples apart.
        int cut = all.length * 3 / 5;
        if (cut > 0 && cut + 1 < all.length) {
          early.computeIfAbsent(label, k -> new ArrayList<>()).add(Arrays.copyOf(all, cut));
          late.computeIfAbsent(label, k -> new ArrayList<>())
              .add(Arrays.copyOfRange(all, cut + 1, all.length));
        }
      }
      Discriminant discriminant = fit(windows);
      if (early.size() == windows.size()) {
        Discriminant part = fit(early);
        int typed = 0;
        int plain = 0;
        for (Map.Entry<String, List<double[][]>> entry : late.entrySet()) {
          for (double[][] rows : entry.getValue()) {
            typed += named(part, rows, entry.getKey()) ? 1 : 0;
            plain += named(part.bySeverity(), rows, entry.getKey()) ? 1 : 0;
            for (double[] row : part.plain(rows)) {
              double[] p = part.probabilities(new double[][] {row});
              int best = 0;
              for (int c = 1; c < p.length; c++) {
                best = p[c] > p[best] ? c : best;
              }
              hit += part.classes().get(best).equals(entry.getKey()) ? 1 : 0;
              judged++;
            }
          }
        }
        // The middle of a fault holds for severities never heard, where the faults are so apart.
        discriminant = typed < plain ? discriminant.bySeverity() : discriminant;
      }
      Evaluation evaluation =
          Evaluation.builder()
              .protocol(
                  "learnt from the first three fifths of each recording, judged on windows of the"
                      + " last: the same bearings on both sides, so it flatters")
              .samples(judged)
              .figures(judged > 0 ? Map.of("accuracy", hit / judged) : Map.of())
              .build();
      SortedMap<String, String> texts = new TreeMap<>();
      SortedMap<String, List<Double>> numbers = new TreeMap<>();
      discriminant.write(texts, numbers);
      ComposedModel model =
          ComposedModel.builder()
              .task(Maintenance.DIAGNOSIS)
              .inputs(Schema.of(Column.number("acceleration")))
              .texts(texts)
              .numbers(numbers)
              .evaluation(evaluation)
              .capabilities(Set.of())
              .provenance(
                  composer.provenance(
                      digest(data), 0, Map.of("recordings", "" + data.size()), false))
              .build();
      return new TrainedDiagnosis(composer, model, composer.info(model), discriminant);
    }

    private static boolean named(Discriminant part, double[][] rows, String label) {
      return part.faults(part.plain(rows)).entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .orElseThrow()
          .getKey()
          .equals(Discriminant.fault(label));
    }

    private static String clean(String label) {
      return label.strip().replaceAll("\\s+", " ");
    }

    private static Discriminant fit(SortedMap<String, List<double[][]>> windows) {
      return Discriminant.fit(
          List.copyOf(windows.keySet()),
          windows.values().stream()
              .map(l -> l.stream().flatMap(Arrays::stream).toArray(double[][]::new))
              .toList());
    }

    private static String digest(List<LabelledVibration> data) {
      Digest sha = new Digest();
      for (LabelledVibration one : data) {
        sha.add(one.fault() + "\n" + one.severity());
        double[] samples = one.vibration().samples();
        sha.add(samples);
      }
      return sha.hex();
    }
  }

  /** Fresh from training. */
  private record TrainedDiagnosis(
      Composer composer, ComposedModel model, ModelInfo info, Discriminant discriminant)
      implements DiagnosisModel {

    @Override
    public Evaluation evaluation() {
      return model.evaluation();
    }

    @Override
    public Predictor<VibrationSet, Diagnoses> open() {
      return new DiagnosisPredictor(discriminant, info);
    }

    @Override
    public void saveTo(Path bundle) {
      composer.write(model, bundle);
    }

    @Override
    public List<String> faults() {
      return discriminant.classes().stream().map(c -> c.split("\t", -1)[0]).distinct().toList();
    }
  }
}
