package io.millwright.quality.internal.comparison;

import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.quality.Detections;
import io.millwright.quality.ImagePair;
import java.util.Set;

/** Compares parts with their template. Thread-safe. */
final class ComparisonPredictor extends PlainPredictor<ImagePair, Detections> {

  private final ComparisonParts parts;

  /**
   * @param parts the model
   * @param info its description
   */
  ComparisonPredictor(ComparisonParts parts, ModelInfo info) {
    super(info, "use Detections.cells, which the answer itself has");
    this.parts = parts;
  }

  @Override
  protected Outcome<Detections> answer(ImagePair pair) {
    return new Outcome.Prediction<>(
        parts.detections(pair),
        Uncertainties.none("each detection has its own confidence"),
        Set.of(),
        info());
  }
}
