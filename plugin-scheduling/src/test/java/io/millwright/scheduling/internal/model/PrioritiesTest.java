package io.millwright.scheduling.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Measure;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Objectives in a row, on shops of which every order is tried. */
class PrioritiesTest {

  private static final String[] FAMILIES = {"x", "y", "z"};

  private static final List<List<Objective>> ROWS =
      List.of(
          List.of(Objectives.setupTime(), Objectives.weightedTardiness()),
          List.of(Objectives.makespan(), Objectives.weightedFlowTime()),
          List.of(Objectives.weightedTardiness(), Objectives.setupTime(), Objectives.makespan()),
          List.of(
              Objective.of(Measure.MAKESPAN).plus(0.25, Measure.SETUP_TIME),
              Objectives.weightedFlowTime()));

  @Test
  void theFirstCountsAndTheNextBreakTies() {
    int differ = 0;
    for (int key = 0; key < 40; key++) {
      Shop shop = draw(new Random(key));
      for (List<Objective> row : ROWS) {
        Floor floor = new Floor(shop);
        Timetable timetable = new Timetable(floor, new Goal(row, floor));
        List<double[]> all = new ArrayList<>();
        orders(floor, timetable, row, new int[floor.n], 0, 0, all);
        double[] cheapest = all.get(0);
        double[] first = all.get(0);
        for (double[] values : all) {
          cheapest = values[0] < cheapest[0] ? values : cheapest;
          first = before(values, first) ? values : first;
        }
        assertThat(before(first, cheapest)).as("key %d, %s", key, row).isFalse();
        double least = Double.POSITIVE_INFINITY;
        for (double[] values : all) {
          least = Math.min(least, values[2]);
        }
        differ += first[2] > least ? 1 : 0;
      }
    }
    // The goals are at odds on most of them, else the test says little.
    assertThat(differ).isGreaterThan(60);
  }

  private static boolean before(double[] one, double[] other) {
    for (int i = 1; i < one.length; i++) {
      if (Math.abs(one[i] - other[i]) > 1e-9) {
        return one[i] < other[i];
      }
    }
    return false;
  }

  private static void orders(
      Floor floor,
      Timetable timetable,
      List<Objective> row,
      int[] order,
      int filled,
      int used,
      List<double[]> all) {
    if (filled == floor.n) {
      double[] values = new double[1 + row.size()];
      values[0] = timetable.evaluate(order, floor.altStart.clone());
      Schedule plan =
          timetable.schedule(new Plan(0, order.clone(), floor.altStart.clone(), "tried"));
      for (int i = 0; i < row.size(); i++) {
        values[1 + i] = row.get(i).of(floor.shop, plan);
      }
      all.add(values);
      return;
    }
    for (int x = 0; x < floor.n; x++) {
      if ((used >> x & 1) == 0) {
        order[filled] = x;
        orders(floor, timetable, row, order, filled + 1, used | 1 << x, all);
      }
    }
  }

  private static Shop draw(Random random) {
    List<Setup> setups = new ArrayList<>();
    for (String from : FAMILIES) {
      for (String to : FAMILIES) {
        if (!from.equals(to)) {
          setups.add(new Setup(from, to, 1 + random.nextInt(3)));
        }
      }
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < 5; j++) {
      jobs.add(
          ShopJob.chain(
                  "j" + j,
                  Operation.of("o", Alternative.of("m", 1 + random.nextInt(4)))
                      .ofFamily(FAMILIES[random.nextInt(3)]))
              .releasedAt(random.nextInt(6))
              .dueAt(4 + random.nextInt(10))
              .weighing(random.nextBoolean() ? 9 : 0.01));
    }
    return Shop.builder("row", List.of(Machine.of("m").changing(setups)), jobs).build();
  }
}
