package io.millwright.runtime.host;

import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightListener;
import io.millwright.api.PluginSource;
import io.millwright.api.spi.Problems;
import io.millwright.runtime.events.Listeners;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The builder of the small host. What it has no use for, such as executors of jobs, is taken and
 * has no effect; what it cannot give, such as a GPU, is a problem.
 */
final class RuntimeBuilder implements Millwright.Builder {

  private final Listeners listeners = new Listeners();
  private Clock clock = Clock.systemUTC();
  private List<PluginSource> sources =
      List.of(PluginSource.classPath(RuntimeBuilder.class.getClassLoader()));
  private EnginePolicy policy = EnginePolicy.automatic();
  private Map<String, String> config = Map.of();

  @Override
  public Millwright.Builder executor(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    return this;
  }

  @Override
  public Millwright.Builder backgroundExecutor(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    return this;
  }

  @Override
  public Millwright.Builder shutdownGrace(Duration grace) {
    Objects.requireNonNull(grace, "grace");
    return this;
  }

  @Override
  public Millwright.Builder pluginStart(Duration limit) {
    Objects.requireNonNull(limit, "limit");
    return this;
  }

  @Override
  public Millwright.Builder listener(MillwrightListener listener) {
    listeners.add(listener);
    return this;
  }

  @Override
  public Millwright.Builder clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  @Override
  public Millwright.Builder plugins(PluginSource... values) {
    sources = List.of(values);
    return this;
  }

  @Override
  public Millwright.Builder nativeCache(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return this;
  }

  @Override
  public Millwright.Builder engines(EnginePolicy value) {
    policy = Objects.requireNonNull(value, "policy");
    return this;
  }

  @Override
  public Millwright.Builder config(Map<String, String> settings) {
    config = Map.copyOf(settings);
    return this;
  }

  @Override
  public Millwright build() {
    String remedy = "add the dependency io.millwright:millwright-core, or leave the option out";
    Problems problems = new Problems("the settings of Millwright");
    for (PluginSource source : sources) {
      if (source instanceof PluginSource.Folder folder) {
        problems.add(
            ErrorCode.BAD_OPTION,
            "plugins",
            "the runtime alone reads no folder of plug-ins, such as " + folder.path(),
            remedy);
      }
    }
    if (policy.device() == EnginePolicy.DeviceDemand.GPU_REQUIRED) {
      problems.add(ErrorCode.NO_GPU, "engines", "the runtime alone runs on the CPU", remedy);
    }
    if (policy.engine().filter(e -> !e.equalsIgnoreCase(PlainRuntimes.JAVA)).isPresent()) {
      problems.add(
          ErrorCode.NO_ENGINE,
          "engines",
          "the runtime alone has no engine " + policy.engine().get() + ", but plain Java",
          remedy);
    }
    problems.throwIfAny();
    return new RuntimeMillwright(new Catalog(sources), listeners, clock, config);
  }
}
