package io.millwright.runtime.edge;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.Digest;
import io.millwright.runtime.support.IoReason;
import io.millwright.runtime.support.Moves;
import io.millwright.runtime.verify.FileSignature;
import io.millwright.runtime.verify.TrustedKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Over-the-air update of a device's model: a folder with the model in use and the one before it. A
 * delivered bundle is taken when one of the trusted keys has signed it and it opens, which proves
 * its golden samples on this device; the model in use changes by one atomic move, so a crash leaves
 * the old one or the new one. How the file and its signature come to the device is up to the host.
 * Used by one thread at a time, and by one process.
 */
public final class EdgeSlot {

  private static final Logger LOG = LoggerFactory.getLogger(EdgeSlot.class);

  private static final String POINTER = "model";

  private final Path folder;
  private final TrustedKeys keys;
  private final double level;

  private EdgeSlot(Path folder, TrustedKeys keys, double level) {
    this.folder = folder;
    this.keys = keys;
    this.level = level;
  }

  /**
   * A slot.
   *
   * @param folder where the models lie; is made when it does not exist
   * @param keys who may sign models
   * @param level the level of intervals, such as 0.9
   * @return the slot
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED}
   */
  public static EdgeSlot in(Path folder, TrustedKeys keys, double level) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failed(folder, e);
    }
    return new EdgeSlot(folder, keys, level);
  }

  /**
   * Opens the model in use.
   *
   * @return a predictor, for one thread
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE} before the first was taken; as
   *     {@link #take}
   */
  public EdgePredictor open() {
    return open(used(0));
  }

  /**
   * Takes a delivered bundle: verifies and opens it, then puts it in use.
   *
   * @param delivered the bundle, with its signature beside it
   * @return a predictor of the new model; who answers swaps it for the old one between two answers
   * @throws MillwrightException with {@link TrustedKeys#BAD_SIGNATURE} when no trusted key signed
   *     it, {@link ErrorCode#WRONG_ANSWERS} when its golden samples come out otherwise, {@link
   *     ErrorCode#IO_FAILED}; as {@link EdgePredictor#open}. The model in use then stays
   */
  public EdgePredictor take(Path delivered) {
    FileSignature signature = keys.check(delivered);
    String name = signature.sha256() + ".mwb";
    Path own = folder.resolve(name);
    try {
      if (!Files.exists(own) || !Digest.of(own).equals(signature.sha256())) {
        put(own, Files.newInputStream(delivered)); // else it may be in use, mapped even
      }
      put(FileSignature.beside(own), Files.newInputStream(FileSignature.beside(delivered)));
      // What is opened is the copy, verified again: nobody can change it in between.
      EdgePredictor predictor = open(name);
      List<String> names = pointer();
      if (names.isEmpty() || !names.get(0).equals(name)) {
        point(names.isEmpty() ? List.of(name) : List.of(name, names.get(0)));
      }
      return predictor;
    } catch (IOException e) {
      throw failed(own, e);
    } finally {
      sweep();
    }
  }

  /**
   * Goes back to the model before the one in use, which becomes the one before.
   *
   * @return a predictor of it
   * @throws MillwrightException with {@link ErrorCode#NOT_IN_STORE} when there was none; as {@link
   *     #take}
   */
  public EdgePredictor back() {
    String now = used(0);
    String before = used(1);
    EdgePredictor predictor = open(before);
    point(List.of(before, now));
    return predictor;
  }

  private EdgePredictor open(String name) {
    return EdgePredictor.open(keys.source(folder.resolve(name)), level);
  }

  private String used(int which) {
    List<String> names = pointer();
    if (names.size() <= which) {
      throw new MillwrightException(
          ErrorCode.NOT_IN_STORE,
          folder
              + " holds no "
              + (which == 0 ? "model" : "earlier model")
              + "\nMaybe take a delivered bundle first");
    }
    return names.get(which);
  }

  private List<String> pointer() {
    Path file = folder.resolve(POINTER);
    try {
      return Files.exists(file)
          ? Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
              .filter(n -> n.matches("[0-9a-f]{64}\\.mwb"))
              .toList()
          : List.of();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void point(List<String> names) {
    byte[] lines = (String.join("\n", names) + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      put(folder.resolve(POINTER), new ByteArrayInputStream(lines));
    } catch (IOException e) {
      throw failed(folder.resolve(POINTER), e);
    }
  }

  /**
   * Writes a file that is there whole or not at all, also one that is in use already: onto the disk
   * first, since a device may lose its power at any time.
   */
  private static void put(Path file, InputStream content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (InputStream from = content;
        FileChannel to =
            FileChannel.open(
                part,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
      from.transferTo(Channels.newOutputStream(to));
      to.force(true);
    }
    Moves.replace(part, file);
  }

  /** Deletes what is neither in use nor the one before. */
  private void sweep() {
    List<String> names = pointer();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.matches("[0-9a-f]{64}\\.mwb(\\.sig)?(\\.part)?")
            && !names.contains(name.replace(".sig", ""))) {
          try {
            Files.deleteIfExists(file);
          } catch (FileSystemException e) {
            LOG.debug("{} is still in use; it goes with a later model", file, e);
          }
        }
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static MillwrightException failed(Path file, IOException e) {
    return new MillwrightException(
        ErrorCode.IO_FAILED,
        file
            + " cannot be read or written: "
            + IoReason.of(e)
            + "\nMaybe the disk is full or read-only",
        e);
  }
}
