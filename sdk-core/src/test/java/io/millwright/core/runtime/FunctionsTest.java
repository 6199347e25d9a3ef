package io.millwright.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FunctionsTest {

  @Test
  void sineAndCosineAreThoseOfTheLibrary() {
    SplittableRandom random = new SplittableRandom(3);
    float[] y = new float[2];
    for (int i = 0; i < 200_000; i++) {
      double size = Math.pow(10, 12 * random.nextDouble() - 5);
      double x = (2 * random.nextDouble() - 1) * size;
      Functions.sineAndCosine(x, y, 0, 1);
      assertThat((double) y[0]).as("sine of %s", x).isCloseTo(Math.sin(x), within(7e-8));
      assertThat((double) y[1]).as("cosine of %s", x).isCloseTo(Math.cos(x), within(7e-8));
    }
    for (int quarter = -9; quarter < 9; quarter++) {
      double x = quarter * Math.PI / 2;
      Functions.sineAndCosine(x, y, 0, 1);
      assertThat((double) y[0]).as("sine of %s", x).isCloseTo(Math.sin(x), within(7e-8));
      assertThat((double) y[1]).as("cosine of %s", x).isCloseTo(Math.cos(x), within(7e-8));
    }
  }

  @Test
  void anglesThatAreNoNumbersStaySo() {
    float[] y = new float[2];
    for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Functions.sineAndCosine(x, y, 0, 1);
      assertThat(y).containsExactly(Float.NaN, Float.NaN);
    }
  }
}
