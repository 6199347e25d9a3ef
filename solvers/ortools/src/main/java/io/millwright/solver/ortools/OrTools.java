package io.millwright.solver.ortools;

import com.google.ortools.Loader;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The native library of OR-Tools. Thread-safe. */
public final class OrTools {

  /** The name of the folder that OR-Tools unpacks to, before a number. */
  private static final String PREFIX = "ortools-java";

  private static final Duration OLD = Duration.ofDays(1);

  private OrTools() {}

  /**
   * Loads the native library when that has not been done; it is unpacked to {@code java.io.tmpdir}.
   * Called before any model is built.
   *
   * @throws MillwrightException with {@link ErrorCode#NO_ENGINE} when it is missing or cannot be
   *     unpacked or loaded
   */
  public static void load() {
    sweep();
    try {
      Loader.loadNativeLibraries();
    } catch (LinkageError | RuntimeException e) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          "OR-Tools cannot be loaded: "
              + e
              + "\nMaybe add the artifact com.google.ortools:ortools-PLATFORM of this platform, and"
              + " let java.io.tmpdir ("
              + System.getProperty("java.io.tmpdir")
              + ") be a folder that can be written",
          e);
    }
  }

  /**
   * Removes what killed processes left in {@code java.io.tmpdir}, a day old. Where a library is
   * still loaded, an open file outlives its name, or the system refuses to remove it.
   */
  private static void sweep() {
    Instant before = Instant.now().minus(OLD);
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir", "")))) {
      List<Path> left =
          all.filter(p -> p.getFileName().toString().startsWith(PREFIX))
              .filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
              .toList();
      for (Path folder : left) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
          delete(folder);
        }
      }
    } catch (IOException | RuntimeException e) {
      return; // Somebody else's, or gone: what matters is whether the library loads.
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
