package io.millwright.quality.internal.anomaly;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Image;
import io.millwright.quality.Anomaly;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Scores images by a memory of good ones. Thread-safe. */
final class AnomalyPredictor implements Predictor<Image, Anomaly> {

  private final AnomalyParts parts;
  private final Cells cells;
  private final ModelInfo info;

  AnomalyPredictor(AnomalyParts parts, ModelInfo info) {
    this.parts = parts;
    this.cells = parts.open();
    this.info = info;
  }

  @Override
  public Outcome<Anomaly> predict(Image image) {
    double[] strange = parts.memory().strange(parts.space().project(cells.of(image)));
    Anomaly anomaly =
        new Anomaly(
            Memory.score(strange),
            parts.threshold(),
            Cells.GRID,
            Cells.GRID,
            Arrays.stream(strange).boxed().toList());
    return new Outcome.Prediction<>(
        anomaly, Uncertainties.none("a score of strangeness is no probability"), Set.of(), info);
  }

  @Override
  public List<Outcome<Anomaly>> predictAll(List<? extends Image> images) {
    return images.stream().<Outcome<Anomaly>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(Image image, ExplainRequest how) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED, "the answer itself has a map of its cells\nMaybe use Anomaly.cells");
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    cells.close();
  }
}
