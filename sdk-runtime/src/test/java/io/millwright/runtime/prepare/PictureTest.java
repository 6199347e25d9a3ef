package io.millwright.runtime.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Image.Format;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Step.Picture.Exposure;
import io.millwright.api.learn.Views;
import io.millwright.runtime.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

  private static final Schema SCHEMA = Schema.of(Column.image("image"));

  private static Image noise(String name, int width, int height, Format format, long seed) {
    byte[] bytes =
        new byte[width * height * (format == Format.GREY8 ? 1 : format == Format.RGB8 ? 3 : 2)];
    new Random(seed).nextBytes(bytes);
    return Image.ofBytes(name, width, height, format, bytes);
  }

  private static Table table(Image... images) {
    List<Row> rows = new ArrayList<>();
    for (Image image : images) {
      rows.add(Row.of(SCHEMA, image));
    }
    return Table.of(SCHEMA, rows);
  }

  private static FittedPreparation fit(Preparation preparation, Image... images) {
    List<Table> tables = new ArrayList<>();
    for (Image image : images) {
      tables.add(table(image));
    }
    return FittedPreparation.fit(preparation, SCHEMA, tables).preparation();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anImageIsBroughtToSizeMeanAndVariance(long seed) {
    Random random = new Random(seed);
    Format format = List.of(Format.values()).get((int) (seed % 3));
    boolean colour = seed % 2 == 0;
    Image image = noise("n", 17 + random.nextInt(30), 17 + random.nextInt(30), format, seed);
    FittedPreparation fitted =
        fit(Preparation.of(new Step.Picture(12, 9, colour, Exposure.REMOVED)), image);
    assertThat(fitted.shape()).isEqualTo(new Shape(9, 12, colour ? 3 : 1));
    float[] x = fitted.rows(table(image), new Notes());
    assertThat(x).hasSize(9 * 12 * (colour ? 3 : 1));
    double[] moments = PictureOp.moments(x);
    assertThat(moments[0]).isCloseTo(0, within(1e-5));
    assertThat(moments[1]).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void exposureIsRemovedKeptOrBoth(boolean colour) {
    Image image = noise("n", 12, 9, colour ? Format.RGB8 : Format.GREY8, 3);
    float[] removed = seen(image, colour, Exposure.REMOVED);
    float[] kept = seen(image, colour, Exposure.KEPT);
    float[] both = seen(image, colour, Exposure.BOTH);
    float[] fractions = image.fractions();
    int channels = colour ? 3 : 1;
    assertThat(both).hasSize(2 * kept.length);
    for (int i = 0; i < kept.length; i++) {
      assertThat(kept[i]).isCloseTo(4 * (fractions[i] - 0.5f), within(1e-6f));
      int pixel = i / channels;
      int at = 2 * channels * pixel + i % channels;
      assertThat(both[at]).isEqualTo(removed[i]);
      assertThat(both[at + channels]).isEqualTo(kept[i]);
    }
  }

  private static float[] seen(Image image, boolean colour, Exposure exposure) {
    Step picture = new Step.Picture(image.width(), image.height(), colour, exposure);
    FittedPreparation fitted = fit(Preparation.of(picture), image);
    float[] x = fitted.rows(table(image), new Notes());
    assertThat(x).hasSize(fitted.shape().size());
    return x;
  }

  @Test
  void resizingKeepsTheMeanAndWholeNumbersOfPixels() {
    byte[] values = new byte[8 * 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 7);
    }
    Image image = Image.of8("steps", 8, 4, Format.GREY8, values);
    float[] half = PictureOp.resized(image, 4, 2, false);
    for (int y = 0; y < 2; y++) {
      for (int x = 0; x < 4; x++) {
        double mean = 0;
        for (int k = 0; k < 4; k++) {
          mean += image.value(2 * x + k % 2, 2 * y + k / 2, 0) / 4.0 / 255;
        }
        assertThat((double) half[y * 4 + x]).isCloseTo(mean, within(1e-6));
      }
    }
    double[] before = PictureOp.moments(image.fractions());
    double[] after = PictureOp.moments(PictureOp.resized(image, 3, 2, false));
    assertThat(after[0]).isCloseTo(before[0], within(1e-6));
    float[] larger = PictureOp.resized(image, 16, 8, false);
    assertThat(larger).hasSize(128);
    assertThat((double) larger[0]).isCloseTo(image.value(0, 0, 0) / 255.0, within(1e-6));
  }

  @Test
  void colourBecomesGreyByTheStandardsWeights() {
    Image red = Image.of8("red", 1, 1, Format.RGB8, new byte[] {(byte) 255, 0, 0});
    Image green = Image.of8("green", 1, 1, Format.RGB8, new byte[] {0, (byte) 255, 0});
    assertThat(PictureOp.resized(red, 1, 1, false)).containsExactly(0.299f);
    assertThat(PictureOp.resized(green, 1, 1, false)).containsExactly(0.587f);
    Image grey = Image.of8("grey", 1, 1, Format.GREY8, new byte[] {51});
    assertThat(PictureOp.resized(grey, 1, 1, true)).hasSize(3).containsOnly(51 * (1f / 255));
  }

  @Test
  void exposureDoesNotMatterWhenEachImageIsStandardised() {
    Image image = noise("n", 20, 20, Format.GREY8, 3);
    byte[] darker = image.bytes();
    short[] deeper = new short[darker.length];
    for (int i = 0; i < darker.length; i++) {
      deeper[i] = (short) (1000 + 100 * Byte.toUnsignedInt(darker[i]));
    }
    Image deep = Image.grey16("deep", 20, 20, deeper);
    FittedPreparation fitted =
        fit(Preparation.of(new Step.Picture(10, 10, false, Exposure.REMOVED)), image, deep);
    float[] a = fitted.rows(table(image), new Notes());
    float[] b = fitted.rows(table(deep), new Notes());
    for (int i = 0; i < a.length; i++) {
      assertThat((double) b[i]).isCloseTo(a[i], within(2e-5));
    }
  }

  @Test
  void badImagesAreNamedInTraining() {
    Preparation preparation = Preparation.of(new Step.Picture(8, 8, false, Exposure.REMOVED));
    Image good = noise("good.png", 20, 20, Format.GREY8, 1);
    Image flat = Image.of8("flat.png", 20, 20, Format.GREY8, new byte[400]);
    Image wide = noise("wide.png", 40, 20, Format.GREY8, 2);
    assertThatThrownBy(() -> fit(preparation, good, flat, wide))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> {
              assertThat(e.findings()).hasSize(2);
              assertThat(e.findings().get(0).code()).isEqualTo(ErrorCode.BAD_VALUE);
              assertThat(e.findings().get(1).code()).isEqualTo(ErrorCode.WRONG_SHAPE);
            })
        .hasMessageContaining("flat.png")
        .hasMessageContaining("wide.png");
  }

  @Test
  void badImagesAreNotAnsweredAndOddOnesFlagged() {
    Image good = noise("good.png", 20, 20, Format.GREY8, 1);
    FittedPreparation fitted =
        fit(Preparation.of(new Step.Picture(8, 8, false, Exposure.REMOVED)), good);
    Notes notes = new Notes();
    fitted.rows(table(Image.of8("flat.png", 20, 20, Format.GREY8, new byte[400])), notes);
    assertThat(notes.hopeless()).isTrue();
    assertThat(notes.findings().get(0).message()).contains("flat.png").contains("no contrast");
    Notes shape = new Notes();
    fitted.rows(table(noise("wide.png", 40, 20, Format.GREY8, 2)), shape);
    assertThat(shape.hopeless()).isTrue();
    assertThat(shape.findings().get(0).code()).isEqualTo(ErrorCode.WRONG_SHAPE);
    Notes bright = new Notes();
    byte[] values = good.bytes();
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (200 + Byte.toUnsignedInt(values[i]) / 5);
    }
    fitted.rows(table(Image.of8("bright.png", 20, 20, Format.GREY8, values)), bright);
    assertThat(bright.hopeless()).isFalse();
    assertThat(bright.flags()).contains(Flag.OUTSIDE_TRAINING_RANGE);
  }

  @Test
  void stepsThatDoNotFitImagesAreRefused() {
    Image image = noise("n", 20, 20, Format.GREY8, 1);
    assertThatThrownBy(() -> fit(Preparation.standard(), image))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("Step.Picture");
    Schema numbers = Schema.of(Column.number("a"));
    assertThatThrownBy(
            () ->
                FittedPreparation.fit(
                    Preparation.of(new Step.Picture(8, 8, false, Exposure.REMOVED)),
                    numbers,
                    List.of(Table.ofNumbers(numbers, new double[][] {{1}}))))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("not one column of images");
  }

  @Test
  void viewsChangeNoInput() {
    Image image = noise("n", 20, 20, Format.GREY8, 1);
    Step picture = new Step.Picture(8, 8, false, Exposure.REMOVED);
    FittedPreparation plain = fit(Preparation.of(picture), image);
    assertThat(plain.views().all()).hasSize(1);
    assertThat(plain.with(Views.one())).isSameAs(plain);
    FittedPreparation fitted = plain.with(new Views(true, true));
    assertThat(fitted.views().all()).hasSize(8);
    assertThat(fitted.shape()).isEqualTo(plain.shape());
    assertThat(fitted.rows(table(image), new Notes()))
        .isEqualTo(plain.rows(table(image), new Notes()));
    assertThatThrownBy(() -> fit(Preparation.of(picture, picture), image))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("use Step.Picture and nothing else");
  }

  @Test
  void fittedViewsWithoutAPictureAreRefused() {
    FittedStep views = new FittedStep.Views(new Views(true, true));
    FittedStep picture =
        new FittedStep.Picture("image", 8, 8, false, Exposure.REMOVED, 20, 20, 0.1, 0.9, 0.01, 0.5);
    for (List<FittedStep> steps :
        List.of(List.of(views), List.of(views, picture), List.of(picture, views, views))) {
      assertThatThrownBy(() -> new FittedPreparation(SCHEMA, steps).plan())
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_BUNDLE))
          .hasMessageContaining("the step Views");
    }
    assertThatThrownBy(
            () -> new FittedPreparation(Schema.of(Column.number("a")), List.of(views)).plan())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("there are no images for the step Views");
  }
}
