package io.millwright.integration.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightListener;
import io.millwright.api.ModelInfo;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A listener that counts what happens in a host:
 *
 * <table>
 * <caption>The meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th></tr>
 * <tr><td>millwright.predictions</td><td>timer, a call each</td><td>task, version</td></tr>
 * <tr><td>millwright.predictions.inputs</td><td>counter</td><td>task, version</td></tr>
 * <tr><td>millwright.abstentions</td><td>counter</td><td>task, version, code</td></tr>
 * <tr><td>millwright.jobs</td><td>timer of those that ended</td><td>job, state</td></tr>
 * <tr><td>millwright.jobs.running</td><td>gauge</td><td></td></tr>
 * <tr><td>millwright.models.open</td><td>gauge</td><td>task, version</td></tr>
 * <tr><td>millwright.models.swapped</td><td>counter</td><td>model, alias</td></tr>
 * <tr><td>millwright.plugins.failed</td><td>counter</td><td>plugin</td></tr>
 * <tr><td>millwright.engine.failed</td><td>counter</td><td>engine</td></tr>
 * <tr><td>millwright.engine.chosen</td><td>counter</td><td>engine, device, work</td></tr>
 * <tr><td>millwright.engine.memory</td><td>gauge, bytes of weights that an engine holds outside the
 * heap</td><td>engine, device, work</td></tr>
 * <tr><td>millwright.memory.resident</td><td>gauge, bytes of the process in the machine's memory
 * (Linux alone)</td><td></td></tr>
 * </table>
 *
 * <p>Tags name tasks, models and codes, never units, inputs or files, so their number is bounded.
 * Engines do not say what they hold beside weights: it shows in the resident memory that grows
 * while Micrometer's own {@code jvm.memory.used} and {@code jvm.buffer.memory.used} do not. One for
 * a registry; several hosts may have it as their listener. Thread-safe.
 */
public final class MillwrightMetrics implements MillwrightListener {

  private final MeterRegistry registry;
  private final AtomicInteger running;
  private final Map<Tags, AtomicInteger> open = new ConcurrentHashMap<>();
  private final Map<Tags, AtomicLong> memory = new ConcurrentHashMap<>();

  private MillwrightMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.running = new AtomicInteger();
    Gauge.builder("millwright.jobs.running", running, AtomicInteger::get).register(registry);
    if (ResidentMemory.known()) {
      Gauge.builder("millwright.memory.resident", ResidentMemory::bytes)
          .baseUnit("bytes")
          .register(registry);
    }
  }

  /**
   * Counts into a registry; give it to {@link
   * io.millwright.api.Millwright.Builder#listener(MillwrightListener)}.
   *
   * @param registry where the meters stand
   * @return the listener
   */
  public static MillwrightMetrics of(MeterRegistry registry) {
    return new MillwrightMetrics(registry);
  }

  @Override
  public void on(MillwrightEvent event) {
    if (event instanceof MillwrightEvent.Predicted e) {
      Tags tags = tags(e.model());
      Timer.builder("millwright.predictions").tags(tags).register(registry).record(e.elapsed());
      count("millwright.predictions.inputs", tags, e.inputs());
    } else if (event instanceof MillwrightEvent.Abstained e) {
      count(
          "millwright.abstentions",
          tags(e.model()).and("code", e.outcome().code().id().toLowerCase(Locale.ROOT)),
          1);
    } else if (event instanceof MillwrightEvent.JobStarted) {
      running.incrementAndGet();
    } else if (event instanceof MillwrightEvent.JobEnded e) {
      running.decrementAndGet();
      Timer.builder("millwright.jobs")
          .tags("job", e.job(), "state", e.state().name().toLowerCase(Locale.ROOT))
          .register(registry)
          .record(e.elapsed());
    } else if (event instanceof MillwrightEvent.ModelOpened e) {
      open(e.model()).incrementAndGet();
    } else if (event instanceof MillwrightEvent.ModelClosed e) {
      open(e.model()).decrementAndGet();
    } else if (event instanceof MillwrightEvent.ModelSwapped e) {
      count(
          "millwright.models.swapped",
          Tags.of("model", e.version().model(), "alias", e.alias()),
          1);
    } else if (event instanceof MillwrightEvent.PluginFailed e) {
      count("millwright.plugins.failed", Tags.of("plugin", e.plugin()), 1);
    } else if (event instanceof MillwrightEvent.EngineStarted e) {
      if (!e.usable()) {
        count("millwright.engine.failed", Tags.of("engine", e.engine()), 1);
      }
    } else if (event instanceof MillwrightEvent.EngineChosen e) {
      count("millwright.engine.chosen", tags(e.engine(), e.device(), e.training()), 1);
    } else if (event instanceof MillwrightEvent.EngineMemory e) {
      memory(tags(e.engine(), e.device(), e.training())).addAndGet(e.bytes());
    }
  }

  private void count(String name, Tags tags, double by) {
    Counter.builder(name).tags(tags).register(registry).increment(by);
  }

  private AtomicInteger open(ModelInfo model) {
    return open.computeIfAbsent(
        tags(model),
        tags -> {
          AtomicInteger count = new AtomicInteger();
          Gauge.builder("millwright.models.open", count, AtomicInteger::get)
              .tags(tags)
              .register(registry);
          return count;
        });
  }

  private AtomicLong memory(Tags of) {
    return memory.computeIfAbsent(
        of,
        tags -> {
          AtomicLong bytes = new AtomicLong();
          Gauge.builder("millwright.engine.memory", bytes, AtomicLong::get)
              .tags(tags)
              .baseUnit("bytes")
              .register(registry);
          return bytes;
        });
  }

  private static Tags tags(String engine, String device, boolean training) {
    return Tags.of(
        "engine", engine, "device", device, "work", training ? "training" : "prediction");
  }

  static Tags tags(ModelInfo model) {
    return Tags.of("task", model.task(), "version", Integer.toString(model.taskVersion()));
  }
}
