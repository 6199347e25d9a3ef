package io.millwright.integration.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Row;
import io.millwright.api.data.Table;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
