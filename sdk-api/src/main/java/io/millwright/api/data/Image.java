package io.millwright.api.data;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A picture: grey with 8 or 16 bits a pixel, or red, green and blue with 8 bits each. Immutable and
 * thread-safe; compared by size, format and pixels, while the name is only for messages.
 *
 * <p>Files in the formats of the JDK (PNG, JPEG, BMP, GIF, TIFF) are read by {@link #read}. A file
 * that is cut off or damaged is refused even where the JDK would fill in the rest: a picture half
 * made up must not be judged. One whose header claims more pixels than its bytes can hold, or than
 * the heap has room for, is refused before they are given memory. Grey pictures with an alpha
 * channel stay grey, and no gamma is applied to them. The orientation that a camera noted (Exif tag
 * 274, in JPEG, PNG and TIFF) is applied, so that a picture is upright as on a screen.
 */
public final class Image {

  /** What a pixel holds. */
  public enum Format {
    /** One grey value of 8 bits. */
    GREY8(1, 255),
    /** One grey value of 16 bits. */
    GREY16(1, 65535),
    /** Red, green and blue of 8 bits each. */
    RGB8(3, 255);

    private final int channels;
    private final int most;

    Format(int channels, int most) {
      this.channels = channels;
      this.most = most;
    }

    /**
     * The number of values of a pixel.
     *
     * @return 1 or 3
     */
    public int channels() {
      return channels;
    }

    /**
     * The largest value.
     *
     * @return 255 or 65,535
     */
    public int most() {
      return most;
    }
  }

  /** The widest and highest picture, in pixels. */
  public static final int LARGEST_SIDE = 1 << 15;

  private final String name;
  private final int width;
  private final int height;
  private final Format format;
  private final byte[] bytes;
  private final short[] shorts;

  private Image(String name, int width, int height, Format format, byte[] bytes, short[] shorts) {
    this.name = Objects.requireNonNull(name, "name");
    this.width = width;
    this.height = height;
    this.format = format;
    this.bytes = bytes;
    this.shorts = shorts;
  }

  /**
   * A picture with 8 bits for each value.
   *
   * @param name what messages call it, such as a file's name; may be empty
   * @param width its width in pixels
   * @param height its height in pixels
   * @param format {@link Format#GREY8} or {@link Format#RGB8}
   * @param values the values row by row from the top, of one pixel side by side (unsigned); copied
   * @return the picture
   * @throws MillwrightException with {@link ErrorCode#WRONG_SHAPE} when the number of values is not
   *     width times height times channels, or a side is less than 1 or more than {@link
   *     #LARGEST_SIDE}; with {@link ErrorCode#WRONG_TYPE} for another format
   */
  public static Image of8(String name, int width, int height, Format format, byte[] values) {
    if (format == Format.GREY16) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE, quoted(name) + " has 16 bits a pixel\nMaybe use grey16");
    }
    check(name, width, height, format, values.length);
    return new Image(name, width, height, format, values.clone(), new short[0]);
  }

  /**
   * A grey picture with 16 bits a pixel.
   *
   * @param name what messages call it; may be empty
   * @param width its width in pixels
   * @param height its height in pixels
   * @param values the values row by row from the top (unsigned); copied
   * @return the picture
   * @throws MillwrightException as {@link #of8}
   */
  public static Image grey16(String name, int width, int height, short[] values) {
    check(name, width, height, Format.GREY16, values.length);
    return new Image(name, width, height, Format.GREY16, new byte[0], values.clone());
  }

  /**
   * The picture of a Java program. Grey ones keep their 8 or 16 bits; all others become RGB with 8
   * bits. Transparency is left out.
   *
   * @param name what messages call it; may be empty
   * @param image the picture; copied
   * @return the picture
   * @throws MillwrightException as {@link #of8}
   */
  public static Image of(String name, BufferedImage image) {
    return ImageFiles.of(name, image);
  }

  /**
   * Reads a file.
   *
   * @param file a file in a format that the JDK reads
   * @return the picture, named after the file
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when there is no such file, with
   *     {@link ErrorCode#BAD_FILE} when it is no picture, cut off or damaged; both name the file
   */
  public static Image read(Path file) {
    return ImageFiles.read(file);
  }

  /**
   * Reads a file that lies in memory.
   *
   * @param name what messages call it
   * @param file the bytes of a file in a format that the JDK reads
   * @return the picture
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, as {@link #read}
   */
  public static Image decode(String name, byte[] file) {
    return ImageFiles.decode(name, file);
  }

  private static void check(String name, int width, int height, Format format, int values) {
    if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          quoted(name)
              + " is "
              + width
              + " x "
              + height
              + " pixels, but a side must have 1 to "
              + LARGEST_SIDE);
    }
    if ((long) width * height * format.channels() != values) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          quoted(name)
              + " has "
              + values
              + " values for "
              + width
              + " x "
              + height
              + " pixels of "
              + format
              + "\nMaybe another format is meant, or rows are padded");
    }
  }

  static String quoted(String name) {
    return name.isEmpty() ? "the image" : "image \"" + name + "\"";
  }

  /**
   * What messages call it.
   *
   * @return the name, possibly empty
   */
  public String name() {
    return name;
  }

  /**
   * The width.
   *
   * @return pixels
   */
  public int width() {
    return width;
  }

  /**
   * The height.
   *
   * @return pixels
   */
  public int height() {
    return height;
  }

  /**
   * What a pixel holds.
   *
   * @return the format
   */
  public Format format() {
    return format;
  }

  /**
   * One value.
   *
   * @param x the column, from the left, counted from 0
   * @param y the row, from the top, counted from 0
   * @param channel 0 for grey; 0, 1, 2 for red, green, blue
   * @return 0 to {@link Format#most}
   */
  public int value(int x, int y, int channel) {
    Objects.checkIndex(x, width);
    Objects.checkIndex(channel, format.channels());
    return at((y * width + x) * format.channels() + channel);
  }

  private int at(int index) {
    return format == Format.GREY16
        ? Short.toUnsignedInt(shorts[index])
        : Byte.toUnsignedInt(bytes[index]);
  }

  /**
   * All values as fractions of the largest one.
   *
   * @return {@code [height, width, channels]}, row-major, 0 to 1
   */
  public float[] fractions() {
    int n = width * height * format.channels();
    float[] values = new float[n];
    float scale = 1f / format.most();
    for (int i = 0; i < n; i++) {
      values[i] = at(i) * scale;
    }
    return values;
  }

  /**
   * All values as bytes, for digests and files: 16-bit values have their high byte first.
   *
   * @return a new array
   */
  public byte[] bytes() {
    if (format != Format.GREY16) {
      return bytes.clone();
    }
    byte[] all = new byte[2 * shorts.length];
    for (int i = 0; i < shorts.length; i++) {
      all[2 * i] = (byte) (shorts[i] >> 8);
      all[2 * i + 1] = (byte) shorts[i];
    }
    return all;
  }

  /**
   * A picture from what {@link #bytes} gave.
   *
   * @param name what messages call it; may be empty
   * @param width its width in pixels
   * @param height its height in pixels
   * @param format its format
   * @param bytes its values
   * @return the picture
   * @throws MillwrightException as {@link #of8}
   */
  public static Image ofBytes(String name, int width, int height, Format format, byte[] bytes) {
    if (format != Format.GREY16) {
      return of8(name, width, height, format, bytes);
    }
    if (bytes.length % 2 != 0) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE, quoted(name) + " has half a value: " + bytes.length + " bytes");
    }
    short[] values = new short[bytes.length / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) (bytes[2 * i] << 8 | Byte.toUnsignedInt(bytes[2 * i + 1]));
    }
    return grey16(name, width, height, values);
  }

  /**
   * A part of the picture.
   *
   * @param x its left column
   * @param y its upper row
   * @param partWidth its width, at least 1
   * @param partHeight its height, at least 1
   * @return a new picture of the same name
   * @throws IndexOutOfBoundsException when the part does not lie within the picture
   */
  public Image crop(int x, int y, int partWidth, int partHeight) {
    Objects.checkFromIndexSize(x, partWidth, width);
    Objects.checkFromIndexSize(y, partHeight, height);
    int c = format.channels();
    byte[] b = new byte[bytes.length == 0 ? 0 : partWidth * partHeight * c];
    short[] s = new short[shorts.length == 0 ? 0 : partWidth * partHeight];
    for (int row = 0; row < partHeight; row++) {
      int from = ((y + row) * width + x) * c;
      if (bytes.length > 0) {
        System.arraycopy(bytes, from, b, row * partWidth * c, partWidth * c);
      } else {
        System.arraycopy(shorts, from, s, row * partWidth, partWidth);
      }
    }
    check(name, partWidth, partHeight, format, Math.max(b.length, s.length));
    return new Image(name, partWidth, partHeight, format, b, s);
  }

  /**
   * A smaller picture, each pixel the mean of a square block; what does not fill a block at the
   * right and lower edges is left out.
   *
   * @param block the side of a block in pixels, at least 1 and at most the shorter side
   * @return a new picture of the same name and format
   */
  public Image reduced(int block) {
    if (block < 1 || block > Math.min(width, height)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          quoted(name) + " of " + width + " x " + height + " pixels cannot be reduced by " + block);
    }
    int c = format.channels();
    int w = width / block;
    int h = height / block;
    byte[] all = new byte[w * h * c * (format == Format.GREY16 ? 2 : 1)];
    int to = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        for (int k = 0; k < c; k++) {
          long sum = 0;
          for (int dy = 0; dy < block; dy++) {
            for (int dx = 0; dx < block; dx++) {
              sum += at(((y * block + dy) * width + x * block + dx) * c + k);
            }
          }
          long mean = Math.round((double) sum / ((long) block * block));
          if (format == Format.GREY16) {
            all[to++] = (byte) (mean >> 8);
          }
          all[to++] = (byte) mean;
        }
      }
    }
    return ofBytes(name, w, h, format, all);
  }

  /**
   * The picture under another name.
   *
   * @param other what messages call it
   * @return a picture with the same pixels
   */
  public Image named(String other) {
    return new Image(other, width, height, format, bytes, shorts);
  }

  /**
   * The picture for a Java program: grey with 8 or 16 bits, or RGB.
   *
   * @return a new picture
   */
  public BufferedImage toBufferedImage() {
    return ImageFiles.buffered(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Image i
        && width == i.width
        && height == i.height
        && format == i.format
        && Arrays.equals(bytes, i.bytes)
        && Arrays.equals(shorts, i.shorts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, height, format, Arrays.hashCode(bytes), Arrays.hashCode(shorts));
  }

  @Override
  public String toString() {
    return quoted(name) + " of " + width + " x " + height + " pixels, " + format;
  }
}
