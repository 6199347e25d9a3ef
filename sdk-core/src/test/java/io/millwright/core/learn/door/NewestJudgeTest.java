package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.DataReport;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.TableTrainer;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.ModelKind;
import io.millwright.api.learn.Networks;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a time is named, the newest rows judge, are learnt from afterwards, and are compared. */
class NewestJudgeTest {

  private static final int ROWS = 600;
  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  /** What changes with the newest fifth. */
  private enum Change {
    NOTHING,
    SUPPLIER,
    HEAT,
    RELATION,
    LEVEL
  }

  private static Table rows(Change change, long seed) {
    Schema schema =
        Schema.of(
            Column.number("hour"),
            Column.number("heat"),
            Column.category("supplier"),
            Column.number("strength"),
            Column.category("verdict"));
    Random random = new Random(seed);
    TableBuilder table = Table.builder(schema, ROWS);
    for (int r = 0; r < ROWS; r++) {
      boolean newest = r >= 0.8 * ROWS;
      double heat = random.nextGaussian() + (newest && change == Change.HEAT ? 1.5 : 0);
      boolean fresh = newest && change == Change.SUPPLIER && random.nextInt(2) == 0;
      String supplier = fresh ? "C" : random.nextBoolean() ? "A" : "B";
      double slope = newest && change == Change.RELATION ? -3 : 3;
      double strength =
          100
              + slope * heat
              + (supplier.equals("B") ? 4 : fresh ? 30 : 0)
              + (newest && change == Change.LEVEL ? 8 : 0)
              + random.nextGaussian();
      table.add((double) r, heat, supplier, strength, strength > 110 ? "hard" : "soft");
    }
    return table.build();
  }

  private static Table asked() {
    return Table.builder(Schema.of(Column.number("heat"), Column.category("supplier")), 1)
        .add(0.0, "C")
        .build();
  }

  private static TableTrainer<Double> numbers() {
    return millwright.learning().number("strength").time("hour");
  }

  private static DataReport examined(Change change, long seed) {
    return numbers().examine(rows(change, seed).without("verdict"));
  }

  @ParameterizedTest
  @EnumSource(names = {"LINEAR", "BOOSTED_TREES", "DECISION_TREE", "NETWORK"})
  void theNewestRowsAreLearntFromOnceTheyHaveJudged(ModelKind kind) throws InterruptedException {
    Trained<Table, Double> model =
        numbers().among(kind).train(rows(Change.SUPPLIER, 1).without("verdict")).await();
    assertThat(model.evaluation().protocol())
        .contains("hold-out of 20 % by time")
        .contains("learnt anew from all rows");
    assertThat(model.evaluation().samples()).isEqualTo(ROWS / 5);
    try (Predictor<Table, Double> predictor = model.open()) {
      Outcome.Prediction<Double> said = predictor.predict(asked()).orElseThrow();
      assertThat(said.flags()).doesNotContain(Flag.UNKNOWN_CATEGORY);
      assertThat(said.value()).isBetween(118.0, 140.0);
    }
  }

  @Test
  void classesToo() throws InterruptedException {
    Trained<Table, ClassScores> model =
        millwright
            .learning()
            .classes("verdict")
            .time("hour")
            .train(rows(Change.SUPPLIER, 2).without("strength"))
            .await();
    try (Predictor<Table, ClassScores> predictor = model.open()) {
      ClassScores said = predictor.predict(asked()).orElseThrow().value();
      assertThat(said.best()).isEqualTo("hard");
    }
  }

  @Test
  void aNetworkAskedForByNameIsToldNotToLearnFromThem() {
    assertThat(
            numbers()
                .network(Networks.mlp(8))
                .examine(rows(Change.NOTHING, 1).without("verdict"))
                .remarks())
        .anyMatch(r -> r.contains("asked for by name does not learn from them"));
  }

  @Test
  void whatDiffersInTheNewestRowsIsSaid() {
    assertThat(examined(Change.HEAT, 3).remarks())
        .anyMatch(r -> r.contains("inputs of the newest rows differ") && r.contains("heat ("));
    assertThat(examined(Change.SUPPLIER, 3).remarks())
        .anyMatch(r -> r.contains("supplier (") && r.contains("no older row has: C"));
    assertThat(examined(Change.RELATION, 3).remarks())
        .anyMatch(r -> r.contains("what the inputs say of the target has changed"));
    assertThat(examined(Change.LEVEL, 3).remarks())
        .anyMatch(r -> r.contains("the target of the newest rows differs"))
        .anyMatch(r -> r.contains("what the inputs say of the target has changed"));
  }

  @Test
  void whatDoesNotDifferIsNot() {
    for (long seed = 10; seed < 30; seed++) {
      assertThat(examined(Change.NOTHING, seed).remarks())
          .as("seed " + seed)
          .anyMatch(r -> r.contains("the newest 120 rows judge"))
          .noneMatch(r -> r.contains("differ") || r.contains("has changed"));
    }
  }
}
