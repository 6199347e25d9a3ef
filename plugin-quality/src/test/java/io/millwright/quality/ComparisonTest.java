package io.millwright.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drawn boards beside their templates: moved, turned, in other light, noisy, with known defects.
 */
class ComparisonTest {

  private static final CircuitBoards BINARY = CircuitBoards.binary(320);
  private static final CircuitBoards GREY = CircuitBoards.grey(320);

  @TempDir Path folder;

  private static DetectionFigures judged(
      Predictor<ImagePair, Detections> predictor, List<MarkedPair> pairs) {
    List<Detections> said = new ArrayList<>();
    List<MarkedImage> truth = new ArrayList<>();
    for (MarkedPair pair : pairs) {
      said.add(predictor.predict(pair.pair()).orElseThrow().value());
      truth.add(MarkedImage.of(pair.pair().test(), pair.marks()));
    }
    return DetectionFigures.of(said, truth);
  }

  /** The same pairs with one class for all defects. */
  private static List<MarkedPair> unnamed(List<MarkedPair> pairs) {
    return pairs.stream()
        .map(
            p ->
                new MarkedPair(
                    p.pair(),
                    p.marks().stream().map(m -> new Mark("defect", m.box())).toList(),
                    p.group()))
        .toList();
  }

  @Test
  void differencesAreFoundWithoutAnyLabel() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      ComparisonModel model =
          millwright.plugin(Quality.class).comparison().train(List.of()).await();
      assertThat(model.evaluation().figures()).isEmpty();
      try (Predictor<ImagePair, Detections> predictor = model.open()) {
        for (CircuitBoards boards : List.of(BINARY, GREY)) {
          assertThat(judged(predictor, unnamed(boards.pairs(5, 5000))).map()).isGreaterThan(0.9);
          MarkedPair flawless = boards.pair(900, 0);
          assertThat(predictor.predict(flawless.pair()).orElseThrow().value().found()).isEmpty();
        }
      }
    }
  }

  /** On 12 boards of 640 pixels with some 66 defects in all, and 24 labelled ones. */
  @Test
  @Tag("thorough")
  void everyKindIsFoundOnBoardsOfFullSize() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      ComparisonTrainer trainer = millwright.plugin(Quality.class).comparison();
      for (CircuitBoards boards :
          List.of(
              CircuitBoards.binary(640),
              CircuitBoards.grey(640),
              CircuitBoards.binary(640).boxed(30))) {
        List<MarkedPair> fresh = boards.pairs(12, 5000);
        if (boards.least() == 0) {
          try (Predictor<ImagePair, Detections> predictor =
              trainer.train(List.of()).await().open()) {
            assertThat(judged(predictor, unnamed(fresh)).map()).isGreaterThan(0.95);
          }
        }
        try (Predictor<ImagePair, Detections> predictor =
            trainer.train(boards.pairs(24, 100)).await().open()) {
          assertThat(judged(predictor, fresh).precisions())
              .containsOnlyKeys(CircuitBoards.KINDS)
              .allSatisfy((kind, precision) -> assertThat(precision).as(kind).isGreaterThan(0.9));
        }
      }
    }
  }

  @Test
  void aFewLabelledPairsTellClassesAndBoxes() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      ComparisonModel model = quality.comparison().train(GREY.pairs(12, 0)).await();
      assertThat(model.evaluation().figure("map at 0.5")).isGreaterThan(0.8);
      Path bundle = folder.resolve("boards.mwb");
      model.saveTo(bundle);
      List<MarkedPair> fresh = GREY.pairs(6, 5000);
      try (Predictor<ImagePair, Detections> own = model.open();
          Predictor<ImagePair, Detections> saved = millwright.open(Quality.COMPARISON, bundle)) {
        DetectionFigures figures = judged(own, fresh);
        for (MarkedPair pair : fresh) {
          assertThat(saved.predict(pair.pair()).orElseThrow().value())
              .isEqualTo(own.predict(pair.pair()).orElseThrow().value());
        }
        assertThat(figures.precisions()).containsOnlyKeys(CircuitBoards.KINDS);
        assertThat(figures.map()).isGreaterThan(0.9);
        assertThat(figures.precision()).isGreaterThan(0.9);
      }
    }
  }

  @Test
  void aBlankBoardAndAReachOfNothingAreAnswered() throws InterruptedException {
    Image blank = Image.of8("blank", 40, 30, Image.Format.GREY8, new byte[1200]);
    try (Millwright millwright = Millwright.create()) {
      ComparisonTrainer trainer = millwright.plugin(Quality.class).comparison();
      try (Predictor<ImagePair, Detections> predictor =
          trainer.reach(0).train(List.of()).await().open()) {
        Detections said = predictor.predict(new ImagePair(blank, blank)).orElseThrow().value();
        assertThat(said.found()).isEmpty();
        assertThat(said.cells()).allMatch(c -> c == 0);
      }
      assertThatThrownBy(() -> trainer.reach(65)).hasMessageContaining("65");
      Image other = Image.of8("other", 30, 40, Image.Format.GREY8, new byte[1200]);
      assertThatThrownBy(() -> new ImagePair(blank, other)).hasMessageContaining("another size");
    }
  }

  @Test
  void pairsAreReadFromAFolder() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("group1/boards"));
    Path lists = Files.createDirectories(folder.resolve("group1/boards_not"));
    MarkedPair pair = BINARY.pair(3, 2);
    ImageIO.write(
        pair.pair().template().toBufferedImage(), "png", inner.resolve("b3_temp.png").toFile());
    ImageIO.write(
        pair.pair().test().toBufferedImage(), "png", inner.resolve("b3_test.png").toFile());
    StringBuilder list = new StringBuilder();
    for (Mark m : pair.marks()) {
      Box b = m.box();
      list.append(b.left()).append(' ').append(b.top()).append(',').append(b.right());
      list.append(' ').append(b.bottom()).append(' ').append(m.label()).append('\n');
    }
    Files.writeString(lists.resolve("b3.txt"), list);
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      List<MarkedPair> read = quality.pairs(folder);
      assertThat(read).hasSize(1);
      assertThat(read.get(0).marks()).isEqualTo(pair.marks());
      Files.writeString(lists.resolve("b3.txt"), "1 2 3 four 5\n");
      assertThatThrownBy(() -> quality.pairs(folder))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("line 1")
          .hasMessageContaining("four");
      Files.delete(inner.resolve("b3_temp.png"));
      assertThatThrownBy(() -> quality.pairs(folder)).hasMessageContaining("_template");
      assertThatThrownBy(() -> quality.pairs(lists)).hasMessageContaining("no pair");
    }
  }
}
