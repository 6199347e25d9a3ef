package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image.Format;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pictures from and to the JDK's own, apart from {@link Image} so that it stays plain data. */
final class ImageFiles {

  private static final long MOST_PIXELS = 1L << 28;

  /** No format but TIFF packs more blank pixels into a byte. */
  private static final long MOST_PIXELS_PER_BYTE = 10_000;

  private static final int MOST_PAGES = 100;
  private static final long SMALL = 1 << 16;
  private static final double SHARE_OF_HEAP = 0.6;

  private ImageFiles() {}

  static Image read(Path file) {
    byte[] bytes;
    try {
      long size = Files.size(file);
      if (size > SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()) {
        throw bad(file.toString(), "its " + size + " bytes do not fit into the heap", null);
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read image " + file + ": " + e + "\nMaybe correct the path or its permissions",
          e);
    }
    return decode(file.toString(), bytes);
  }

  static Image decode(String name, byte[] file) {
    // Memory instead of the default cache on disk: nothing is left behind, nothing can be full.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw bad(name, file.length + " bytes of no format that the JDK reads", null);
      }
      ImageReader reader = readers.next();
      try {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(in, false, true);
        bound(name, file.length, reader);
        alone(name, reader);
        BufferedImage image = reader.read(0);
        // A colour profile that is ignored, or a broken preview, does not touch the pixels.
        warnings.removeIf(w -> w.contains("ICC") || w.contains("thumb"));
        if (!warnings.isEmpty()) {
          throw bad(name, String.join("; ", warnings), null);
        }
        return Orientation.of(file).upright(of(name, image));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof MillwrightException m) {
        throw m;
      }
      throw bad(name, e.toString(), e);
    }
  }

  /** Judges by the header what the pixels would need, before they are given memory. */
  private static void bound(String name, int length, ImageReader reader) throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    long pixels = width * height;
    String claim = "it claims " + width + " x " + height + " pixels";
    if (width > Image.LARGEST_SIDE || height > Image.LARGEST_SIDE || pixels > MOST_PIXELS) {
      throw bad(name, claim + ", more than can be handled", null);
    }
    // A fax of blank lines packs without end; no other format does.
    boolean packs = reader.getFormatName().toLowerCase(Locale.ROOT).startsWith("tif");
    if (!packs && pixels > MOST_PIXELS_PER_BYTE * (long) length + SMALL) {
      throw bad(name, claim + " in " + length + " bytes, which cannot hold them", null);
    }
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    int each = 4;
    if (types.hasNext()) {
      ImageTypeSpecifier type = types.next();
      each = (type.getColorModel().getPixelSize() + 7) / 8;
    }
    // Once as the JDK's picture, once as ours of three values.
    long bytes = pixels * (each + 3L);
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > SHARE_OF_HEAP * heap) {
      throw bad(
          name,
          claim + ", which need " + (bytes >> 20) + " MiB of a heap of " + (heap >> 20) + " MiB",
          null);
    }
  }

  /**
   * Which of several pictures of one size shows the part, nobody can know; smaller are previews.
   */
  private static void alone(String name, ImageReader reader) throws IOException {
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    if (!format.startsWith("tif") && !format.startsWith("gif")) {
      return;
    }
    int pages = reader.getNumImages(true);
    int alike = 1;
    for (int p = 1; p < Math.min(pages, MOST_PAGES); p++) {
      if (reader.getWidth(p) == reader.getWidth(0) && reader.getHeight(p) == reader.getHeight(0)) {
        alike++;
      }
    }
    if (alike > 1) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          Image.quoted(name)
              + " holds "
              + pages
              + " pictures, and one is looked at\nMaybe save each of them as a file");
    }
  }

  private static MillwrightException bad(
      String name, String why, @org.jspecify.annotations.Nullable Exception cause) {
    String text =
        Image.quoted(name)
            + " cannot be read: "
            + why
            + "\nMaybe it was cut off while it was copied: get it again, or leave it out";
    return cause == null
        ? new MillwrightException(ErrorCode.BAD_FILE, text)
        : new MillwrightException(ErrorCode.BAD_FILE, text, cause);
  }

  static Image of(String name, BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    // An indexed picture has one value for each pixel too, but that is no grey.
    // Beside grey there may be alpha, which is left out.
    boolean grey =
        image.getColorModel() instanceof ComponentColorModel model
            && model.getNumColorComponents() == 1;
    if (!grey) {
      byte[] values = new byte[w * h * 3];
      int[] row = new int[w];
      for (int y = 0; y < h; y++) {
        image.getRGB(0, y, w, 1, row, 0, w);
        for (int x = 0; x < w; x++) {
          int to = (y * w + x) * 3;
          values[to] = (byte) (row[x] >> 16);
          values[to + 1] = (byte) (row[x] >> 8);
          values[to + 2] = (byte) row[x];
        }
      }
      return Image.of8(name, w, h, Format.RGB8, values);
    }
    // The raster, not getRGB: that would bend grey values by a gamma.
    Raster raster = image.getRaster();
    if (raster.getTransferType() == DataBuffer.TYPE_USHORT) {
      short[] values = new short[w * h];
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          values[y * w + x] = (short) raster.getSample(x, y, 0);
        }
      }
      return Image.grey16(name, w, h, values);
    }
    int kind = raster.getTransferType();
    if (kind != DataBuffer.TYPE_BYTE) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          Image.quoted(name)
              + " holds grey values of "
              + DataBuffer.getDataTypeSize(kind)
              + (kind == DataBuffer.TYPE_FLOAT || kind == DataBuffer.TYPE_DOUBLE
                  ? " bits with a point"
                  : " bits with a sign")
              + ", of which nobody says what is white\nMaybe save it with 8 or 16 bits");
    }
    byte[] values = new byte[w * h];
    int[] row = new int[w];
    for (int y = 0; y < h; y++) {
      raster.getSamples(0, y, w, 1, 0, row);
      for (int x = 0; x < w; x++) {
        values[y * w + x] = (byte) row[x];
      }
    }
    return Image.of8(name, w, h, Format.GREY8, values);
  }

  static BufferedImage buffered(Image image) {
    int type =
        switch (image.format()) {
          case GREY8 -> BufferedImage.TYPE_BYTE_GRAY;
          case GREY16 -> BufferedImage.TYPE_USHORT_GRAY;
          case RGB8 -> BufferedImage.TYPE_INT_RGB;
        };
    BufferedImage buffered = new BufferedImage(image.width(), image.height(), type);
    WritableRaster raster = buffered.getRaster();
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < image.format().channels(); c++) {
          raster.setSample(x, y, c, image.value(x, y, c));
        }
      }
    }
    return buffered;
  }
}
