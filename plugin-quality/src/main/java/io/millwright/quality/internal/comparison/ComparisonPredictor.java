package io.millwright.quality.internal.comparison;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.quality.Detections;
import io.millwright.quality.ImagePair;
import java.util.List;
import java.util.Set;

/**
 * Compares parts with their template. Thread-safe.
 *
 * @param parts the model
 * @param info its description
 */
record ComparisonPredictor(ComparisonParts parts, ModelInfo info)
    implements Predictor<ImagePair, Detections> {

  @Override
  public Outcome<Detections> predict(ImagePair pair) {
    return new Outcome.Prediction<>(
        parts.detections(pair),
        Uncertainties.none("each detection has its own confidence"),
        Set.of(),
        info);
  }

  @Override
  public List<Outcome<Detections>> predictAll(List<? extends ImagePair> pairs) {
    return pairs.stream().<Outcome<Detections>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(ImagePair pair, ExplainRequest how) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED, "the answer itself has boxes and cells\nMaybe use Detections.cells");
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
