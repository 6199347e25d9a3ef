package io.millwright.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.MillwrightException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeDistributionTest {

  @Test
  void theMeanIsThatOfTheQuantiles() {
    for (TimeDistribution law :
        List.of(
            new TimeDistribution.Constant(3),
            new TimeDistribution.Triangular(1, 2, 6),
            new TimeDistribution.Triangular(2, 2, 2),
            new TimeDistribution.Lognormal(2, 0.7),
            new TimeDistribution.Weibull(1, 4),
            new TimeDistribution.Weibull(2.5, 4),
            new TimeDistribution.Observed(List.of(3.0, 1.0, 2.0, 9.0)))) {
      double sum = 0;
      double last = 0;
      int n = 200_000;
      for (int i = 0; i < n; i++) {
        double q = law.quantile((i + 0.5) / n);
        assertThat(q).isGreaterThanOrEqualTo(last);
        last = q;
        sum += q / n;
      }
      assertThat(sum).as(law.toString()).isCloseTo(law.mean(), within(2e-3 * law.mean()));
    }
  }

  @Test
  void quantilesAreThoseOfTables() {
    TimeDistribution lognormal = new TimeDistribution.Lognormal(1, 0.5);
    double sigma = Math.sqrt(Math.log(1.25));
    assertThat(lognormal.quantile(0.975))
        .isCloseTo(Math.exp(1.959964 * sigma - sigma * sigma / 2), within(1e-5));
    assertThat(lognormal.quantile(1e-6))
        .isCloseTo(Math.exp(-4.753424 * sigma - sigma * sigma / 2), within(1e-5));
    assertThat(new TimeDistribution.Weibull(1, 2).quantile(0.5))
        .isCloseTo(2 * Math.log(2), within(1e-12));
    assertThat(new TimeDistribution.Weibull(1, 2).mean()).isCloseTo(2, within(1e-9));
    assertThat(new TimeDistribution.Observed(List.of(1.0, 3.0)).quantile(0.5)).isEqualTo(2);
    assertThat(new TimeDistribution.Observed(List.of(7.0)).quantile(0.99)).isEqualTo(7);
    TimeDistribution.Weibull life = new TimeDistribution.Weibull(2, 10);
    assertThat(life.cdf(life.quantile(0.3))).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void badNumbersAreRefusedWithAWayOut() {
    assertRefused(() -> new TimeDistribution.Constant(-1), "-1");
    assertRefused(() -> new TimeDistribution.Constant(Double.NaN), "NaN");
    assertRefused(() -> new TimeDistribution.Triangular(2, 1, 3), "rising");
    assertRefused(() -> new TimeDistribution.Lognormal(0, 1), "mean 0");
    assertRefused(() -> new TimeDistribution.Weibull(0, 1), "shape 0");
    assertRefused(() -> new TimeDistribution.Observed(List.of()), "no observed");
    assertRefused(
        () -> new TimeDistribution.Observed(List.of(1.0, Double.POSITIVE_INFINITY)), "Infinity");
    assertRefused(() -> new BookedTime("", "m", false, 0, 1), "planned with 0");
    assertThatThrownBy(() -> new TimeDistribution.Constant(1).quantile(1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(Runnable call, String said) {
    assertThatThrownBy(call::run)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(said)
        .hasMessageContaining("Maybe");
  }
}
