package io.millwright.cli.kit;

import io.millwright.api.EnginePolicy;
import io.millwright.api.Millwright;
import io.millwright.api.PluginSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command understands. Filled by picocli; not thread-safe. */
public final class HostOptions {

  /** Where networks may compute. */
  public enum Device {
    best,
    cpu,
    gpu
  }

  /** What is written to the log: SLF4J's levels. */
  public enum LogLevel {
    error,
    warn,
    info,
    debug,
    trace
  }

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      preprocessor = JsonFile.class,
      description = "Print one JSON document on standard output.")
  boolean json;

  @Option(
      names = "--plain",
      scope = ScopeType.INHERIT,
      description = "Report progress in plain lines, even on a terminal.")
  boolean plain;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error came from.")
  boolean stacktrace;

  /**
   * States what is logged. It holds from the first line on, since picocli reads options before any
   * command begins and SLF4J's logger reads its properties when the first line is written.
   *
   * @param level from here on
   */
  @Option(
      names = "--log-level",
      scope = ScopeType.INHERIT,
      paramLabel = "LEVEL",
      description = "What is logged on standard error: ${COMPLETION-CANDIDATES}. Default: warn.")
  void logLevel(LogLevel level) {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level.name());
  }

  @Option(
      names = "--device",
      scope = ScopeType.INHERIT,
      paramLabel = "best|cpu|gpu",
      description = "Where networks compute; gpu fails when there is none. Default: best.")
  Device device = Device.best;

  @Option(
      names = "--engine",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description =
          "What computes: PyTorch, TensorFlow or Java. Default: the rules of docs/engines.md.")
  @Nullable String engine;

  @Option(
      names = "--native-cache",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Where engines unpack their native libraries.")
  @Nullable Path nativeCache;

  @Option(
      names = "--plugin-folder",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "A folder of plug-in jars beside those of the class path.")
  @Nullable Path pluginFolder;

  /**
   * Makes the Millwright that the options ask for.
   *
   * @return an instance; the caller closes it
   */
  public Millwright open() {
    EnginePolicy policy = EnginePolicy.automatic();
    if (device == Device.cpu) {
      policy = policy.cpuOnly();
    } else if (device == Device.gpu) {
      policy = policy.requireGpu();
    }
    if (engine != null) {
      policy = policy.withEngine(engine);
    }
    Millwright.Builder builder = Millwright.builder().engines(policy);
    if (nativeCache != null) {
      builder.nativeCache(nativeCache);
    }
    if (pluginFolder != null) {
      List<PluginSource> sources = new ArrayList<>();
      sources.add(PluginSource.classPath(Millwright.class.getClassLoader()));
      sources.add(PluginSource.folder(pluginFolder));
      builder.plugins(sources.toArray(PluginSource[]::new));
    }
    return builder.build();
  }
}
