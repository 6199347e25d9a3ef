package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failure prediction as a user's program meets it. */
class FailureFrontDoorTest {

  private static final FailureData PRESSES = Simulated.presses(600, 1);

  private static Millwright millwright;
  private static FailureModel model;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    model = Simulated.smallRisk(maintenance()).train(PRESSES).await();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static Maintenance maintenance() {
    return millwright.plugin(Maintenance.class);
  }

  private static List<Row> rows() {
    FailureData fresh = Simulated.presses(40, 2);
    return IntStream.range(0, 40).mapToObj(fresh.readings()::row).toList();
  }

  private static List<FailureRisk> risks(Predictor<Row, FailureRisk> predictor) {
    return predictor.predictAll(rows()).stream().map(o -> o.orElseThrow().value()).toList();
  }

  @Test
  void aReopenedModelGivesTheSameAnswers(@TempDir Path folder) {
    Path bundle = folder.resolve("press.mwb");
    model.saveTo(bundle);
    try (Predictor<Row, FailureRisk> fresh = model.open();
        Predictor<Row, FailureRisk> read = millwright.open(Maintenance.FAILURE, bundle)) {
      assertThat(risks(read)).isEqualTo(risks(fresh));
    }
  }

  @Test
  void aRiskIsMadeOfItsModes() {
    double threshold = model.evaluation().figure("threshold");
    int alarms = 0;
    try (Predictor<Row, FailureRisk> predictor = model.open()) {
      for (FailureRisk risk : risks(predictor)) {
        assertThat(risk.modes().keySet()).containsExactlyInAnyOrder("overload", "oil");
        double sum = risk.modes().values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(risk.probability()).isBetween(0.0, 1.0).isCloseTo(sum, within(1e-6));
        assertThat(risk.threshold()).isEqualTo(threshold);
        assertThat(risk.alarm()).isEqualTo(risk.probability() >= threshold);
        assertThat(List.copyOf(risk.modes().values()))
            .isSortedAccordingTo(Collections.reverseOrder());
        alarms += risk.alarm() ? 1 : 0;
      }
    }
    assertThat(alarms).isBetween(1, 39);
  }

  @Test
  void theModelTellsFailuresFromOthers() {
    assertThat(model.evaluation().samples()).isEqualTo(600);
    assertThat(model.evaluation().figure("roc auc")).isGreaterThan(0.75);
    assertThat(model.evaluation().figure("log loss"))
        .isLessThan(
            model.evaluation().baselines().get("shares of the training data").get("log loss"));
    assertThat(model.evaluation().baselines()).containsKey("logistic regression");
    assertThat(model.evaluation().figures()).containsKeys("f1", "precision", "recall", "pr auc");
  }

  @Test
  void dearFailuresLowerTheThreshold() throws InterruptedException {
    FailureModel missedIsDear =
        Simulated.smallRisk(maintenance()).costs(50, 1).train(PRESSES).await();
    FailureModel alarmIsDear =
        Simulated.smallRisk(maintenance()).costs(1, 5).train(PRESSES).await();
    assertThat(missedIsDear.evaluation().figure("threshold"))
        .isLessThan(alarmIsDear.evaluation().figure("threshold"));
    assertThat(missedIsDear.evaluation().figure("recall"))
        .isGreaterThan(alarmIsDear.evaluation().figure("recall"));
    // Cheapest on held-out rows: never dearer than always alarming or never alarming.
    double failures =
        PRESSES.outcomes().stream().filter(o -> !o.equals(FailureData.NONE)).count() / 600.0;
    assertThat(missedIsDear.evaluation().figure("cost realised"))
        .isLessThanOrEqualTo(Math.min(50 * failures, 1 - failures) + 1e-9);
    assertThat(alarmIsDear.evaluation().figure("cost realised"))
        .isLessThanOrEqualTo(Math.min(failures, 5 * (1 - failures)) + 1e-9);
  }

  @Test
  void likelyLabelsAndExplanationsAreGiven() {
    try (Predictor<Row, FailureRisk> predictor = model.open()) {
      Row row = rows().get(0);
      Uncertainty uncertainty = predictor.predict(row).orElseThrow().uncertainty().at(0.9);
      assertThat(uncertainty)
          .isInstanceOfSatisfying(
              Uncertainty.LabelSet.class,
              set -> assertThat(set.labels()).isSubsetOf("none", "overload", "oil"));
      assertThat(predictor.explain(row, ExplainRequest.standard()).contributions())
          .extracting(c -> c.column())
          .isSubsetOf("force", "oil");
    }
  }

  @Test
  void aShortBudgetStillGivesAModelWithBaselines() throws InterruptedException {
    FailureModel chosen =
        maintenance().failure().auto(Duration.ofMillis(1)).train(Simulated.presses(200, 3)).await();
    assertThat(chosen.evaluation().protocol()).contains("chosen: perceptron on pairs");
    assertThat(chosen.evaluation().baselines()).containsKey("shares of the training data");
  }

  @Test
  void dataWithoutFailureAreRefused() {
    FailureData quiet =
        FailureData.of(PRESSES.readings(), Collections.nCopies(600, FailureData.NONE));
    assertThatThrownBy(() -> maintenance().failure().train(quiet))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_FEW_DATA))
        .hasMessageContaining("0 of 600")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> maintenance().failure().costs(0, 1))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_OPTION));
  }
}
