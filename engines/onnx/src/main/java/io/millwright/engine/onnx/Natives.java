package io.millwright.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The start of the native library. It comes out of the library's own jar: into the folder that the
 * host was given, once, or else into a temporary folder at every start of a process. Nothing is
 * fetched.
 */
final class Natives {

  private static final String PLACE = "onnxruntime.native.path";
  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  private Natives() {}

  /**
   * Starts the library, or finds it started.
   *
   * @throws MillwrightException with {@link ErrorCode#NO_ENGINE}
   */
  static synchronized OrtEnvironment start(Optional<Path> cache) {
    try {
      if (cache.isPresent() && System.getProperty(PLACE) == null) {
        Path folder = unpacked(cache.get());
        if (Files.isDirectory(folder)) {
          System.setProperty(PLACE, folder.toAbsolutePath().toString());
        }
      }
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "millwright");
      environment.setTelemetry(false);
      return environment;
    } catch (IOException | OrtException | LinkageError | RuntimeException e) {
      throw new MillwrightException(
          ErrorCode.NO_ENGINE,
          "ONNX Runtime does not start: "
              + root(e)
              + "\nMaybe the temporary folder cannot be written or its files cannot be executed:"
              + " give Millwright.builder().nativeCache(folder)",
          e);
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Unpacks what the jar has for this system; a folder that is not there when it has nothing. */
  private static Path unpacked(Path cache) throws IOException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String platform =
        (system.contains("win") ? "win" : system.contains("mac") ? "osx" : "linux")
            + "-"
            + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : "aarch64");
    Package own = OrtEnvironment.class.getPackage();
    String version = own == null ? null : own.getImplementationVersion();
    Path folder =
        cache.resolve("onnxruntime-" + (version == null ? platform : version + "-" + platform));
    for (String library : LIBRARIES) {
      String name = System.mapLibraryName(library);
      Path target = folder.resolve(name);
      try (InputStream in =
          OrtEnvironment.class.getResourceAsStream("native/" + platform + "/" + name)) {
        if (in == null) {
          return cache.resolve("none");
        }
        if (Files.isRegularFile(target)) {
          continue;
        }
        Files.createDirectories(folder);
        Path part = folder.resolve(UUID.randomUUID() + ".part");
        Files.copy(in, part);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder;
  }
}
