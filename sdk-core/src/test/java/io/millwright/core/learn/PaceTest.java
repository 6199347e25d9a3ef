package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.learn.Schedule;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step size over a training of 10 epochs of 20 steps. */
class PaceTest {

  private static final Offset<Double> TINY = within(1e-12);

  private static Pace pace(Schedule schedule) {
    return new Pace(schedule, 0.4, 20, 10);
  }

  @Test
  void constant() {
    assertThat(pace(new Schedule.Constant()).at(0)).isEqualTo(0.4);
    assertThat(pace(new Schedule.Constant()).at(199)).isEqualTo(0.4);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.4", "19, 0.4", "59, 0.4", "60, 0.1", "119, 0.1", "120, 0.025", "199, 0.00625"})
  void steps(long step, double rate) {
    assertThat(pace(new Schedule.Steps(3, 0.25)).at(step)).isCloseTo(rate, TINY);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.4", "50, 0.3", "100, 0.2", "200, 0", "300, 0"})
  void linear(long step, double rate) {
    assertThat(pace(new Schedule.Linear()).at(step)).isCloseTo(rate, TINY);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.01", "19, 0.2", "39, 0.4", "40, 0.4", "120, 0.2", "200, 0", "250, 0"})
  void warmUpAndCosine(long step, double rate) {
    assertThat(pace(new Schedule.WarmUpCosine(0.2)).at(step)).isCloseTo(rate, TINY);
  }

  @Test
  void theCosineFallsAllTheWayAndNeverBelowNothing() {
    for (double warmUp : new double[] {0, 0.05, 0.5}) {
      Pace pace = pace(new Schedule.WarmUpCosine(warmUp));
      for (int step = (int) (200 * warmUp) + 1; step < 200; step++) {
        assertThat(pace.at(step)).isLessThan(pace.at(step - 1)).isPositive();
      }
    }
    assertThat(pace(new Schedule.WarmUpCosine(0)).at(0)).isEqualTo(0.4);
  }
}
