package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.ErrorCode;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds for every {@link Monitor} (contract test): units do not disturb each other, time only
 * goes forward, the memory can be saved, restored and forgotten, and the answers are those of the
 * predictor.
 *
 * @param <X> one reading
 * @param <V> one answer
 */
@ExtendWith(NoNetwork.class)
public abstract class MonitorContract<X, V> {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** For subclasses. */
  protected MonitorContract() {}

  /**
   * Opens the monitor under test, without any unit in it, the same model at every call.
   *
   * @return a new monitor; the contract closes it
   */
  protected abstract Monitor<X, V> open();

  /**
   * The readings of one unit in the order of time.
   *
   * @return at least six
   */
  protected abstract List<X> readings();

  /**
   * What the predictor of the same model says after the first readings.
   *
   * @param count how many of {@link #readings}, at least 1
   * @return its outcome, or empty when there is no such predictor
   */
  protected Optional<Outcome<V>> predicted(int count) {
    return Optional.empty();
  }

  private List<Outcome<V>> follow(Monitor<X, V> monitor, String unit, int from, int to) {
    List<Outcome<V>> all = new ArrayList<>();
    List<X> readings = readings();
    for (int i = from; i < to; i++) {
      all.add(monitor.update(unit, readings.get(i), BEGIN.plusSeconds(i)));
    }
    return all;
  }

  @Test
  void theSameReadingsHaveTheSameAnswers() {
    int count = readings().size();
    assertThat(count).as("readings").isGreaterThanOrEqualTo(6);
    try (Monitor<X, V> one = open();
        Monitor<X, V> two = open()) {
      List<Outcome<V>> first = follow(one, "a", 0, count);
      Contracts.assertSame(follow(one, "b", 0, count), first, "another unit");
      Contracts.assertSame(follow(two, "a", 0, count), first, "opened again");
      assertThat(first).allMatch(o -> o.model().equals(one.info()));
    }
  }

  @Test
  void theAnswersAreThoseOfThePredictor() {
    int count = readings().size();
    try (Monitor<X, V> monitor = open()) {
      List<Outcome<V>> answers = follow(monitor, "a", 0, count);
      for (int i = 0; i < count; i++) {
        int at = i;
        predicted(i + 1)
            .ifPresent(
                expected ->
                    Contracts.assertClose(
                        answers.get(at), expected, "after " + (at + 1) + " readings"));
      }
    }
  }

  @Test
  void unitsOfManyThreadsDoNotDisturbEachOther() throws Exception {
    int count = readings().size();
    try (Monitor<X, V> alone = open();
        Monitor<X, V> shared = open()) {
      List<Outcome<V>> expected = follow(alone, "a", 0, count);
      List<Callable<Void>> work = new ArrayList<>();
      for (int t = 0; t < Contracts.THREADS; t++) {
        String unit = "unit " + t;
        work.add(
            () -> {
              Contracts.assertSame(follow(shared, unit, 0, count), expected, unit);
              return null;
            });
      }
      Contracts.together(work);
    }
  }

  @Test
  void anOlderReadingIsRefusedAndNotTakenIn() {
    int count = readings().size();
    try (Monitor<X, V> alone = open();
        Monitor<X, V> monitor = open()) {
      List<Outcome<V>> expected = follow(alone, "a", 0, count);
      follow(monitor, "a", 0, 3);
      Contracts.assertThrowsCode(
          ErrorCode.BAD_VALUE,
          "an older reading",
          () -> monitor.update("a", readings().get(0), BEGIN));
      Contracts.assertSame(
          follow(monitor, "a", 3, count), expected.subList(3, count), "after the refusal");
    }
  }

  @Test
  void theMemoryIsSavedAndRestored() {
    int count = readings().size();
    for (int cut = 1; cut < count; cut += Math.max(1, count / 4)) {
      try (Monitor<X, V> first = open();
          Monitor<X, V> second = open()) {
        follow(first, "a", 0, cut);
        byte[] snapshot = first.snapshot();
        follow(second, "other", 0, 1);
        second.restore(snapshot);
        Contracts.assertSame(
            follow(second, "a", cut, count),
            follow(first, "a", cut, count),
            "restored after " + cut);
      }
    }
  }

  @Test
  void aDamagedMemoryIsRefusedAndTheOldOneKept() {
    int count = readings().size();
    try (Monitor<X, V> alone = open();
        Monitor<X, V> monitor = open()) {
      List<Outcome<V>> expected = follow(alone, "a", 0, count);
      follow(monitor, "a", 0, 3);
      byte[] snapshot = monitor.snapshot();
      byte[] flipped = snapshot.clone();
      flipped[flipped.length / 2] ^= 0x40;
      byte[] cut = java.util.Arrays.copyOf(snapshot, snapshot.length - 1);
      for (byte[] damaged : List.of(flipped, cut, new byte[0])) {
        Contracts.assertThrowsCode(
            ErrorCode.BAD_FILE, "a damaged snapshot", () -> monitor.restore(damaged));
      }
      Contracts.assertSame(
          follow(monitor, "a", 3, count), expected.subList(3, count), "after the damage");
    }
  }

  @Test
  void aForgottenUnitStartsAnew() {
    int count = readings().size();
    try (Monitor<X, V> monitor = open()) {
      List<Outcome<V>> first = follow(monitor, "a", 0, count);
      monitor.forget("a");
      monitor.forget("never seen");
      Contracts.assertSame(follow(monitor, "a", 0, count), first, "after forget");
    }
  }

  @Test
  void aClosedMonitorSaysSo() {
    Monitor<X, V> monitor = open();
    follow(monitor, "a", 0, 1);
    byte[] snapshot = monitor.snapshot();
    monitor.close();
    monitor.close();
    Contracts.assertThrowsCode(
        ErrorCode.CLOSED,
        "update",
        () -> monitor.update("a", readings().get(1), BEGIN.plusSeconds(9)));
    Contracts.assertThrowsCode(ErrorCode.CLOSED, "restore", () -> monitor.restore(snapshot));
  }

  @Test
  void theMemoryOfAUnitDoesNotGrow() {
    try (Monitor<X, V> monitor = open()) {
      List<X> readings = readings();
      long[] at = {0};
      Runnable once =
          () -> {
            monitor.update(
                "a", readings.get((int) (at[0] % readings.size())), BEGIN.plusSeconds(at[0]));
            at[0]++;
          };
      for (int i = 0; i < 500; i++) {
        once.run();
      }
      int before = monitor.snapshot().length;
      Contracts.assertNoGrowth(500, once);
      assertThat(monitor.snapshot().length).as("length of the snapshot").isEqualTo(before);
    }
  }
}
