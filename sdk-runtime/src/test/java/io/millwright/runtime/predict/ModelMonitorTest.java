package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.runtime.bundle.Model;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelMonitorTest {

  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }

  /** A history with an outlier, a missing value and a row without any value. */
  private static Table history(Model model, int rows, long seed) {
    Schema schema = model.preparation().inputs();
    Table clean = TestModels.rows(schema, rows, new Random(seed));
    TableBuilder dirty = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      Object[] values = clean.row(r).values().toArray();
      if (r == 5) {
        values[1] = null;
      } else if (r == 9) {
        values[0] = 1e7;
      } else if (r == 14) {
        Arrays.fill(values, null);
      }
      dirty.add(values);
    }
    return dirty.build();
  }

  private static void hasCode(Throwable error, ErrorCode code) {
    assertThat(error)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(error.getMessage()).contains("Maybe");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void afterEveryReadingItAnswersAsThePredictorDoesForTheHistory(int window) {
    Model model = TestModels.sequences(window, 2);
    Table history = history(model, 70, 3);
    try (ModelPredictor<Table, Object> predictor = TestModels.predictor(model);
        ModelMonitor<Double> monitor = TestModels.monitor(model)) {
      int wider = 0;
      int same = 0;
      for (int r = 0; r < history.rows(); r++) {
        Outcome<Double> got = monitor.update("a", history.row(r), at(r));
        Outcome<Object> expected = predictor.predict(history.slice(0, r + 1));
        if (expected instanceof Outcome.Prediction<Object> p
            && p.uncertainty().toString().contains("a reading is unknown")) {
          // A monitor remembers no readings that it could ask with others in their place.
          Outcomes.sameButWider(got, expected);
          wider++;
        } else {
          Outcomes.same(got, expected);
          same++;
        }
        // Another unit in between disturbs nothing.
        monitor.update("b", history.row((r * 7) % 50), at(r));
      }
      assertThat(wider).isPositive();
      assertThat(same).isPositive();
      assertThat(monitor.update("a", history.row(0), at(99)).orElseThrow().flags())
          .as("a flag of long ago does not last")
          .doesNotContain(Flag.IMPUTED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void aUnitWithoutAnAgeIsNewAtItsFirstReading(int window) {
    Model model = TestModels.sequences(window, 1);
    Table history = TestModels.rows(model.preparation().inputs(), 20, new Random(3));
    Table ageless = history.select(List.of("x0", "x1", "x2", "x3", "x4"));
    try (ModelMonitor<Double> aged = TestModels.monitor(model);
        ModelMonitor<Double> monitor = TestModels.monitor(model)) {
      for (int r = 0; r < history.rows(); r++) {
        Outcomes.same(
            monitor.update("a", ageless.row(r), at(r)), aged.update("a", history.row(r), at(r)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void aSnapshotContinuesAnywhere(int window) {
    Model model = TestModels.sequences(window, 1);
    Table history = history(model, 40, 5);
    ModelMonitor<Double> first = TestModels.monitor(model);
    ModelMonitor<Double> unbroken = TestModels.monitor(model);
    for (int r = 0; r < 40; r++) {
      for (String unit : List.of("a", "b", "\u00e4 unit with a long name")) {
        Row row = history.row((r + unit.length()) % 40);
        Outcomes.same(first.update(unit, row, at(r)), unbroken.update(unit, row, at(r)));
      }
      byte[] snapshot = first.snapshot();
      assertThat(snapshot).isEqualTo(unbroken.snapshot());
      ModelMonitor<Double> next = TestModels.monitor(model);
      next.update("left over", history.row(0), at(0));
      next.restore(snapshot);
      assertThat(next.snapshot()).isEqualTo(snapshot);
      first = next;
    }
    ModelMonitor<Double> last = first;
    assertThatThrownBy(() -> last.update("a", history.row(0), at(3)))
        .as("the time of the last reading is part of the memory")
        .satisfies(e -> hasCode(e, ErrorCode.BAD_VALUE));
  }

  @Test
  void aSnapshotThatWasTouchedIsRefusedAndChangesNothing() throws Exception {
    Model model = TestModels.sequences(7, 1);
    ModelMonitor<Double> monitor = TestModels.monitor(model);
    Table history = TestModels.rows(model.preparation().inputs(), 5, new Random(1));
    for (int r = 0; r < 5; r++) {
      monitor.update("a", history.row(r), at(r));
      monitor.update("b", history.row(r), at(r));
    }
    byte[] good = monitor.snapshot();
    List<byte[]> bad = new ArrayList<>();
    Random random = new Random(8);
    for (int i = 0; i < 300; i++) {
      byte[] flipped = good.clone();
      flipped[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
      bad.add(flipped);
      bad.add(Arrays.copyOf(good, random.nextInt(good.length)));
    }
    bad.add(Arrays.copyOf(good, good.length + 1));
    bad.add(new byte[0]);
    // Altered by someone who knows the checksum: lengths and counts must still be believed by none.
    ModelMonitor<Double> victim = TestModels.monitor(model);
    for (int at = 8; at < good.length - 32; at++) {
      for (byte value : new byte[] {-1, 127, 0}) {
        if (at < 60 || random.nextInt(20) == 0) {
          byte[] forged = good.clone();
          forged[at] = value;
          byte[] sum =
              MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(forged, good.length - 32));
          System.arraycopy(sum, 0, forged, good.length - 32, 32);
          try {
            victim.restore(forged);
          } catch (MillwrightException e) {
            hasCode(e, ErrorCode.BAD_FILE);
          }
        }
      }
    }
    for (byte[] snapshot : bad) {
      assertThatThrownBy(() -> monitor.restore(snapshot))
          .satisfies(e -> hasCode(e, ErrorCode.BAD_FILE));
    }
    assertThat(monitor.snapshot()).isEqualTo(good);
    Model other = TestModels.sequences(7, 2);
    assertThatThrownBy(() -> TestModels.monitor(other).restore(good))
        .satisfies(e -> hasCode(e, ErrorCode.BAD_FILE))
        .hasMessageContaining("belongs to model digest-");
  }

  @Test
  void readingsThatCannotBeTakenInLeaveTheUnitAsItWas() {
    Model model = TestModels.sequences(7, 1);
    ModelMonitor<Double> monitor = TestModels.monitor(model);
    Table history = TestModels.rows(model.preparation().inputs(), 5, new Random(1));
    Schema short2 = TestModels.numbers(2);
    Row wrong = TestModels.rows(short2, 1, new Random(1)).row(0);
    byte[] empty = monitor.snapshot();
    assertThatThrownBy(() -> monitor.update("a", wrong, at(0)))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_COLUMN));
    assertThat(monitor.snapshot()).isEqualTo(empty);
    monitor.update("a", history.row(0), at(10));
    byte[] one = monitor.snapshot();
    assertThatThrownBy(() -> monitor.update("a", history.row(1), at(9)))
        .satisfies(e -> hasCode(e, ErrorCode.BAD_VALUE));
    assertThatThrownBy(() -> monitor.update("a", wrong, at(11)))
        .isInstanceOf(MillwrightException.class);
    assertThatThrownBy(() -> monitor.update(" ", history.row(1), at(11)))
        .satisfies(e -> hasCode(e, ErrorCode.BAD_VALUE));
    assertThatThrownBy(() -> monitor.update("x".repeat(2000), history.row(1), at(11)))
        .satisfies(e -> hasCode(e, ErrorCode.BAD_VALUE));
    assertThat(monitor.snapshot()).isEqualTo(one);
    monitor.update("a", history.row(1), at(10));
    monitor.forget("a");
    monitor.forget("unknown");
    assertThat(monitor.snapshot()).isEqualTo(empty);
    monitor.update("a", history.row(0), at(10));
    assertThat(monitor.snapshot()).isEqualTo(one);
  }

  @Test
  void unitsReadByManyThreadsGetTheirSerialAnswers() throws Exception {
    Model model = TestModels.sequences(7, 1);
    Table history = history(model, 60, 5);
    List<Outcome<Double>> serial = new ArrayList<>();
    try (ModelMonitor<Double> monitor = TestModels.monitor(model)) {
      for (int r = 0; r < 60; r++) {
        serial.add(monitor.update("u", history.row(r), at(r)));
      }
    }
    ModelMonitor<Double> monitor = TestModels.monitor(model);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int thread = t;
        runs.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 6; round++) {
                    String unit = "unit " + thread + "/" + round;
                    for (int r = 0; r < 60; r++) {
                      Outcomes.same(monitor.update(unit, history.row(r), at(r)), serial.get(r));
                      // One unit that all threads read, forget and photograph.
                      monitor.update("shared", history.row(r), at(0));
                      if (r % 20 == thread) {
                        monitor.forget("shared");
                        monitor.snapshot();
                      }
                    }
                    if (round < 5) {
                      monitor.forget(unit);
                    }
                  }
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
    monitor.forget("shared");
    ModelMonitor<Double> expected = TestModels.monitor(model);
    for (int t = 0; t < 8; t++) {
      for (int r = 0; r < 60; r++) {
        expected.update("unit " + t + "/5", history.row(r), at(r));
      }
    }
    assertThat(monitor.snapshot()).isEqualTo(expected.snapshot());
  }

  @Test
  void aMonitorNeedsAModelOfSequencesAndEndsWithClose() {
    Model records = TestModels.with(TestModels.fast(), EnumSet.of(Capability.EXPLAIN));
    assertThatThrownBy(() -> TestModels.monitor(records))
        .satisfies(e -> hasCode(e, ErrorCode.UNSUPPORTED));
    Model model = TestModels.sequences(0, 1);
    ModelMonitor<Double> monitor = TestModels.monitor(model);
    Row row = TestModels.rows(model.preparation().inputs(), 1, new Random(1)).row(0);
    monitor.update("a", row, at(0));
    byte[] snapshot = monitor.snapshot();
    monitor.close();
    monitor.close();
    assertThat(monitor.info().task()).isEqualTo("test.task");
    List<Runnable> calls =
        List.of(
            () -> monitor.update("a", row, at(1)),
            () -> monitor.forget("a"),
            monitor::snapshot,
            () -> monitor.restore(snapshot));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run).satisfies(e -> hasCode(e, ErrorCode.CLOSED));
    }
  }
}
