package io.millwright.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {

  private static Image random(Format format, int width, int height) {
    byte[] bytes = new byte[width * height * format.channels() * (format == Format.GREY16 ? 2 : 1)];
    new Random(4).nextBytes(bytes);
    return Image.ofBytes("part 7", width, height, format, bytes);
  }

  private static byte[] encoded(Image image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image.toBufferedImage(), format, out)).isTrue();
    return out.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyFormatSurvivesPngAndBytes(Format format) throws IOException {
    Image image = random(format, 13, 7);
    assertThat(Image.decode("a.png", encoded(image, "png"))).isEqualTo(image);
    assertThat(Image.ofBytes("", 13, 7, format, image.bytes()))
        .isEqualTo(image)
        .hasSameHashCodeAs(image);
    assertThat(Image.of("x", image.toBufferedImage())).isEqualTo(image);
    int most = image.value(3, 2, format.channels() - 1);
    assertThat(image.fractions()[(2 * 13 + 3) * format.channels() + format.channels() - 1])
        .isEqualTo(most * (1f / format.most()));
  }

  @Test
  void transparentAndIndexedPicturesBecomeColour() {
    BufferedImage indexed = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_INDEXED);
    indexed.setRGB(2, 1, 0xFFFF0000);
    Image image = Image.of("i", indexed);
    assertThat(image.format()).isEqualTo(Format.RGB8);
    assertThat(image.value(2, 1, 0)).isEqualTo(255);
    assertThat(image.value(2, 1, 1)).isZero();
    BufferedImage clear = new BufferedImage(4, 3, BufferedImage.TYPE_INT_ARGB);
    assertThat(Image.of("c", clear).format()).isEqualTo(Format.RGB8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void aFileCutOffAnywhereIsRefusedByName(String format, @TempDir Path folder) throws IOException {
    byte[] whole = encoded(random(Format.RGB8, 40, 30), format);
    assertThat(Image.decode("w", whole).width()).isEqualTo(40);
    // The very last bytes are checksums and ends (of PNG twenty).
    for (int cut = whole.length - 24; cut > 0; cut -= Math.max(1, whole.length / 23)) {
      Path file = folder.resolve("cut-" + cut + "." + format);
      Files.write(file, Arrays.copyOf(whole, cut));
      assertThatThrownBy(() -> Image.read(file))
          .as("%d of %d bytes", cut, whole.length)
          .isInstanceOfSatisfying(
              MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
          .hasMessageContaining(file.getFileName().toString())
          .hasMessageContaining("Maybe");
    }
  }

  @Test
  void whatIsNoPictureOrNotThereIsNamed(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no picture");
    assertThatThrownBy(() -> Image.read(text))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("notes.txt")
        .hasMessageContaining("no format");
    assertThatThrownBy(() -> Image.read(folder.resolve("gone.png")))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED))
        .hasMessageContaining("gone.png");
  }

  @Test
  void sizesAreChecked() {
    assertThatThrownBy(() -> Image.of8("a", 3, 3, Format.GREY8, new byte[8]))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("8 values for 3 x 3");
    assertThatThrownBy(() -> Image.of8("a", 0, 3, Format.GREY8, new byte[0]))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> Image.of8("a", 1, 1, Format.GREY16, new byte[2]))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_TYPE));
    Image image = random(Format.GREY8, 5, 4);
    assertThatThrownBy(() -> image.crop(3, 0, 3, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> image.reduced(5)).isInstanceOf(MillwrightException.class);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void partsAndReductionsHoldTheirPixels(Format format) {
    Image image = random(format, 9, 8);
    Image part = image.crop(2, 3, 5, 4);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 5; x++) {
        for (int c = 0; c < format.channels(); c++) {
          assertThat(part.value(x, y, c)).isEqualTo(image.value(x + 2, y + 3, c));
        }
      }
    }
    Image half = image.reduced(2);
    assertThat(half.width()).isEqualTo(4);
    double mean =
        (image.value(2, 4, 0) + image.value(3, 4, 0) + image.value(2, 5, 0) + image.value(3, 5, 0))
            / 4.0;
    assertThat(half.value(1, 2, 0)).isEqualTo((int) Math.round(mean));
  }

  @Test
  void tablesHoldImages() {
    Schema schema = Schema.of(Column.image("image"), Column.number("n"));
    Image image = random(Format.GREY8, 3, 3);
    Table table =
        Table.of(schema, java.util.List.of(Row.of(schema, image, 1), Row.of(schema, null, 2)));
    assertThat(table.image(0, 0)).isSameAs(image);
    assertThat(table.image(1, 0)).isNull();
    assertThat(table.rows(1, 0).image(1, 0)).isSameAs(image);
    assertThat(table.row(0).values()).containsExactly(image, 1.0);
    assertThat(table.select(java.util.List.of("image")).image(0, 0)).isSameAs(image);
    assertThat(table).isEqualTo(Table.of(schema, java.util.List.of(table.row(0), table.row(1))));
    assertThatThrownBy(() -> table.image(0, 1))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_TYPE));
    assertThatThrownBy(() -> Row.of(schema, "text", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
