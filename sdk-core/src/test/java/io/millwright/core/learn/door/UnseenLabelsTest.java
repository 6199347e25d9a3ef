package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.ModelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Labels that training did not have: flagged, and the interval has room for what they may do. */
class UnseenLabelsTest {

  private static Millwright millwright;

  @BeforeAll
  static void open() {
    millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  /** 12 furnaces whose own levels have a deviation of 10; noise 1. */
  private static Table furnaces(int first, int count, int each, double deviation, long seed) {
    Schema schema =
        Schema.of(
            Column.number("heat"),
            Column.category("furnace"),
            Column.number("strength"),
            Column.category("verdict"));
    Random levels = new Random(99);
    Random random = new Random(seed);
    TableBuilder table = Table.builder(schema, count * each);
    for (int f = 0; f < first + count; f++) {
      double level = deviation * levels.nextGaussian();
      for (int r = 0; r < each && f >= first; r++) {
        double heat = random.nextGaussian();
        double strength = 100 + 2 * heat + level + random.nextGaussian();
        table.add(heat, "F" + f, strength, strength > 100 ? "hard" : "soft");
      }
    }
    return table.build();
  }

  private static double covered(List<Outcome<Double>> outcomes, Table truth) {
    double inside = 0;
    for (int r = 0; r < truth.rows(); r++) {
      Outcome.Prediction<Double> p = outcomes.get(r).orElseThrow();
      inside +=
          ((Uncertainty.Interval) p.uncertainty().at(0.9)).contains(truth.numbers("strength")[r])
              ? 1
              : 0;
    }
    return inside / truth.rows();
  }

  @Test
  void theIntervalHasRoomForAnotherLabel() throws InterruptedException {
    Table learnt = furnaces(0, 12, 30, 10, 1).without("verdict");
    Table strange = furnaces(12, 40, 5, 10, 2);
    Table known = furnaces(0, 12, 20, 10, 3);
    try (Predictor<Table, Double> predictor =
        millwright
            .learning()
            .number("strength")
            .among(ModelKind.LINEAR, ModelKind.BOOSTED_TREES)
            .train(learnt)
            .await()
            .open()) {
      List<Outcome<Double>> of = predictor.predictRows(strange.without("verdict", "strength"));
      assertThat(of)
          .allSatisfy(o -> assertThat(o.orElseThrow().flags()).contains(Flag.UNKNOWN_CATEGORY));
      assertThat(covered(of, strange)).isBetween(0.8, 1.0);
      List<Outcome<Double>> usual = predictor.predictRows(known.without("verdict", "strength"));
      assertThat(covered(usual, known)).isBetween(0.84, 0.97);
      Uncertainty.Interval wide =
          (Uncertainty.Interval) of.get(0).orElseThrow().uncertainty().at(0.9);
      Uncertainty.Interval narrow =
          (Uncertainty.Interval) usual.get(0).orElseThrow().uncertainty().at(0.9);
      assertThat(wide.width()).isBetween(20.0, 80.0);
      assertThat(narrow.width()).isLessThan(8);
      // One by one, in a batch of inputs and as rows of a table: the same.
      Table one = strange.without("verdict", "strength").slice(7, 8);
      assertThat(predictor.predict(one)).isEqualTo(of.get(7));
      assertThat(predictor.predictAll(List.of(one)).get(0)).isEqualTo(of.get(7));
      double[] q = of.get(0).orElseThrow().uncertainty().quantiles(0.05, 0.3, 0.5, 0.7, 0.95);
      assertThat(q).isSorted();
      assertThat(of.get(0).toString()).contains("a label is unknown");
    }
  }

  /** Runs of six rows in a furnace: histories of known furnaces, and of strange ones. */
  @Test
  void historiesHaveRoomForAnotherLabelToo() throws InterruptedException {
    Table learnt = furnaces(0, 12, 30, 10, 1).without("verdict");
    List<String> runs = new ArrayList<>();
    for (int r = 0; r < learnt.rows(); r++) {
      runs.add("run " + r / 6);
    }
    Table strange = furnaces(12, 40, 6, 10, 2);
    Table known = furnaces(0, 12, 6, 10, 3);
    try (Predictor<Table, Double> predictor =
        millwright
            .learning()
            .number("strength")
            .group("run")
            .window(3)
            .among(ModelKind.LINEAR)
            .train(learnt.with(Column.category("run"), runs))
            .await()
            .open()) {
      List<Table> histories = histories(strange, 40);
      List<Outcome<Double>> of = predictor.predictAll(histories);
      double inside = 0;
      for (int h = 0; h < of.size(); h++) {
        Outcome.Prediction<Double> p = of.get(h).orElseThrow();
        assertThat(p.flags()).contains(Flag.UNKNOWN_CATEGORY);
        Uncertainty.Interval wide = (Uncertainty.Interval) p.uncertainty().at(0.9);
        assertThat(wide.width()).isBetween(20.0, 80.0);
        inside += wide.contains(strange.numbers("strength")[6 * h + 5]) ? 1 : 0;
      }
      assertThat(inside / 40).isBetween(0.8, 1.0);
      assertThat(predictor.predict(histories.get(7))).isEqualTo(of.get(7));
      assertThat(predictor.predictAll(histories(known, 12)))
          .allSatisfy(
              o ->
                  assertThat(((Uncertainty.Interval) o.orElseThrow().uncertainty().at(0.9)).width())
                      .isLessThan(8));
    }
  }

  private static List<Table> histories(Table rows, int count) {
    List<Table> all = new ArrayList<>();
    for (int h = 0; h < count; h++) {
      all.add(rows.without("verdict", "strength").slice(6 * h, 6 * h + 6));
    }
    return all;
  }

  @Test
  void aLabelThatDoesNothingWidensLittle() throws InterruptedException {
    Table learnt = furnaces(0, 12, 30, 0, 1).without("verdict");
    try (Predictor<Table, Double> predictor =
        millwright
            .learning()
            .number("strength")
            .among(ModelKind.LINEAR)
            .train(learnt)
            .await()
            .open()) {
      Outcome.Prediction<Double> p =
          predictor.predict(furnaces(12, 1, 1, 0, 2).without("verdict", "strength")).orElseThrow();
      assertThat(p.flags()).contains(Flag.UNKNOWN_CATEGORY);
      assertThat(((Uncertainty.Interval) p.uncertainty().at(0.9)).width()).isLessThan(5);
    }
  }

  @Test
  void classesThatAnyLabelCouldHaveAreInTheSet() throws InterruptedException {
    Table learnt = furnaces(0, 12, 30, 10, 1).without("strength");
    try (Predictor<Table, ClassScores> predictor =
        millwright
            .learning()
            .classes("verdict")
            .among(ModelKind.LINEAR)
            .train(learnt)
            .await()
            .open()) {
      Outcome.Prediction<ClassScores> p =
          predictor.predict(furnaces(12, 1, 1, 10, 2).without("verdict", "strength")).orElseThrow();
      assertThat(p.flags()).contains(Flag.UNKNOWN_CATEGORY);
      assertThat(((Uncertainty.LabelSet) p.uncertainty().at(0.9)).labels())
          .containsExactlyInAnyOrder("hard", "soft");
    }
  }
}
