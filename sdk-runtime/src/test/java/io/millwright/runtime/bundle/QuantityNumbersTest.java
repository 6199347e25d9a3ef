package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Uncertainty;
import io.millwright.api.data.PlainData;
import io.millwright.api.data.Unit;
import io.millwright.api.head.FittedHead;
import io.millwright.api.head.Heads;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The plain numbers of a head say what the head says. */
class QuantityNumbersTest {

  private static PlainData run(double size) {
    return TestHeads.scores(
        List.of(-2 * size, -size, size, 3 * size),
        List.of(0.0, 0.04, 0.5, 0.97),
        List.of(0.04, 0.5, 0.97, 1.0),
        60);
  }

  @Test
  void endsAlongTheAnswerAreThoseOfTheHead() {
    PlainData local =
        PlainData.builder()
            .put("predictions", List.of(10.0, 60.0, 110.0))
            .put("run 0", run(2))
            .put("run 1", run(11))
            .put("run 2", run(5))
            .build();
    PlainData calibration =
        PlainData.builder()
            .put("scores", run(1))
            .put("predictions", List.of(0.0, 100.0))
            .put("sizes", List.of(5.0, 12.5))
            .put("least", 1e-9)
            .put("local", local)
            .build();
    HeadData data = TestHeads.quantity(Unit.CYCLE, 0, 125, 0, 125, 1, calibration);
    FittedHead<?, ?> head = Heads.quantity(Unit.CYCLE, 0, 125).read(data.data());
    for (double level : new double[] {0.5, 0.8, 0.9, 0.97, 0.999}) {
      QuantityNumbers numbers = QuantityNumbers.of(data, level);
      for (double said = -0.1; said < 1.1; said += 0.013) {
        Uncertainty.Interval interval =
            (Uncertainty.Interval)
                head.answer(new double[] {said}, new float[1]).uncertainty().at(level);
        double value = numbers.limited(numbers.unlimited(said));
        assertThat(numbers.from(value)).isCloseTo(interval.low(), within(1e-9));
        if (Double.isInfinite(interval.high())) {
          assertThat(numbers.to(value)).isInfinite();
        } else {
          assertThat(numbers.to(value)).isCloseTo(interval.high(), within(1e-9));
        }
      }
    }
  }
}
