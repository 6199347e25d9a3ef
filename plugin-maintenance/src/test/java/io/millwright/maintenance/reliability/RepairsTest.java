package io.millwright.maintenance.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.Reliability;
import io.millwright.maintenance.RepairHistory;
import io.millwright.maintenance.RepairableFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Systems that are repaired, drawn from a power-law process whose truth is known. */
class RepairsTest {

  private static final double BETA = 1.4;
  private static final double LAMBDA = 5 / Math.pow(1000, BETA);

  private static List<RepairHistory> systems(int count, Random random) {
    List<RepairHistory> systems = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      double end = 400 + 800 * random.nextDouble();
      List<Double> repairs = new ArrayList<>();
      double sum = -Math.log(1 - random.nextDouble());
      for (double age = age(sum); age <= end; age = age(sum)) {
        repairs.add(age);
        sum -= Math.log(1 - random.nextDouble());
      }
      systems.add(new RepairHistory("system " + s, repairs, end));
    }
    return systems;
  }

  private static double age(double sum) {
    return Math.pow(sum / LAMBDA, 1 / BETA);
  }

  @Test
  void intervalsOfFewSystemsHoldAsOftenAsTheySay() {
    try (Millwright millwright = Millwright.create()) {
      Reliability reliability = millwright.plugin(Maintenance.class).reliability();
      int draws = 150;
      int shape = 0;
      int mean = 0;
      for (int key = 0; key < draws; key++) {
        RepairableFit fit = reliability.repairable(systems(6, new Random(key)), 0.9);
        shape += fit.beta().low() <= BETA && BETA <= fit.beta().high() ? 1 : 0;
        RepairableFit.MeanCumulative last = null;
        for (RepairableFit.MeanCumulative point : fit.meanCumulative()) {
          last = point.age() <= 350 ? point : last;
        }
        double truth = LAMBDA * Math.pow(350, BETA);
        mean += last != null && last.low() <= truth && truth <= last.high() ? 1 : 0;
      }
      assertThat((double) shape / draws).isBetween(0.84, 0.97);
      assertThat((double) mean / draws).isBetween(0.82, 0.98);
    }
  }
}
