package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Task;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.api.head.Heads;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Retrainable;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.runtime.network.InputSpec;
import io.millwright.runtime.network.Shape;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.Notes;
import io.millwright.runtime.prepare.PreparedStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window of readings as the main input, ids and a setting of the newest row as others. */
class InputsTest {

  private static final Schema SCHEMA =
      Schema.of(
          Column.category("machine"),
          Column.number("force"),
          Column.number("order"),
          Column.number("heat"));

  private static final Binding<Table, Double, Double> BINDING =
      new Binding<>(
          new Task<>("test.inputs", 1, Table.class, Double.class), t -> t, Heads.number(Unit.NONE));

  @TempDir Path folder;

  private static Table table(int rows, long key) {
    Random random = new Random(key);
    TableBuilder builder = Table.builder(SCHEMA, rows);
    for (int r = 0; r < rows; r++) {
      builder.add(
          "machine " + (char) ('a' + random.nextInt(3)),
          100 + 5 * random.nextGaussian(),
          (double) (1 + random.nextInt(4)),
          20 + random.nextGaussian());
    }
    return builder.build();
  }

  private static Samples<Table, Double> samples() {
    List<Sample<Table, Double>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(Sample.of("press " + i, table(6, i), (double) i % 5));
    }
    return new Samples<>(all);
  }

  private static Preparation preparation() {
    return Preparation.of(
        Step.Clean.standard(),
        Step.Input.of("ids", "machine", "order"),
        new Step.Scale(Step.Scaling.STANDARD, 0),
        Step.Input.of("setting", "heat"),
        new Step.DropConstant(),
        new Step.Window(3));
  }

  private static Recipe<Table, Double, Double> recipe(Preparation preparation) {
    Branch readings = Branch.of(new Layer.Gru(4, false, Activation.TANH, Initialisation.AUTOMATIC));
    Branch ids = Branch.from("ids", Network.of(new Layer.Embedding(5, 2)));
    Branch setting = Branch.from("setting", Networks.mlp(Activation.TANH, 2));
    return Recipe.of(BINDING)
        .preparation(preparation)
        .network(
            Network.of(
                new Route.Branches(List.of(readings, ids, setting), Join.CONCATENATE),
                new Layer.Dense(4, Activation.TANH, Initialisation.AUTOMATIC)))
        .learning(Bench.learning().epochs(2))
        .split(Split.holdOut(0.3))
        .build();
  }

  @Test
  void rowsStreamsAndBatchesAreLaidOutAlike() {
    List<Table> tables = samples().all().stream().map(Sample::input).toList();
    FittedPreparation fitted = FittedPreparation.fit(preparation(), SCHEMA, tables).preparation();
    assertThat(fitted.given())
        .containsExactly(
            InputSpec.of(new Shape(3, 1)),
            new InputSpec("ids", new Shape(0, 2)),
            new InputSpec("setting", new Shape(0, 1)));
    assertThat(fitted.shape()).isEqualTo(new Shape(0, 6));
    Notes notes = new Notes();
    for (int rows = 1; rows <= 6; rows++) {
      Table table = tables.get(4).slice(0, rows);
      PreparedStream stream = fitted.stream();
      for (int r = 0; r < rows; r++) {
        stream.push(table, r, notes);
      }
      float[] latest = stream.latest();
      assertThat(latest[3])
          .as("labels are numbered by alphabet from 1 on")
          .isEqualTo(
              table.label(rows - 1, 0) == null
                  ? 0
                  : String.valueOf(table.label(rows - 1, 0)).charAt(8) - 'a' + 1);
      assertThat(latest[4]).as("ids are not scaled").isEqualTo((float) table.number(rows - 1, 2));
      assertThat(latest[5]).as("the setting was scaled before").isBetween(-4f, 4f);
      Dataset data =
          new Dataset(
              fitted.plan(),
              fitted.plan().rows(table, notes),
              new int[] {rows - 1},
              new int[] {0},
              new float[] {0},
              false,
              new boolean[] {true},
              new int[] {0});
      float[] laid = new float[6];
      data.input(0, laid, 0);
      assertThat(laid).containsExactly(latest);
      if (rows == 1) {
        assertThat(fitted.plan().row(table, 0, notes)).containsExactly(latest);
      }
    }
  }

  @Test
  void itIsTrainedSavedReopenedAndTrainedAgain() throws Exception {
    DefaultLearningToolkit toolkit = Bench.toolkit(Runnable::run);
    var trained = toolkit.trainer(recipe(preparation())).train(samples()).await();
    Path bundle = folder.resolve("a.mwb");
    trained.saveTo(bundle);
    Retrainable<Table, Double, Double> reopened = toolkit.reopen(BINDING, bundle);
    try (Predictor<Table, Double> before = trained.open();
        Predictor<Table, Double> after = reopened.open()) {
      Table table = table(5, 77);
      assertThat(after.predict(table)).isEqualTo(before.predict(table));
      TableBuilder odd = Table.builder(SCHEMA, 1);
      odd.add("machine z", 100.0, Double.NaN, 20.0);
      Outcome<Double> said = after.predict(odd.build());
      assertThat(said.orElseThrow().flags()).contains(Flag.UNKNOWN_CATEGORY);
    }
    assertThat(Bench.digest(reopened.retrainer().train(samples()).await()))
        .isEqualTo(Bench.digest(trained));
  }

  @Test
  void whatCannotBeAnInputIsSaid() {
    assertThatThrownBy(() -> Step.Input.of("input", "machine"))
        .hasMessageContaining("another name");
    assertThatThrownBy(() -> Step.Input.of("ids")).isInstanceOf(IllegalArgumentException.class);
    List<Table> tables = List.of(table(6, 1));
    refused(
        Preparation.of(Step.Input.of("ids", "machine"), Step.Input.of("more", "machine")),
        tables,
        "belongs to another input");
    refused(Preparation.of(Step.Input.of("ids", "machine", "tool")), tables, "no column \"tool\"");
    assertThatThrownBy(
            () ->
                Bench.toolkit(Runnable::run)
                    .trainer(recipe(preparation()).toBuilder().network(Networks.mlp(4)).build())
                    .train(samples())
                    .await())
        .hasMessageContaining("nothing in the network begins with the input \"ids\"");
  }

  private static void refused(Preparation preparation, List<Table> tables, String why) {
    assertThatThrownBy(() -> FittedPreparation.fit(preparation, SCHEMA, tables))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e ->
                assertThat(e.code())
                    .isIn(ErrorCode.BAD_OPTION, ErrorCode.MISSING_COLUMN, ErrorCode.WRONG_TYPE))
        .hasMessageContaining(why);
  }
}
