package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Evaluation;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome.Prediction;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty.Interval;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.UnitHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remaining life as a user's program meets it: through the front door, from training to alarm. */
class FrontDoorTest {

  private static final Fleet FLEET = Simulated.fleet(12, 1);
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir static Path folder;

  private static Millwright millwright;
  private static RemainingLifeModel model;
  private static Path bundle;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    model = Simulated.small(maintenance()).train(FLEET).await();
    bundle = folder.resolve("pumps.mwb");
    model.saveTo(bundle);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static Maintenance maintenance() {
    return millwright.plugin(Maintenance.class);
  }

  private static List<UnitHistory> newUnits() {
    return Simulated.truths(30, 9).stream().map(KnownLife::history).toList();
  }

  private static List<Prediction<Cycles>> answers(Predictor<UnitHistory, Cycles> predictor) {
    return predictor.predictAll(newUnits()).stream().map(o -> o.orElseThrow()).toList();
  }

  private static Interval interval(Prediction<Cycles> p, double level) {
    return (Interval) p.uncertainty().at(level);
  }

  @Test
  void aReopenedModelGivesTheSameAnswers() {
    try (Predictor<UnitHistory, Cycles> fresh = model.open();
        Predictor<UnitHistory, Cycles> read = millwright.open(Maintenance.REMAINING_LIFE, bundle);
        Millwright other = Millwright.create();
        Predictor<UnitHistory, Cycles> elsewhere = other.open(Maintenance.REMAINING_LIFE, bundle)) {
      assertThat(read.info().digest()).isEqualTo(model.info().digest());
      List<Prediction<Cycles>> expected = answers(fresh);
      for (List<Prediction<Cycles>> got : List.of(answers(read), answers(elsewhere))) {
        for (int i = 0; i < expected.size(); i++) {
          assertThat(got.get(i).value()).isEqualTo(expected.get(i).value());
          assertThat(got.get(i).flags()).isEqualTo(expected.get(i).flags());
          assertThat(interval(got.get(i), 0.9)).isEqualTo(interval(expected.get(i), 0.9));
        }
      }
    }
  }

  @Test
  void theAnswersSayMoreThanTheMeanOfLives() {
    Evaluation judged;
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      judged = maintenance().evaluate(predictor, Simulated.truths(44, 9));
    }
    double[] lives =
        Simulated.truths(44, 9).stream()
            .mapToDouble(k -> Math.min(Simulated.EARLY_LIFE, k.remaining()))
            .toArray();
    double mean = java.util.Arrays.stream(lives).average().orElseThrow();
    double spread =
        Math.sqrt(
            java.util.Arrays.stream(lives)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    assertThat(judged.samples()).isEqualTo(44);
    assertThat(judged.rmse()).isLessThan(0.75 * spread);
    assertThat(judged.figures())
        .containsKeys("mae", "nasa score", "rmse raw", "coverage 90", "width 90");
    assertThat(judged.figure("coverage 90")).isBetween(0.7, 1.0);
    assertThat(judged.figure("width 90")).isBetween(1.0, Simulated.EARLY_LIFE);
  }

  @Test
  void theEvaluationShowsWhatWasBeaten() {
    assertThat(model.evaluation().protocol()).contains("2 folds by group");
    assertThat(model.evaluation().baselines())
        .containsKeys("mean of the training data", "linear regression");
    assertThat(model.evaluation().rmse())
        .isLessThan(model.evaluation().baselines().get("mean of the training data").get("rmse"));
    assertThat(model.evaluation().curves()).hasSize(2);
  }

  @Test
  void aModeOfOperationIsLearntFromLikeAnyReading() throws InterruptedException {
    Schema schema = Schema.of(Column.number("vibration"), Column.category("mode"));
    List<UnitHistory> units = new ArrayList<>();
    for (UnitHistory unit : FLEET.units()) {
      TableBuilder table = Table.builder(schema, unit.length());
      for (int r = 0; r < unit.length(); r++) {
        boolean heavy = (r * 7 + unit.length()) % 3 == 0;
        table.add(unit.readings().number(r, 1) + (heavy ? 9 : 0), heavy ? "heavy" : "normal");
      }
      units.add(UnitHistory.failed(unit.unit(), table.build()));
    }
    RemainingLifeModel modes = Simulated.small(maintenance()).train(new Fleet(units)).await();
    assertThat(modes.evaluation().rmse())
        .isLessThan(modes.evaluation().baselines().get("mean of the training data").get("rmse"));
  }

  @Test
  void aPrintedAnswerCanBeRead() {
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      assertThat(predictor.predict(newUnits().get(0)).toString())
          .contains("90 % interval", "by maintenance.remaining-life v1")
          .hasSizeLessThan(200);
      assertThat(predictor.predict(newUnits().get(0).first(0)).toString())
          .startsWith("no answer by maintenance.remaining-life v1")
          .contains("TOO_FEW_DATA");
    }
  }

  @Test
  void theMonitorAnswersLikeThePredictor() {
    try (Predictor<UnitHistory, Cycles> predictor = model.open();
        Monitor<Row, Cycles> fresh = model.monitor();
        Monitor<Row, Cycles> read = maintenance().monitor(bundle)) {
      for (UnitHistory unit : newUnits().subList(0, 6)) {
        for (Monitor<Row, Cycles> monitor : List.of(fresh, read)) {
          Prediction<Cycles> last = null;
          for (int r = 0; r < unit.length(); r++) {
            last =
                monitor
                    .update(unit.unit(), unit.readings().row(r), BEGIN.plusSeconds(r))
                    .orElseThrow();
          }
          Prediction<Cycles> whole = predictor.predict(unit).orElseThrow();
          assertThat(last).isNotNull();
          assertThat(last.value().count()).isCloseTo(whole.value().count(), within(1e-4));
          assertThat(last.value().atLeast()).isEqualTo(whole.value().atLeast());
          assertThat(last.flags()).isEqualTo(whole.flags());
        }
      }
    }
  }

  @Test
  void higherLevelsGiveWiderIntervalsAroundLowerOnes() {
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      for (Prediction<Cycles> p : answers(predictor)) {
        double[] levels = {0.5, 0.8, 0.9, 0.95};
        for (int i = 1; i < levels.length; i++) {
          Interval inner = interval(p, levels[i - 1]);
          Interval outer = interval(p, levels[i]);
          assertThat(outer.low()).isLessThanOrEqualTo(inner.low()).isGreaterThanOrEqualTo(0);
          assertThat(outer.high()).isGreaterThanOrEqualTo(inner.high());
          assertThat(outer.unit().symbol()).isEqualTo("cycle");
        }
      }
    }
  }

  @Test
  void anAnswerAtTheLimitReadsAtLeast() throws InterruptedException {
    double early = 8;
    RemainingLifeModel shortSighted =
        Simulated.small(maintenance()).earlyLife(early).train(FLEET).await();
    List<UnitHistory> wornAndHealthy = new ArrayList<>(newUnits());
    for (int i = 0; i < 20; i++) {
      wornAndHealthy.add(Simulated.failed("healthy " + i, 700 + i).first(6));
    }
    int atLimit = 0;
    int below = 0;
    try (Predictor<UnitHistory, Cycles> predictor = shortSighted.open()) {
      for (UnitHistory unit : wornAndHealthy) {
        Prediction<Cycles> p = predictor.predict(unit).orElseThrow();
        assertThat(p.value().count()).isBetween(0.0, early);
        assertThat(p.value().atLeast()).isEqualTo(p.flags().contains(Flag.AT_LIMIT));
        if (p.value().atLeast()) {
          atLimit++;
          assertThat(p.value().count()).isEqualTo(early);
          assertThat(p.value().toString()).isEqualTo("at least 8 cycles");
          assertThat(interval(p, 0.9).high()).isEqualTo(Double.POSITIVE_INFINITY);
        } else {
          below++;
          assertThat(p.value().toString()).doesNotContain("at least");
        }
      }
    }
    assertThat(atLimit).isPositive();
    assertThat(below).isPositive();
  }

  @Test
  void anAnswerIsExplainedByItsReadings() {
    try (Predictor<UnitHistory, Cycles> predictor = model.open()) {
      UnitHistory worn = Simulated.running("worn", 77, 1);
      Explanation why = predictor.explain(worn, ExplainRequest.standard());
      assertThat(why.method()).isNotBlank();
      assertThat(why.answer())
          .isCloseTo(predictor.predict(worn).orElseThrow().value().count(), within(1e-3));
      Set<String> columns = new HashSet<>(Simulated.READINGS.names());
      columns.add("unit age");
      assertThat(why.contributions()).isNotEmpty();
      assertThat(why.contributions()).allMatch(c -> columns.contains(c.column()));
      assertThat(why.contributions().get(0).effect()).isNotZero();
    }
  }

  @Test
  void twoInstancesTrainTheSameModelSideBySide() throws InterruptedException {
    Millwright one = Millwright.create();
    try (Millwright two = Millwright.create()) {
      var first = Simulated.small(one.plugin(Maintenance.class)).train(FLEET);
      var second = Simulated.small(two.plugin(Maintenance.class)).train(FLEET);
      assertThat(first.await().info().digest()).isEqualTo(model.info().digest());
      assertThat(second.await().info().digest()).isEqualTo(model.info().digest());
      one.close();
      try (Predictor<UnitHistory, Cycles> predictor = second.await().open()) {
        assertThat(answers(predictor)).hasSize(30);
      }
    } finally {
      one.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void anotherKeyGivesAnotherModel(long key) throws InterruptedException {
    assertThat(Simulated.small(maintenance()).key(key).train(FLEET).await().info().digest())
        .isNotEqualTo(model.info().digest());
  }

  @Test
  void aShortBudgetStillGivesAModelWithBaselines() throws InterruptedException {
    RemainingLifeModel chosen =
        maintenance()
            .remainingLife()
            .earlyLife(Simulated.EARLY_LIFE)
            .auto(Duration.ofMillis(1))
            .train(Simulated.fleet(6, 2))
            .await();
    assertThat(chosen.evaluation().protocol()).contains("chosen: perceptron on trends");
    assertThat(chosen.evaluation().baselines()).containsKey("mean of the training data");
    try (Predictor<UnitHistory, Cycles> predictor = chosen.open()) {
      assertThat(answers(predictor)).hasSize(30);
    }
  }

  /** Units still running teach only where their record goes on for at least the early life. */
  @Test
  void aRunningUnitTeachesOnlyWhatIsKnown() throws InterruptedException {
    List<UnitHistory> units = new ArrayList<>(FLEET.units());
    UnitHistory young = Simulated.running("young", 500, 24).first(1 + 10);
    units.add(young);
    Fleet withYoung = new Fleet(units);
    // Ten cycles on record say nothing below an early life of 20: the same model, bit by bit.
    assertThat(Simulated.small(maintenance()).train(withYoung).await().info().digest())
        .isEqualTo(model.info().digest());
    units.set(units.size() - 1, Simulated.running("old", 501, 0));
    RemainingLifeModel more = Simulated.small(maintenance()).train(new Fleet(units)).await();
    int known = units.get(units.size() - 1).length() - (int) Simulated.EARLY_LIFE;
    assertThat(known).isPositive();
    assertThat(more.evaluation().samples()).isEqualTo(model.evaluation().samples() + known);
  }
}
