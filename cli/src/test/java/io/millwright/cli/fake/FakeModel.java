package io.millwright.cli.fake;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Provenance;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What the two fake models share: a few numbers in a file. */
final class FakeModel {
  private FakeModel() {}

  static ModelInfo info(
      String task, Schema inputs, Unit unit, Map<String, Double> figures, long key) {
    return ModelInfo.builder()
        .task(task)
        .taskVersion(1)
        .digest("00ff".repeat(16))
        .inputs(inputs)
        .unit(unit)
        .low(0)
        .high(125)
        .capabilities(Set.of(Capability.CALIBRATED))
        .figures(figures)
        .provenance(
            Provenance.builder()
                .producer("fake 1.0")
                .created(Instant.parse("2026-01-02T03:04:05Z"))
                .dataDigest("ab".repeat(32))
                .key(key)
                .settings(new TreeMap<>(Map.of("network", "none <at all> & nothing")))
                .environment(new TreeMap<>(Map.of("java", "17")))
                .build())
        .build();
  }

  static void save(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new MillwrightException(ErrorCode.IO_FAILED, "cannot write " + file, e);
    }
  }

  static String[] load(Path file, String kind) {
    try {
      String[] words = Files.readString(file).split(";", -1);
      if (!words[0].equals(kind)) {
        throw new MillwrightException(
            ErrorCode.BAD_BUNDLE, file + " is no bundle\nMaybe it is another file");
      }
      return words;
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + "\nMaybe it lies elsewhere", e);
    }
  }

  /** A predictor that is a function. */
  record Ask<I, V>(ModelInfo info, Function<I, Outcome<V>> function) implements Predictor<I, V> {
    @Override
    public Outcome<V> predict(I input) {
      return function.apply(input);
    }

    @Override
    public List<Outcome<V>> predictAll(List<? extends I> inputs) {
      return inputs.stream().<Outcome<V>>map(function).toList();
    }

    @Override
    public Explanation explain(I input, ExplainRequest how) {
      throw new MillwrightException(ErrorCode.UNSUPPORTED, "no explanations");
    }

    @Override
    public void close() {}
  }

  static Evaluation heldOut(
      Map<String, Double> figures,
      Map<String, Map<String, Double>> baselines,
      List<io.millwright.api.learn.LearningCurve> curves) {
    return Evaluation.builder()
        .protocol("5 folds by unit")
        .samples(60)
        .figures(figures)
        .baselines(baselines)
        .curves(curves)
        .build();
  }
}
