package io.millwright.quality.internal.detection;

import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Image;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.quality.Detections;
import java.util.Set;

/** Detects on images. Thread-safe. */
final class BoxPredictor extends PlainPredictor<Image, Detections> {

  private final BoxParts parts;

  /**
   * @param parts the model
   * @param info its description
   */
  BoxPredictor(BoxParts parts, ModelInfo info) {
    super(info, "use Detections.cells, which the answer itself has");
    this.parts = parts;
  }

  @Override
  protected Outcome<Detections> answer(Image image) {
    return new Outcome.Prediction<>(
        Reader.of(image, parts),
        Uncertainties.none("each detection has its own confidence"),
        Set.of(),
        info());
  }
}
