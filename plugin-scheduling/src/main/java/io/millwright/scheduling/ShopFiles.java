package io.millwright.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/**
 * Reads the public benchmark formats. A file may be plain text, gzip or a zip archive, of which the
 * first entry is read; nothing larger than 256 MiB is.
 */
public final class ShopFiles {
  private ShopFiles() {}

  private static final int LIMIT = 256 << 20;

  /** The formats. */
  public enum Format {
    /**
     * Job shop: a line {@code jobs machines}, then a line a job with pairs {@code machine
     * duration}, machines counted from 0. A job may visit a machine again, and its line may end
     * with {@code -1 -1}.
     */
    JOB_SHOP,
    /**
     * Flexible job shop ({@code .fjs}): a line {@code jobs machines}, then a line a job: the number
     * of operations, and for each the number of machines that can do it followed by pairs {@code
     * machine duration}, machines counted from 1.
     */
    FLEXIBLE_JOB_SHOP,
    /**
     * Permutation flow shop, either as a job shop in which every job visits the machines in the
     * same order, or as Taillard published it: a header, a line that begins with {@code jobs
     * machines}, a line of words, then a line a machine with the durations of the jobs.
     */
    FLOW_SHOP
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @param format what it is
   * @return the shop, named after the file; jobs and machines are named by their numbers
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be read, and {@link
   *     ErrorCode#BAD_FILE}, naming the line, when it is not what it should be
   */
  public static Shop read(Path file, Format format) {
    String text;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      text = text(in, file);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + "\nMaybe check the path", e);
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.[a-z]+$", "");
    return parse(name, text, format);
  }

  /**
   * Reads a text.
   *
   * @param name what to call the shop
   * @param text the text
   * @param format what it is
   * @return the shop
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, naming the line
   */
  public static Shop parse(String name, String text, Format format) {
    ShopText reader = new ShopText(name, text);
    return switch (format) {
      case JOB_SHOP -> reader.jobShop();
      case FLEXIBLE_JOB_SHOP -> reader.flexible();
      case FLOW_SHOP -> reader.flowShop();
    };
  }

  private static String text(InputStream in, Path file) throws IOException {
    byte[] bytes = bounded(in, file);
    boolean gzip = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
    boolean zip = bytes.length > 2 && bytes[0] == 'P' && bytes[1] == 'K';
    if (gzip) {
      try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        bytes = bounded(plain, file);
      }
    } else if (zip) {
      try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(bytes))) {
        if (archive.getNextEntry() == null) {
          throw new IOException("the archive is empty");
        }
        bytes = bounded(archive, file);
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bounded(InputStream in, Path file) throws IOException {
    byte[] bytes = in.readNBytes(LIMIT + 1);
    if (bytes.length > LIMIT) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE, file + " holds more than " + LIMIT + " bytes\nMaybe split it");
    }
    return bytes;
  }
}
