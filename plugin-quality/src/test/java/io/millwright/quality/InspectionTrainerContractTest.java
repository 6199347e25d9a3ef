package io.millwright.quality;

import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trainer;
import io.millwright.api.data.Image;
import io.millwright.api.learn.Learning;
import io.millwright.testkit.TrainerContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class InspectionTrainerContractTest extends TrainerContract<List<LabelledImage>, InspectionModel> {

  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  @Override
  protected Trainer<List<LabelledImage>, InspectionModel> trainer() {
    return Simulated.small(millwright.plugin(Quality.class))
        .learning(Learning.adam(1e-2).batch(16).epochs(3));
  }

  @Override
  protected Trainer<List<LabelledImage>, InspectionModel> endless() {
    return Simulated.small(millwright.plugin(Quality.class))
        .learning(Learning.adam(1e-3).batch(8).epochs(1_000_000));
  }

  @Override
  protected List<LabelledImage> data() {
    return Simulated.images(5, 3);
  }

  @Override
  protected List<? extends Outcome<?>> ask(InspectionModel model) {
    try (Predictor<Image, Verdict> predictor = model.open()) {
      return ask(predictor);
    }
  }

  @Override
  protected List<? extends Outcome<?>> ask(Path bundle) {
    try (Predictor<Image, Verdict> predictor = millwright.open(Quality.INSPECTION, bundle)) {
      return ask(predictor);
    }
  }

  private static List<? extends Outcome<?>> ask(Predictor<Image, Verdict> predictor) {
    return predictor.predictAll(Simulated.images(4, 4).stream().map(LabelledImage::image).toList());
  }

  @Override
  protected List<List<LabelledImage>> badData() {
    LabelledImage one = LabelledImage.of(Simulated.image("good", 1), "good");
    LabelledImage flat =
        LabelledImage.of(Image.of8("f", 32, 32, Image.Format.GREY8, new byte[1024]), "bubble");
    return List.of(List.of(), List.of(one, one, one), List.of(one, one, flat, flat));
  }
}
