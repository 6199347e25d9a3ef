package io.millwright.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.explain.FunctionPredictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static double[] normal(Random random, int n, double mean) {
    return DoubleStream.generate(() -> mean + random.nextGaussian()).limit(n).toArray();
  }

  private static Table table(Random random, int rows, int columns, double shift) {
    Schema schema =
        new Schema(IntStream.range(0, columns).mapToObj(c -> Column.number("c" + c)).toList());
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      double common = random.nextGaussian();
      for (int c = 0; c < columns; c++) {
        row[c] = 0.5 * common + random.nextGaussian() + (c == 0 ? shift : 0);
      }
    }
    return Table.ofNumbers(schema, values);
  }

  @Test
  void statisticsAreThoseOfTheirDefinitions() {
    // R: ks.test(c(1,2,3,4), c(3,4,5,6)) has D = 0.5.
    double[] a = {1, 2, 3, 4};
    double[] b = {3, 4, 5, 6};
    assertThat(DriftStatistics.kolmogorovSmirnov(a, b).statistic()).isCloseTo(0.5, within(1e-12));
    Random random = new Random(1);
    double[] same = normal(random, 2000, 0);
    assertThat(DriftStatistics.psi(same, same)).isCloseTo(0, within(1e-12));
    assertThat(DriftStatistics.jensenShannon(same, same)).isCloseTo(0, within(1e-9));
    assertThat(DriftStatistics.psi(same, normal(random, 2000, 1))).isGreaterThan(0.5);
    assertThat(DriftStatistics.jensenShannon(a, new double[] {90, 91, 92})).isLessThanOrEqualTo(1);
    // chisq.test(matrix(c(30,20,20,30),2), correct=FALSE): X-squared = 4, p = 0.0455.
    List<String> then = labels(30, 20);
    List<String> now = labels(20, 30);
    assertThat(DriftStatistics.labels(then, now).pValue()).isCloseTo(0.0455, within(1e-4));
    assertThat(DriftStatistics.holm(List.of(0.01, 0.04, 0.03))).containsExactly(0.03, 0.06, 0.06);
  }

  private static List<String> labels(int x, int y) {
    return IntStream.range(0, x + y).mapToObj(i -> i < x ? "x" : "y").toList();
  }

  /** Uniform p-values: as many below 5 % as there should be. */
  @Test
  void kolmogorovSmirnovHoldsItsLevel() {
    Random random = new Random(2);
    double[] reference = normal(random, 1000, 0);
    int below = 0;
    for (int i = 0; i < 1000; i++) {
      below +=
          DriftStatistics.kolmogorovSmirnov(normal(random, 1000, 0), normal(random, 100, 0))
                      .pValue()
                  < 0.05
              ? 1
              : 0;
    }
    assertThat(below).isBetween(25, 75);
    assertThat(DriftStatistics.kolmogorovSmirnov(reference, normal(random, 100, 1)).pValue())
        .isLessThan(1e-6);
  }

  @Test
  void fiftyColumnsWithoutDriftAlarmOnFewDays() {
    Random random = new Random(3);
    DriftWatch watch = DriftWatch.of(table(random, 1500, 50, 0)).level(0.05);
    int alarms = 0;
    for (int day = 0; day < 60; day++) {
      alarms += watch.judge(table(random, 100, 50, 0)).drifted() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(3);
    DriftReport moved = watch.judge(table(random, 100, 50, 1.5));
    assertThat(moved.drifted()).isTrue();
    assertThat(moved.columns().get(0).column()).isEqualTo("c0");
  }

  /** The few rows of a reference that a window meets may lie aside: not the same ones every day. */
  @Test
  void oneReferenceKeepsItsPromiseOverManyDays() {
    Random random = new Random(7);
    DriftWatch watch = DriftWatch.of(table(random, 2000, 50, 0)).level(0.05);
    int alarms = 0;
    for (int day = 0; day < 200; day++) {
      alarms += watch.judge(table(random, 150, 50, 0)).drifted() ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo(18);
  }

  /** Columns that keep their own distributions but not their dependence. */
  @Test
  void allColumnsTogetherShowWhatNoneShowsAlone() {
    Random random = new Random(4);
    Table reference = pairs(random, 600, 0.97);
    DriftWatch watch = DriftWatch.of(reference);
    assertThat(watch.judge(pairs(random, 300, 0.97)).drifted()).isFalse();
    DriftReport report = watch.judge(pairs(random, 300, -0.97));
    assertThat(report.columns()).noneMatch(DriftReport.ColumnDrift::drifted);
    assertThat(report.together()).isGreaterThan(0).isLessThan(0.01);
    assertThat(report.drifted()).isTrue();
  }

  /** Twelve columns, at a level ten times as strict: one test among thirteen would not see it. */
  @Test
  void manyColumnsDoNotKeepTheTestOfAllTogetherFromItsAlarm() {
    Random random = new Random(14);
    int n = 300;
    Table reference = turned(random, n, 1);
    DriftWatch watch = DriftWatch.of(reference).level(0.001);
    DriftReport report = watch.judge(turned(random, n, -1));
    assertThat(report.columns()).noneMatch(DriftReport.ColumnDrift::drifted);
    assertThat(report.drifted()).isTrue();
    assertThat(watch.judge(turned(random, n, 1)).drifted()).isFalse();
  }

  /** One cause moves twelve columns, each up or down with it: {@code sign} turns half of them. */
  private static Table turned(Random random, int n, int sign) {
    double[][] v = new double[n][12];
    for (double[] row : v) {
      double cause = random.nextGaussian();
      for (int c = 0; c < row.length; c++) {
        row[c] = (c % 2 == 0 ? 1 : sign) * cause + 0.3 * random.nextGaussian();
      }
    }
    return Table.ofNumbers(
        new Schema(IntStream.range(0, 12).mapToObj(c -> Column.number("c" + c)).toList()), v);
  }

  @Test
  void theTestOfAllTogetherHoldsItsHalfOfTheLevel() {
    Random random = new Random(15);
    DriftWatch watch = DriftWatch.of(pairs(random, 400, 0.5)).level(0.2);
    int alarms = 0;
    for (int day = 0; day < 200; day++) {
      alarms += watch.judge(pairs(random, 60, 0.5)).together() < 0.2 ? 1 : 0;
    }
    assertThat(alarms).isBetween(4, 36);
  }

  @Test
  void aWindowOfOneRowIsTooFew() {
    Table rows = pairs(new Random(16), 40, 0.5);
    assertThatThrownBy(() -> DriftWatch.of(rows).judge(rows.slice(0, 1)))
        .hasMessageContaining("a window of 1 row is too few")
        .hasMessageContaining("Maybe gather 10");
  }

  private static Table pairs(Random random, int n, double correlation) {
    double[][] v = new double[n][2];
    for (double[] row : v) {
      row[0] = random.nextGaussian();
      row[1] =
          correlation * row[0] + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return Table.ofNumbers(Schema.of(Column.number("a"), Column.number("b")), v);
  }

  @Test
  void adwinHoldsItsBoundAndFindsChanges() {
    Random random = new Random(5);
    int checks = 0;
    int alarms = 0;
    for (int stream = 0; stream < 100; stream++) {
      StreamDetector adwin = StreamDetector.adwin(0.01);
      for (int t = 0; t < 2000; t++) {
        alarms += adwin.add(random.nextDouble() < 0.2 ? 1 : 0) ? 1 : 0;
      }
      checks += 2000 / 32;
    }
    assertThat((double) alarms / checks).isLessThanOrEqualTo(0.01);
    StreamDetector adwin = StreamDetector.adwin(0.01);
    for (int t = 0; t < 3000; t++) {
      assertThat(adwin.add(random.nextDouble() < 0.2 ? 1 : 0)).isFalse();
    }
    int delay = 0;
    while (!adwin.add(random.nextDouble() < 0.5 ? 1 : 0) && delay < 1000) {
      delay++;
    }
    assertThat(delay).isLessThan(200);
    for (int t = 0; t < 500; t++) {
      boolean unused = adwin.add(random.nextDouble() < 0.5 ? 1 : 0);
    }
    assertThat(adwin.mean()).isCloseTo(0.5, within(0.07));
  }

  @Test
  void pageHinkleyFindsARise() {
    Random random = new Random(6);
    StreamDetector detector = StreamDetector.pageHinkley(0.25, 15);
    for (int t = 0; t < 2000; t++) {
      assertThat(detector.add(random.nextGaussian())).as("at " + t).isFalse();
    }
    int delay = 0;
    while (!detector.add(1.5 + random.nextGaussian())) {
      delay++;
    }
    assertThat(delay).isLessThan(60);
  }

  /** A sine whose noise grows threefold: the plain interval fails, the adaptive ones hold. */
  @Test
  void adaptiveIntervalsHoldTheirLevelThroughAShift() {
    Random random = new Random(7);
    double[] residuals = normal(random, 300, 0);
    OnlineInterval plain = OnlineInterval.plain(0.9, residuals);
    OnlineInterval adaptive = OnlineInterval.adaptive(0.9, 0.02, residuals);
    OnlineInterval volatility = OnlineInterval.volatility(0.9, 0.02, 0.94, residuals);
    int[] held = new int[3];
    double[] score = new double[3];
    int n = 3000;
    for (int t = 0; t < n; t++) {
      double prediction = Math.sin(t / 20.0);
      double scale = t < 500 ? 1 : 1 + 2 * Math.abs(Math.sin(t / 150.0));
      double truth = prediction + scale * random.nextGaussian();
      int i = 0;
      for (OnlineInterval interval : List.of(plain, adaptive, volatility)) {
        score[i] += interval.at(prediction).score(truth, 0.9) / n;
        held[i] += interval.observe(prediction, truth) ? 1 : 0;
        i++;
      }
    }
    assertThat((double) held[0] / n).isLessThan(0.80);
    assertThat((double) held[1] / n).isBetween(0.88, 0.92);
    assertThat((double) held[2] / n).isBetween(0.88, 0.92);
    assertThat(score[1]).isLessThan(score[0]);
    assertThat(score[2]).isLessThan(score[0]);
  }

  @Test
  void theMartingaleKeepsItsPromiseAndFindsChanges() {
    Random random = new Random(8);
    for (int stream = 0; stream < 100; stream++) {
      TestMartingale calm = TestMartingale.of(0.001, stream, normal(random, 200, 0));
      for (int t = 0; t < 500; t++) {
        boolean unused = calm.add(random.nextGaussian());
      }
      assertThat(calm.alarm()).as("stream %d, evidence %f", stream, calm.evidence()).isFalse();
    }
    TestMartingale moved = TestMartingale.of(0.0001, 0, normal(random, 500, 0));
    int delay = 0;
    while (!moved.add(1 + random.nextGaussian()) && delay < 2000) {
      delay++;
    }
    assertThat(delay).isLessThan(200);
  }

  @Test
  void theMartingaleFindsSmallChangesThatStay() {
    Random random = new Random(18);
    int found = 0;
    for (int stream = 0; stream < 50; stream++) {
      TestMartingale small = TestMartingale.of(0.001, stream, normal(random, 1000, 0));
      for (int t = 0; t < 1500; t++) {
        boolean unused = small.add(0.2 + random.nextGaussian());
      }
      found += small.alarm() ? 1 : 0;
    }
    // 27 where all bets were strong ones, 38 with weak ones.
    assertThat(found).isGreaterThanOrEqualTo(35);
  }

  /** A tenth of the errors grows, the others stay: the mean rank hardly moves. */
  @Test
  void theMartingaleFindsChangesOfTheFewLargest() {
    Random random = new Random(19);
    int found = 0;
    for (int stream = 0; stream < 50; stream++) {
      TestMartingale tail = TestMartingale.of(0.001, stream, normal(random, 1000, 0));
      for (int t = 0; t < 1500; t++) {
        double usual = random.nextGaussian();
        boolean unused = tail.add(random.nextInt(10) == 0 ? 2 + Math.abs(usual) : usual);
      }
      found += tail.alarm() ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(45);
  }

  @Test
  void qualityIsJudgedByWhatIsUsual() {
    Random random = new Random(9);
    Schema schema = Schema.of(Column.number("p"), Column.category("type"));
    double[] p = normal(random, 1000, 5);
    Table reference =
        Table.ofNumbers(Schema.of(Column.number("p")), rows(p))
            .with(Column.category("type"), labels(500, 500));
    assertThat(reference.schema()).isEqualTo(schema);
    QualityWatch watch = QualityWatch.of(reference);
    assertThat(watch.judge(reference.slice(0, 300))).isEmpty();
    double[] bad = normal(random, 100, 5);
    Arrays.fill(bad, 20, 50, Double.NaN);
    Arrays.fill(bad, 60, 90, 5.25);
    bad[95] = 50;
    List<Finding> findings =
        watch.judge(
            Table.ofNumbers(Schema.of(Column.number("p")), rows(bad))
                .with(
                    Column.category("type"),
                    IntStream.range(0, 100).mapToObj(i -> i == 7 ? "z" : "x").toList()));
    assertThat(findings)
        .extracting(Finding::code)
        .containsExactly(
            ErrorCode.MISSING_VALUE,
            ErrorCode.OUT_OF_RANGE,
            ErrorCode.BAD_VALUE,
            ErrorCode.BAD_LABEL);
  }

  private static double[][] rows(double[] values) {
    return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }

  @Test
  void aFigureBelowItsPromiseAlarmsByGroupAndEndsLate() {
    Random random = new Random(10);
    FigureWatch coverage = FigureWatch.atLeast(0.9, 100);
    for (int i = 0; i < 300; i++) {
      coverage.add("m1", random.nextDouble() < 0.9 ? 1 : 0);
      coverage.add("m2", random.nextDouble() < (i < 100 ? 0.9 : 0.6) ? 1 : 0);
    }
    assertThat(coverage.readings())
        .filteredOn(r -> r.state() == FigureWatch.State.ALARM)
        .extracting(FigureWatch.Reading::group)
        .contains("m2")
        .doesNotContain("m1");
    FigureWatch.Reading last = coverage.add("m2", 1);
    for (int i = 0; i < 100; i++) {
      last = coverage.add("m2", i % 10 == 0 ? 0 : 1);
    }
    assertThat(last.state()).isEqualTo(FigureWatch.State.GOOD);
  }

  /** An infinite width is beyond every promise; neither it nor a huge one spoils what follows. */
  @Test
  void aFigureOutlivesWhatIsInfiniteOrHuge() {
    for (double wild : new double[] {Double.POSITIVE_INFINITY, 1e300, 1e20}) {
      FigureWatch width = FigureWatch.atMost(2, 100).alarming(3, 1);
      for (int i = 0; i < 100; i++) {
        width.add("m", 1 + i % 2);
      }
      assertThat(width.add("m", wild).mean()).isGreaterThan(1e17);
      FigureWatch.Reading last = width.add("m", 1);
      assertThat(last.state())
          .isEqualTo(Double.isInfinite(wild) ? FigureWatch.State.ALARM : FigureWatch.State.GOOD);
      for (int i = 0; i < 100; i++) {
        last = width.add("m", 1 + i % 2);
      }
      assertThat(last.mean()).isEqualTo(1.5);
      assertThat(last.standardError()).isEqualTo(0.05);
      assertThat(last.state()).isEqualTo(FigureWatch.State.GOOD);
    }
  }

  @Test
  void detectorsOutliveWhatIsInfiniteAndAdwinRefusesWhatItCannotTell() {
    StreamDetector page = StreamDetector.pageHinkley(0.1, 5);
    StreamDetector adwin = StreamDetector.adwin(0.002);
    boolean pageFound = false;
    boolean adwinFound = false;
    for (int i = 0; i < 400; i++) {
      double value = i == 50 ? Double.POSITIVE_INFINITY : i < 200 ? i % 2 / 10.0 : 0.9;
      pageFound |= page.add(value);
      adwinFound |= adwin.add(value);
      assertThat(i < 200 && (pageFound || adwinFound)).as("at %s", i).isFalse();
    }
    assertThat(pageFound).isTrue();
    assertThat(adwinFound).isTrue();
    assertThatThrownBy(() -> adwin.add(50))
        .hasMessageContaining("given 50.0")
        .hasMessageContaining("\nMaybe ");
  }

  @Test
  void intervalsPassOverWhatIsNotFinite() {
    double[] residuals = new double[200];
    Arrays.setAll(residuals, i -> i % 10 - 4.5);
    OnlineInterval interval = OnlineInterval.volatility(0.9, 0.02, 0.94, residuals);
    OnlineInterval.Range before = interval.at(10);
    assertThat(interval.observe(10, Double.POSITIVE_INFINITY)).isFalse();
    assertThat(interval.observe(Double.NEGATIVE_INFINITY, 3)).isFalse();
    assertThat(interval.observe(10, Double.NaN)).isFalse();
    assertThat(interval.at(10)).isEqualTo(before);
    residuals[7] = Double.NaN;
    assertThatThrownBy(() -> OnlineInterval.adaptive(0.9, 0.02, residuals))
        .hasMessageContaining("residual 7 is NaN\nMaybe ");
  }

  @Test
  void alarmsAreToldOnceWhenTheyBeginAndOnceWhenTheyEnd() {
    Random random = new Random(12);
    Table reference = table(random, 500, 3, 0);
    List<WatchAlarm> told = new ArrayList<>();
    List<DriftReport> windows = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    ModelWatch watch =
        ModelWatch.of(
            new FunctionPredictor<Table, Double>(reference.schema(), List.of(), t -> 0.0).info(),
            reference,
            event -> {
              if (event instanceof WatchAlarm alarm) {
                told.add(alarm);
              } else if (event instanceof DriftJudged judged) {
                windows.add(judged.report());
              } else if (event instanceof CoverageRead read) {
                shares.add(read.overall().mean());
              }
            });
    for (double shift : new double[] {0, 3, 3, 3, 0, 0, 0}) {
      watch.window(table(random, 200, 3, shift));
    }
    assertThat(told)
        .filteredOn(a -> a.place().equals("column c0"))
        .extracting(WatchAlarm::raised)
        .containsExactly(true, false);
    for (int i = 0; i < 200; i++) {
      watch.truth("m1", i % 2 == 0);
    }
    assertThat(told.get(told.size() - 1).place()).isEqualTo("coverage of m1");
    assertThat(windows)
        .extracting(DriftReport::drifted)
        .containsExactly(false, true, true, true, false, false, false);
    assertThat(shares).hasSize(200).endsWith(0.5);
  }

  /** Of each machine too few truths come to judge it, of all together enough. */
  @Test
  void coverageOfManyGroupsTogetherAlarmsBeforeThatOfAny() {
    Table reference = table(new Random(13), 500, 3, 0);
    List<String> told = new ArrayList<>();
    ModelWatch watch =
        ModelWatch.of(
            new FunctionPredictor<Table, Double>(reference.schema(), List.of(), t -> 0.0).info(),
            reference,
            event -> {
              if (event instanceof WatchAlarm alarm) {
                told.add(alarm.place() + " " + alarm.raised());
              }
            });
    for (int i = 0; i < 500; i++) {
      FigureWatch.Reading unused = watch.truth("m" + i % 50, i % 2 == 0);
    }
    assertThat(told).containsExactly("coverage true");
  }
}
