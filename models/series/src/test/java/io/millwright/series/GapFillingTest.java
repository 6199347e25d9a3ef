package io.millwright.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.series.SeriesModel;
import io.millwright.series.GapFilling.Filled;
import io.millwright.series.GapFilling.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gaps are filled by what fills the series' own known values best. */
class GapFillingTest {

  private static final SeriesModel MODEL = SeriesModels.standard();

  private static double[] holed(double[] values) {
    double[] holed = values.clone();
    Arrays.fill(holed, 40, 46, Double.NaN);
    Arrays.fill(holed, 70, 72, Double.NaN);
    return holed;
  }

  @Test
  void aStraightCourseIsFilledOnALine() {
    double[] values = new double[100];
    Arrays.setAll(values, t -> 5 + 0.3 * t);
    Filled filled = GapFilling.fill(MODEL, holed(values), List.of(12));
    assertThat(filled.method()).isEqualTo(Method.LINE);
    assertThat(filled.toArray()).containsExactly(values, within(1e-9));
    assertThat(filled.errors().get(Method.LINE)).isCloseTo(0, within(1e-9));
  }

  @Test
  void aSteadySeasonIsFilledAlongItAndKnownValuesStay() {
    Random random = new Random(3);
    double[] values = new double[120];
    Arrays.setAll(
        values, t -> 50 + 20 * Math.sin(2 * Math.PI * t / 12) + 0.5 * random.nextGaussian());
    double[] holed = holed(values);
    Filled filled = GapFilling.fill(MODEL, holed, List.of(12));
    assertThat(filled.method()).isNotEqualTo(Method.LINE);
    assertThat(filled.errors().get(Method.LINE))
        .isGreaterThan(3 * filled.errors().get(filled.method()));
    for (int t = 0; t < values.length; t++) {
      if (Double.isNaN(holed[t])) {
        assertThat(filled.toArray()[t]).isCloseTo(values[t], within(4.0));
      } else {
        assertThat(filled.toArray()[t]).isEqualTo(values[t]);
      }
    }
  }

  @Test
  void oddSeriesAreFilledOrRefused() {
    double[] whole = {1, 2, 3};
    assertThat(GapFilling.fill(MODEL, whole, List.of()).toArray()).containsExactly(whole);
    double[] one = {Double.NaN, 7, Double.NaN, Double.NaN};
    Filled filled = GapFilling.fill(MODEL, one, List.of(12));
    assertThat(filled.toArray()).containsOnly(7);
    assertThat(filled.errors()).isEmpty();
    double[] nothing = {Double.NaN, Double.NaN};
    assertThatThrownBy(() -> GapFilling.fill(MODEL, nothing, List.of()))
        .isInstanceOf(MillwrightException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.TOO_FEW_DATA);
  }
}
