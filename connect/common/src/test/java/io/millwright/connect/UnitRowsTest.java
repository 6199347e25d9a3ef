package io.millwright.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnitRowsTest {

  private static final Schema SCHEMA = Schema.of(Column.number("temp"), Column.number("flow"));

  /** Writes down what it is asked, and abstains. */
  private static final class Asked implements Monitor<Row, String> {
    final List<String> rows = new ArrayList<>();

    @Override
    public Outcome<String> update(String unit, Row reading, Instant at) {
      rows.add(unit + " " + at.toEpochMilli() + " " + reading.number(0) + " " + reading.number(1));
      return new Outcome.Abstention<>(
          ErrorCode.TOO_FEW_DATA,
          List.of(new Finding(ErrorCode.TOO_FEW_DATA, unit, "is too short", "wait.")),
          info());
    }

    @Override
    public void forget(String unit) {}

    @Override
    public byte[] snapshot() {
      return new byte[0];
    }

    @Override
    public void restore(byte[] snapshot) {}

    @Override
    public ModelInfo info() {
      return ModelInfo.builder()
          .task("test")
          .taskVersion(1)
          .digest("ab")
          .inputs(SCHEMA)
          .unit(Unit.NONE)
          .low(0)
          .high(1)
          .provenance(Provenance.builder().producer("test").created(Instant.EPOCH).build())
          .build();
    }

    @Override
    public void close() {}
  }

  private final Asked asked = new Asked();

  private UnitRows.Builder<String> rows() {
    return UnitRows.of(asked, SCHEMA)
        .signal("p1/temp", "p1", "temp")
        .signal("p1/flow", "p1", "flow")
        .signal("p2/temp", "p2", "temp");
  }

  private static SignalReading read(String source, long millis, double value) {
    return SignalReading.good(source, Instant.ofEpochMilli(millis), value);
  }

  @Test
  void readingsOfOneTimeAreOneRowAndOldValuesAreHeld() {
    List<UnitOutcome<String>> outcomes = new ArrayList<>();
    UnitRows<String> rows = rows().hold(Duration.ofMillis(100)).outcomes(outcomes::add).build();
    rows.accept(read("p1/temp", 0, 1));
    rows.accept(read("p1/flow", 0, 2));
    rows.accept(read("p2/temp", 10, 7));
    rows.accept(read("p1/temp", 50, 3));
    rows.accept(read("p1/temp", 101, 4));
    rows.accept(new SignalReading("p1/temp", Instant.ofEpochMilli(120), 9, SignalQuality.BAD));
    rows.accept(
        new SignalReading("p1/flow", Instant.ofEpochMilli(130), 5, SignalQuality.UNCERTAIN));
    rows.accept(SignalReading.stale("p1/flow", Instant.ofEpochMilli(140)));
    rows.accept(read("nobody", 150, 5));
    rows.end();
    rows.end();
    assertThat(asked.rows)
        .containsExactly(
            "p1 0 1.0 2.0",
            "p1 50 3.0 2.0",
            // The flow is 101 ms old by now.
            "p1 101 4.0 NaN",
            "p1 120 NaN NaN",
            "p1 130 NaN 5.0",
            "p1 140 NaN NaN",
            "p2 10 7.0 NaN");
    assertThat(outcomes).hasSize(7);
    assertThat(outcomes.get(6).unit()).isEqualTo("p2");
    assertThat(rows.unknown()).isEqualTo(1);
  }

  @Test
  void withAnIntervalThereIsOneRowForEach() {
    UnitRows<String> rows = rows().every(Duration.ofSeconds(1)).build();
    for (int t = 1; t <= 35; t++) {
      rows.accept(read("p1/temp", 100L * t, t));
      rows.accept(read("p1/flow", 100L * t + 3, -t));
    }
    rows.end();
    assertThat(asked.rows)
        .containsExactly(
            "p1 1000 10.0 -9.0", "p1 2000 20.0 -19.0", "p1 3000 30.0 -29.0", "p1 4000 35.0 -35.0");
  }

  @Test
  void signalsAreFoundByRule() {
    UnitRows<String> rows =
        UnitRows.of(asked, SCHEMA)
            .signals(
                s -> {
                  int slash = s.indexOf('/');
                  return slash < 0
                      ? Optional.empty()
                      : Optional.of(new Signal(s.substring(0, slash), s.substring(slash + 1)));
                })
            .build();
    rows.accept(read("p9/flow", 1, 4));
    rows.accept(read("p9/pressure", 1, 4));
    rows.accept(read("x", 1, 4));
    rows.end();
    assertThat(asked.rows).containsExactly("p9 1 NaN 4.0");
    assertThat(rows.unknown()).isEqualTo(2);
  }

  @Test
  void wrongColumnsAreRefusedAtOnce() {
    assertThatThrownBy(() -> UnitRows.of(asked, Schema.of(Column.category("k"))))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContainingAll("\"k\" holds CATEGORY", "\nMaybe ");
    assertThatThrownBy(() -> rows().signal("a", "u", "pressure"))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("pressure");
    assertThatThrownBy(() -> rows().every(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
