package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import org.junit.jupiter.api.Test;

/** An interval that is made wider keeps its ends in order at the limit of what is told apart. */
class WidenedIntervalTest {

  private static final double LIMIT = 125;

  private static final Uncertainties AT_LIMIT =
      new Uncertainties() {
        @Override
        public Uncertainty at(double level) {
          return new Uncertainty.Interval(level, LIMIT, Double.POSITIVE_INFINITY, Unit.NONE);
        }

        @Override
        public double[] quantiles(double... probabilities) {
          return new double[probabilities.length];
        }
      };

  private static void beginsAtTheLimit(Uncertainties wider) {
    assertThat(wider.at(0.9))
        .isInstanceOfSatisfying(
            Uncertainty.Interval.class,
            i -> {
              assertThat(i.low()).isEqualTo(LIMIT);
              assertThat(i.high()).isEqualTo(Double.POSITIVE_INFINITY);
            });
  }

  @Test
  void byReadingsThatNobodyKnows() {
    beginsAtTheLimit(new UnsureReadings.Roomier(AT_LIMIT, 0, 3, 0, LIMIT));
  }

  @Test
  void byALabelThatTrainingDidNotHave() {
    beginsAtTheLimit(new UnseenLabels.Wider(AT_LIMIT, LIMIT, LIMIT, 0, 3, 0, LIMIT));
  }
}
