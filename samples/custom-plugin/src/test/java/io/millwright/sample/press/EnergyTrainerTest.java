package io.millwright.sample.press;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.learn.Learning;
import io.millwright.testkit.TrainerContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EnergyTrainerTest extends TrainerContract<List<MeasuredStroke>, Trained<Stroke, Energy>> {

  private static final List<MeasuredStroke> STROKES = Line.strokes(6, 40, 1);
  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static EnergyTrainer withEpochs(int epochs) {
    return millwright
        .plugin(Press.class)
        .energy()
        .learning(Learning.adamW(3e-3, 1e-3).batch(64).epochs(epochs).key(7));
  }

  @Override
  protected EnergyTrainer trainer() {
    return withEpochs(10);
  }

  @Override
  protected EnergyTrainer endless() {
    return withEpochs(1_000_000);
  }

  @Override
  protected List<MeasuredStroke> data() {
    return STROKES;
  }

  @Override
  protected List<Outcome<Energy>> ask(Trained<Stroke, Energy> model) {
    try (Predictor<Stroke, Energy> predictor = model.open()) {
      return predictor.predictAll(questions());
    }
  }

  @Override
  protected List<Outcome<Energy>> ask(Path bundle) {
    try (Predictor<Stroke, Energy> predictor = millwright.open(Press.STROKE_ENERGY, bundle)) {
      return predictor.predictAll(questions());
    }
  }

  private static List<Stroke> questions() {
    return Line.strokes(1, 10, 99).stream().map(MeasuredStroke::stroke).toList();
  }

  @Override
  protected List<List<MeasuredStroke>> badData() {
    return List.of(List.of(), Line.strokes(2, 100, 1), Line.strokes(6, 1, 1));
  }
}
