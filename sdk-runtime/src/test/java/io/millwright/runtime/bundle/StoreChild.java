package io.millwright.runtime.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelStore;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** What a process of its own does to a store in tests. */
final class StoreChild {

  private StoreChild() {}

  /** {@code STORE BUNDLE TIMES}: puts in, promotes and deletes; 0 times: until it is killed. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    ModelStore store = new FolderStore(root, Clock.systemUTC());
    Path bundle = Path.of(args[1]);
    int times = Integer.parseInt(args[2]);
    // Not buffered: what was written before a kill is there after it.
    try (OutputStream progress = Files.newOutputStream(progress(root))) {
      for (int i = 0; times == 0 || i < times; i++) {
        int number = noted(progress, () -> store.put("pump", bundle)).number();
        noted(progress, () -> store.promote("live", "pump:" + number));
        if (i % 3 == 2) {
          noted(progress, () -> store.rollBack("pump", "live"));
        }
        for (ModelStore.Version v : store.list()) {
          if (v.aliases().isEmpty() && v.number() < number - 5) {
            noted(progress, () -> deleteIfFree(store, v.number()));
          }
        }
      }
    }
  }

  /** Writes {@code <} before a change of the store and {@code >} after it. */
  private static <T> T noted(OutputStream progress, Supplier<T> change) throws IOException {
    progress.write('<');
    T result = change.get();
    progress.write('>');
    return result;
  }

  /** What another process has promoted or deleted meanwhile is its own affair. */
  private static boolean deleteIfFree(ModelStore store, int number) {
    try {
      store.delete("pump:" + number);
      return true;
    } catch (MillwrightException e) {
      String code = e.code().id();
      if (!code.equals("NOT_IN_STORE") && !code.equals("BAD_OPTION")) {
        throw e;
      }
      return false;
    }
  }

  /** Where a child notes its changes. */
  static Path progress(Path store) {
    return Path.of(store + ".progress");
  }

  /** The few places that are needed, whatever runner loaded them. */
  private static String classPath() {
    return Stream.of(
            StoreChild.class, FolderStore.class, ModelStore.class, JsonFactory.class, Logger.class)
        .map(c -> Path.of(URI.create(c.getProtectionDomain().getCodeSource().getLocation() + "")))
        .map(Path::toString)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Where the children of a store write what goes wrong. */
  static Path log(Path store) {
    return Path.of(store + ".log");
  }

  static Process start(Path store, Path bundle, int times) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                StoreChild.class.getName(),
                store.toString(),
                bundle.toString(),
                Integer.toString(times)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(store).toFile()))
        .start();
  }
}
