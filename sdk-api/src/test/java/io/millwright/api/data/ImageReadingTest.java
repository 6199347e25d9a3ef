package io.millwright.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image.Format;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose header says more than their pixels: alpha, orientation, sizes that are not there. */
class ImageReadingTest {

  private static byte[] file(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] inserted(byte[] file, int at, byte[] part) {
    return ByteBuffer.allocate(file.length + part.length)
        .put(file, 0, at)
        .put(part)
        .put(file, at, file.length - at)
        .array();
  }

  /** A TIFF block with one entry: the orientation. */
  private static byte[] note(int orientation, ByteOrder order) {
    ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
    tiff.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
    tiff.putShort((short) 42).putInt(8).putShort((short) 1);
    tiff.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) orientation);
    return tiff.array();
  }

  private static byte[] png(int orientation) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 6; i++) {
      image.getRaster().setSample(i % 3, i / 3, 0, "abcdef".charAt(i));
    }
    byte[] note = note(orientation, ByteOrder.BIG_ENDIAN);
    CRC32 crc = new CRC32();
    byte[] name = "eXIf".getBytes(StandardCharsets.US_ASCII);
    crc.update(name);
    crc.update(note);
    byte[] chunk =
        ByteBuffer.allocate(12 + note.length)
            .putInt(note.length)
            .put(name)
            .put(note)
            .putInt((int) crc.getValue())
            .array();
    // Behind the signature and the header chunk.
    return inserted(file(image, "png"), 33, chunk);
  }

  private static String letters(Image image) {
    StringBuilder letters = new StringBuilder();
    for (int y = 0; y < image.height(); y++) {
      letters.append(y == 0 ? "" : "/");
      for (int x = 0; x < image.width(); x++) {
        letters.append((char) image.value(x, y, 0));
      }
    }
    return letters.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "1,abc/def",
    "2,cba/fed",
    "3,fed/cba",
    "4,def/abc",
    "5,ad/be/cf",
    "6,da/eb/fc",
    "7,fc/eb/da",
    "8,cf/be/ad",
    "0,abc/def",
    "9,abc/def"
  })
  void theOrientationThatACameraNotedIsApplied(int tag, String upright) throws IOException {
    assertThat(letters(Image.decode("photo", png(tag)))).isEqualTo(upright);
  }

  @Test
  void theOrientationOfAJpegIsApplied() throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    for (int x = 16; x < 32; x++) {
      for (int y = 0; y < 16; y++) {
        image.setRGB(x, y, 0xFFFFFF);
      }
    }
    byte[] note = note(6, ByteOrder.LITTLE_ENDIAN);
    byte[] part =
        ByteBuffer.allocate(10 + note.length)
            .putShort((short) 0xFFE1)
            .putShort((short) (8 + note.length))
            .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
            .put(note)
            .array();
    Image read = Image.decode("photo", inserted(file(image, "jpg"), 2, part));
    assertThat(read.width()).isEqualTo(16);
    assertThat(read.height()).isEqualTo(32);
    assertThat(read.value(3, 3, 0)).isLessThan(20);
    assertThat(read.value(3, 28, 0)).isGreaterThan(235);
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT})
  void greyWithAlphaKeepsItsValues(int type) throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, type);
    WritableRaster raster = model.createCompatibleWritableRaster(4, 2);
    for (int i = 0; i < 8; i++) {
      raster.setSample(i % 4, i / 4, 0, 30 * i);
      raster.setSample(i % 4, i / 4, 1, i % 2 == 0 ? 0xFFFF : 0x7F);
    }
    BufferedImage image = new BufferedImage(model, raster, false, null);
    Image read = Image.decode("part", file(image, "png"));
    assertThat(read.format())
        .isEqualTo(type == DataBuffer.TYPE_BYTE ? Format.GREY8 : Format.GREY16);
    for (int i = 0; i < 8; i++) {
      assertThat(read.value(i % 4, i / 4, 0)).isEqualTo(30 * i);
    }
  }

  @ParameterizedTest
  @CsvSource({"gif,30000,8000", "gif,65535,4000", "jpg,30000,8000", "jpg,65500,4000"})
  void moreThanTheBytesCanHoldIsRefusedBeforeItIsGivenMemory(String format, int width, int height)
      throws IOException {
    byte[] file = file(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), format);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (format.equals("gif")) {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      bytes.putShort(6, (short) width).putShort(8, (short) height);
      int at = 13 + 3 * (2 << (file[10] & 7));
      while (file[at] != 0x2C) {
        at++;
      }
      bytes.putShort(at + 5, (short) width).putShort(at + 7, (short) height);
    } else {
      int at = 2;
      while ((bytes.getShort(at) & 0xFFFF) != 0xFFC0) {
        at += 2 + (bytes.getShort(at + 2) & 0xFFFF);
      }
      bytes.putShort(at + 5, (short) height).putShort(at + 7, (short) width);
    }
    assertThatThrownBy(() -> Image.decode("hostile", file))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContainingAll(Integer.toString(width), "pixels", "Maybe");
  }

  @ParameterizedTest
  @ValueSource(ints = {DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_INT, DataBuffer.TYPE_SHORT})
  void greyOfAKindWithoutAWhiteIsRefusedAndNotCutDown(int kind) {
    ComponentColorModel grey =
        new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, 1, kind);
    WritableRaster raster = grey.createCompatibleWritableRaster(4, 3);
    raster.setSample(1, 1, 0, 0.7f);
    BufferedImage image = new BufferedImage(grey, raster, false, null);
    assertThatThrownBy(() -> Image.of("depth", image))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("depth")
        .hasMessageContaining("8 or 16 bits");
  }

  private static byte[] pages(int... sides) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (MemoryCacheImageOutputStream to = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(to);
      writer.prepareWriteSequence(null);
      for (int side : sides) {
        BufferedImage page = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        page.getRaster().setSample(0, 0, 0, side);
        writer.writeToSequence(new IIOImage(page, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  @Test
  void ofTwoPagesNeitherIsTakenUnseen() throws IOException {
    byte[] two = pages(9, 9);
    assertThatThrownBy(() -> Image.decode("scan.tif", two))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("scan.tif")
        .hasMessageContaining("2 pictures");
    assertThat(Image.decode("scan.tif", pages(9, 3)).width()).as("with a preview").isEqualTo(9);
  }
}
