package io.millwright.api.data;

import io.millwright.api.data.Image.Format;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held: tag 274 of Exif 2.32, 1 to 8.
 *
 * @param tag 1 upright, 2 mirrored, 3 upside down, 4 both, 5 to 8 the same with width and height
 *     exchanged
 */
record Orientation(int tag) {

  private static final Orientation UPRIGHT = new Orientation(1);
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  /** Looks for the tag in a JPEG, PNG or TIFF file; upright when there is none. */
  static Orientation of(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file);
    try {
      int start = in.getShort(0) & 0xFFFF;
      int tag =
          switch (start) {
            case 0xFFD8 -> jpeg(in);
            case 0x8950 -> png(in);
            case 0x4949, 0x4D4D -> tiff(in);
            default -> 1;
          };
      return tag >= 1 && tag <= 8 ? new Orientation(tag) : UPRIGHT;
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
      // A broken note leaves the picture as it is.
      return UPRIGHT;
    }
  }

  private static int jpeg(ByteBuffer in) {
    int at = 2;
    while (true) {
      int marker = in.getShort(at) & 0xFFFF;
      int length = in.getShort(at + 2) & 0xFFFF;
      if (marker < 0xFF00 || marker == 0xFFDA || length < 2) {
        return 1;
      }
      if (marker == 0xFFE1 && length > 8 + EXIF.length) {
        byte[] name = new byte[EXIF.length];
        in.get(at + 4, name);
        if (java.util.Arrays.equals(name, EXIF)) {
          return tiff(in.slice(at + 4 + EXIF.length, length - 2 - EXIF.length));
        }
      }
      at += 2 + length;
    }
  }

  private static int png(ByteBuffer in) {
    int at = 8;
    while (true) {
      int length = in.getInt(at);
      int type = in.getInt(at + 4);
      if (type == 0x65584966) {
        return tiff(in.slice(at + 8, length));
      }
      if (length < 0 || type == 0x49454E44) {
        return 1;
      }
      at = Math.addExact(at, Math.addExact(12, length));
    }
  }

  private static int tiff(ByteBuffer in) {
    in.order(in.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int at = in.getInt(4);
    int entries = in.getShort(at) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = at + 2 + 12 * i;
      if ((in.getShort(entry) & 0xFFFF) == 274) {
        return in.getShort(entry + 8) & 0xFFFF;
      }
    }
    return 1;
  }

  /** The picture as it was meant to be seen. */
  Image upright(Image image) {
    if (tag == 1) {
      return image;
    }
    boolean turned = tag >= 5;
    int width = turned ? image.height() : image.width();
    int height = turned ? image.width() : image.height();
    int channels = image.format().channels();
    int each = channels * (image.format() == Format.GREY16 ? 2 : 1);
    byte[] from = image.bytes();
    byte[] to = new byte[from.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int a = turned ? y : x;
        int b = turned ? x : y;
        boolean right = tag == 2 || tag == 3 || tag == 7 || tag == 8;
        boolean lower = tag == 3 || tag == 4 || tag == 6 || tag == 7;
        int fromX = right ? image.width() - 1 - a : a;
        int fromY = lower ? image.height() - 1 - b : b;
        System.arraycopy(
            from, (fromY * image.width() + fromX) * each, to, (y * width + x) * each, each);
      }
    }
    return Image.ofBytes(image.name(), width, height, image.format(), to);
  }
}
