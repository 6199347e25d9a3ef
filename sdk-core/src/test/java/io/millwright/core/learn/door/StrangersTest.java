package io.millwright.core.learn.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrangersTest {

  private static double[] readings(int count) {
    Random random = new Random(1);
    return random.doubles(count, 20, 25).toArray();
  }

  private static List<String> said(double[] values) {
    List<String> remarks = new ArrayList<>();
    Strangers.of("column \"x\"", values, remarks);
    return remarks;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-999, 9999, 1e30})
  void aCodeForMissingIsNamed(double code) {
    double[] values = readings(90);
    for (int r = 0; r < values.length; r += 9) {
      values[r] = code;
    }
    assertThat(said(values)).singleElement().asString().contains("in 10 rows", "missing", "\"x\"");
  }

  @Test
  void aFewBrokenReadingsAreNamedWithTheirRows() {
    double[] values = readings(300);
    values[4] = 2200;
    values[7] = -190;
    values[11] = Double.NaN;
    assertThat(said(values))
        .singleElement()
        .asString()
        .contains("2 values far from all others", "2200 in row 5", "-190 in row 8");
  }

  @Test
  void ordinaryReadingsAreNotStrange() {
    assertThat(said(readings(300))).isEmpty();
    Random random = new Random(2);
    assertThat(said(random.doubles(2000).map(u -> -Math.log(u)).toArray())).isEmpty();
    double[] normal = new double[5000];
    double[] rare = new double[200];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = random.nextGaussian();
    }
    rare[3] = 7;
    assertThat(said(normal)).isEmpty();
    // Most are 0: nothing says what is far.
    assertThat(said(rare)).isEmpty();
    assertThat(said(new double[] {1, 2, 1e9})).isEmpty();
  }
}
