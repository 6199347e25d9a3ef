package io.millwright.runtime.plain;

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
  void tangentAndSigmoidAreWithinTheirBounds() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 400_000; i++) {
      float x = (float) ((2 * random.nextDouble() - 1) * Math.pow(10, 6 * random.nextDouble() - 4));
      double tanh = Math.tanh(x);
      assertThat((double) Functions.tanh(x))
          .as("tanh of %s", x)
          .isBetween(-1.0, 1.0)
          .isCloseTo(tanh, within(5e-7 * Math.abs(tanh) + 1e-30));
      assertThat((double) Functions.sigmoid(x))
          .as("sigmoid of %s", x)
          .isBetween(0.0, 1.0)
          .isCloseTo(1 / (1 + Math.exp(-x)), within(3e-7));
    }
    assertThat(Functions.tanh(Float.NaN)).isNaN();
    assertThat(Functions.tanh(Float.NEGATIVE_INFINITY)).isCloseTo(-1f, within(2e-7f));
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
