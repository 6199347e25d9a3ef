package io.millwright.benchmarks.shops;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopOptimizer;
import java.util.Locale;
import java.util.Map;

/**
 * How search grows with the shop: time to the first plan, proposals a second of one thread, memory
 * and gain, from 1,000 to 100,000 operations of five a job. Arguments as {@code name=value}: {@code
 * proposals} (1,000,000), {@code features} (true: set-ups and calendars), {@code like} (a regular
 * expression for the number of operations).
 */
public final class Sizes {
  private Sizes() {}

  /** Prints a line for each size. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> set = Settings.of(args);
    long proposals = (long) Settings.number(set, "proposals", 1_000_000);
    boolean features = set.getOrDefault("features", "false").equals("true");
    try (Millwright millwright = Millwright.create()) {
      ShopOptimizer optimizer =
          millwright
              .plugin(Scheduling.class)
              .optimizer()
              .minimize(Objectives.weightedTardiness())
              .workers(1);
      // The compiler should know the code before the clock runs.
      optimizer
          .optimize(
              new FullShops(100, 5, 10, features, features).draw(1), Budget.iterations(300_000))
          .await();
      for (int jobs : new int[] {200, 2_000, 20_000}) {
        if (Integer.toString(5 * jobs).matches(set.getOrDefault("like", ".*"))) {
          size(optimizer, new FullShops(jobs, 5, jobs / 20, features, features), proposals);
        }
      }
    }
  }

  private static void size(ShopOptimizer optimizer, FullShops size, long proposals)
      throws InterruptedException {
    Shop shop = size.draw(1);
    double first = Double.POSITIVE_INFINITY;
    Schedule start = null;
    for (int i = 0; i < 3; i++) {
      long begin = System.nanoTime();
      start = optimizer.optimize(shop, Budget.iterations(1)).await().orElseThrow();
      first = Math.min(first, (System.nanoTime() - begin) * 1e-9);
    }
    long begin = System.nanoTime();
    Schedule plan = optimizer.optimize(shop, Budget.iterations(proposals)).await().orElseThrow();
    double took = (System.nanoTime() - begin) * 1e-9 - first;
    Runtime runtime = Runtime.getRuntime();
    long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    if (start == null || !ScheduleChecker.check(shop, plan).isEmpty()) {
      throw new IllegalStateException("the plan of " + shop.name() + " breaks a rule");
    }
    System.out.printf(
        Locale.ROOT,
        "%7d operations: first plan and result %.2f s, %.0f proposals a second, heap %d MiB, %.0f"
            + " -> %.0f%n",
        shop.operationCount(),
        first,
        proposals / took,
        used,
        Objectives.weightedTardiness().of(shop, start),
        Objectives.weightedTardiness().of(shop, plan));
  }
}
