package io.millwright.core.djl;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import io.millwright.api.EngineReport;
import io.millwright.core.network.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must be set in the process before the engine's libraries load: no downloads, no usage calls,
 * the place of native libraries, and the number of OpenMP threads. The last matters most: its
 * default makes idle threads spin, and small networks 10 to 300 times slower when processors are
 * contended. Only what is not set is touched.
 */
final class ProcessSettings {

  private static final String THREADS = "OMP_NUM_THREADS";

  private ProcessSettings() {}

  static List<EngineReport.Setting> before(Engine.Setup setup) {
    List<EngineReport.Setting> settings = new ArrayList<>();
    settings.add(property("ai.djl.offline", "true"));
    settings.add(property("OPT_OUT_TRACKING", "true"));
    setup
        .nativeCache()
        .ifPresent(
            folder ->
                settings.add(property("ENGINE_CACHE_DIR", folder.toAbsolutePath().toString())));
    settings.add(openMp(setup.policy().processSettings()));
    return settings;
  }

  private static EngineReport.Setting property(String name, String value) {
    String present = System.getProperty(name);
    if (present == null) {
      System.setProperty(name, value);
      return new EngineReport.Setting(name, value, "Millwright");
    }
    return new EngineReport.Setting(name, present, "system property");
  }

  private static EngineReport.Setting openMp(boolean allowed) {
    String given = System.getenv(THREADS);
    if (given != null) {
      return new EngineReport.Setting(THREADS, given, "environment");
    }
    try {
      String current = get();
      if (current != null) {
        return new EngineReport.Setting(THREADS, current, "Millwright");
      }
      if (!allowed) {
        return new EngineReport.Setting(THREADS, "not set", "left alone on request");
      }
      set("1");
      return new EngineReport.Setting(THREADS, "1", "Millwright");
    } catch (LinkageError | RuntimeException e) {
      return new EngineReport.Setting(THREADS, "not set", "could not be set: " + e);
    }
  }

  private static @Nullable String get() {
    return call("getenv").invokeString(new Object[] {THREADS}, false);
  }

  private static void set(String value) {
    if (Platform.isWindows()) {
      call("_putenv_s").invokeInt(new Object[] {THREADS, value});
    } else {
      call("setenv").invokeInt(new Object[] {THREADS, value, 1});
    }
  }

  private static Function call(String name) {
    return NativeLibrary.getInstance(Platform.isWindows() ? "msvcrt" : "c", Map.of())
        .getFunction(name);
  }
}
