package io.millwright.quality.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.quality.Adjustment;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPlan.Attribute;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ChartPoint.Track;
import io.millwright.quality.ControlChart;
import io.millwright.quality.PhaseOne;
import io.millwright.quality.Reading;
import io.millwright.quality.RunRules;
import io.millwright.quality.Spc;
import io.millwright.quality.internal.spc.DefaultSpc;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Limits of charts as printed in Montgomery, Introduction to Statistical Quality Control (sixth
 * edition, chapters 6 and 7). A limit depends on totals alone, so rows with the totals of the
 * book's examples must give its limits.
 */
class PublishedChartsTest {

  private static final Spc SPC = new DefaultSpc(Clock.systemUTC());

  /** Rows that add up to a total, as even as they can be. */
  private static List<Reading> rows(int rows, long total, double size) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      readings.add(new Reading.Count(total * (i + 1) / rows - total * i / rows, size));
    }
    return readings;
  }

  @ParameterizedTest
  @CsvSource({
    // Cans of orange juice: 347 of 30 samples of 50.
    "P, 30, 347, 50, 0.2313, 0.0524, 0.4102",
    // The same without samples 15 and 23.
    "P, 28, 301, 50, 0.2150, 0.0407, 0.3893",
    // Nonconformities of 26 samples of 100 printed circuit boards.
    "C, 26, 516, 1, 19.85, 6.48, 33.22",
    // Imperfections of personal computers: 20 samples of 5 with 193.
    "U, 20, 193, 5, 1.93, 0.07, 3.79"
  })
  void limitsOfCounts(
      Attribute kind, int rows, long total, double size, double centre, double low, double high) {
    PhaseOne<ControlChart> all =
        SPC.phaseOne(
            new ChartPlan.Attributes(kind, false, RunRules.NONE),
            new Adjustment.AsIs(),
            rows(rows, total, size),
            0);
    Track track = all.points().get(0).tracks().get(0);
    double digits = kind == Attribute.P ? 1e-4 : 1e-2;
    assertThat(track.centre()).isCloseTo(centre, within(digits));
    assertThat(track.low()).isCloseTo(low, within(digits));
    assertThat(track.high()).isCloseTo(high, within(digits));
    assertThat(all.points()).allMatch(p -> p.signals().isEmpty());
  }

  /** Flow width of a hard-bake process: mean 1.5056, mean range 0.32521, groups of five. */
  @Test
  void limitsOfMeansAndRanges() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      double range = 0.32521 + (i - 12) * 0.01;
      double mean = 1.5056 + (i % 2 == 0 ? i == 24 ? 0 : 0.02 : -0.02);
      readings.add(
          new Reading.Values(
              List.of(
                  mean - range / 2, mean, mean + range / 2, mean + range / 4, mean - range / 4)));
    }
    PhaseOne<ControlChart> all =
        SPC.phaseOne(
            new ChartPlan.Means(5, ChartPlan.Spread.RANGE, RunRules.NONE),
            new Adjustment.AsIs(),
            readings,
            0);
    ChartPoint first = all.points().get(0);
    Track mean = first.tracks().get(0);
    Track range = first.tracks().get(1);
    assertThat(mean.centre()).isCloseTo(1.5056, within(1e-9));
    assertThat(mean.high()).isCloseTo(1.69325, within(1e-4));
    assertThat(mean.low()).isCloseTo(1.31795, within(1e-4));
    assertThat(range.centre()).isCloseTo(0.32521, within(1e-9));
    assertThat(range.high()).isCloseTo(0.68749, within(5e-4));
    assertThat(range.low()).isZero();
    assertThat(all.chart().sigma()).isCloseTo(0.1398, within(5e-5));
  }
}
