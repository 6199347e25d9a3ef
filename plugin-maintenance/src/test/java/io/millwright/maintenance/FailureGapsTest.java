package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The risk of rows that lack their most telling reading is what is known without it. */
class FailureGapsTest {

  private static final Schema SCHEMA =
      Schema.of(Column.number("wear"), Column.number("current"), Column.number("room"));

  @TempDir Path folder;

  private static double[][] rows(int count, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      double wear = random.nextGaussian();
      rows[i] =
          new double[] {wear, 0.7 * wear + 0.7 * random.nextGaussian(), 20 + random.nextGaussian()};
    }
    return rows;
  }

  private static double risk(double[] row) {
    return row[0] > 1 ? 0.7 : 0.03;
  }

  @Test
  void meanRiskIsTheShareThatFails() throws InterruptedException {
    double[][] learnt = rows(1200, 1);
    Random random = new Random(2);
    List<String> outcomes = new ArrayList<>();
    for (double[] row : learnt) {
      outcomes.add(random.nextDouble() < risk(row) ? "worn" : FailureData.NONE);
    }
    Path file = folder.resolve("risk.mwb");
    try (Millwright millwright = Millwright.create()) {
      FailureData data = FailureData.of(Table.ofNumbers(SCHEMA, learnt), outcomes);
      millwright.plugin(Maintenance.class).failure().train(data).await().saveTo(file);
      try (Predictor<Row, FailureRisk> predictor = millwright.open(Maintenance.FAILURE, file)) {
        double[][] fresh = rows(3000, 3);
        List<Row> gaps = new ArrayList<>();
        double[] truth = new double[2];
        for (double[] row : fresh) {
          truth[row[1] > 0.7 ? 1 : 0] += risk(row);
          gaps.add(new Row(SCHEMA, List.of(Double.NaN, row[1], row[2])));
        }
        double[] told = new double[2];
        List<Outcome<FailureRisk>> all = predictor.predictAll(gaps);
        for (int i = 0; i < fresh.length; i++) {
          assertThat(all.get(i).orElseThrow().flags()).contains(Flag.IMPUTED);
          told[fresh[i][1] > 0.7 ? 1 : 0] += all.get(i).orElseThrow().value().probability();
        }
        // Told low, and as risky, by the current; with the median of wear both were a third.
        assertThat(told[0] + told[1])
            .isCloseTo(truth[0] + truth[1], within(0.15 * (truth[0] + truth[1])));
        assertThat(told[1] / truth[1]).isBetween(0.75, 1.25);
        assertThat(predictor.predict(gaps.get(0))).isEqualTo(all.get(0));
        Outcome<FailureRisk> nothing =
            predictor.predict(new Row(SCHEMA, List.of(Double.NaN, Double.NaN, Double.NaN)));
        assertThat(nothing).isInstanceOf(Outcome.Abstention.class);
      }
    }
  }
}
