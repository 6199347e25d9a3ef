package io.millwright.personalization.internal.promise;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Optimizer;
import io.millwright.api.Solution;
import io.millwright.api.plan.WorkLoad;
import io.millwright.api.plan.WorkOrder;
import io.millwright.api.plan.WorkPlan;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Jobs;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.ProductionRules;
import io.millwright.personalization.Promises;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door of the room. */
public final class Promising implements Promises {

  private static final Duration PLANNING = Duration.ofSeconds(10);

  private final Composer composer;
  private final Jobs jobs;

  private Promising(Composer composer, Jobs jobs) {
    this.composer = composer;
    this.jobs = jobs;
  }

  /** Promises. */
  public static Promises of(Composer composer, Jobs jobs) {
    return new Promising(composer, jobs);
  }

  @Override
  public WorkOrder order(
      ProductModel model,
      Map<String, String> configuration,
      ProductionRules rules,
      String id,
      double quantity,
      long release) {
    return new Orders(model, configuration, rules).order(id, quantity, release);
  }

  @Override
  public Optimizer<WorkLoad, WorkPlan> dispatching() {
    return new Dispatching(composer, jobs);
  }

  @Override
  public Job<Promise> promise(
      WorkOrder order, Situation situation, Optimizer<WorkLoad, WorkPlan> planner, long key) {
    if (situation.scenarios() < 100 || situation.scenarios() > 100_000) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          situation.scenarios() + " scenarios\nMaybe use 1,000; 100 to 100,000");
    }
    List<WorkOrder> all = new ArrayList<>(situation.load().orders());
    all.add(order);
    Supply supply = new Supply(all, situation);
    List<WorkOrder> held = supply.planned();
    WorkLoad load = new WorkLoad(held, situation.load().capacity());
    return jobs.start(
        "promise",
        Optional.empty(),
        control -> {
          Solution<WorkPlan> plan = plan(planner, load);
          List<WorkPlan.Planned> steps = plan.orElseThrow().steps();
          long planned =
              steps.stream()
                  .filter(s -> s.order().equals(order.id()))
                  .mapToLong(WorkPlan.Planned::end)
                  .max()
                  .orElse(order.release());
          double[] ends = new Course(load, steps, supply, situation).ends(order.id(), key, control);
          List<Double> sorted = java.util.Arrays.stream(ends).sorted().boxed().toList();
          return new Promise(held.get(held.size() - 1).release(), planned, order, sorted);
        });
  }

  private static Solution<WorkPlan> plan(Optimizer<WorkLoad, WorkPlan> planner, WorkLoad load) {
    try {
      return planner.optimize(load, Budget.of(PLANNING)).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillwrightException(
          ErrorCode.JOB_CANCELLED, "interrupted while planning\nMaybe ask again", e);
    }
  }

  @Override
  public VariantStock stock(
      Map<String, List<Double>> demand, Map<String, String> module, double fillRate) {
    if (!(fillRate > 0 && fillRate < 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the fill rate is " + fillRate + "\nMaybe use 0.95");
    }
    int scenarios = -1;
    Map<String, double[]> pooled = new HashMap<>();
    Map<String, Double> variants = new HashMap<>();
    Map<String, Double> alone = new HashMap<>();
    for (Map.Entry<String, List<Double>> e : demand.entrySet()) {
      double[] d = e.getValue().stream().mapToDouble(Double::doubleValue).toArray();
      scenarios = scenarios < 0 ? d.length : scenarios;
      String of = module.get(e.getKey());
      if (d.length != scenarios || d.length == 0 || of == null) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "variant "
                + e.getKey()
                + " has "
                + d.length
                + " scenarios, others have "
                + scenarios
                + ", and its module is "
                + of
                + "\nMaybe simulate all together, and name a module for each");
      }
      for (double v : d) {
        if (!(v >= 0) || Double.isInfinite(v)) {
          throw new MillwrightException(
              ErrorCode.OUT_OF_RANGE,
              "variant " + e.getKey() + " has the demand " + v + "\nMaybe returns are counted in");
        }
      }
      double level = level(d, fillRate);
      variants.put(e.getKey(), level);
      alone.merge(of, level, Double::sum);
      double[] sum = pooled.computeIfAbsent(of, k -> new double[d.length]);
      for (int s = 0; s < d.length; s++) {
        sum[s] += d[s];
      }
    }
    Map<String, Double> modules = new HashMap<>();
    Map<String, Double> saving = new HashMap<>();
    pooled.forEach(
        (m, d) -> {
          double level = level(d, fillRate);
          double before = alone.getOrDefault(m, 0.0);
          modules.put(m, level);
          saving.put(m, before > 0 ? 1 - level / before : 0);
        });
    return new VariantStock(variants, modules, saving);
  }

  /** The least level at which the expected share of demand met at once is reached. */
  private static double level(double[] demand, double fillRate) {
    double total = 0;
    double high = 0;
    for (double d : demand) {
      total += d;
      high = Math.max(high, d);
    }
    double low = 0;
    for (int k = 0; k < 60; k++) {
      double middle = (low + high) / 2;
      double met = 0;
      for (double d : demand) {
        met += Math.min(d, middle);
      }
      if (met < fillRate * total) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
