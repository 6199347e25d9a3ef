package io.millwright.quality.internal.detection;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Image;
import io.millwright.quality.Detections;
import java.util.List;
import java.util.Set;

/**
 * Detects on images. Thread-safe.
 *
 * @param parts the model
 * @param info its description
 */
record BoxPredictor(BoxParts parts, ModelInfo info) implements Predictor<Image, Detections> {

  @Override
  public Outcome<Detections> predict(Image image) {
    return new Outcome.Prediction<>(
        Reader.of(image, parts),
        Uncertainties.none("each detection has its own confidence"),
        Set.of(),
        info);
  }

  @Override
  public List<Outcome<Detections>> predictAll(List<? extends Image> images) {
    return images.stream().<Outcome<Detections>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(Image image, ExplainRequest how) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED, "the answer itself has boxes and cells\nMaybe use Detections.cells");
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
