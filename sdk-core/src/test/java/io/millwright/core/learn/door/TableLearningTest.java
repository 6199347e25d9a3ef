package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.DataReport;
import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door for users without a plug-in, through the front door only. */
class TableLearningTest {

  private static final Learning QUICK = Learning.adam(1e-2).batch(32).epochs(25).key(1);

  private static Millwright millwright;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  /** Strength by heat and time of pressing, of one material or another; an id; seven lots. */
  private static Table press(int rows, double noise) {
    Schema schema =
        Schema.of(
            Column.text("id"),
            Column.category("lot"),
            Column.number("heat"),
            Column.number("seconds"),
            Column.category("material"),
            Column.number("strength"),
            Column.category("verdict"));
    Random random = new Random(5);
    TableBuilder table = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      boolean steel = random.nextBoolean();
      double strength =
          (steel ? 20 : 10) + 15 * heat * seconds + 3 * heat + noise * random.nextGaussian();
      table.add(
          "p" + r,
          "lot " + r % 7,
          heat,
          seconds,
          steel ? "steel" : "brass",
          strength,
          strength > 19 ? "good" : "bad");
    }
    return table.build();
  }

  /** Machines that hum along a wave; the target is the next value. */
  private static Table waves(int machines, int rows) {
    Schema schema =
        Schema.of(Column.category("machine"), Column.number("level"), Column.number("next"));
    Random random = new Random(6);
    TableBuilder table = Table.builder(schema, machines * rows);
    for (int m = 0; m < machines; m++) {
      double phase = 6 * random.nextDouble();
      for (int r = 0; r < rows; r++) {
        table.add("m" + m, Math.sin(phase + 0.5 * r), Math.sin(phase + 0.5 * (r + 1)));
      }
    }
    return table.build();
  }

  private static double first(Outcome<Double> outcome) {
    return outcome.orElseThrow().value();
  }

  /** A shift from 6 to 22 on working days, which only the calendar tells of. */
  private static Table shifts(int days) {
    Schema schema = Schema.of(Column.time("when"), Column.number("temp"), Column.number("load"));
    Random random = new Random(8);
    TableBuilder table = Table.builder(schema, days * 24);
    for (int h = 0; h < days * 24; h++) {
      boolean works = h % 24 >= 6 && h % 24 < 22 && h / 24 % 7 < 5;
      double temp = 10 + 5 * random.nextGaussian();
      table.add(
          Instant.parse("2026-01-05T00:00:00Z").plusSeconds(3600L * h),
          temp,
          (works ? 100 : 40) + 0.5 * temp + random.nextGaussian());
    }
    return table.build();
  }

  @Test
  void timesAreSeenThroughTheCalendar() throws Exception {
    Table table = shifts(35);
    Trained<Table, Double> model =
        millwright
            .learning()
            .number("load")
            .network(Networks.mlp(32))
            .learning(QUICK)
            .split(Split.holdOut(0.25).by(Split.By.ROW))
            .train(table)
            .await();
    assertThat(model.evaluation().rmse())
        .isLessThan(
            0.4 * model.evaluation().baselines().get("mean of the training data").get("rmse"));
    Path file = folder.resolve("load.mwb");
    model.saveTo(file);
    Table row = table.without("load").slice(40, 41);
    try (Predictor<Table, Double> fresh = model.open();
        Predictor<Table, Double> opened = millwright.open(TableLearning.NUMBER, file)) {
      assertThat(opened.predict(row)).isEqualTo(fresh.predict(row));
      assertThat(opened.explain(row, ExplainRequest.standard()).contributions()).isNotEmpty();
      assertThat(opened.info().inputs().names()).containsExactly("when", "temp");
    }
    // The column that orders rows is an input too.
    Trained<Table, Double> ordered =
        millwright
            .learning()
            .number("load")
            .time("when")
            .network(Networks.mlp(8))
            .learning(QUICK)
            .train(table)
            .await();
    assertThat(ordered.info().inputs().names()).contains("when");
  }

  @Test
  void aPerceptronLearnsANumberAndItsBundleOpensBothWays() throws Exception {
    Table table = press(240, 0.3).without("verdict", "lot");
    Trained<Table, Double> model =
        millwright
            .learning()
            .number("strength")
            .network(Networks.mlp(16))
            .learning(QUICK)
            .split(Split.holdOut(0.25).by(Split.By.ROW))
            .train(table)
            .await();
    assertThat(model.evaluation().rmse())
        .isLessThan(
            0.5 * model.evaluation().baselines().get("mean of the training data").get("rmse"));
    Path file = folder.resolve("strength.mwb");
    model.saveTo(file);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    model.saveTo(bytes);
    assertThat(bytes.toByteArray()).isEqualTo(Files.readAllBytes(file));
    Table row = table.without("strength").slice(3, 4);
    try (Predictor<Table, Double> fresh = model.open();
        Predictor<Table, Double> typed = millwright.open(TableLearning.NUMBER, file);
        Predictor<Table, Object> untyped =
            millwright.open(ModelSource.bytes("column", bytes.toByteArray()))) {
      assertThat(first(typed.predict(row))).isEqualTo(first(fresh.predict(row)));
      assertThat(untyped.predict(row).orElseThrow().value()).isEqualTo(first(fresh.predict(row)));
      assertThat(first(fresh.predict(table.slice(3, 4)))).isEqualTo(first(fresh.predict(row)));
    }
    assertThat(model.dataReport().remarks())
        .anySatisfy(r -> assertThat(r).contains("left out of the inputs: id (text)"));
    assertThat(millwright.info(file).provenance().settings())
        .containsEntry("data", "240 rows, 240 of them learnt from")
        .containsKey("data remark 01");
  }

  @Test
  void withoutANetworkItChoosesAndSaysWhat() throws Exception {
    Trained<Table, Object> model =
        millwright
            .learning()
            .target("verdict")
            .group("lot")
            .learning(QUICK.epochs(8))
            .train(press(210, 0.5).without("strength", "id"))
            .await();
    assertThat(model.info().classes()).containsExactlyInAnyOrder("good", "bad");
    assertThat(model.evaluation().protocol()).contains("chosen: ").contains("group");
    assertThat(model.dataReport().remarks())
        .anySatisfy(r -> assertThat(r).startsWith("classes: "))
        .anySatisfy(r -> assertThat(r).contains("7 groups of 30 to 30 rows"));
    try (Predictor<Table, Object> predictor = model.open()) {
      Object answer =
          predictor
              .predict(press(210, 0.5).without("strength", "id").slice(0, 1))
              .orElseThrow()
              .value();
      assertThat(answer).isInstanceOf(ClassScores.class);
    }
  }

  @Test
  void windowsOfSequencesGoToARecurrentNetwork() throws Exception {
    Trained<Table, Double> model =
        millwright
            .learning()
            .number("next")
            .group("machine")
            .window(6)
            .network(Networks.gru(8))
            .learning(QUICK.epochs(15))
            .split(Split.holdOut(0.25))
            .train(waves(12, 25))
            .await();
    assertThat(model.evaluation().rmse())
        .isLessThan(
            0.5 * model.evaluation().baselines().get("mean of the training data").get("rmse"));
    Path file = folder.resolve("next.mwb");
    model.saveTo(file);
    Table one = waves(12, 25).slice(0, 25).select(List.of("level"));
    try (Predictor<Table, Double> predictor = model.open();
        var monitor = millwright.monitor(TableLearning.NUMBER, file)) {
      Outcome<Double> last = null;
      for (int r = 0; r < one.rows(); r++) {
        Row reading = one.row(r);
        last = monitor.update("m0", reading, java.time.Instant.ofEpochSecond(r));
      }
      assertThat(first(last))
          .isCloseTo(first(predictor.predict(one)), org.assertj.core.api.Assertions.within(1e-4));
    }
  }

  /** What least squares on the lags finds exactly must not need a network. */
  @Test
  void aLinearTruthOfTheWindowIsSolved() throws Exception {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    Schema schema =
        Schema.of(Column.category("machine"), Column.number("sound"), Column.number("wear"));
    for (int m = 0; m < 8; m++) {
      double level = 2 * random.nextGaussian();
      for (int r = 0; r < 40; r++) {
        double before = level;
        level += random.nextGaussian();
        rows.add(Row.of(schema, "m" + m, level, before + 0.1 * random.nextGaussian()));
      }
    }
    Trained<Table, Double> model =
        millwright
            .learning()
            .number("wear")
            .group("machine")
            .window(4)
            .train(Table.of(schema, rows))
            .await();
    assertThat(model.evaluation().protocol()).contains("linear regression of the window");
    // The noise is 0.1; the first row of each machine has no row before it, and the walk moves by
    // 1.
    assertThat(model.evaluation().figures().get("rmse")).isLessThan(0.3);
  }

  @Test
  void oneSequenceIsJudgedByItsLastRows() throws Exception {
    Trained<Table, Double> model =
        millwright
            .learning()
            .number("next")
            .window(4)
            .network(Networks.lstm(6))
            .learning(QUICK.epochs(3))
            .train(waves(1, 200).without("machine"))
            .await();
    assertThat(model.evaluation().samples()).isEqualTo(40);
  }

  @Test
  void arraysAreTables() throws Exception {
    double[][] x = new double[80][];
    double[] y = new double[80];
    Random random = new Random(1);
    Arrays.setAll(x, i -> new double[] {random.nextDouble(), random.nextDouble()});
    Arrays.setAll(y, i -> x[i][0] - 2 * x[i][1]);
    Trained<Table, Double> model =
        millwright.learning().number("y").learning(QUICK).train(x, y).await();
    assertThat(model.evaluation().protocol()).contains("linear");
    assertThat(model.evaluation().rmse()).isLessThan(0.1);
    assertThatThrownBy(() -> millwright.learning().number("y").train(x, new double[3]))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SHAPE));
  }

  @Test
  void aColumnThatGivesTheAnswerAwayStopsUnlessItIsTrusted() {
    Table table = press(120, 0.3);
    assertThatThrownBy(() -> millwright.learning().classes("verdict").train(table))
        .hasMessageContaining("column \"strength\" gives the answer away")
        .hasMessageContaining("\nMaybe ");
    double[] copy = table.numbers("strength");
    Arrays.setAll(copy, i -> Math.exp(copy[i] / 10));
    Table copied = table.with(Column.number("copy"), copy).without("verdict");
    assertThat(millwright.learning().number("strength").examine(copied).leaks()).hasSize(1);
    DataReport trusted = millwright.learning().number("strength").trusting("copy").examine(copied);
    assertThat(trusted.leaks()).isEmpty();
    assertThat(trusted.remarks().get(0)).contains("copy alone, which is trusted");
  }

  @Test
  void theReportNamesWhatIsWrongWithRows() {
    Table table = press(60, 0.3).without("strength", "lot");
    List<Table> parts = new ArrayList<>();
    int[] rows = new int[70];
    Arrays.setAll(rows, i -> i % 60);
    double[] heat = table.rows(rows).numbers("heat");
    heat[5] = Double.NaN;
    Table repeated = table.rows(rows).with(Column.number("heat"), heat);
    parts.add(repeated);
    DataReport report = millwright.learning().classes("verdict").examine(parts.get(0));
    assertThat(report.rows()).isEqualTo(70);
    assertThat(report.remarks())
        .anySatisfy(r -> assertThat(r).contains("heat (1.4 %)"))
        .anySatisfy(r -> assertThat(r).startsWith("9 rows are copies of earlier ones"))
        .anySatisfy(r -> assertThat(r).contains("too few rows to say whether more would help"));
  }

  @Test
  void wrongDemandsAreRefusedWithTheWayOut() {
    Table table = press(40, 0.3).without("verdict");
    assertThatThrownBy(() -> millwright.learning().number("power").train(table))
        .hasMessageContaining("column \"power\"")
        .hasMessageContaining("strength");
    assertThatThrownBy(() -> millwright.learning().number("strength").group("shift").train(table))
        .hasMessageContaining("column \"shift\"");
    assertThatThrownBy(() -> millwright.learning().number("material").train(table))
        .hasMessageContaining("not of numbers");
    assertThatThrownBy(
            () -> millwright.learning().number("strength").network(Networks.lstm(4)).train(table))
        .hasMessageContaining("Maybe say window(30)");
    assertThatThrownBy(() -> millwright.learning().number("strength").window(1))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(
            () ->
                millwright
                    .learning()
                    .number("strength")
                    .network(Networks.mlp(4))
                    .auto(Duration.ofMinutes(1))
                    .train(table))
        .hasMessageContaining("leave one of them out");
  }
}
