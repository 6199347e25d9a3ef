package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Image.Format;
import java.awt.image.BufferedImage;
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
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pictures from and to the JDK's own, apart from {@link Image} so that it stays plain data. */
final class ImageFiles {

  private ImageFiles() {}

  static Image read(Path file) {
    byte[] bytes;
    try {
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
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > (1L << 28)) {
          throw bad(name, "it claims " + pixels + " pixels", null);
        }
        BufferedImage image = reader.read(0);
        // A colour profile that is ignored, or a broken preview, does not touch the pixels.
        warnings.removeIf(w -> w.contains("ICC") || w.contains("thumb"));
        if (!warnings.isEmpty()) {
          throw bad(name, String.join("; ", warnings), null);
        }
        return of(name, image);
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
    boolean grey =
        image.getColorModel() instanceof java.awt.image.ComponentColorModel
            && image.getRaster().getNumBands() == 1;
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
