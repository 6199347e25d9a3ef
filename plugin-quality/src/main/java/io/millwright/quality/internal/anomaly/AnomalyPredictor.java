package io.millwright.quality.internal.anomaly;

import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.data.Image;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.quality.Anomaly;
import java.util.Set;

/** Scores images by a memory of good ones. Thread-safe. */
final class AnomalyPredictor extends PlainPredictor<Image, Anomaly> {

  private final AnomalyParts parts;
  private final Cells cells;

  AnomalyPredictor(AnomalyParts parts, ModelInfo info) {
    super(info, "use Anomaly.cells, the map of the answer");
    this.parts = parts;
    this.cells = parts.open();
  }

  @Override
  protected Outcome<Anomaly> answer(Image image) {
    return new Outcome.Prediction<>(
        parts.judge(image, cells),
        Uncertainties.none("a score of strangeness is no probability"),
        parts.seen().filter(seen -> seen.beyond(image)).isPresent()
            ? Set.of(Flag.OUTSIDE_TRAINING_RANGE)
            : Set.of(),
        info());
  }

  @Override
  protected void release() {
    cells.close();
  }
}
