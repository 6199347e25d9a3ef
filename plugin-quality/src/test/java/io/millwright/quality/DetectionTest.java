package io.millwright.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Image;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bright blobs and dark bars on noisy plates, whose boxes are known. */
class DetectionTest {

  private static final int SIDE = 64;

  @TempDir Path folder;

  private static MarkedImage plate(long seed) {
    Random random = new Random(seed);
    byte[] grey = new byte[SIDE * SIDE];
    byte[] mask = new byte[SIDE * SIDE];
    List<Mark> marks = new ArrayList<>();
    int defects = random.nextInt(3);
    int[][] boxes = new int[defects][];
    for (int d = 0; d < defects; d++) {
      boolean bar = random.nextBoolean();
      int wide = bar ? 8 + random.nextInt(5) : 14 + random.nextInt(6);
      int high = bar ? 26 + random.nextInt(10) : wide;
      int left = d * SIDE / 2 + random.nextInt(SIDE / 2 - wide);
      int top = random.nextInt(SIDE - high);
      boxes[d] = new int[] {left, top, left + wide, top + high, bar ? -60 : 70};
      marks.add(new Mark(bar ? "bar" : "blob", new Box(left, top, left + wide, top + high)));
    }
    for (int p = 0; p < grey.length; p++) {
      double v = 110 + 12 * random.nextGaussian();
      for (int[] b : boxes) {
        if (p % SIDE >= b[0] && p % SIDE < b[2] && p / SIDE >= b[1] && p / SIDE < b[3]) {
          v += b[4];
          mask[p] = (byte) 255;
        }
      }
      grey[p] = (byte) Math.max(0, Math.min(255, v));
    }
    Image image = Image.of8("plate" + seed + ".png", SIDE, SIDE, Image.Format.GREY8, grey);
    Image where = Image.of8("mask", SIDE, SIDE, Image.Format.GREY8, mask);
    return new MarkedImage(image, marks, Optional.of(where), "lot " + seed / 2);
  }

  private static List<MarkedImage> plates(int count, long seed) {
    List<MarkedImage> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(plate(seed + i));
    }
    return all;
  }

  private static DetectionTrainer quick(Quality quality, int epochs) {
    return quality
        .detection()
        .learning(
            Learning.adamW(6e-3, 0.05)
                .batch(16)
                .epochs(epochs)
                .schedule(new Schedule.WarmUpCosine(0.1))
                .averaging(0.9));
  }

  @Test
  void defectsOfNewPlatesAreFound() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      DetectionModel model = quick(quality, 3).train(plates(48, 0)).await();
      assertThat(model.evaluation().figures()).containsKeys("map at 0.5", "pro");
      Path bundle = folder.resolve("d.mwb");
      model.saveTo(bundle);
      List<MarkedImage> judged = plates(24, 9000);
      List<Detections> said = new ArrayList<>();
      try (Predictor<Image, Detections> fresh = model.open();
          Predictor<Image, Detections> saved = millwright.open(Quality.DETECTION, bundle)) {
        for (MarkedImage image : judged) {
          Detections own = fresh.predict(image.image()).orElseThrow().value();
          assertThat(saved.predict(image.image()).orElseThrow().value()).isEqualTo(own);
          said.add(own);
        }
      }
      DetectionFigures figures = DetectionFigures.of(said, judged);
      assertThat(figures.map()).isGreaterThan(0.6);
      assertThat(figures.pro()).isGreaterThan(0.5);
      for (Detections one : said) {
        for (Detection d : one.found()) {
          assertThat(d.box().left()).isGreaterThanOrEqualTo(0);
          assertThat(d.box().bottom()).isLessThanOrEqualTo(SIDE);
        }
      }
    }
  }

  @Test
  void aShortTimeShortensLearningAndALongOneChangesNothing() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      List<MarkedImage> plates = plates(16, 0);
      DetectionModel hasty = quick(quality, 2).within(Duration.ofNanos(1)).train(plates).await();
      Map<String, String> least = hasty.info().provenance().settings();
      // Each image once: less is no learning.
      assertThat(least).containsEntry("variants", "1");
      assertThat(least.get("learning")).contains("epochs=1,");
      DetectionModel ample = quick(quality, 2).within(Duration.ofDays(9)).train(plates).await();
      DetectionModel usual = quick(quality, 2).train(plates).await();
      assertThat(ample.info().provenance().settings())
          .isEqualTo(usual.info().provenance().settings());
      try (Predictor<Image, Detections> one = ample.open();
          Predictor<Image, Detections> other = usual.open()) {
        assertThat(one.predict(plates.get(3).image()).orElseThrow().value())
            .isEqualTo(other.predict(plates.get(3).image()).orElseThrow().value());
      }
    }
  }

  @Test
  void aTimeThatIsNoneOrCannotGoOnIsRefused() {
    try (Millwright millwright = Millwright.create()) {
      DetectionTrainer trainer = millwright.plugin(Quality.class).detection();
      assertThatThrownBy(() -> trainer.within(Duration.ZERO)).hasMessageContaining("above 0");
      DetectionTrainer timed = trainer.within(Duration.ofMinutes(5));
      assertThatThrownBy(() -> timed.resume(folder, plates(16, 0)))
          .hasMessageContainingAll("PT5M", "state the epochs");
    }
  }

  @Test
  void figuresOfKnownCases() {
    MarkedImage two =
        MarkedImage.of(
            plate(1).image(),
            List.of(new Mark("a", new Box(0, 0, 10, 10)), new Mark("a", new Box(30, 30, 40, 40))));
    Detections said =
        new Detections(
            List.of(
                new Detection("a", new Box(1, 0, 11, 10), 0.9),
                new Detection("a", new Box(0, 0, 10, 10), 0.8),
                new Detection("a", new Box(30, 30, 40, 46), 0.4),
                new Detection("b", new Box(30, 30, 40, 40), 0.3)),
            1,
            1,
            List.of(0.0));
    assertThat(DetectionFigures.hits(said, two)).containsExactly(true, false, true, false);
    DetectionFigures figures = DetectionFigures.of(List.of(said), List.of(two));
    // Precision 1 at recall 1/2, then 2/3 at recall 1.
    assertThat(figures.map()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
    assertThat(figures.precision()).isEqualTo(0.5);
    assertThat(figures.recall()).isEqualTo(0.5);
    assertThat(figures.pro()).isNaN();
    assertThat(new Box(0, 0, 10, 10).overlap(new Box(5, 0, 15, 10)))
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(new Box(0, 0, 10, 10).overlap(new Box(10, 0, 15, 10))).isZero();
  }

  @Test
  void aMapThatIsTheMaskHasAFullPro() {
    List<MarkedImage> plates = plates(6, 40);
    List<Detections> exact = new ArrayList<>();
    List<Detections> empty = new ArrayList<>();
    for (MarkedImage plate : plates) {
      List<Double> cells = new ArrayList<>();
      for (int p = 0; p < SIDE * SIDE; p++) {
        cells.add(plate.mask().orElseThrow().value(p % SIDE, p / SIDE, 0) > 0 ? 1.0 : 0.0);
      }
      exact.add(new Detections(List.of(), SIDE, SIDE, cells));
      empty.add(new Detections(List.of(), 1, 1, List.of(0.5)));
    }
    assertThat(DetectionFigures.of(exact, plates).pro()).isCloseTo(1, within(1e-9));
    assertThat(DetectionFigures.of(empty, plates).pro()).isCloseTo(0.15, within(1e-6));
  }

  @Test
  void foldersAreReadWithBoxesAndMasks() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images/spot"));
    Path masks = Files.createDirectories(folder.resolve("masks/spot"));
    StringBuilder csv = new StringBuilder("file,class,xmin_px,ymin_px,xmax_px,ymax_px\n");
    for (int i = 0; i < 6; i++) {
      MarkedImage plate = plate(i);
      ImageIO.write(plate.image().toBufferedImage(), "png", images.resolve(i + ".png").toFile());
      ImageIO.write(
          plate.mask().orElseThrow().toBufferedImage(), "png", masks.resolve(i + ".png").toFile());
      for (Mark m : plate.marks()) {
        csv.append("spot/").append(i).append(".png,").append(m.label());
        for (double edge :
            new double[] {m.box().left(), m.box().top(), m.box().right(), m.box().bottom()}) {
          csv.append(',').append((int) edge);
        }
        csv.append('\n');
      }
    }
    Path table = Files.writeString(folder.resolve("boxes.csv"), csv);
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      List<MarkedImage> boxes = quality.marked(folder.resolve("images"), table);
      List<MarkedImage> regions = quality.marked(folder.resolve("images"), folder.resolve("masks"));
      for (int i = 0; i < 6; i++) {
        assertThat(boxes.get(i).marks()).isEqualTo(plate(i).marks());
        assertThat(regions.get(i).mask()).isPresent();
        assertThat(regions.get(i).marks()).allMatch(m -> m.label().equals("spot"));
      }
      assertThat(quality.marked(folder.resolve("images"))).allMatch(i -> i.marks().isEmpty());
      Files.writeString(table, csv + "spot/1.png,,4,4,30,50\n,blob,4,4,30,50\n");
      assertThatThrownBy(() -> quality.marked(folder.resolve("images"), table))
          .hasMessageContaining("has no class")
          .hasMessageContaining("has no file");
      Files.writeString(table, csv + "spot/1.png,blob,40,40,30,50\nspot/2.png,blob,a,1,3,50\n");
      assertThatThrownBy(() -> quality.marked(folder.resolve("images"), table))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("holds nothing")
          .hasMessageContaining("\"a\"");
      Files.writeString(table, "file,class,xmin,ymin,xmax,ymax\nspot/1.png,blob,0.1,0.1,0.5,1\n");
      assertThatThrownBy(() -> quality.marked(folder.resolve("images"), table))
          .hasMessageContaining("shares of the image");
      // An image of elsewhere is left out; one that is misnamed would make a good part of another.
      Files.writeString(table, csv + "far/away.png,blob,4,4,30,50\n");
      assertThat(quality.marked(folder.resolve("images"), table)).hasSize(6);
      for (String misnamed :
          List.of("images/spot/good.png", "good.png", "spot\\good.png", "spot/GOOD.jpg")) {
        Path good = folder.resolve("images/spot/good.png");
        Files.copy(folder.resolve("images/spot/1.png"), good);
        Files.writeString(table, csv + misnamed + ",blob,4,4,30,50\n");
        assertThatThrownBy(() -> quality.marked(folder.resolve("images"), table))
            .hasMessageContainingAll("spot/good.png", "\"" + misnamed + "\"");
        Files.delete(good);
      }
      Files.writeString(table, "file,class,xmin,ymin,xmax\n");
      assertThatThrownBy(() -> quality.marked(folder.resolve("images"), table))
          .hasMessageContaining("ymax");
    }
  }

  @Test
  void badInputIsNamed() {
    try (Millwright millwright = Millwright.create()) {
      DetectionTrainer trainer = millwright.plugin(Quality.class).detection();
      List<MarkedImage> unmarked =
          plates(12, 1).stream().map(p -> MarkedImage.of(p.image(), List.of())).toList();
      for (List<MarkedImage> few : List.of(List.<MarkedImage>of(), plates(5, 1), unmarked)) {
        assertThatThrownBy(() -> trainer.train(few))
            .isInstanceOfSatisfying(
                MillwrightException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA));
      }
      assertThatThrownBy(() -> trainer.size(100, 64)).hasMessageContaining("32");
      Image image = plate(1).image();
      assertThatThrownBy(() -> MarkedImage.of(image, List.of(new Mark("a", new Box(70, 0, 80, 9)))))
          .hasMessageContaining("outside");
      assertThatThrownBy(() -> new Box(0, 0, Double.NaN, 1)).hasMessageContaining("NaN");
      assertThatThrownBy(
              () ->
                  new MarkedImage(
                      image,
                      List.of(),
                      Optional.of(Image.of8("m", 1, 1, Image.Format.GREY8, new byte[1])),
                      ""))
          .hasMessageContaining("another size");
    }
  }

  @Test
  void aTrainingCanBeCancelled() {
    try (Millwright millwright = Millwright.create()) {
      Job<DetectionModel> job = quick(millwright.plugin(Quality.class), 500).train(plates(40, 0));
      job.cancel();
      assertThatThrownBy(job::await)
          .isInstanceOfSatisfying(
              MillwrightException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_CANCELLED));
    }
  }

  @Test
  void precisionsAreOfEachClass() {
    MarkedImage truth =
        MarkedImage.of(
            plate(1).image(),
            List.of(new Mark("a", new Box(0, 0, 10, 10)), new Mark("b", new Box(30, 30, 40, 40))));
    Detections said =
        new Detections(List.of(new Detection("a", new Box(0, 0, 10, 10), 0.6)), 1, 1, List.of(0.0));
    assertThat(DetectionFigures.of(List.of(said), List.of(truth)).precisions())
        .isEqualTo(Map.of("a", 1.0, "b", 0.0));
  }
}
