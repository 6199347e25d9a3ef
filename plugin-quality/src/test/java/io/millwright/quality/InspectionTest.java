package io.millwright.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Image;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.PictureVariation;
import io.millwright.api.learn.Variation;
import io.millwright.api.spi.Glance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inspection as a user's program meets it. */
class InspectionTest {

  private static final List<LabelledImage> FRESH = Simulated.images(12, 99);

  private static Millwright millwright;
  private static Quality quality;
  private static InspectionModel model;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    quality = millwright.plugin(Quality.class);
    model =
        Simulated.small(quality)
            .costs(InspectionCosts.of("good", 20, 1).review(0.3))
            .train(Simulated.images(24, 1))
            .await();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static List<Image> fresh() {
    return FRESH.stream().map(LabelledImage::image).toList();
  }

  private static List<Verdict> verdicts(Predictor<Image, Verdict> predictor, List<Image> images) {
    return predictor.predictAll(images).stream().map(o -> o.orElseThrow().value()).toList();
  }

  @Test
  void plantedDefectsAreToldApart() {
    try (Predictor<Image, Verdict> predictor = model.open()) {
      List<Verdict> verdicts = verdicts(predictor, fresh());
      int right = 0;
      for (int i = 0; i < verdicts.size(); i++) {
        right += verdicts.get(i).label().equals(FRESH.get(i).label()) ? 1 : 0;
      }
      assertThat(right).isGreaterThanOrEqualTo(verdicts.size() * 9 / 10);
      assertThat(model.evaluation().figure("accuracy")).isGreaterThan(0.8);
    }
  }

  @Test
  void aReopenedModelGivesTheSameScoresSetsAndDecisions(@TempDir Path folder) {
    Path bundle = folder.resolve("surface.mwb");
    model.saveTo(bundle);
    try (Predictor<Image, Verdict> one = model.open();
        Predictor<Image, Verdict> two = millwright.open(Quality.INSPECTION, bundle)) {
      assertThat(verdicts(two, fresh())).isEqualTo(verdicts(one, fresh()));
      for (Image image : fresh()) {
        Outcome.Prediction<Verdict> a = one.predict(image).orElseThrow();
        Outcome.Prediction<Verdict> b = two.predict(image).orElseThrow();
        assertThat(b.uncertainty().at(0.95)).isEqualTo(a.uncertainty().at(0.95));
        assertThat(b.flags()).isEqualTo(a.flags());
      }
    }
  }

  @Test
  void theDecisionFollowsThresholdAndBandOfTheModel() {
    double threshold = model.evaluation().figure("threshold");
    double from = model.evaluation().figure("review from");
    double to = model.evaluation().figure("review to");
    assertThat(from).isLessThanOrEqualTo(threshold);
    assertThat(to).isGreaterThanOrEqualTo(threshold);
    // Blends of good and bad, so that every decision occurs.
    List<Image> images = new ArrayList<>(fresh());
    for (int i = 0; i < 60; i++) {
      images.add(blend(Simulated.image("good", i), Simulated.image("bubble", i), i / 60.0));
    }
    try (Predictor<Image, Verdict> predictor = model.open()) {
      for (Image image : images) {
        Outcome.Prediction<Verdict> p = predictor.predict(image).orElseThrow();
        double defect = 1 - p.value().probabilities().get("good");
        Verdict.Decision expected =
            defect >= from && defect < to
                ? Verdict.Decision.REVIEW
                : defect >= threshold ? Verdict.Decision.REJECT : Verdict.Decision.PASS;
        assertThat(p.value().decision()).isEqualTo(expected);
        assertThat(p.flags().contains(Flag.REVIEW)).isEqualTo(expected == Verdict.Decision.REVIEW);
        double sum = p.value().probabilities().values().stream().mapToDouble(d -> d).sum();
        assertThat(sum).isCloseTo(1, within(1e-6));
        assertThat(List.copyOf(p.value().probabilities().values()))
            .isSortedAccordingTo(Collections.reverseOrder());
      }
    }
  }

  private static Image blend(Image a, Image b, double share) {
    byte[] values = a.bytes();
    byte[] other = b.bytes();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (byte)
              Math.round(
                  (1 - share) * Byte.toUnsignedInt(values[i])
                      + share * Byte.toUnsignedInt(other[i]));
    }
    return Image.of8("blend", a.width(), a.height(), a.format(), values);
  }

  @Test
  void labelSetsGrowWithTheirLevel() {
    try (Predictor<Image, Verdict> predictor = model.open()) {
      for (Image image : fresh()) {
        Outcome.Prediction<Verdict> p = predictor.predict(image).orElseThrow();
        Uncertainty.LabelSet small = (Uncertainty.LabelSet) p.uncertainty().at(0.5);
        Uncertainty.LabelSet large = (Uncertainty.LabelSet) p.uncertainty().at(0.95);
        assertThat(large.labels()).containsAll(small.labels());
      }
    }
  }

  @Test
  void theHeatMapShowsWhereTheBubbleIs() {
    try (Predictor<Image, Verdict> predictor = model.open()) {
      int found = 0;
      for (int seed = 500; seed < 510; seed++) {
        HeatMap map =
            quality.heatMap(predictor, Simulated.image("bubble", seed), Optional.of("bubble"), 4);
        assertThat(map.rows()).isEqualTo(4);
        int best = 0;
        for (int i = 1; i < 16; i++) {
          best = map.effects().get(i) > map.effects().get(best) ? i : best;
        }
        found += best % 4 < 2 && best / 4 < 2 ? 1 : 0;
      }
      assertThat(found).isGreaterThanOrEqualTo(8);
      assertThatThrownBy(() -> quality.heatMap(predictor, fresh().get(0), Optional.of("rust"), 4))
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_LABEL));
    }
  }

  @Test
  void whatTrainingTurnsIsAskedForFromAllSides() throws InterruptedException {
    Image image = fresh().get(1);
    byte[] bytes = image.bytes();
    byte[] turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      // The pixel at (x, y) goes to (side - 1 - y, x).
      turned[i % Simulated.SIDE * Simulated.SIDE + Simulated.SIDE - 1 - i / Simulated.SIDE] =
          bytes[i];
    }
    Image other =
        Image.of8("turned.png", Simulated.SIDE, Simulated.SIDE, Image.Format.GREY8, turned);
    assertThat(model.info().provenance().settings().get("views"))
        .contains("Views[mirrored=true, turned=true]");
    assertThat(apart(model, image, other)).isLessThan(1e-5);
    PictureVariation upright = Variation.pictures().brightness(0.1).contrast(0.2).noise(0.2);
    InspectionModel plain =
        Simulated.small(quality)
            .vary(upright)
            .learning(Learning.adam(1e-2).batch(16).epochs(3))
            .train(Simulated.images(6, 2))
            .await();
    assertThat(plain.info().provenance().settings()).doesNotContainKey("views");
    assertThat(apart(plain, image, other)).isGreaterThan(1e-4);
    InspectionModel mirrored =
        Simulated.small(quality)
            .vary(Variation.pictures().flips(true))
            .learning(Learning.adam(1e-2).batch(16).epochs(1))
            .train(Simulated.images(6, 2))
            .await();
    assertThat(mirrored.info().provenance().settings().get("views"))
        .contains("Views[mirrored=true, turned=false]");
  }

  private static double apart(InspectionModel model, Image one, Image other) {
    try (Predictor<Image, Verdict> predictor = model.open()) {
      List<Verdict> verdicts = verdicts(predictor, List.of(one, other));
      return verdicts.get(0).probabilities().entrySet().stream()
          .mapToDouble(
              e -> Math.abs(e.getValue() - verdicts.get(1).probabilities().get(e.getKey())))
          .max()
          .orElseThrow();
    }
  }

  @Test
  void aHeatMapAsksForOneViewAndKeepsThePredictedProbability() {
    try (Predictor<Image, Verdict> predictor = model.open()) {
      assertThat(predictor).isInstanceOf(Glance.class);
      Image image = fresh().get(1);
      List<Outcome<Verdict>> glanced = ((Glance<Image, Verdict>) predictor).glanceAll(fresh());
      assertThat(glanced).hasSameSizeAs(fresh());
      Verdict whole = predictor.predict(image).orElseThrow().value();
      assertThat(glanced.get(1).orElseThrow().value().probabilities())
          .isNotEqualTo(whole.probabilities());
      HeatMap map = quality.heatMap(predictor, image, Optional.empty(), 2);
      assertThat(map.probability()).isEqualTo(whole.probabilities().get(whole.label()));
      assertThat(map.effects()).hasSize(4);
    }
  }

  @Test
  void imagesThatCannotBeJudgedHaveNoAnswer() {
    try (Predictor<Image, Verdict> predictor = model.open()) {
      byte[] dark = new byte[Simulated.SIDE * Simulated.SIDE];
      Image lens = Image.of8("cap.png", Simulated.SIDE, Simulated.SIDE, Image.Format.GREY8, dark);
      assertThat(predictor.predict(lens))
          .isInstanceOfSatisfying(
              Outcome.Abstention.class,
              a -> assertThat(a.findings().toString()).contains("cap.png", "no contrast"));
      byte[] noise = new byte[Simulated.SIDE * 2 * Simulated.SIDE];
      new Random(1).nextBytes(noise);
      Image wide =
          Image.of8("wide.png", 2 * Simulated.SIDE, Simulated.SIDE, Image.Format.GREY8, noise);
      assertThat(predictor.predict(wide))
          .isInstanceOfSatisfying(
              Outcome.Abstention.class, a -> assertThat(a.code()).isEqualTo(ErrorCode.WRONG_SHAPE));
    }
  }

  @Test
  void aClassWithOneImageIsNamed() {
    List<LabelledImage> images = new ArrayList<>(Simulated.images(4, 2));
    images.add(LabelledImage.of(Simulated.image("bubble", 7).named("lone.png"), "rust"));
    assertThatThrownBy(() -> Simulated.small(quality).train(images))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA))
        .hasMessageContaining("rust")
        .hasMessageContaining("lone.png");
  }

  @Test
  void anUnknownGoodClassIsRefused() {
    assertThatThrownBy(
            () ->
                Simulated.small(quality)
                    .costs(InspectionCosts.of("fine", 1, 1))
                    .train(Simulated.images(4, 2))
                    .await())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("fine");
    assertThatThrownBy(() -> InspectionCosts.of("good", 0, 1))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("escape");
  }

  @Test
  void aFolderIsReadAndAllItsBrokenFilesAreNamed(@TempDir Path folder) throws IOException {
    for (LabelledImage image : Simulated.images(3, 5)) {
      Path inner = Files.createDirectories(folder.resolve(image.label()));
      ImageIO.write(
          image.image().toBufferedImage(), "png", inner.resolve(image.image().name()).toFile());
    }
    Files.writeString(folder.resolve("README.txt"), "not a class");
    List<LabelledImage> read = quality.images(folder);
    assertThat(read).hasSize(9);
    assertThat(read.stream().map(LabelledImage::label).distinct())
        .containsExactly("bubble", "good", "scratch");
    Path cut = folder.resolve("good").resolve("good-5001.png");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 200));
    Files.writeString(folder.resolve("scratch").resolve("a.jpg"), "no picture");
    Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> quality.images(folder))
        .isInstanceOfSatisfying(MillwrightException.class, e -> assertThat(e.findings()).hasSize(3))
        .hasMessageContaining("good-5001.png")
        .hasMessageContaining("a.jpg")
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> quality.images(folder.resolve("gone")))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED));
  }
}
