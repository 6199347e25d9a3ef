package io.millwright.core.host;

import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightListener;
import io.millwright.api.PluginSource;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.network.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects settings and what is wrong with them. */
final class DefaultBuilder implements Millwright.Builder {

  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*\\..+");

  private static final Duration LONGEST = Duration.ofDays(1);

  private final Wiring wiring;
  private @Nullable Executor executor;
  private @Nullable Executor background;
  private Duration grace = Duration.ofSeconds(5);
  private Duration pluginStart = Duration.ofSeconds(60);
  private final List<MillwrightListener> listeners = new ArrayList<>();
  private Clock clock = Clock.systemUTC();
  private List<PluginSource> sources =
      List.of(PluginSource.classPath(DefaultBuilder.class.getClassLoader()));
  private @Nullable Path nativeCache;
  private EnginePolicy policy = EnginePolicy.automatic();
  private Map<String, String> config = Map.of();
  private final Map<String, String> absent = new LinkedHashMap<>();

  DefaultBuilder(Wiring wiring) {
    this.wiring = wiring;
  }

  /** A null given by code that no checker reads is a problem like the others. */
  private boolean given(String option, @Nullable Object value) {
    if (value == null) {
      absent.put(option, "is null");
      return false;
    }
    absent.remove(option);
    return true;
  }

  @Override
  public Millwright.Builder executor(Executor value) {
    if (given("executor", value)) {
      executor = value;
    }
    return this;
  }

  @Override
  public Millwright.Builder backgroundExecutor(Executor value) {
    if (given("backgroundExecutor", value)) {
      background = value;
    }
    return this;
  }

  @Override
  public Millwright.Builder shutdownGrace(Duration value) {
    if (given("shutdownGrace", value)) {
      grace = value;
    }
    return this;
  }

  @Override
  public Millwright.Builder pluginStart(Duration limit) {
    if (given("pluginStart", limit)) {
      pluginStart = limit;
    }
    return this;
  }

  @Override
  public Millwright.Builder listener(MillwrightListener value) {
    if (given("listener", value)) {
      listeners.add(value);
    }
    return this;
  }

  @Override
  public Millwright.Builder clock(Clock value) {
    if (given("clock", value)) {
      clock = value;
    }
    return this;
  }

  @Override
  public Millwright.Builder plugins(PluginSource... values) {
    boolean all = given("plugins", values);
    for (int i = 0; all && i < values.length; i++) {
      all = given("plugins", values[i]);
    }
    if (all) {
      sources = List.copyOf(Arrays.asList(values));
    }
    return this;
  }

  @Override
  public Millwright.Builder nativeCache(Path folder) {
    if (given("nativeCache", folder)) {
      nativeCache = folder;
    }
    return this;
  }

  @Override
  public Millwright.Builder engines(EnginePolicy value) {
    if (given("engines", value)) {
      policy = value;
    }
    return this;
  }

  @Override
  public Millwright.Builder config(Map<String, String> settings) {
    if (given("config", settings)) {
      Map<String, String> copy = new LinkedHashMap<>();
      settings.forEach(
          (key, value) -> {
            if (given("config", key) && given("config " + key, value)) {
              copy.put(key, value);
            }
          });
      config = copy;
    }
    return this;
  }

  @Override
  public Millwright build() {
    check();
    return DefaultMillwright.start(
        wiring,
        new DefaultMillwright.Settings(
            Optional.ofNullable(executor),
            Optional.ofNullable(background),
            grace,
            pluginStart,
            listeners,
            clock,
            sources,
            new Engine.Setup(policy, Optional.ofNullable(nativeCache)),
            config));
  }

  private void check() {
    Problems problems = new Problems("the settings of Millwright");
    absent.forEach(
        (option, what) ->
            problems.add(ErrorCode.BAD_OPTION, option, what, "leave it out to take the default"));
    if (grace.isNegative() || grace.compareTo(LONGEST) > 0) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "shutdownGrace",
          "is " + grace,
          "give a time up to " + LONGEST + ", or zero for no hook");
    }
    if (pluginStart.isNegative() || pluginStart.isZero() || pluginStart.compareTo(LONGEST) > 0) {
      problems.add(
          ErrorCode.BAD_OPTION,
          "pluginStart",
          "is " + pluginStart,
          "give a positive time up to " + LONGEST);
    }
    for (PluginSource source : sources) {
      if (source instanceof PluginSource.Folder folder && !Files.isDirectory(folder.path())) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "plugins",
            folder.path() + (Files.exists(folder.path()) ? " is not a folder" : " does not exist"),
            "name the folder that holds the plug-ins' jars, or make it");
      }
    }
    if (nativeCache != null) {
      try {
        Files.createDirectories(nativeCache);
        if (!Files.isWritable(nativeCache)) {
          problems.add(
              ErrorCode.BAD_OPTION,
              "nativeCache",
              nativeCache + " cannot be written",
              "name a folder that this user may write");
        }
      } catch (IOException e) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "nativeCache",
            nativeCache + " cannot be made: " + e,
            "name a folder that this user may write");
      }
    }
    for (String key : config.keySet()) {
      if (!KEY.matcher(key).matches()) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "config",
            "the key \"" + key + "\" does not start with the name of a plug-in and a dot",
            "write it as in maintenance.some-setting");
      }
    }
    problems.throwIfAny();
  }
}
