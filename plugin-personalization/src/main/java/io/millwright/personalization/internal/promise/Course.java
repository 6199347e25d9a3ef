package io.millwright.personalization.internal.promise;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.WorkLoad;
import io.millwright.api.plan.WorkOrder;
import io.millwright.api.plan.WorkPlan;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.Promises;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Plays a plan's sequence with durations and receipts that vary. */
final class Course {

  private final WorkLoad load;
  private final Supply supply;
  private final Promises.Situation situation;
  private final int[] order;
  private final int[] resource;
  private final long[] duration;
  private final int[][] after;
  private final double[] variation;
  private final int[] lanes;

  Course(WorkLoad load, List<WorkPlan.Planned> plan, Supply supply, Promises.Situation situation) {
    this.load = load;
    this.supply = supply;
    this.situation = situation;
    Map<String, Integer> orders = new HashMap<>();
    Map<String, WorkOrder.Step> steps = new HashMap<>();
    for (int o = 0; o < load.orders().size(); o++) {
      WorkOrder w = load.orders().get(o);
      orders.put(w.id(), o);
      w.steps().forEach(s -> steps.put(w.id() + "\n" + s.name(), s));
    }
    int n = plan.size();
    Map<String, Integer> places = new HashMap<>();
    Map<String, Integer> resources = new HashMap<>();
    order = new int[n];
    resource = new int[n];
    duration = new long[n];
    after = new int[n][];
    for (int k = 0; k < n; k++) {
      WorkPlan.Planned p = plan.get(k);
      String key = p.order() + "\n" + p.step();
      WorkOrder.Step s = steps.get(key);
      if (s == null) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "the planner's plan has step "
                + p.step()
                + " of order "
                + p.order()
                + ", which was not asked\nMaybe it plans another load");
      }
      order[k] = orders.getOrDefault(p.order(), 0);
      resource[k] = resources.computeIfAbsent(s.resource(), r -> resources.size());
      duration[k] = s.duration();
      after[k] =
          s.after().stream().mapToInt(b -> places.getOrDefault(p.order() + "\n" + b, -1)).toArray();
      for (int b : after[k]) {
        if (b < 0) {
          throw new MillwrightException(
              ErrorCode.BAD_VALUE,
              "the plan begins step "
                  + p.step()
                  + " of order "
                  + p.order()
                  + " before its predecessors\nMaybe the planner is wrong");
        }
      }
      places.put(key, k);
    }
    if (n < steps.size()) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "the plan has " + n + " of " + steps.size() + " steps\nMaybe the planner is wrong");
    }
    variation = new double[resources.size()];
    lanes = new int[resources.size()];
    resources.forEach(
        (name, r) -> {
          variation[r] = situation.variation().getOrDefault(name, 0.0);
          lanes[r] = Math.max(1, load.capacity().getOrDefault(name, 1));
        });
  }

  /** The simulated ends of an order. */
  double[] ends(String id, long key, Jobs.Control<?> control) {
    int which = 0;
    while (!load.orders().get(which).id().equals(id)) {
      which++;
    }
    SplittableRandom random = new SplittableRandom(key);
    double[] ends = new double[situation.scenarios()];
    for (int s = 0; s < ends.length; s++) {
      if (s % 64 == 0) {
        control.checkpoint();
      }
      ends[s] = end(which, random);
    }
    return ends;
  }

  private double end(int which, SplittableRandom random) {
    double[] arrived = new double[supply.receipts().size()];
    for (int r = 0; r < arrived.length; r++) {
      Promises.Receipt one = supply.receipts().get(r);
      arrived[r] = one.at() - one.delay() * Math.log(1 - random.nextDouble());
    }
    double[][] free = new double[lanes.length][];
    for (int r = 0; r < free.length; r++) {
      free[r] = new double[lanes[r]];
    }
    double[] done = new double[order.length];
    double end = 0;
    for (int k = 0; k < order.length; k++) {
      double[] of = free[resource[k]];
      int lane = 0;
      for (int l = 1; l < of.length; l++) {
        lane = of[l] < of[lane] ? l : lane;
      }
      double start = Math.max((double) supply.release(order[k]), of[lane]);
      for (int r : supply.of(order[k])) {
        start = Math.max(start, arrived[r]);
      }
      for (int b : after[k]) {
        start = Math.max(start, done[b]);
      }
      done[k] = start + duration[k] * factor(variation[resource[k]], random);
      of[lane] = done[k];
      if (order[k] == which) {
        end = Math.max(end, done[k]);
      }
    }
    return end;
  }

  /** Lognormal with mean 1. */
  private static double factor(double cv, SplittableRandom random) {
    if (cv <= 0) {
      return 1;
    }
    double variance = Math.log1p(cv * cv);
    return Math.exp(Math.sqrt(variance) * gauss(random) - variance / 2);
  }

  /** Box and Muller (1958); SplittableRandom has none of its own in every version. */
  private static double gauss(SplittableRandom random) {
    double u = 1 - random.nextDouble();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
