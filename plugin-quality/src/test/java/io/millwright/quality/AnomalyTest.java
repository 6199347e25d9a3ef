package io.millwright.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.foreign.Backbone;
import io.millwright.api.learn.ClassMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bubbles on simulated parts, learnt from good parts alone; and heads on a backbone. */
class AnomalyTest {

  @TempDir Path folder;

  private static List<LabelledImage> good(int count, long seed) {
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(new LabelledImage(Simulated.image("good", seed + i), "any", "lot " + i / 4));
    }
    return images;
  }

  @Test
  void defectsAreStrangerThanGoodParts() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      AnomalyModel model = quality.anomaly().falseAlarms(0.1).train(good(40, 1000)).await();
      assertThat(model.evaluation().figure("false alarms")).isBetween(0.0, 0.1);
      Path bundle = folder.resolve("good.mwb");
      model.saveTo(bundle);
      boolean[] defective = new boolean[40];
      double[] scores = new double[40];
      int falseAlarms = 0;
      int misplaced = 0;
      try (Predictor<Image, Anomaly> fresh = model.open();
          Predictor<Image, Anomaly> saved = millwright.open(Quality.ANOMALY, bundle)) {
        Image one = Simulated.image("good", 1041);
        byte[] dark = one.bytes();
        for (int i = 0; i < dark.length; i++) {
          dark[i] = (byte) ((dark[i] & 0xff) / 8);
        }
        Image night = Image.ofBytes("night", one.width(), one.height(), one.format(), dark);
        byte[] upper = java.util.Arrays.copyOf(one.bytes(), dark.length / 2);
        Image half = Image.ofBytes("half", one.width(), one.height() / 2, one.format(), upper);
        for (Predictor<Image, Anomaly> predictor : List.of(fresh, saved)) {
          assertThat(predictor.predict(one).orElseThrow().flags()).isEmpty();
          assertThat(predictor.predict(night).orElseThrow().flags())
              .containsExactly(Flag.OUTSIDE_TRAINING_RANGE);
          assertThat(predictor.predict(half).orElseThrow().flags())
              .containsExactly(Flag.OUTSIDE_TRAINING_RANGE);
        }
        for (int i = 0; i < 40; i++) {
          defective[i] = i % 2 == 1;
          Image image = Simulated.image(defective[i] ? "bubble" : "good", 5000 + i);
          Anomaly anomaly = fresh.predict(image).orElseThrow().value();
          assertThat(saved.predict(image).orElseThrow().value()).isEqualTo(anomaly);
          scores[i] = anomaly.score();
          falseAlarms += !defective[i] && anomaly.alarm() ? 1 : 0;
          int strangest = 0;
          for (int c = 1; c < 256; c++) {
            strangest = anomaly.cells().get(c) > anomaly.cells().get(strangest) ? c : strangest;
          }
          misplaced += defective[i] && (strangest / 16 > 9 || strangest % 16 > 9) ? 1 : 0;
        }
      }
      assertThat(ClassMetrics.rocAuc(defective, scores)).isGreaterThan(0.95);
      assertThat(falseAlarms).isLessThan(8);
      assertThat(misplaced).isLessThan(4);
    }
  }

  @Test
  void tooFewOrOneGroupIsAnError() {
    try (Millwright millwright = Millwright.create()) {
      AnomalyTrainer trainer = millwright.plugin(Quality.class).anomaly();
      for (List<LabelledImage> few :
          List.of(
              List.<LabelledImage>of(),
              good(9, 1),
              good(12, 1).stream()
                  .map(i -> new LabelledImage(i.image(), "good", "one"))
                  .toList())) {
        assertThatThrownBy(() -> trainer.train(few))
            .isInstanceOf(MillwrightException.class)
            .hasMessageContaining("\nMaybe ")
            .satisfies(
                e ->
                    assertThat(((MillwrightException) e).code()).isEqualTo(ErrorCode.TOO_FEW_DATA));
      }
      assertThatThrownBy(() -> trainer.falseAlarms(0)).hasMessageContaining("BAD_OPTION");
    }
  }

  @Test
  void aBackboneLearnsFromFewImagesAndIsFoundByItsDigest() throws InterruptedException {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set");
    Path file = Path.of(data, "ocr-backbone", "ch_PP-OCRv4_det_infer.onnx");
    assumeTrue(Files.isRegularFile(file), "no backbone in MILLWRIGHT_DATA");
    String before = System.getProperty("millwright.backbones");
    System.setProperty("millwright.backbones", folder.resolve("store").toString());
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      InspectionModel model =
          quality
              .inspection()
              .costs(InspectionCosts.of("good", 10, 1))
              .backbone(Backbone.of(file).size(64, 64))
              .cache(folder.resolve("cache"), 1 << 24)
              .train(Simulated.images(8, 1))
              .await();
      assertThat(model.evaluation().figure("accuracy")).isGreaterThan(0.8);
      assertThat(model.evaluation().figure("cost realised"))
          .isBetween(model.evaluation().figure("cost low"), model.evaluation().figure("cost high"));
      assertThat(model.evaluation().figure("cost expected")).isPositive();
      Path bundle = folder.resolve("few.mwb");
      model.saveTo(bundle);
      List<LabelledImage> fresh = Simulated.images(8, 2);
      int right = 0;
      try (Predictor<Image, Verdict> trained = model.open();
          Predictor<Image, Verdict> saved = millwright.open(Quality.INSPECTION, bundle)) {
        for (LabelledImage image : fresh) {
          Outcome.Prediction<Verdict> answer = saved.predict(image.image()).orElseThrow();
          assertThat(trained.predict(image.image()).orElseThrow().value())
              .isEqualTo(answer.value());
          assertThat(answer.value().decision()).isNotEqualTo(Verdict.Decision.NONE);
          right += answer.value().label().equals(image.label()) ? 1 : 0;
        }
        Image flat = Image.of8("flat", 32, 32, Image.Format.GREY8, new byte[1024]);
        assertThat(saved.predict(flat)).isInstanceOf(Outcome.Abstention.class);
      }
      assertThat(right).isGreaterThanOrEqualTo(20);
      System.setProperty("millwright.backbones", folder.resolve("elsewhere").toString());
      assertThatThrownBy(() -> millwright.open(Quality.INSPECTION, bundle))
          .hasMessageContaining("NOT_IN_STORE")
          .hasMessageContaining("MILLWRIGHT_BACKBONES");
    } finally {
      if (before == null) {
        System.clearProperty("millwright.backbones");
      } else {
        System.setProperty("millwright.backbones", before);
      }
    }
  }
}
