package io.millwright.maintenance.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.plan.LifeDistribution;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.Reliability;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PredictedLifeTest {

  private static Uncertainties quantiles(DoubleUnaryOperator quantile) {
    return new Uncertainties() {
      @Override
      public Uncertainty at(double level) {
        return new Uncertainty.None("not asked");
      }

      @Override
      public double[] quantiles(double... probabilities) {
        return Arrays.stream(probabilities).map(quantile).toArray();
      }
    };
  }

  @Test
  void goesThroughThePredictedQuantilesAndMeetsALimitWithCare() {
    try (Millwright millwright = Millwright.create()) {
      Reliability reliability = millwright.plugin(Maintenance.class).reliability();
      LifeDistribution weibull = reliability.weibull(80, 2.5);
      LifeDistribution same = reliability.predicted(quantiles(weibull::quantile));
      for (double p : new double[] {1e-7, 0.01, 0.07, 0.5, 0.93, 0.999, 1 - 1e-12}) {
        assertThat(same.quantile(p)).isCloseTo(weibull.quantile(p), within(1e-6 * 80));
        assertThat(same.cdf(same.quantile(p))).isCloseTo(p, within(1e-9));
      }
      assertThat(same.mean()).isCloseTo(weibull.mean(), within(0.1));
      assertThat(same.hazard(60)).isCloseTo(weibull.hazard(60), within(1e-6));
      assertThat(same.cdf(0)).isZero();
      LifeDistribution limited =
          reliability.predicted(quantiles(p -> Math.min(90, weibull.quantile(p))));
      assertThat(limited.cdf(50)).isCloseTo(weibull.cdf(50), within(1e-6));
      assertThat(limited.survival(95)).isBetween(0.05, 0.5);
      assertThatThrownBy(() -> reliability.predicted(quantiles(p -> 125)))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("Maybe");
      assertThatThrownBy(() -> reliability.predicted(Uncertainties.none("no model")))
          .isInstanceOf(MillwrightException.class);
    }
  }
}
