package io.millwright.integration.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightListener;
import io.millwright.runtime.watch.CoverageRead;
import io.millwright.runtime.watch.DriftJudged;
import io.millwright.runtime.watch.DriftReport;
import io.millwright.runtime.watch.FigureWatch;
import io.millwright.runtime.watch.WatchAlarm;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A listener that shows what a {@link io.millwright.runtime.watch.ModelWatch} sees: give it to the
 * watch.
 *
 * <table>
 * <caption>The meters, all with the tag model</caption>
 * <tr><th>name</th><th>kind</th><th>meaning</th></tr>
 * <tr><td>millwright.drift.windows</td><td>counter, tag drifted</td><td>windows that were
 * judged</td></tr>
 * <tr><td>millwright.drift.distance</td><td>gauge, 0 to 1</td><td>the Jensen-Shannon distance of
 * the furthest column in the last window</td></tr>
 * <tr><td>millwright.drift.columns</td><td>gauge</td><td>columns that had drifted in it</td></tr>
 * <tr><td>millwright.coverage</td><td>gauge, 0 to 1</td><td>share of the last intervals that held
 * their truth, over all groups</td></tr>
 * <tr><td>millwright.coverage.promised</td><td>gauge, 0 to 1</td><td>what the card
 * promises</td></tr>
 * <tr><td>millwright.alarms</td><td>counter</td><td>alarms that were raised</td></tr>
 * <tr><td>millwright.alarms.standing</td><td>gauge</td><td>those that have not ended</td></tr>
 * </table>
 *
 * <p>A gauge is NaN before the first window or truth. One watch at a time: when a model is
 * replaced, give its watch a new one of the same name, which takes the gauges over. Thread-safe.
 */
public final class WatchMetrics implements MillwrightListener {

  private final MeterRegistry registry;
  private final Tags tags;
  private final Set<String> standing = ConcurrentHashMap.newKeySet();
  private volatile @Nullable DriftReport drift;
  private volatile FigureWatch.@Nullable Reading coverage;

  private WatchMetrics(MeterRegistry registry, String model) {
    this.registry = registry;
    this.tags = Tags.of("model", model);
    gauge("millwright.drift.distance", null, WatchMetrics::distance);
    gauge("millwright.drift.columns", "columns", WatchMetrics::drifted);
    gauge("millwright.coverage", null, w -> w.read(FigureWatch.Reading::mean));
    gauge("millwright.coverage.promised", null, w -> w.read(FigureWatch.Reading::promised));
    gauge("millwright.alarms.standing", "alarms", w -> w.standing.size());
  }

  /**
   * Shows the watch of a model.
   *
   * @param registry where the meters stand
   * @param model the tag: a name of yours, such as that of the model in the store
   * @return the listener of {@link io.millwright.runtime.watch.ModelWatch#of}
   */
  public static WatchMetrics of(MeterRegistry registry, String model) {
    return new WatchMetrics(registry, model);
  }

  private void gauge(String name, @Nullable String unit, ToDoubleFunction<WatchMetrics> value) {
    // A registry keeps the first gauge of a name: that of an earlier watch would stay for ever.
    registry.removeByPreFilterId(new Meter.Id(name, tags, unit, null, Meter.Type.GAUGE));
    Gauge.builder(name, this, value)
        .tags(tags)
        .baseUnit(unit)
        .strongReference(true)
        .register(registry);
  }

  private double distance() {
    DriftReport last = drift;
    return last == null
        ? Double.NaN
        : last.columns().stream().mapToDouble(DriftReport.ColumnDrift::distance).max().orElse(0);
  }

  private double drifted() {
    DriftReport last = drift;
    return last == null
        ? Double.NaN
        : last.columns().stream().filter(DriftReport.ColumnDrift::drifted).count();
  }

  private double read(ToDoubleFunction<FigureWatch.Reading> figure) {
    FigureWatch.Reading last = coverage;
    return last == null ? Double.NaN : figure.applyAsDouble(last);
  }

  @Override
  public void on(MillwrightEvent event) {
    if (event instanceof DriftJudged e) {
      drift = e.report();
      Counter.builder("millwright.drift.windows")
          .tags(tags.and("drifted", Boolean.toString(e.report().drifted())))
          .baseUnit("windows")
          .register(registry)
          .increment();
    } else if (event instanceof CoverageRead e) {
      coverage = e.overall();
    } else if (event instanceof WatchAlarm e) {
      if (!e.raised()) {
        standing.remove(e.place());
      } else if (standing.add(e.place())) {
        Counter.builder("millwright.alarms")
            .tags(tags)
            .baseUnit("alarms")
            .register(registry)
            .increment();
      }
    }
  }
}
