package io.millwright.core.relearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.runtime.verify.AuditCheck;
import io.millwright.runtime.verify.AuditLine;
import io.millwright.runtime.verify.AuditLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelearnLoopTest {

  /** Thrown where a process would have died. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final RelearnPlan PLAN =
      RelearnPlan.of("press", "production", "y")
          .window(300)
          .holdout(100)
          .look(60)
          .shadow(80)
          .probation(80)
          .gate(new Gate(0.02, 0.01, 0.05, 0.2, 50))
          .build();

  @TempDir Path folder;

  /** Rows with a slope that changes over time. */
  private static final class Plant implements Feed {
    private final double[][] rows;
    private int now;

    Plant(int n, IntToDoubleFunction slope, double shift) {
      Random random = new Random(1);
      rows = new double[n][];
      for (int i = 0; i < n; i++) {
        double x = random.nextGaussian() + (i > 900 ? shift : 0);
        rows[i] = new double[] {x, slope.applyAsDouble(i) * x + 0.3 * random.nextGaussian()};
      }
    }

    @Override
    public long size() {
      return now;
    }

    @Override
    public Table rows(long from, long to) {
      return Table.ofNumbers(
          Lines.SCHEMA, java.util.Arrays.copyOfRange(rows, (int) from, (int) to));
    }
  }

  private List<AuditLine> run(
      Plant plant, Lines.Store store, Function<Table, Job<? extends Trained<Table, ?>>> trainer)
      throws InterruptedException {
    return run(PLAN, plant, store, trainer, folder);
  }

  private static List<AuditLine> run(
      RelearnPlan plan,
      Plant plant,
      Lines.Store store,
      Function<Table, Job<? extends Trained<Table, ?>>> trainer,
      Path folder)
      throws InterruptedException {
    try (AuditLog audit = AuditLog.open(folder.resolve("audit"), Clock.systemUTC())) {
      plant.now = 500;
      RelearnLoop loop =
          RelearnLoop.of(Lines.millwright(store), store, plan, plant, trainer, audit, folder);
      while (plant.now + 20 <= plant.rows.length) {
        plant.now += 20;
        loop.step();
      }
    }
    List<AuditLine> lines = new ArrayList<>();
    AuditCheck check = AuditLog.read(folder.resolve("audit"), lines::add);
    assertThat(check.whole()).isTrue();
    return lines;
  }

  private static Job<Trained<Table, ?>> fit(Table rows) {
    return Lines.done(Lines.Line.fit(rows));
  }

  @Test
  void aDriftStartsTheLoopAndABetterChallengerIsPromoted() throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    List<AuditLine> lines =
        run(new Plant(2600, i -> i < 900 ? 2 : 3, 2), store, RelearnLoopTest::fit);
    assertThat(lines)
        .extracting(AuditLine::what)
        .containsSubsequence("REASON", "TRAINED", "JUDGED", "PROMOTED", "KEPT")
        .doesNotContain("ROLLED_BACK");
    assertThat(lines.get(0).detail()).contains("drifted: x");
    assertThat(store.line("press:production").slope()).isCloseTo(3, within(0.1));
  }

  @Test
  void withoutAChangeNothingIsTrained() throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    List<AuditLine> lines = run(new Plant(1500, i -> 2, 0), store, RelearnLoopTest::fit);
    assertThat(lines).extracting(AuditLine::what).doesNotContain("PROMOTED");
  }

  @Test
  void aBadChallengerIsRefused() throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    List<AuditLine> lines =
        run(
            new Plant(1600, i -> i < 900 ? 2 : 3, 2),
            store,
            rows -> Lines.done(new Lines.Line(50, -4)));
    assertThat(lines)
        .extracting(AuditLine::what)
        .contains("REFUSED_CHALLENGER")
        .doesNotContain("PROMOTED");
    assertThat(store.line("press:production").slope()).isEqualTo(2);
  }

  /** One that answers the easy rows alone does well on them. */
  @Test
  void aChallengerThatLeavesRowsWithoutAnAnswerIsRefused() throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    List<AuditLine> lines =
        run(
            new Plant(1600, i -> i < 900 ? 2 : 3, 2),
            store,
            rows -> {
              Lines.Line line = Lines.Line.fit(rows);
              return Lines.done(new Lines.Line(line.offset(), line.slope(), 3));
            });
    assertThat(lines)
        .filteredOn(l -> l.what().equals("REFUSED_CHALLENGER"))
        .isNotEmpty()
        .anySatisfy(l -> assertThat(l.detail()).contains("rows more without an answer"));
    assertThat(lines).extracting(AuditLine::what).doesNotContain("PROMOTED");
  }

  /** In production it meets rows of which it answers none, or truths come late. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void probationIsNotPassedWithoutAnswersOrTruths(boolean silent) throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    Plant plant = new Plant(2600, i -> i < 900 ? 2 : 3, 2);
    List<LoopState.Phase> phases = new ArrayList<>();
    try (AuditLog audit = AuditLog.open(folder.resolve("audit"), Clock.systemUTC())) {
      plant.now = 500;
      RelearnLoop loop =
          RelearnLoop.of(
              Lines.millwright(store),
              store,
              PLAN,
              plant,
              rows -> {
                Lines.Line line = Lines.Line.fit(rows);
                return Lines.done(new Lines.Line(line.offset(), line.slope(), 50));
              },
              audit,
              folder);
      while (plant.now + 20 <= plant.rows.length) {
        boolean probation = loop.state().phase() == LoopState.Phase.PROBATION;
        for (int i = plant.now; i < plant.now + 20; i++) {
          if (probation && silent) {
            plant.rows[i][0] = 60;
          } else if (probation) {
            plant.rows[i][1] = Double.NaN;
          }
        }
        plant.now += 20;
        LoopState.Phase phase = loop.step();
        if (probation) {
          phases.add(phase);
        }
        if (probation && phase == LoopState.Phase.WATCH) {
          break;
        }
      }
    }
    List<AuditLine> lines = new ArrayList<>();
    AuditLog.read(folder.resolve("audit"), lines::add);
    assertThat(lines).extracting(AuditLine::what).contains("PROMOTED").doesNotContain("KEPT");
    if (silent) {
      assertThat(lines.get(lines.size() - 1).what()).isEqualTo("ROLLED_BACK");
      assertThat(store.line("press:production").slope()).isEqualTo(2);
    } else {
      assertThat(phases).hasSizeGreaterThan(10).containsOnly(LoopState.Phase.PROBATION);
    }
  }

  /**
   * By the host's figure the old model is better: too little is dear, and the new one says less.
   */
  @Test
  void theHostsOwnFigureDecides() throws InterruptedException {
    AnswerLoss dear =
        (answer, row) ->
            answer instanceof Outcome.Prediction<?> p
                ? Math.max(0, row.number(1) - ((Number) p.value()).doubleValue())
                : 100;
    Lines.Store store = new Lines.Store(new Lines.Line(20, 2), () -> {});
    List<AuditLine> squared = run(new Plant(1600, i -> 2, 3), store, RelearnLoopTest::fit);
    assertThat(squared).extracting(AuditLine::what).contains("PROMOTED");
    Path other = folder.resolve("own");
    Lines.Store own = new Lines.Store(new Lines.Line(20, 2), () -> {});
    List<AuditLine> lines =
        run(
            RelearnPlan.of("press", "production", "y")
                .window(300)
                .holdout(100)
                .look(60)
                .shadow(80)
                .probation(80)
                .gate(new Gate(0.02, 0.01, 0.05, 0.2, 50))
                .loss(dear)
                .build(),
            new Plant(1600, i -> 2, 3),
            own,
            RelearnLoopTest::fit,
            other);
    assertThat(lines)
        .extracting(AuditLine::what)
        .contains("REFUSED_CHALLENGER")
        .doesNotContain("PROMOTED");
  }

  /** Restarted before every step, so that what it waits for is what the file says. */
  private List<Long> trainings(
      Plant plant, Lines.Store store, Function<Table, Job<? extends Trained<Table, ?>>> trainer)
      throws InterruptedException {
    List<Long> at = new ArrayList<>();
    try (AuditLog audit = AuditLog.open(folder.resolve("audit"), Clock.systemUTC())) {
      plant.now = 500;
      while (plant.now + 20 <= plant.rows.length) {
        plant.now += 20;
        LoopState.Phase unused =
            RelearnLoop.of(
                    Lines.millwright(store),
                    store,
                    PLAN,
                    plant,
                    rows -> {
                      at.add((long) plant.now);
                      return trainer.apply(rows);
                    },
                    audit,
                    folder)
                .step();
      }
    }
    return at;
  }

  private static List<Long> gaps(List<Long> at) {
    return IntStream.range(1, at.size()).mapToObj(i -> at.get(i) - at.get(i - 1)).toList();
  }

  @Test
  void afterChallengersThatAreRefusedTheLoopWaitsLonger() throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    List<Long> at =
        trainings(
            new Plant(8_000, i -> i < 900 ? 2 : 3, 2),
            store,
            rows -> Lines.done(new Lines.Line(50, -4)));
    // Without the wait there are 71. Now after 60 rows, then 120, 240 and the window of 300.
    assertThat(at).hasSizeBetween(15, 30);
    assertThat(gaps(at)).last().satisfies(gap -> assertThat(gap).isBetween(300L, 420L));
    assertThat(gaps(at)).allMatch(gap -> gap <= 420);
    assertThat(gaps(at).get(0)).isLessThan(150);
  }

  @Test
  void aTrainingThatFailsIsTriedAgainLaterAndLater() throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    List<Long> at =
        trainings(
            new Plant(5_000, i -> i < 900 ? 2 : 3, 2),
            store,
            rows -> {
              throw new MillwrightException(ErrorCode.TOO_FEW_DATA, "no data");
            });
    assertThat(at).hasSizeBetween(8, 20);
    assertThat(gaps(at)).last().satisfies(gap -> assertThat(gap).isGreaterThanOrEqualTo(300L));
  }

  @Test
  void aNewReasonDoesNotWaitAndAPromotionForgetsTheRefused() throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    Plant plant = new Plant(6_000, i -> i < 900 ? 2 : 3, 0);
    boolean[] good = new boolean[1];
    try (AuditLog audit = AuditLog.open(folder.resolve("audit"), Clock.systemUTC())) {
      plant.now = 500;
      RelearnLoop loop =
          RelearnLoop.of(
              Lines.millwright(store),
              store,
              PLAN,
              plant,
              rows -> good[0] ? fit(rows) : Lines.done(new Lines.Line(50, -4)),
              audit,
              folder);
      // The loss has grown; challengers are bad.
      while (loop.state().tries().map(LoopState.Tries::refused).orElse(0) < 5) {
        plant.now += 20;
        LoopState.Phase unused = loop.step();
      }
      LoopState.Tries waiting = loop.state().tries().orElseThrow();
      assertThat(waiting.until() - plant.now).isEqualTo(300);
      assertThat(waiting.reasons()).contains("loss");
      // Now the inputs drift too.
      for (int i = plant.now; i < plant.rows.length; i++) {
        plant.rows[i][0] += 4;
        plant.rows[i][1] += 12;
      }
      good[0] = true;
      int from = plant.now;
      while (loop.state().phase() == LoopState.Phase.WATCH) {
        plant.now += 20;
        LoopState.Phase unused = loop.step();
      }
      assertThat(plant.now - from).isLessThanOrEqualTo(80);
      assertThat(loop.state().tries().orElseThrow().refused()).isZero();
      assertThat(loop.state().tries().orElseThrow().reasons()).contains("loss", "drift of x");
      while (loop.state().phase() != LoopState.Phase.PROBATION
          && plant.now + 20 <= plant.rows.length) {
        plant.now += 20;
        LoopState.Phase unused = loop.step();
      }
      assertThat(loop.state().tries()).isEmpty();
      assertThat(store.line("press:production").slope()).isCloseTo(3, within(0.2));
    }
  }

  @Test
  void oneThatTurnsBadIsRolledBack() throws InterruptedException {
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), () -> {});
    boolean[] back = new boolean[1];
    Plant plant = new Plant(2000, i -> 2, 0);
    // The slope is 3 while the challenger is trained and judged, and 2 again once it is promoted.
    Feed feed =
        new Feed() {
          @Override
          public long size() {
            return plant.now;
          }

          @Override
          public Table rows(long from, long to) {
            return plant.rows(from, to);
          }
        };
    try (AuditLog audit = AuditLog.open(folder.resolve("audit"), Clock.systemUTC())) {
      plant.now = 500;
      RelearnLoop loop =
          RelearnLoop.of(
              Lines.millwright(store), store, PLAN, feed, RelearnLoopTest::fit, audit, folder);
      Random random = new Random(3);
      while (plant.now + 20 <= plant.rows.length) {
        back[0] |= loop.state().phase() == LoopState.Phase.PROBATION;
        for (int i = plant.now; i < plant.now + 20; i++) {
          double x = plant.rows[i][0];
          plant.rows[i][1] = (plant.now < 700 || back[0] ? 2 : 3) * x + 0.3 * random.nextGaussian();
        }
        plant.now += 20;
        LoopState.Phase before = loop.state().phase();
        LoopState.Phase after = loop.step();
        if (before == LoopState.Phase.PROBATION && after == LoopState.Phase.WATCH) {
          break;
        }
      }
    }
    List<AuditLine> lines = new ArrayList<>();
    AuditLog.read(folder.resolve("audit"), lines::add);
    assertThat(lines)
        .extracting(AuditLine::what)
        .containsSubsequence("REASON", "TRAINED", "PROMOTED", "ROLLED_BACK");
    assertThat(store.line("press:production").slope()).isEqualTo(2);
  }

  /** Killed a hundred times at random moments, the loop ends where it should. */
  @Test
  void killedAHundredTimesItGoesOn() throws InterruptedException {
    Random random = new Random(5);
    int[] kills = new int[1];
    Runnable crash =
        () -> {
          if (kills[0] < 100 && random.nextInt(3) == 0) {
            kills[0]++;
            throw new Killed();
          }
        };
    Lines.Store store = new Lines.Store(new Lines.Line(0, 2), crash);
    Plant plant = new Plant(12_000, i -> 2 + i / 900 % 2, 2);
    plant.now = 500;
    Feed feed =
        new Feed() {
          @Override
          public long size() {
            return plant.now;
          }

          @Override
          public Table rows(long from, long to) {
            crash.run();
            return plant.rows(from, to);
          }
        };
    while (plant.now + 20 <= plant.rows.length && kills[0] < 100) {
      try (AuditLog audit = AuditLog.open(folder.resolve("audit"), Clock.systemUTC())) {
        RelearnLoop loop =
            RelearnLoop.of(
                Lines.millwright(store), store, PLAN, feed, RelearnLoopTest::fit, audit, folder);
        while (plant.now + 20 <= plant.rows.length) {
          plant.now += 20;
          loop.step();
          assertThat(store.find("press:production")).isPresent();
        }
      } catch (Killed e) {
        assertThat(store.find("press:production")).isPresent();
      }
    }
    assertThat(kills[0]).isEqualTo(100);
    List<AuditLine> lines = new ArrayList<>();
    assertThat(AuditLog.read(folder.resolve("audit"), lines::add).whole()).isTrue();
    assertThat(lines).extracting(AuditLine::what).contains("PROMOTED");
  }
}
