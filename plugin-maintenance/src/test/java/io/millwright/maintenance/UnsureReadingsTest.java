package io.millwright.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.Outcome.Prediction;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty.Interval;
import io.millwright.api.data.Table;
import io.millwright.api.data.UnitHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Readings that nobody knows: flagged, and the interval has room for what they may be. */
class UnsureReadingsTest {

  private static Millwright millwright;
  private static Predictor<UnitHistory, Cycles> life;
  private static List<KnownLife> truths;

  @BeforeAll
  static void train() throws InterruptedException {
    millwright = Millwright.create();
    life =
        Simulated.small(millwright.plugin(Maintenance.class))
            .train(Simulated.fleet(12, 1))
            .await()
            .open();
    truths = Simulated.truths(66, 9).stream().filter(k -> k.history().length() > 16).toList();
  }

  @AfterAll
  static void close() {
    life.close();
    millwright.close();
  }

  /** The last rows of a history with changed readings. */
  private static UnitHistory changed(UnitHistory unit, int last, UnaryOperator<double[]> change) {
    Table readings = unit.readings();
    double[][] rows = new double[readings.rows()][3];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < 3; c++) {
        rows[r][c] = readings.number(r, c);
      }
      if (r >= rows.length - last) {
        rows[r] = change.apply(rows[r]);
      }
    }
    return new UnitHistory(unit.unit(), Table.ofNumbers(Simulated.READINGS, rows), 0, unit.end());
  }

  private static Interval interval(Outcome<Cycles> outcome) {
    return (Interval) outcome.orElseThrow().uncertainty().at(0.9);
  }

  private static double width(Interval interval) {
    return Math.min(interval.high(), Simulated.EARLY_LIFE) - interval.low();
  }

  /** How often the intervals hold the truth, and how wide they are. */
  private static double[] judged(int last, UnaryOperator<double[]> change, Flag flag) {
    double held = 0;
    double width = 0;
    List<UnitHistory> units = new ArrayList<>();
    for (KnownLife known : truths) {
      units.add(changed(known.history(), last, change));
    }
    List<Outcome<Cycles>> outcomes = life.predictAll(units);
    for (int i = 0; i < units.size(); i++) {
      Prediction<Cycles> p = outcomes.get(i).orElseThrow();
      assertThat(p.flags()).contains(flag);
      assertThat(p).isEqualTo(life.predict(units.get(i)).orElseThrow());
      Interval interval = interval(outcomes.get(i));
      double high = Math.min(interval.high(), Simulated.EARLY_LIFE);
      double truth = Math.min(truths.get(i).remaining(), Simulated.EARLY_LIFE);
      held += truth >= interval.low() && truth <= high ? 1 : 0;
      width += high - interval.low();
      assertThat(p.uncertainty().quantiles(0.05, 0.3, 0.5, 0.7, 0.95)).isSorted();
    }
    return new double[] {held / units.size(), width / units.size()};
  }

  @Test
  void aSensorThatFellSilentWidensTheInterval() {
    UnaryOperator<double[]> silent = row -> new double[] {Double.NaN, Double.NaN, row[2]};
    double[] one = judged(1, silent, Flag.IMPUTED);
    double[] eight = judged(8, silent, Flag.IMPUTED);
    assertThat(one[0]).isGreaterThan(0.85);
    assertThat(eight[0]).isGreaterThan(0.85);
    assertThat(eight[1]).isGreaterThan(1.3 * one[1]);
  }

  @Test
  void readingsOutOfAllProportionAreNoSureAnswer() {
    for (double wild : new double[] {1e300, 1e6, -999}) {
      double[] three =
          judged(3, row -> new double[] {wild, wild, row[2]}, Flag.OUTSIDE_TRAINING_RANGE);
      assertThat(three[0]).as("readings of %s", wild).isGreaterThan(0.85);
    }
  }

  @Test
  void aSensorThatAlwaysReportsNowAndThenIsAsSureAsEver() {
    for (KnownLife known : truths) {
      Table readings = known.history().readings();
      double[][] rows = new double[readings.rows()][3];
      for (int r = 0; r < rows.length; r++) {
        for (int c = 0; c < 3; c++) {
          boolean reports = c < 2 || r == 0 || (rows.length - 1 - r) % 3 == 1;
          rows[r][c] = reports ? readings.number(r, c) : Double.NaN;
        }
      }
      UnitHistory seldom =
          new UnitHistory(
              "seldom", Table.ofNumbers(Simulated.READINGS, rows), 0, UnitHistory.End.RUNNING);
      Prediction<Cycles> p = life.predict(seldom).orElseThrow();
      assertThat(p.flags()).contains(Flag.IMPUTED);
      assertThat(width(interval(life.predict(seldom))))
          .isLessThan(width(interval(life.predict(known.history()))) + 6);
    }
  }
}
