package io.millwright.runtime.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Flag;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepsTest {

  private static final Schema ONE = Plants.numbers(1);

  private static Table column(double... values) {
    double[][] rows = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = new double[] {values[i]};
    }
    return Table.ofNumbers(ONE, rows);
  }

  @Test
  void cleaningMendsAndReportsEveryKindOfDirt() {
    Step.Clean clean =
        new Step.Clean(Step.Missing.LAST, 6, 3, true, List.of(new Step.Range("c0", -50, 50)));
    Table dirty =
        column(
            1,
            2,
            Double.NaN,
            3,
            Double.POSITIVE_INFINITY,
            2,
            99,
            1,
            49,
            3,
            2,
            2.5,
            2.5,
            1,
            2,
            1,
            2,
            3,
            1,
            2,
            3);
    FittedPreparation.Fit fit = FittedPreparation.fit(Preparation.of(clean), ONE, List.of(dirty));
    assertThat(fit.preparation().rows(dirty, new Notes()))
        .containsExactly(1, 2, 2, 3, 3, 2, 2, 1, 1, 3, 2, 2.5f, 2.5f, 1, 2, 1, 2, 3, 1, 2, 3);
    CleaningReport report = fit.report();
    assertThat(report.count(CleaningReport.Kind.MISSING)).isEqualTo(1);
    assertThat(report.count(CleaningReport.Kind.INFINITE)).isEqualTo(1);
    assertThat(report.count(CleaningReport.Kind.OUT_OF_RANGE)).isEqualTo(1);
    assertThat(report.count(CleaningReport.Kind.OUTLIER)).isEqualTo(1);
    assertThat(report.count(CleaningReport.Kind.DUPLICATE)).isEqualTo(1);
    assertThat(report.total()).isEqualTo(5);
    assertThat(report.entries())
        .contains(
            new CleaningReport.Entry(0, 6, "c0", CleaningReport.Kind.OUT_OF_RANGE, "99.0", "2.0"));
    assertThat(report.leftOut()).containsExactly(new CleaningReport.LeftOut(0, List.of(12)));
  }

  @Test
  void aReadingThatStandsStillIsStuckOnlyWhereItUsuallyMoves() {
    Step.Clean clean = new Step.Clean(Step.Missing.MEDIAN, 0, 2, false, List.of());
    Table moving = column(1, 2, 3, 4, 5, 6, 7, 8, 9);
    Table still = column(5.5, 5.5, 5.5, 5.5);
    Notes notes = new Notes();
    float[] mended =
        FittedPreparation.fit(Preparation.of(clean), ONE, List.of(moving))
            .preparation()
            .rows(still, notes);
    assertThat(mended).containsExactly(5.5f, 5.5f, 5f, 5f);
    assertThat(notes.has(Flag.IMPUTED)).isTrue();
    Notes quiet = new Notes();
    Table coarse = column(1, 1, 1, 1, 1, 2, 2, 2, 2);
    FittedPreparation.fit(Preparation.of(clean), ONE, List.of(coarse))
        .preparation()
        .rows(column(1, 1, 1, 1, 1), quiet);
    assertThat(quiet.flags()).isEmpty();
  }

  @Test
  void repeatedIndependentRecordsAreLeftOut() {
    Step.Clean clean = new Step.Clean(Step.Missing.LAST, 0, 0, true, List.of());
    List<Table> records = List.of(column(1), column(2), column(1), column(2), column(3));
    assertThat(FittedPreparation.fit(Preparation.of(clean), ONE, records).report().leftOut())
        .containsExactly(
            new CleaningReport.LeftOut(2, List.of(0)), new CleaningReport.LeftOut(3, List.of(0)));
  }

  @Test
  void labelsBecomeZerosAndAOne() {
    Schema schema = Schema.of(Column.category("die"), Column.number("x"));
    Table table = Table.builder(schema, 3).add("b", 1.0).add("a", 2.0).add("c", 3.0).build();
    FittedPreparation fitted =
        FittedPreparation.fit(Preparation.of(new Step.Encode()), schema, List.of(table))
            .preparation();
    assertThat(fitted.features()).containsExactly("die=a", "die=b", "die=c", "x");
    assertThat(fitted.rows(table, new Notes())).containsExactly(0, 1, 0, 1, 1, 0, 0, 2, 0, 0, 1, 3);
  }

  @Test
  void scalingIsRobustAndClips() {
    Table table = column(1, 2, 3, 4, 1000);
    FittedPreparation fitted =
        FittedPreparation.fit(
                Preparation.of(new Step.Scale(Step.Scaling.ROBUST, 4)), ONE, List.of(table))
            .preparation();
    assertThat(fitted.rows(table, new Notes())).containsExactly(-1, -0.5f, 0, 0.5f, 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void trendsAreWhatTheirFormulasSay(long seed) {
    Random random = new Random(seed);
    int rows = 400;
    double[] x = new double[rows];
    for (int i = 0; i < rows; i++) {
      x[i] = 1e4 + 0.01 * i + random.nextGaussian();
    }
    Step.Trends spec = new Step.Trends(List.of(0.2, 0.02), List.of(10), true, 40, true);
    FittedPreparation fitted =
        FittedPreparation.fit(Preparation.of(spec), ONE, List.of(column(x))).preparation();
    double[] state = fitted.plan().start(0);
    double[] out = new double[fitted.plan().widest()];
    double[] in = new double[fitted.plan().widest()];
    int[] layout = fitted.plan().layout(ONE);
    Table table = column(x);
    for (int t = 0; t < rows; t++) {
      double[] got = fitted.plan().step(table, t, layout, state, in, out, new Notes()).clone();
      double fast = weighted(x, t, 0.2);
      assertThat(got[0]).isCloseTo(fast, within(1e-8));
      assertThat(got[1]).isCloseTo(weighted(x, t, 0.02), within(1e-8));
      assertThat(got[2]).isCloseTo(fast - mean(x, 0, Math.min(t + 1, 10)), within(1e-8));
      assertThat(got[3]).isCloseTo(mean(x, 0, t + 1), within(1e-8));
      double[] line = line(x, Math.max(0, t - 39), t + 1);
      assertThat(got[4]).isCloseTo(line[0], within(1e-7));
      assertThat(got[5]).isCloseTo(line[1], within(1e-7));
      assertThat(got[6]).isEqualTo(t / 200.0);
      assertThat(got[7]).isEqualTo(Math.log1p(t));
      assertThat(got[8]).isEqualTo(1);
    }
  }

  private static double weighted(double[] x, int t, double w) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i <= t; i++) {
      double own = Math.pow(1 - w, t - i);
      sum += own * x[i];
      weights += own;
    }
    return sum / weights;
  }

  private static double mean(double[] x, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += x[i];
    }
    return sum / (to - from);
  }

  /** Value at the last row and slope per row. */
  private static double[] line(double[] x, int from, int to) {
    double my = mean(x, from, to);
    double mt = (from + to - 1) / 2.0;
    double a = 0;
    double b = 0;
    for (int i = from; i < to; i++) {
      a += (i - mt) * (x[i] - my);
      b += (i - mt) * (i - mt);
    }
    double slope = b == 0 ? 0 : a / b;
    return new double[] {my + slope * (to - 1 - mt), slope};
  }

  @Test
  void anUnknownAgeIsSaidSo() {
    Schema schema = Schema.of(Column.number("x"), Column.age("age"));
    Table known = Table.ofNumbers(schema, new double[][] {{1, 50}, {2, 51}, {1, 52}});
    Table unknown = Table.ofNumbers(schema, new double[][] {{1, Double.NaN}, {2, Double.NaN}});
    FittedPreparation fitted =
        FittedPreparation.fit(
                Preparation.of(new Step.Trends(List.of(1.0), List.of(), false, 0, true)),
                schema,
                List.of(known))
            .preparation();
    assertThat(fitted.features())
        .containsExactly("x mean 1.0", "age / 200", "ln(1 + age)", "age known");
    Notes notes = new Notes();
    assertThat(fitted.rows(known, notes))
        .containsExactly(
            1,
            0.25f,
            (float) Math.log1p(50),
            1,
            2,
            0.255f,
            (float) Math.log1p(51),
            1,
            1,
            0.26f,
            (float) Math.log1p(52),
            1);
    assertThat(notes.flags()).isEmpty();
    assertThat(fitted.rows(unknown, notes))
        .containsExactly(1, 0, 0, 0, 2, 0.005f, (float) Math.log1p(1), 0);
    assertThat(notes.flags()).containsExactly(Flag.SHORT_HISTORY);
  }

  @Test
  void interactionsStayFiniteWhereADivisorNearsZero() {
    Schema schema = Plants.numbers(2);
    Table table = Table.ofNumbers(schema, new double[][] {{2, 4}, {-1, 8}, {3, 5}});
    FittedPreparation fitted =
        FittedPreparation.fit(Preparation.of(new Step.Interactions(true)), schema, List.of(table))
            .preparation();
    assertThat(fitted.features()).containsExactly("c0", "c1", "c0 * c1", "c0 / c1");
    assertThat(fitted.rows(Table.ofNumbers(schema, new double[][] {{3, 0}}), new Notes()))
        .containsExactly(3, 0, 0, 1.5f);
  }

  @Test
  void driftingKeepsWhatWearsInEitherDirection() {
    Random random = new Random(4);
    Schema schema = Plants.numbers(8);
    List<Table> units = new ArrayList<>();
    for (int u = 0; u < 20; u++) {
      double[][] rows = new double[100][8];
      for (int t = 0; t < 100; t++) {
        for (int c = 0; c < 8; c++) {
          double way = c == 2 ? (u % 2 == 0 ? 1 : -1) : c == 5 ? 1 : 0;
          rows[t][c] = way * t * 0.05 + random.nextGaussian();
        }
      }
      units.add(Table.ofNumbers(schema, rows));
    }
    assertThat(
            FittedPreparation.fit(Preparation.of(new Step.Drifting(20, 1)), schema, units)
                .preparation()
                .features())
        .containsExactly("c2", "c5");
    assertThat(
            FittedPreparation.fit(Preparation.of(new Step.Drifting(20, 100)), schema, units)
                .preparation()
                .features())
        .hasSize(5)
        .contains("c2", "c5");
  }

  private static FittedStep.Conditions conditions(FittedPreparation fitted) {
    return fitted.steps().stream()
        .filter(FittedStep.Conditions.class::isInstance)
        .map(FittedStep.Conditions.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sixConditionsAreFoundByThemselves(long seed) {
    Schema schema = Plants.numbers(10);
    List<Table> fleet = Plants.fleet(new Random(seed), 30, Plants.SIX, schema);
    FittedPreparation fitted =
        FittedPreparation.fit(Preparation.of(new Step.Conditions(List.of(), 10)), schema, fleet)
            .preparation();
    assertThat(conditions(fitted).conditions()).hasSize(6);
    assertThat(conditions(fitted).settings().stream().map(FittedStep.Line::column))
        .contains("c0", "c1", "c2");
    assertThat(fitted.features())
        .contains("c4", "c5", "c6", "c7", "c8", "c9")
        .doesNotContain("c0", "c1", "c2");
    // What is left is wear and noise: standardised, and as restless in one condition as in another.
    float[] rows = fitted.rows(fleet.get(0), new Notes());
    for (float value : rows) {
      assertThat(Math.abs(value)).isLessThan(8);
    }
    double[][] strange = {new double[10]};
    System.arraycopy(new double[] {15, 0.5, 80}, 0, strange[0], 0, 3);
    Notes notes = new Notes();
    fitted.rows(Table.ofNumbers(schema, strange), notes);
    assertThat(notes.has(Flag.UNKNOWN_CONDITION)).isTrue();
    Notes quiet = new Notes();
    fitted.rows(Plants.fleet(new Random(seed + 50), 1, Plants.SIX, schema).get(0), quiet);
    assertThat(quiet.has(Flag.UNKNOWN_CONDITION)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneNoisyConditionIsOne(long seed) {
    Schema schema = Plants.numbers(10);
    List<Table> fleet = Plants.fleet(new Random(seed), 30, new double[][] {{0, 0, 100}}, schema);
    FittedPreparation found =
        FittedPreparation.fit(Preparation.of(new Step.Conditions(List.of(), 10)), schema, fleet)
            .preparation();
    assertThat(conditions(found).conditions()).hasSize(1);
    FittedPreparation named =
        FittedPreparation.fit(
                Preparation.of(new Step.Conditions(List.of("c0", "c1", "c2"), 10)), schema, fleet)
            .preparation();
    assertThat(conditions(named).conditions()).hasSize(1);
    assertThat(named.features()).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FD001", "FD003"})
  void realEnginesUnderOneConditionHaveOne(String subset) throws Exception {
    String folder = System.getenv("MILLWRIGHT_DATA");
    Assumptions.assumeTrue(folder != null, "MILLWRIGHT_DATA is not set");
    Path file = Path.of(folder, "c-mapss", "train_" + subset + ".txt.gz");
    Assumptions.assumeTrue(Files.exists(file), file + " is not there");
    List<double[][]> units = new ArrayList<>();
    List<double[]> unit = new ArrayList<>();
    String text;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    }
    String current = "1";
    for (String line : text.split("\n", -1)) {
      if (line.isBlank()) {
        continue;
      }
      String[] cells = line.strip().split("\\s+", -1);
      if (!cells[0].equals(current)) {
        units.add(unit.toArray(new double[0][]));
        unit.clear();
        current = cells[0];
      }
      double[] row = new double[24];
      for (int i = 0; i < 24; i++) {
        row[i] = Double.parseDouble(cells[i + 2]);
      }
      unit.add(row);
    }
    units.add(unit.toArray(new double[0][]));
    Schema schema = Plants.numbers(24);
    List<Table> fleet = units.stream().map(u -> Table.ofNumbers(schema, u)).toList();
    assertThat(fleet).hasSize(100);
    Preparation preparation =
        Preparation.of(
            Step.Clean.standard(), new Step.Conditions(List.of(), 10), new Step.Drifting(20, 1));
    FittedPreparation fitted = FittedPreparation.fit(preparation, schema, fleet).preparation();
    assertThat(conditions(fitted).conditions()).hasSize(1);
    assertThat(fitted.features()).hasSizeBetween(8, 20);
    FittedPreparation named =
        FittedPreparation.fit(
                Preparation.of(new Step.Conditions(List.of("c0", "c1", "c2"), 10)), schema, fleet)
            .preparation();
    assertThat(conditions(named).conditions()).hasSize(1);
  }
}
