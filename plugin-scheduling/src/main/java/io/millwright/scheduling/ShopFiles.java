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
import java.util.List;
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
     * with {@code -1 -1}. Or as Taillard published it: a line of words, the sizes, {@code Times}, a
     * line of durations a job, {@code Machines}, a line of machines a job, counted from 1.
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
    FLOW_SHOP,
    /**
     * Project with scarce resources in Patterson's format, as the PSPLIB instances are published
     * ({@code .rcp}): the numbers of activities and resources, the capacities, then for each
     * activity its duration, its need of each resource, the number of its successors, and these,
     * counted from 1. It becomes one job, each activity an operation with a machine of its own.
     */
    PROJECT,
    /**
     * Car sequencing as CSPLib publishes it (problem 1): lines that begin with a percent sign say
     * nothing; the numbers of cars, options and classes; for each option how many of a block may
     * carry it; the sizes of the blocks; then a line a class: its number, how many cars, and 0 or 1
     * for each option. It becomes a machine {@code line} with a mix for each option, and a job of
     * one tick a car.
     */
    CAR_SEQUENCING
  }

  /**
   * Reads a file in the format that its content and name tell, see {@link #guess}.
   *
   * @param file the file
   * @return the shop
   * @throws MillwrightException as {@link #read(Path, Format)}
   */
  public static Shop read(Path file) {
    return read(file, guess(file));
  }

  /**
   * Tells the format of a file. One that ends in {@code .rcp} is a project. What can be read as car
   * sequencing, where the numbers of classes and cars have to agree, is that. A line of words at
   * the top is Taillard's flow shop, or his job shop where a line says {@code Machines}. Lines of
   * numbers are a flexible job shop when they can be read as one and either cannot be read as a job
   * shop, or the file ends in {@code .fjs} or begins with three numbers; otherwise a flow shop when
   * every job visits all machines in the order of their numbers, and else a job shop.
   *
   * @param file the file
   * @return the format; {@link Format#JOB_SHOP} for what is none
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when it cannot be read
   */
  public static Format guess(Path file) {
    String name = String.valueOf(file.getFileName());
    if (name.matches(".*\\.rcp(\\.gz|\\.zip)?")) {
      return Format.PROJECT;
    }
    String text = text(file);
    String first = text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    if (!first.isEmpty() && Character.isLetter(first.charAt(0))) {
      boolean jobShop = text.lines().anyMatch(l -> l.strip().equalsIgnoreCase("machines"));
      return jobShop ? Format.JOB_SHOP : Format.FLOW_SHOP;
    }
    if (readable(text, Format.CAR_SEQUENCING)) {
      return Format.CAR_SEQUENCING;
    }
    boolean flexible = readable(text, Format.FLEXIBLE_JOB_SHOP);
    boolean sure = name.endsWith(".fjs") || first.split("\\s+").length == 3;
    if (flexible && (sure || !readable(text, Format.JOB_SHOP))) {
      return Format.FLEXIBLE_JOB_SHOP;
    }
    return readable(text, Format.FLOW_SHOP)
            && parse(name, text, Format.FLOW_SHOP).findings().isEmpty()
            && inOrder(parse(name, text, Format.JOB_SHOP))
        ? Format.FLOW_SHOP
        : Format.JOB_SHOP;
  }

  private static boolean readable(String text, Format format) {
    try {
      parse("", text, format);
      return true;
    } catch (MillwrightException e) {
      return false;
    }
  }

  private static boolean inOrder(Shop shop) {
    List<String> machines = shop.machines().stream().map(Machine::id).toList();
    return machines.size() > 1
        && shop.jobs().stream()
            .allMatch(
                j ->
                    j.operations().stream()
                        .map(o -> o.alternatives().get(0).machine())
                        .toList()
                        .equals(machines));
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
    String text = text(file);
    String name =
        String.valueOf(file.getFileName())
            .replaceFirst("\\.(gz|zip)$", "")
            .replaceFirst("\\.[A-Za-z]+$", "");
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
      case PROJECT -> new ProjectText(name, text).project();
      case CAR_SEQUENCING -> new CarText(name, text).line();
    };
  }

  private static String text(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return text(in, file);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + "\nMaybe check the path", e);
    }
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
      } catch (IllegalArgumentException e) {
        throw new IOException("the archive names a file by bytes that are no text", e);
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
