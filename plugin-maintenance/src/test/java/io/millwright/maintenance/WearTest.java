package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remaining life from few units that failed: by the path of their wear. */
class WearTest {

  private static final Schema COLUMNS =
      Schema.of(
          Column.number("stroke"), Column.number("heat"), Column.number("gap"), Column.age("age"));

  @TempDir static Path folder;

  private static Millwright millwright;

  @BeforeAll
  static void start() {
    millwright = Millwright.create();
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static RemainingLifeTrainer trainer() {
    return millwright.plugin(Maintenance.class).remainingLife();
  }

  private static RemainingLifeModel learn(UnitHistory... units) throws InterruptedException {
    return trainer().train(new Fleet(List.of(units))).await();
  }

  /** A gap that shrinks from 10 to 4, where the unit fails; a counter; heat that says nothing. */
  private static Table life(double cycles, double exponent, double noise, Random random) {
    List<double[]> rows = new ArrayList<>();
    double gap = 10;
    for (int r = 1; gap > 4; r++) {
      gap = 10 - 6 * Math.pow(r / cycles, exponent) + noise * random.nextGaussian();
      rows.add(new double[] {r, 60 + random.nextGaussian(), gap, r});
    }
    return Table.ofNumbers(COLUMNS, rows.toArray(double[][]::new));
  }

  private static UnitHistory failed(double cycles, double exponent, long key) {
    return UnitHistory.failed("known " + key, life(cycles, exponent, 0.05, new Random(key)));
  }

  private static Outcome.Prediction<Cycles> ask(RemainingLifeModel model, UnitHistory unit) {
    try (Predictor<UnitHistory, Cycles> life = model.open()) {
      return life.predict(unit).orElseThrow();
    }
  }

  @Test
  void oneUnitThatFailedTellsHowLongOthersHave() throws InterruptedException {
    int held = 0;
    int asked = 0;
    double error = 0;
    for (double exponent : new double[] {0.7, 1, 2}) {
      for (int key = 0; key < 20; key++) {
        Random random = new Random(100 + key);
        RemainingLifeModel model = learn(failed(150, exponent, key));
        Table whole = life(150 * Math.exp(0.25 * random.nextGaussian()), exponent, 0.05, random);
        int seen = (int) (whole.rows() * (0.4 + 0.5 * random.nextDouble()));
        Outcome.Prediction<Cycles> said =
            ask(model, UnitHistory.running("asked", whole.slice(0, seen)));
        double[] q = said.uncertainty().quantiles(0.1, 0.5, 0.9);
        assertThat(q[1]).isCloseTo(said.value().count(), within(1e-9));
        double left = whole.rows() - seen;
        held += left >= q[0] && left <= q[2] ? 1 : 0;
        error += Math.abs(left - said.value().count()) / whole.rows();
        asked++;
      }
    }
    assertThat((double) held / asked).isBetween(0.75, 1.0);
    assertThat(error / asked).isLessThan(0.08);
  }

  private static UnitHistory with(Table rows, int from, double gap) {
    double[][] cells = new double[rows.rows()][];
    for (int r = 0; r < cells.length; r++) {
      cells[r] = new double[] {r + 1.0, 60, r < from ? rows.numbers("gap")[r] : gap, r + 1.0};
    }
    return UnitHistory.running("asked", Table.ofNumbers(COLUMNS, cells));
  }

  /** A gap that nobody measured says nothing, and that it does not is said. */
  @Test
  void readingsThatAreMissingOrCannotBeAreLeftOutAndFlagged() throws InterruptedException {
    RemainingLifeModel model = learn(failed(150, 1, 1), failed(140, 1, 2));
    Table rows = life(150, 1, 0.05, new Random(7)).slice(0, 90);
    Outcome.Prediction<Cycles> sound = ask(model, with(rows, 90, 0));
    assertThat(sound.flags()).isEmpty();
    for (double wild : new double[] {1e300, -1e300, 1000}) {
      Outcome.Prediction<Cycles> said = ask(model, with(rows, 89, wild));
      assertThat(said.flags()).contains(Flag.OUTSIDE_TRAINING_RANGE, Flag.IMPUTED);
      assertThat(said.value().count()).isCloseTo(sound.value().count(), within(3.0));
      assertThat(said.uncertainty().quantiles(0.95)[0]).isLessThan(150);
    }
    // The last twenty are not known: twenty cycles have passed all the same.
    Outcome.Prediction<Cycles> silent = ask(model, with(rows, 70, Double.NaN));
    assertThat(silent.flags()).contains(Flag.IMPUTED);
    assertThat(silent.value().count()).isCloseTo(sound.value().count(), within(12.0));
    double[] q = silent.uncertainty().quantiles(0.05, 0.95);
    assertThat(q[1] - q[0]).isGreaterThan(width(sound));
    assertThat(q[0]).isLessThan(60);
    assertThat(q[1]).isGreaterThan(60);
  }

  private static double width(Outcome.Prediction<Cycles> said) {
    double[] q = said.uncertainty().quantiles(0.05, 0.95);
    return q[1] - q[0];
  }

  @Test
  void aSavedModelGivesTheSameAnswers() throws InterruptedException {
    RemainingLifeModel model = learn(failed(150, 1.5, 1), failed(180, 1.5, 2));
    UnitHistory unit =
        UnitHistory.running("asked", life(160, 1.5, 0.05, new Random(3)).slice(0, 80));
    Path bundle = folder.resolve("wear.mwb");
    model.saveTo(bundle);
    try (Predictor<UnitHistory, Cycles> fresh = model.open();
        Predictor<UnitHistory, Cycles> read = millwright.open(Maintenance.REMAINING_LIFE, bundle)) {
      assertThat(read.predict(unit)).isEqualTo(fresh.predict(unit));
      assertThat(read.predict(unit.first(3))).isInstanceOf(Outcome.Abstention.class);
    }
    assertThat(model.info().provenance().settings()).containsEntry("wear", "gap, falling");
    assertThat(model.evaluation().rmse()).isLessThan(40);
  }

  @Test
  void theCourseEndsWhereUnitsFailed() throws InterruptedException {
    RemainingLifeModel model = learn(failed(150, 1.5, 4));
    UnitHistory unit =
        UnitHistory.running("asked", life(130, 1.5, 0.05, new Random(5)).slice(0, 70));
    int left = (int) Math.round(ask(model, unit).value().count());
    WearCourse course = model.course(unit, "gap", 200, 0.8).orElseThrow();
    assertThat(course.end()).isCloseTo(4, within(0.3));
    assertThat(course.expected().get(left - 1)).isCloseTo(course.end(), within(0.15));
    for (int c = 0; c < 200; c++) {
      assertThat(course.low().get(c)).isLessThan(course.expected().get(c));
      assertThat(course.high().get(c)).isGreaterThan(course.expected().get(c));
    }
    assertThatThrownBy(() -> model.course(unit, "heat", 5, 0.8))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_COLUMN));
    assertThat(model.course(unit.first(4), "gap", 5, 0.8)).isEmpty();
  }

  @Test
  void unitsStillRunningJudgeTheModel() throws InterruptedException {
    UnitHistory running =
        UnitHistory.running("running", life(200, 1.5, 0.05, new Random(6)).slice(0, 120));
    assertThat(learn(failed(150, 1.5, 7), running).evaluation().samples()).isEqualTo(3);
    assertThat(learn(failed(150, 1.5, 7)).evaluation().samples()).isZero();
  }

  @Test
  void whatIsMissingIsSaid() throws InterruptedException {
    UnitHistory running = UnitHistory.running("a", life(100, 1, 0.05, new Random(8)).slice(0, 60));
    assertThatThrownBy(() -> trainer().train(new Fleet(List.of(running))))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("0 of 1 have failed, but at least 1 must");
    assertThatThrownBy(
            () ->
                trainer()
                    .network(Networks.linear())
                    .train(new Fleet(List.of(failed(100, 1, 9), running))))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("leave the network out");
    Table heat = life(100, 1, 0.05, new Random(10)).select(List.of("stroke", "heat"));
    assertThatThrownBy(() -> learn(UnitHistory.failed("b", heat)))
        .hasMessageContaining("none goes one way")
        .hasMessageContaining("heat");
  }

  @Test
  void fourFailuresAreStillTooFewForANetworkThatNobodyAskedFor() throws InterruptedException {
    List<UnitHistory> units = new ArrayList<>();
    for (int key = 0; key < 4; key++) {
      units.add(failed(120 + 15 * key, 1.5, 30 + key));
    }
    assertThat(learn(units.toArray(UnitHistory[]::new)).info().provenance().settings())
        .containsEntry("way", "path of wear of 4 units that failed");
    assertThat(
            trainer()
                .network(Networks.linear())
                .train(new Fleet(units))
                .await()
                .info()
                .provenance()
                .settings())
        .doesNotContainKey("wear");
    List<UnitHistory> mute = new ArrayList<>();
    for (UnitHistory unit : units) {
      mute.add(UnitHistory.failed(unit.unit(), unit.readings().select(List.of("heat", "age"))));
    }
    assertThat(learn(mute.toArray(UnitHistory[]::new)).info().provenance().settings())
        .as("no reading follows wear, so that only a network is left")
        .doesNotContainKey("wear");
  }

  @Test
  void readingsThatDisagreeWidenTheAnswer() throws InterruptedException {
    RemainingLifeModel model = learn(two("known", 1, true));
    double[] agree = ask(model, two("asked", 1, false)).uncertainty().quantiles(0.1, 0.9);
    double[] apart = ask(model, two("asked", 0.5, false)).uncertainty().quantiles(0.1, 0.9);
    assertThat(Math.log(apart[1] / apart[0])).isGreaterThan(1.2 * Math.log(agree[1] / agree[0]));
  }

  /** Two readings of wear, of which the second goes so much as the first. */
  private static UnitHistory two(String name, double second, boolean whole) {
    Random random = new Random(11);
    double[][] rows = new double[whole ? 150 : 75][2];
    for (int r = 0; r < rows.length; r++) {
      double wear = (r + 1) / 150.0;
      rows[r][0] = wear + 0.01 * random.nextGaussian();
      rows[r][1] = second * wear + 0.01 * random.nextGaussian();
    }
    Table table = Table.ofNumbers(Schema.of(Column.number("one"), Column.number("other")), rows);
    return whole ? UnitHistory.failed(name, table) : UnitHistory.running(name, table);
  }
}
