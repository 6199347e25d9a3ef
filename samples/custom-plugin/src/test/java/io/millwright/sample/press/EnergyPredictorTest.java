package io.millwright.sample.press;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.testkit.PredictorContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyPredictorTest extends PredictorContract<Stroke, Energy> {

  @TempDir static Path folder;
  private static Millwright millwright;
  private static Path bundle;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    bundle = folder.resolve("energy.mwb");
    millwright.plugin(Press.class).energy().train(Line.strokes(9, 100, 1)).await().saveTo(bundle);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Predictor<Stroke, Energy> open() {
    return millwright.open(Press.STROKE_ENERGY, bundle);
  }

  @Override
  protected List<Stroke> inputs() {
    return Line.strokes(2, 5, 2).stream().map(MeasuredStroke::stroke).toList();
  }

  @Override
  protected List<Stroke> dirtyInputs() {
    return List.of(
        new Stroke(Double.NaN, 80, 10, 50, "door"),
        new Stroke(1000, Double.POSITIVE_INFINITY, 10, 50, "door"),
        new Stroke(1000, 80, 10, 900, "door"),
        new Stroke(1000, 80, 10, 50, "never seen"));
  }

  @Test
  void strokesThatUseTooMuchAreFoundAndSoundOnesAreNot() {
    Press press = millwright.plugin(Press.class);
    List<MeasuredStroke> sound = Line.strokes(4, 50, 3);
    try (Predictor<Stroke, Energy> model = open()) {
      long asExpected =
          sound.stream().filter(s -> press.check(model, s, 0.9) == Verdict.AS_EXPECTED).count();
      // 90 percent of 200 from presses not learnt from, with room for four presses' luck.
      assertThat(asExpected).isBetween(140L, 200L);
      long tooMuch =
          sound.stream()
              .map(
                  s ->
                      new MeasuredStroke(
                          s.press(), s.stroke(), new Energy(1.5 * s.energy().kilojoules())))
              .filter(s -> press.check(model, s, 0.9) == Verdict.TOO_MUCH)
              .count();
      assertThat(tooMuch).isGreaterThan(150);
    }
  }
}
