package io.millwright.maintenance.internal.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Since when a sensor lies, by its errors. */
class OnsetTest {

  private static double[] errors(int count, long seed, IntToDoubleFunction fault) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToDouble(r -> 5 + random.nextGaussian() + fault.applyAsDouble(r))
        .toArray();
  }

  @Test
  void aJump() {
    for (int seed = 0; seed < 20; seed++) {
      double[] errors = errors(100, seed, r -> r >= 70 ? -6 : 0);
      errors[50] = Double.NaN;
      assertThat(Onset.of(errors, false)).isBetween(68, 72);
    }
  }

  @Test
  void aDrift() {
    for (int seed = 0; seed < 20; seed++) {
      double[] errors = errors(100, seed, r -> r >= 60 ? 0.4 * (r - 60) : 0);
      assertThat(Onset.of(errors, true)).isBetween(52, 68);
    }
  }

  @Test
  void noneInNoiseNorInTooFewErrors() {
    int found = 0;
    for (int seed = 0; seed < 50; seed++) {
      found += Onset.of(errors(100, seed, r -> 0), false) > 0 ? 1 : 0;
    }
    assertThat(found).isLessThan(8);
    assertThat(Onset.of(new double[0], false)).isZero();
    assertThat(Onset.of(errors(10, 1, r -> r > 5 ? 50 : 0), true)).isZero();
    assertThat(Onset.of(new double[60], false)).isZero();
  }
}
