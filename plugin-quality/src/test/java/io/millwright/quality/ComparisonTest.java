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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawn boards beside their templates: moved, in other light, noisy, with known defects. */
class ComparisonTest {

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
        assertThat(judged(predictor, unnamed(Boards.pairs(12, 500))).map()).isGreaterThan(0.9);
        for (long seed = 900; seed < 906; seed++) {
          assertThat(predictor.predict(Boards.pair(seed, 0).pair()).orElseThrow().value().found())
              .isEmpty();
        }
      }
    }
  }

  @Test
  void aFewLabelledPairsTellClassesAndBoxes() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      ComparisonModel model = quality.comparison().train(Boards.pairs(16, 0)).await();
      assertThat(model.evaluation().figure("map at 0.5")).isGreaterThan(0.9);
      Path bundle = folder.resolve("boards.mwb");
      model.saveTo(bundle);
      List<MarkedPair> fresh = Boards.pairs(12, 500);
      try (Predictor<ImagePair, Detections> own = model.open();
          Predictor<ImagePair, Detections> saved = millwright.open(Quality.COMPARISON, bundle)) {
        DetectionFigures figures = judged(own, fresh);
        assertThat(judged(saved, fresh)).isEqualTo(figures);
        assertThat(figures.precisions()).containsOnlyKeys("open", "copper");
        assertThat(figures.map()).isGreaterThan(0.95);
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
    MarkedPair pair = Boards.pair(3, 2);
    ImageIO.write(
        pair.pair().template().toBufferedImage(), "png", inner.resolve("b3_temp.png").toFile());
    ImageIO.write(
        pair.pair().test().toBufferedImage(), "png", inner.resolve("b3_test.png").toFile());
    StringBuilder list = new StringBuilder();
    for (Mark m : pair.marks()) {
      Box b = m.box();
      list.append((int) b.left())
          .append(' ')
          .append((int) b.top())
          .append(',')
          .append((int) b.right());
      list.append(' ').append((int) b.bottom()).append(' ').append(m.label()).append('\n');
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
