package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Flag;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {

  private static final Schema COLUMNS =
      Schema.of(
          Column.number("pressure", Unit.of("bar")), Column.number("flow"), Column.number("fixed"));

  /** The valve moves a dip of the pressure in time, the pump lowers the flow; lengths differ. */
  private static LabelledSequence sequence(int valve, int pump, String specimen, Random random) {
    int length = 50 + random.nextInt(30);
    double own = random.nextGaussian();
    double[][] rows = new double[length][3];
    for (int r = 0; r < length; r++) {
      double at = (double) r / length;
      boolean dip = at > 0.2 + 0.2 * valve && at < 0.35 + 0.2 * valve;
      rows[r][0] = own + (dip ? -1 : 0) + 0.3 * random.nextGaussian();
      rows[r][1] = own - 0.6 * pump + 0.3 * random.nextGaussian();
      rows[r][2] = 7;
    }
    return new LabelledSequence(
        Table.ofNumbers(COLUMNS, rows),
        Map.of("valve", "" + valve, "pump", pump == 0 ? "tight" : "leaks"),
        specimen);
  }

  private static List<LabelledSequence> sequences(int count, long seed) {
    Random random = new Random(seed);
    List<LabelledSequence> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(sequence(random.nextInt(3), random.nextInt(2), "unit " + i / 10, random));
    }
    return all;
  }

  private static double right(
      Predictor<Table, ComponentStates> predictor, List<LabelledSequence> truths, String name) {
    double right = 0;
    for (LabelledSequence one : truths) {
      ComponentState state =
          predictor.predict(one.readings()).fold(p -> p.value().components().get(name), a -> null);
      right += state != null && state.state().equals(one.states().get(name)) ? 1 : 0;
    }
    return right / truths.size();
  }

  @Test
  void namesSeveralComponentsOnUnseenSpecimensAndKeepsThemInABundle(@TempDir Path folder)
      throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      StateTrainer trainer = millwright.plugin(Maintenance.class).states().network(false);
      StateModel model = trainer.train(sequences(300, 1)).await();
      assertThat(model.components())
          .containsEntry("valve", List.of("0", "1", "2"))
          .containsEntry("pump", List.of("leaks", "tight"));
      assertThat(model.choices().get("valve")).contains("discriminant", "most frequent state");
      assertThat(model.evaluation().protocol()).contains("30 in 5 folds");
      List<LabelledSequence> fresh = sequences(200, 2);
      Path file = folder.resolve("state.mwb");
      model.saveTo(file);
      try (Predictor<Table, ComponentStates> opened = millwright.open(Maintenance.STATE, file);
          Predictor<Table, ComponentStates> own = model.open()) {
        assertThat(right(opened, fresh, "valve")).isGreaterThan(0.9);
        assertThat(right(opened, fresh, "pump")).isGreaterThan(0.85);
        Table one = fresh.get(0).readings();
        ComponentStates kept = opened.predict(one).fold(p -> p.value(), a -> null);
        assertThat(kept).isEqualTo(own.predict(one).fold(p -> p.value(), a -> null));
      }
      assertThat(trainer.train(sequences(300, 1)).await().choices()).isEqualTo(model.choices());
    }
  }

  @Test
  void labelSetsHoldTheTruthAtTheirLevel() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      StateModel model =
          millwright
              .plugin(Maintenance.class)
              .states()
              .network(false)
              .train(sequences(400, 3))
              .await();
      int holds = 0;
      List<LabelledSequence> fresh = sequences(400, 4);
      try (Predictor<Table, ComponentStates> predictor = model.open()) {
        for (LabelledSequence one : fresh) {
          ComponentState pump =
              predictor
                  .predict(one.readings())
                  .fold(p -> p.value().components().get("pump"), a -> null);
          assertThat(pump).isNotNull();
          assertThat(pump.probabilities().values().stream().mapToDouble(v -> v).sum())
              .isBetween(0.999, 1.001);
          holds += pump.possible().contains(one.states().get("pump")) ? 1 : 0;
        }
      }
      assertThat(holds / 400.0).isGreaterThan(0.85);
    }
  }

  @Test
  void labelsWithoutAnyTraceAreAnsweredByTheMostFrequentState() throws InterruptedException {
    Random random = new Random(5);
    List<LabelledSequence> data = new ArrayList<>();
    for (LabelledSequence one : sequences(200, 6)) {
      String chance = random.nextDouble() < 0.8 ? "a" : "b";
      data.add(new LabelledSequence(one.readings(), Map.of("dice", chance), one.specimen()));
    }
    try (Millwright millwright = Millwright.create()) {
      StateModel model =
          millwright.plugin(Maintenance.class).states().network(false).train(data).await();
      assertThat(model.evaluation().figure("accuracy dice"))
          .isGreaterThanOrEqualTo(
              model.evaluation().baselines().get("most frequent state").get("accuracy dice"));
    }
  }

  @Test
  void abstainsOnWhatIsUnlikeTrainingAndFillsWhatIsMissing() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      StateModel model =
          millwright
              .plugin(Maintenance.class)
              .states()
              .network(false)
              .train(sequences(200, 7))
              .await();
      try (Predictor<Table, ComponentStates> predictor = model.open()) {
        double[][] far = new double[60][3];
        for (double[] row : far) {
          row[0] = 1000;
          row[1] = -1000;
        }
        assertThat(predictor.predict(Table.ofNumbers(COLUMNS, far)))
            .isInstanceOf(Outcome.Abstention.class);
        assertThat(predictor.predict(Table.ofNumbers(COLUMNS, new double[0][])))
            .isInstanceOf(Outcome.Abstention.class);
        Table whole = sequences(1, 11).get(0).readings();
        double[][] holes = new double[whole.rows()][3];
        for (int r = 0; r < holes.length; r++) {
          double read = r % 2 == 0 ? Double.NaN : whole.number(r, 0);
          holes[r] = new double[] {read, Double.NaN, Double.NaN};
        }
        assertThat(predictor.predict(Table.ofNumbers(COLUMNS, holes)).orElseThrow().flags())
            .containsExactly(Flag.IMPUTED);
        assertThat(predictor.predict(whole).orElseThrow().flags()).isEmpty();
        assertThatThrownBy(
                () ->
                    predictor.predict(
                        Table.ofNumbers(Schema.of(Column.number("flow")), new double[3][1])))
            .isInstanceOf(MillwrightException.class)
            .hasMessageContaining("pressure");
      }
    }
  }

  @Test
  void badDataIsNamed() throws InterruptedException {
    try (Millwright millwright = Millwright.create()) {
      StateTrainer trainer = millwright.plugin(Maintenance.class).states().network(false);
      assertThatThrownBy(() -> trainer.train(sequences(5, 8)))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("5 labelled sequences");
      List<LabelledSequence> one = new ArrayList<>();
      for (LabelledSequence s : sequences(40, 9)) {
        one.add(new LabelledSequence(s.readings(), Map.of("valve", "0"), s.specimen()));
      }
      Job<StateModel> constant = trainer.train(one);
      assertThatThrownBy(constant::await)
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("valve has one state only");
      List<LabelledSequence> same = new ArrayList<>();
      for (LabelledSequence s : sequences(40, 10)) {
        same.add(new LabelledSequence(s.readings(), s.states(), "the only one"));
      }
      Job<StateModel> undivided = trainer.train(same);
      assertThatThrownBy(undivided::await)
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("none can be held out");
      assertThatThrownBy(() -> new LabelledSequence(one.get(0).readings(), Map.of(), "a"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** What a predictor says of sequences whose pressure is all one value: right, told, held. */
  private static double[] silent(
      Predictor<Table, ComponentStates> predictor, String column, double value, String component) {
    double[] sums = new double[3];
    for (LabelledSequence one : sequences(300, 22)) {
      double[] values = one.readings().numbers(column);
      Arrays.fill(values, value);
      Table table = one.readings().with(one.readings().schema().column(column), values);
      Outcome<ComponentStates> said = predictor.predict(table);
      assertThat(said.orElseThrow().flags()).contains(Flag.IMPUTED);
      ComponentState state = said.orElseThrow().value().components().get(component);
      String truth = one.states().get(component);
      sums[0] += state.state().equals(truth) ? 1 / 300.0 : 0;
      sums[1] += state.probabilities().get(state.state()) / 300;
      sums[2] += state.possible().contains(truth) ? 1 / 300.0 : 0;
    }
    return sums;
  }

  @Test
  void aSilentOrStuckSensorLeavesWhatTheOthersSay(@TempDir Path folder)
      throws InterruptedException {
    Path file = folder.resolve("state.mwb");
    try (Millwright millwright = Millwright.create()) {
      StateTrainer trainer = millwright.plugin(Maintenance.class).states().network(false);
      trainer.train(sequences(400, 21)).await().saveTo(file);
      try (Predictor<Table, ComponentStates> opened = millwright.open(Maintenance.STATE, file)) {
        for (double value : new double[] {Double.NaN, 0.4, 3}) {
          // Without the pressure nothing tells of the valve, whose three states are as frequent.
          double[] valve = silent(opened, "pressure", value, "valve");
          assertThat(valve[0]).isLessThan(0.5);
          assertThat(valve[1]).isLessThan(0.5);
          assertThat(valve[2]).isGreaterThan(0.85);
          double[] pump = silent(opened, "pressure", value, "pump");
          assertThat(pump[1]).isCloseTo(pump[0], within(0.1));
          // The flow says nothing of the valve.
          assertThat(silent(opened, "flow", value, "valve")[0]).isGreaterThan(0.8);
        }
        double[][] nothing = new double[60][3];
        for (double[] row : nothing) {
          Arrays.fill(row, Double.NaN);
        }
        ComponentState unknown =
            opened
                .predict(Table.ofNumbers(COLUMNS, nothing))
                .orElseThrow()
                .value()
                .components()
                .get("valve");
        assertThat(unknown.probabilities().get(unknown.state())).isBetween(0.3, 0.45);
        assertThat(unknown.possible()).hasSizeGreaterThan(1);
      }
    }
  }
}
