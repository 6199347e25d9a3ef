package io.millwright.scheduling.internal.chance;

import io.millwright.runtime.simulation.Sample;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Promise;
import io.millwright.scheduling.Promises;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.UncertainTimes;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.search.Starts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Simulates plans of one shop. Not thread-safe. */
final class Simulation {

  static final int REPLICATIONS = 1_000;

  private static final int FEWEST = 20;

  private final Luck luck;

  Simulation(Shop shop, UncertainTimes times, Objective objective, long key) {
    luck = new Luck(shop, times, objective, key);
  }

  /** The costs of a plan in replications of one range; fewer when stopped. */
  double[] costs(Plan plan, int from, int count, Stop stop) {
    double[] costs = new double[count];
    for (int r = 0; r < count; r++) {
      if (r >= FEWEST && stop.now()) {
        return Arrays.copyOf(costs, r);
      }
      costs[r] = luck.replicate(plan, from + r);
    }
    return costs;
  }

  Plan plan(Schedule schedule) {
    return Starts.ofSchedule(luck.floor, schedule, "plan");
  }

  Promises promises(Schedule schedule, int from, int count, Stop stop) {
    Plan plan = plan(schedule);
    Shop shop = luck.floor.shop;
    Map<String, Long> planned = schedule.completions();
    long[][] ends = new long[luck.floor.jobs][count];
    double[] costs = new double[count];
    int broken = 0;
    int done = 0;
    for (; done < count && (done < FEWEST || !stop.now()); done++) {
      costs[done] = luck.replicate(plan, from + done);
      broken += luck.kept() ? 0 : 1;
      for (int j = 0; j < ends.length; j++) {
        ends[j][done] = luck.end(plan, j);
      }
    }
    List<Promise> orders = new ArrayList<>();
    for (int j = 0; j < ends.length; j++) {
      ShopJob job = shop.jobs().get(j);
      Long end = planned.get(job.id());
      if (end == null) {
        continue;
      }
      long[] sorted = Arrays.copyOf(ends[j], done);
      Arrays.sort(sorted);
      OptionalDouble onTime = OptionalDouble.empty();
      if (job.due().isPresent()) {
        long due = job.due().getAsLong();
        onTime =
            OptionalDouble.of(Arrays.stream(sorted).filter(e -> e <= due).count() / (double) done);
      }
      List<Long> percentiles = new ArrayList<>();
      for (int p = 1; p < 100; p++) {
        percentiles.add(sorted[at(p, done)]);
      }
      orders.add(new Promise(job.id(), job.due(), end, onTime, percentiles));
    }
    double[] sorted = Arrays.copyOf(costs, done);
    Arrays.sort(sorted);
    List<Double> percentiles = new ArrayList<>();
    for (int p = 1; p < 100; p++) {
      percentiles.add(sorted[at(p, done)]);
    }
    Sample sample = new Sample(Arrays.stream(sorted).boxed().toList());
    return new Promises(
        done, orders, sample.mean(), sample.halfWidth(0.95), percentiles, (double) broken / done);
  }

  /** The place of a percentile among sorted values: the next draw stays below it this often. */
  static int at(int percent, int count) {
    return Math.min(count - 1, (int) Math.ceil(percent / 100.0 * (count + 1)) - 1);
  }
}
