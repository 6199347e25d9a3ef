package io.millwright.runtime.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.runtime.support.KeyedRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

  @Test
  void eventsComeInOrderOfTimeThenOfEntry() {
    KeyedRandom random = KeyedRandom.of(7, KeyedRandom.Purpose.OTHER);
    EventCalendar calendar = new EventCalendar();
    List<double[]> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      double time = random.nextInt(40);
      calendar.schedule(time, i);
      expected.add(new double[] {time, i});
    }
    expected.sort(Comparator.<double[]>comparingDouble(e -> e[0]).thenComparingDouble(e -> e[1]));
    for (double[] e : expected) {
      assertThat(calendar.advance()).isTrue();
      assertThat(calendar.now()).isEqualTo(e[0]);
      assertThat(calendar.event()).isEqualTo((int) e[1]);
    }
    assertThat(calendar.advance()).isFalse();
    assertThatThrownBy(() -> calendar.schedule(3, 1)).hasMessageContaining("but it is 39");
    assertThatThrownBy(() -> calendar.schedule(Double.NaN, 1)).hasMessageContaining("NaN");
  }

  /** A queue with one server and exponential times: the mean wait is rho / (mu - lambda). */
  @Test
  void aQueueWaitsAsTheFormulaSays() {
    double lambda = 0.5;
    Sample wait =
        Replications.run(random -> new double[] {meanWait(random, lambda, 1)}, 3, 30, () -> false)
            .get(0);
    assertThat(wait.mean()).isCloseTo(1.0, within(3 * wait.halfWidth(0.95) / 1.96 + 0.02));
    assertThat(wait.halfWidth(0.95)).isLessThan(0.1);
  }

  @Test
  void commonNumbersNarrowADifference() {
    Sample slow =
        Replications.run(r -> new double[] {meanWait(r, 0.5, 1)}, 3, 20, () -> false).get(0);
    Sample fast =
        Replications.run(r -> new double[] {meanWait(r, 0.5, 1.1)}, 3, 20, () -> false).get(0);
    Sample other =
        Replications.run(r -> new double[] {meanWait(r, 0.5, 1.1)}, 4, 20, () -> false).get(0);
    assertThat(slow.minus(fast).halfWidth(0.95))
        .isLessThan(0.6 * slow.minus(other).halfWidth(0.95));
    assertThat(slow.minus(fast).mean()).isPositive();
  }

  @Test
  void theIntervalCoversAsOftenAsItSays() {
    int covered = 0;
    for (int study = 0; study < 400; study++) {
      Sample s =
          Replications.run(r -> new double[] {r.stream().nextGaussian()}, study, 5, () -> false)
              .get(0);
      covered += Math.abs(s.mean()) <= s.halfWidth(0.9) ? 1 : 0;
    }
    assertThat(covered / 400.0).isCloseTo(0.9, within(0.045));
  }

  @Test
  void replicationsEndWhenTheFigureIsKnownOrTheJobIsStopped() {
    Replications.Model noisy = r -> new double[] {10 + r.stream(1).nextGaussian()};
    Sample known = Replications.until(noisy, 1, 0.05, 1000, () -> false).get(0);
    assertThat(known.halfWidth(0.95)).isLessThanOrEqualTo(0.05 * known.mean());
    assertThat(known.values().size()).isLessThan(60);
    assertThat(Replications.run(noisy, 1, 500, () -> true).get(0).values()).hasSize(2);
  }

  private static double meanWait(CommonRandom random, double lambda, double mu) {
    KeyedRandom arrivals = random.stream(0);
    KeyedRandom services = random.stream(1);
    EventCalendar calendar = new EventCalendar();
    List<Double> queue = new ArrayList<>();
    int head = 0;
    int served = 0;
    double waits = 0;
    boolean busy = false;
    calendar.schedule(exponential(arrivals, lambda), 0);
    while (served < 4000 && calendar.advance()) {
      if (calendar.event() == 0) {
        queue.add(calendar.now());
        calendar.schedule(calendar.now() + exponential(arrivals, lambda), 0);
      } else {
        busy = false;
      }
      if (!busy && head < queue.size()) {
        waits += calendar.now() - queue.get(head++);
        served++;
        busy = true;
        calendar.schedule(calendar.now() + exponential(services, mu), 1);
      }
    }
    return waits / served;
  }

  private static double exponential(KeyedRandom random, double rate) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }
}
