package io.millwright.quality.spc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Monitor;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.MultivariateChart;
import io.millwright.quality.MultivariatePlan;
import io.millwright.quality.PhaseOne;
import io.millwright.quality.Reading;
import io.millwright.quality.Spc;
import io.millwright.quality.internal.spc.DefaultSpc;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Probabilities that tests and limits promise, by drawing normal readings. */
class PromisedRatesTest {

  private static final Spc SPC = new DefaultSpc(Clock.systemUTC());

  /** Of normal readings every probability comes as often as it says. */
  @Test
  void normalityIsDoubtedAsOftenAsSaid() {
    Random random = new Random(31);
    int draws = 4000;
    double[] p = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      List<Double> x = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        x.add(10 + random.nextGaussian());
      }
      p[draw] = SPC.examine(x).normality();
    }
    for (double at : new double[] {0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.92}) {
      double share = IntStream.range(0, draws).filter(i -> p[i] < at).count() / (double) draws;
      assertThat(share).as("probabilities below " + at).isCloseTo(at, within(0.025));
    }
  }

  /** Few readings in the baseline, so that limits for known parameters would be far off. */
  @ParameterizedTest
  @CsvSource({"1, 20", "4, 12"})
  void hotellingSignalsAsOftenAsAsked(int size, int baseline) {
    MultivariatePlan plan = new MultivariatePlan.Hotelling(size, 0.05);
    Random random = new Random(41);
    long first = 0;
    long later = 0;
    int draws = 400;
    for (int draw = 0; draw < draws; draw++) {
      PhaseOne<MultivariateChart> phase =
          SPC.multivariate().phaseOne(plan, List.of("a", "b"), readings(random, size, baseline), 0);
      first += phase.points().stream().filter(point -> !point.inControl()).count();
      try (Monitor<Reading, ChartPoint> monitor = SPC.multivariate().monitor(phase.chart())) {
        for (Reading reading : readings(random, size, 20)) {
          later +=
              monitor.update("x", reading, Instant.EPOCH).orElseThrow().value().inControl() ? 0 : 1;
        }
      }
    }
    assertThat(first / (double) (draws * baseline)).as("phase I").isCloseTo(0.05, within(0.008));
    assertThat(later / (20.0 * draws)).as("phase II").isCloseTo(0.05, within(0.012));
  }

  private static List<Reading> readings(Random random, int size, int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Double> values = new ArrayList<>();
      for (int k = 0; k < size; k++) {
        double a = random.nextGaussian();
        values.add(10 + a);
        values.add(5 + 0.8 * a + 0.6 * random.nextGaussian());
      }
      readings.add(new Reading.Values(values));
    }
    return readings;
  }
}
