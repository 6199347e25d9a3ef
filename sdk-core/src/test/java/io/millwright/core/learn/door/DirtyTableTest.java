package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.DataReport;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Column;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables as plants have them: copied rows, values lost for a reason, columns that tell too much.
 */
final class DirtyTableTest {

  private static Millwright millwright;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  /** Rows of four inputs and a target of noise alone. */
  private static Table noise(int rows, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[rows][5];
    for (double[] row : x) {
      Arrays.setAll(row, i -> random.nextGaussian());
    }
    return Table.ofNumbers(
        Schema.of(
            Column.number("a"),
            Column.number("b"),
            Column.number("c"),
            Column.number("d"),
            Column.number("y")),
        x);
  }

  @Test
  void copiedRowsDoNotFlatter() throws Exception {
    Table copied = noise(60, 1).rows(IntStream.range(0, 600).map(r -> r % 60).toArray());
    Trained<Table, Double> model = millwright.learning().number("y").train(copied).await();
    assertThat(model.dataReport().remarks())
        .anySatisfy(r -> assertThat(r).startsWith("540 rows are copies of earlier ones"));
    assertThat(model.evaluation().figures().get("rmse")).isGreaterThan(0.7);
  }

  @Test
  void fewSettingsThatComeAgainAreNoCopies() {
    // Four columns of a few levels, and a target that follows from them: every row comes again.
    Random random = new Random(2);
    double[][] x = new double[2000][];
    Arrays.setAll(
        x,
        r -> {
          double a = random.nextInt(4);
          double b = random.nextInt(4);
          double c = random.nextInt(3);
          return new double[] {a, b, c, a + 2 * b - c};
        });
    Table table =
        Table.ofNumbers(
            Schema.of(
                Column.number("a"), Column.number("b"), Column.number("c"), Column.number("y")),
            x);
    assertThat(millwright.learning().number("y").examine(table).learnt()).isEqualTo(2000);
  }

  @Test
  void whatIsMissingForAReasonTellsOfTheAnswer() throws Exception {
    Random random = new Random(3);
    double[][] rows = new double[800][];
    Arrays.setAll(
        rows,
        r -> {
          double a = random.nextGaussian();
          boolean lost = random.nextDouble() < 0.3;
          double y = 2 * a + (lost ? 5 : 0) + 0.3 * random.nextGaussian();
          return new double[] {a, lost ? Double.NaN : random.nextGaussian(), y};
        });
    Table table =
        Table.ofNumbers(
            Schema.of(Column.number("a"), Column.number("d"), Column.number("y")), rows);
    Trained<Table, Double> model = millwright.learning().number("y").train(table).await();
    assertThat(model.evaluation().figures().get("rmse")).isLessThan(0.45);
    try (Predictor<Table, Double> predictor = model.open()) {
      Outcome<Double> lost = predictor.predict(table.without("y").rows(first(rows, true)));
      Outcome<Double> there = predictor.predict(table.without("y").rows(first(rows, false)));
      double gap = value(lost) - 2 * rows[first(rows, true)[0]][0];
      assertThat(gap).isBetween(4.0, 6.0);
      assertThat(value(there) - 2 * rows[first(rows, false)[0]][0]).isBetween(-1.0, 1.0);
    }
    // Readers that do not know the step must be told so by the version.
    Path file = folder.resolve("m.mwb");
    model.saveTo(file);
    try (FileSystem bundle = FileSystems.newFileSystem(file)) {
      assertThat(Files.readString(bundle.getPath("manifest.json"))).contains("bundle/1.3\"");
    }
  }

  private static int[] first(double[][] rows, boolean lost) {
    return new int[] {
      IntStream.range(0, rows.length)
          .filter(r -> Double.isNaN(rows[r][1]) == lost)
          .findFirst()
          .orElseThrow()
    };
  }

  private static double value(Outcome<Double> outcome) {
    return outcome.<Double>fold(p -> p.value(), a -> Double.NaN);
  }

  @Test
  void aColumnThatGivesTheAnswerButForRoundingAndASlipStops() {
    Table table = noise(400, 4);
    double[] y = table.numbers("y");
    Random random = new Random(5);
    double[] rounded = Arrays.stream(y).map(v -> Math.round(v * 119) / 100.0).toArray();
    double[] slipped = y.clone();
    slipped[17] = 40;
    double[] near = Arrays.stream(y).map(v -> v + 0.05 * random.nextGaussian()).toArray();
    for (double[] leak : new double[][] {rounded, slipped}) {
      assertThatThrownBy(
              () ->
                  millwright.learning().number("y").train(table.with(Column.number("gross"), leak)))
          .hasMessageContaining("column \"gross\" gives the answer away");
    }
    assertThat(
            millwright
                .learning()
                .number("y")
                .examine(table.with(Column.number("sensor"), near))
                .leaks())
        .isEmpty();
  }

  @Test
  void aColumnThatGivesTheClassButForOneRowStops() {
    Table table = noise(600, 6);
    double[] bad = Arrays.stream(table.numbers("y")).map(v -> v > 1 ? 1 : 0).toArray();
    double[] cost = Arrays.stream(bad).map(v -> v * 120).toArray();
    cost[3] = 120 - cost[3];
    DataReport report =
        millwright
            .learning()
            .classes("bad")
            .examine(
                table
                    .without("y")
                    .with(Column.number("bad"), bad)
                    .with(Column.number("repair"), cost));
    assertThat(report.leaks()).singleElement().asString().contains("repair");
  }

  @Test
  void whatIsNeverNegativeIsNotAnsweredSo() throws Exception {
    Random random = new Random(7);
    double[][] rows = new double[500][];
    Arrays.setAll(
        rows,
        r -> {
          double a = random.nextGaussian();
          double noise = random.nextGaussian();
          return new double[] {a, Math.max(0, Math.rint(2 * a + noise))};
        });
    Table table = Table.ofNumbers(Schema.of(Column.number("a"), Column.number("y")), rows);
    Trained<Table, Double> model = millwright.learning().number("y").train(table).await();
    assertThat(model.dataReport().remarks())
        .anySatisfy(r -> assertThat(r).startsWith("the target is never below 0"));
    try (Predictor<Table, Double> predictor = model.open()) {
      assertThatThrownBy(() -> predictor.predict(table.without("y")))
          .hasMessageContaining("500 rows")
          .hasMessageContaining("Maybe ask predictRows");
      for (Outcome<Double> outcome : predictor.predictRows(table.without("y"))) {
        assertThat(value(outcome)).isNotNegative();
        outcome.fold(
            p -> {
              assertThat(((Uncertainty.Interval) p.uncertainty().at(0.9)).low()).isNotNegative();
              return 0;
            },
            a -> 0);
      }
    }
  }

  @Test
  void theReportSaysOfTheFloorWhatTheModelDoes() throws Exception {
    Random random = new Random(11);
    double[][] rows = new double[400][];
    Arrays.setAll(
        rows,
        r -> {
          double a = random.nextDouble();
          return new double[] {a, r % 200 == 7 ? -900 : 10 * a};
        });
    Table table = Table.ofNumbers(Schema.of(Column.number("a"), Column.number("y")), rows);
    DataReport report = millwright.learning().number("y").trusting("a").examine(table);
    assertThat(report.remarks())
        .anySatisfy(r -> assertThat(r).contains("-900"))
        .noneSatisfy(r -> assertThat(r).startsWith("the target is never below 0"));
  }

  @Test
  void wholeNumbersOfFewLevelsMayBeClasses() {
    Random random = new Random(8);
    double[][] rows = new double[200][];
    Arrays.setAll(rows, r -> new double[] {random.nextGaussian(), random.nextInt(3) - 1});
    Table table = Table.ofNumbers(Schema.of(Column.number("a"), Column.number("grade")), rows);
    assertThat(millwright.learning().number("grade").examine(table).remarks())
        .anySatisfy(r -> assertThat(r).contains("3 values only (-1, 0, 1)"))
        .noneSatisfy(r -> assertThat(r).startsWith("few rows where the target"));
  }

  @Test
  void labelsThatDifferByCapitalsAreSaid() {
    Random random = new Random(10);
    List<Row> rows = new ArrayList<>();
    Schema schema = Schema.of(Column.number("a"), Column.category("lot"), Column.category("state"));
    for (int r = 0; r < 90; r++) {
      String state = List.of("OK", "ok ", "NOK").get(r % 3);
      rows.add(Row.of(schema, random.nextGaussian(), r % 2 == 0 ? "x1" : "X1", state));
    }
    assertThat(millwright.learning().classes("state").examine(Table.of(schema, rows)).remarks())
        .contains(
            "labels of lot that differ by capitals or blanks alone: \"x1\" and \"X1\"",
            "classes that differ by capitals or blanks alone: \"OK\" and \"ok \"");
  }

  @Test
  void manyLabelsThatExplainTheTargetMayBeAGroup() {
    Random random = new Random(9);
    List<Row> rows = new ArrayList<>();
    Schema schema = Schema.of(Column.category("machine"), Column.number("a"), Column.number("y"));
    double[] level = random.doubles(20).map(v -> 8 * v).toArray();
    for (int r = 0; r < 400; r++) {
      double a = random.nextGaussian();
      rows.add(Row.of(schema, "m" + r % 20, a, 1e9 + a + level[r % 20]));
    }
    Table table = Table.of(schema, rows);
    assertThat(millwright.learning().number("y").examine(table).remarks())
        .anySatisfy(r -> assertThat(r).startsWith("machine has 20 labels that explain"));
    assertThat(millwright.learning().number("y").group("machine").examine(table).remarks())
        .noneSatisfy(r -> assertThat(r).contains("labels that explain"));
  }
}
