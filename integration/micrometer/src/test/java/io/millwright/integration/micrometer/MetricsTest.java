package io.millwright.integration.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import io.millwright.runtime.watch.ModelWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MetricsTest {

  /** A model that an earlier version wrote: strength by heat, seconds and alloy. */
  private static final Path MODEL =
      Path.of("../../samples/app/src/test/resources/kept/0.1.0/strength.mwb");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private static Table part(Table like, Object... values) {
    return Table.of(like.schema(), List.of(Row.of(like.schema(), values)));
  }

  @Test
  void everyCallEveryInputAndEveryRefusalIsCounted() {
    try (Millwright millwright =
        Millwright.builder().listener(MillwrightMetrics.of(registry)).build()) {
      try (Predictor<Table, Object> plain = millwright.open(MODEL);
          Predictor<Table, Object> predictor = MeteredPredictor.of(plain, registry, 0.9)) {
        assertThat(registry.get("millwright.models.open").gauge().value()).isEqualTo(1);
        Table any = Table.of(predictor.info().inputs(), List.of());
        Table good = part(any, 0.5, 0.4, "steel");
        Outcome<Object> outcome = predictor.predict(good);
        predictor.predictAll(List.of(good, good));
        assertThat(
                registry
                    .get("millwright.predictions")
                    .tag("task", "learning.number")
                    .timer()
                    .count())
            .isEqualTo(2);
        assertThat(registry.get("millwright.predictions.inputs").counter().count()).isEqualTo(3);
        double width = ((Uncertainty.Interval) outcome.orElseThrow().uncertainty().at(0.9)).width();
        assertThat(registry.get("millwright.interval.width").summary().count()).isEqualTo(3);
        assertThat(registry.get("millwright.interval.width").summary().mean())
            .isCloseTo(width, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(predictor.predict(part(any, 80.0, 0.4, "steel"))).isNotNull();
        Outcome<Object> refused = predictor.predict(any);
        assertThat(refused).isInstanceOf(Outcome.Abstention.class);
        assertThat(registry.get("millwright.abstentions").counter().count()).isEqualTo(1);
        assertThat(registry.get("millwright.flags").counters()).isNotEmpty();
      }
      assertThat(registry.get("millwright.models.open").gauge().value()).isZero();
      assertThat(registry.get("millwright.jobs.running").gauge().value()).isZero();
    }
  }

  @Test
  void aLevelThatIsNoneIsRefused() {
    try (Millwright millwright = Millwright.create();
        Predictor<Table, Object> plain = millwright.open(MODEL)) {
      assertThatThrownBy(() -> MeteredPredictor.of(plain, registry, 90))
          .hasMessageContaining("90")
          .hasMessageContaining("Maybe 0.9");
    }
  }

  private static Table rows(Table like, double shift) {
    Random random = new Random(4);
    return Table.of(
        like.schema(),
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    Row.of(
                        like.schema(),
                        random.nextGaussian() + shift,
                        random.nextGaussian(),
                        i % 2 == 0 ? "steel" : "brass"))
            .toList());
  }

  private double gauge(String name) {
    return registry.get(name).tag("model", "strength").gauge().value();
  }

  @Test
  void whatAWatchSeesIsShown() {
    try (Millwright millwright = Millwright.create();
        Predictor<Table, Object> plain = millwright.open(MODEL)) {
      Table any = Table.of(plain.info().inputs(), List.of());
      ModelWatch watch =
          ModelWatch.of(plain.info(), rows(any, 0), WatchMetrics.of(registry, "strength"));
      assertThat(gauge("millwright.drift.distance")).isNaN();
      assertThat(gauge("millwright.coverage")).isNaN();
      watch.window(rows(any, 0));
      double near = gauge("millwright.drift.distance");
      assertThat(gauge("millwright.drift.columns")).isZero();
      watch.window(rows(any, 3));
      watch.window(rows(any, 3));
      assertThat(gauge("millwright.drift.distance")).isBetween(near + 0.2, 1.0);
      assertThat(gauge("millwright.drift.columns")).isEqualTo(1);
      assertThat(gauge("millwright.alarms.standing")).isPositive();
      assertThat(registry.get("millwright.drift.windows").tag("drifted", "true").counter().count())
          .isEqualTo(2);
      double raised = registry.get("millwright.alarms").counter().count();
      watch.window(rows(any, 0));
      watch.window(rows(any, 0));
      assertThat(gauge("millwright.alarms.standing")).isZero();
      assertThat(registry.get("millwright.alarms").counter().count()).isEqualTo(raised);
      for (int i = 0; i < 40; i++) {
        watch.truth("press " + i % 2, i % 4 != 0);
      }
      assertThat(gauge("millwright.coverage")).isEqualTo(0.75);
      assertThat(gauge("millwright.coverage.promised")).isBetween(0.5, 0.9);
      WatchMetrics.of(registry, "strength"); // that of the model which takes its place
      assertThat(gauge("millwright.coverage")).isNaN();
    }
  }

  @Test
  void enginesAndTheirMemoryAreCounted() {
    MillwrightMetrics metrics = MillwrightMetrics.of(registry);
    metrics.on(new MillwrightEvent.EngineStarted("TensorFlow", "", false, "no library"));
    metrics.on(new MillwrightEvent.EngineChosen("PyTorch", "cpu", true));
    metrics.on(new MillwrightEvent.EngineMemory("PyTorch", "cpu", true, 4_000));
    metrics.on(new MillwrightEvent.EngineMemory("PyTorch", "cpu", true, 1_000));
    metrics.on(new MillwrightEvent.EngineMemory("PyTorch", "cpu", true, -4_000));
    assertThat(registry.get("millwright.engine.failed").tag("engine", "TensorFlow").counter())
        .extracting(Counter::count)
        .isEqualTo(1.0);
    assertThat(registry.get("millwright.engine.chosen").tag("work", "training").counter())
        .extracting(Counter::count)
        .isEqualTo(1.0);
    assertThat(registry.get("millwright.engine.memory").tag("device", "cpu").gauge().value())
        .isEqualTo(1_000);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryOfTheProcessIsNoLessThanItsHeap() {
    MillwrightMetrics.of(registry);
    assertThat(registry.get("millwright.memory.resident").gauge().value())
        .isGreaterThan(
            (double) (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()));
  }
}
