package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped is no worse than what anyone would try first, and says what it is. */
class ChoiceTest {

  private static final int COLUMNS = 4;

  private static FailureData data(int rows, long key, ToDoubleFunction<double[]> logit) {
    SplittableRandom random = new SplittableRandom(key);
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < COLUMNS; j++) {
      columns.add(Column.number("x" + j));
    }
    TableBuilder table = Table.builder(new Schema(columns), rows);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] x = new double[COLUMNS];
      List<Object> row = new ArrayList<>();
      for (int j = 0; j < COLUMNS; j++) {
        x[j] = 4 * random.nextDouble() - 2;
        row.add(x[j]);
      }
      table.add(row);
      double risk = 1 / (1 + Math.exp(-logit.applyAsDouble(x)));
      outcomes.add(random.nextDouble() < risk ? "failure" : FailureData.NONE);
    }
    return FailureData.of(table.build(), outcomes);
  }

  private static FailureModel trained(Millwright millwright, FailureData data)
      throws InterruptedException {
    return millwright.plugin(Maintenance.class).failure().train(data).await();
  }

  @Test
  void aLinearTruthGetsALinearModel(@TempDir Path folder) throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      FailureModel model = trained(millwright, data(250, 1, x -> 1.5 * x[0] - x[1] - 1));
      Evaluation evaluation = model.evaluation();
      assertThat(evaluation.protocol()).contains("chosen: ").contains("logistic regression");
      assertThat(evaluation.figure("log loss"))
          .isLessThan(evaluation.baselines().get("shares of the training data").get("log loss"));
      Path bundle = folder.resolve("model.mwb");
      model.saveTo(bundle);
      Row row = data(1, 5, x -> 0).readings().row(0);
      try (Predictor<Row, FailureRisk> fresh = model.open();
          Predictor<Row, FailureRisk> opened = millwright.open(Maintenance.FAILURE, bundle)) {
        assertThat(opened.predict(row).orElseThrow().value().probability())
            .isCloseTo(fresh.predict(row).orElseThrow().value().probability(), within(1e-9));
      }
    }
  }

  @Test
  void noiseGetsNextToTheConstant() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      FailureData data = data(250, 2, x -> -1);
      FailureModel model = trained(millwright, data);
      double share =
          data.outcomes().stream().filter(o -> !o.equals(FailureData.NONE)).count() / 250.0;
      try (Predictor<Row, FailureRisk> predictor = model.open()) {
        for (int i = 0; i < 50; i++) {
          assertThat(predictor.predict(data.readings().row(i)).orElseThrow().value().probability())
              .isCloseTo(share, within(0.12));
        }
      }
    }
  }

  @Test
  void aProductGetsInteractionsOrANetwork() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      FailureModel model = trained(millwright, data(300, 3, x -> 1.8 * x[0] * x[1]));
      Evaluation evaluation = model.evaluation();
      assertThat(evaluation.figure("log loss"))
          .isLessThan(0.95 * evaluation.baselines().get("logistic regression").get("log loss"));
    }
  }

  @Test
  void aSearchHasNothingToResume(@TempDir Path folder) {
    try (Millwright millwright = Millwright.create()) {
      FailureTrainer searching =
          millwright.plugin(Maintenance.class).failure().auto(Duration.ofMinutes(1));
      assertThatThrownBy(() -> searching.resume(folder.resolve("none"), data(50, 4, x -> x[0])))
          .isInstanceOf(MillwrightException.class);
    }
  }
}
