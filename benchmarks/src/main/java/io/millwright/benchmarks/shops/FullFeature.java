package io.millwright.benchmarks.shops;

import com.google.ortools.Loader;
import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopOptimizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weighted tardiness of shops with every feature, ours with its proven bound beside CP-SAT in the
 * same time with the same number of workers, CP-SAT beginning with our first plan as its hint.
 * Every plan is checked. Arguments as {@code name=value}: {@code seconds} (10), {@code keys} (5),
 * {@code first} (1, the first key), {@code workers} (2), {@code like} (a regular expression for the
 * sizes' names), {@code iterations} (instead of seconds; then ours alone), {@code peer} (false:
 * ours alone), {@code staff} (none, crew, people or idle; ours alone when it is named), {@code
 * rules} (a regular expression for dispatching rules; then the best of these alone, or nothing
 * where there is none, stands for our start, which on a large shop takes minutes without a limit).
 */
public final class FullFeature {
  private FullFeature() {}

  /** Prints a line for each shop, and a mean for each size. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> set = Settings.of(args);
    double seconds = Settings.number(set, "seconds", 10);
    int keys = (int) Settings.number(set, "keys", 5);
    int first = (int) Settings.number(set, "first", 1);
    int workers = (int) Settings.number(set, "workers", 2);
    String staff = set.getOrDefault("staff", "none");
    boolean peer =
        staff.equals("none")
            && !set.containsKey("iterations")
            && !set.getOrDefault("peer", "").equals("false");
    Budget budget =
        set.containsKey("iterations")
            ? Budget.iterations((long) Settings.number(set, "iterations", 0))
            : Budget.of(Duration.ofMillis((long) (1000 * seconds)));
    if (peer) {
      Loader.loadNativeLibraries();
    }
    System.out.printf(
        "%-24s %4s %12s %12s %12s %12s %8s %8s%n",
        "shop", "key", "start", "ours", "bound", "CP-SAT", "s", "of processors");
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      ShopOptimizer optimizer =
          scheduling.optimizer().minimize(Objectives.weightedTardiness()).workers(workers);
      for (FullShops plain : FullShops.sizes()) {
        FullShops size = plain.with(staff);
        if (!size.label().matches(set.getOrDefault("like", ".*"))) {
          continue;
        }
        List<double[]> rows = new ArrayList<>();
        for (int key = first; key < first + keys; key++) {
          Shop shop = size.draw(key);
          @Nullable Schedule start =
              set.containsKey("rules")
                  ? ruled(scheduling, shop, set.getOrDefault("rules", ".*"))
                  : optimizer.key(key).optimize(shop, Budget.iterations(1)).await().orElseThrow();
          rows.add(
              compare(
                  size.label(), key, shop, start, optimizer, budget, peer ? seconds : 0, workers));
        }
        System.out.printf(
            Locale.ROOT,
            "%-24s %4s %12.1f %12.1f %12.1f %12.1f%n",
            size.label(),
            "mean",
            mean(rows, 0),
            mean(rows, 1),
            mean(rows, 2),
            mean(rows, 3));
      }
    }
  }

  private static double mean(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(r -> r[column]).average().orElse(Double.NaN);
  }

  /** The best plan of some dispatching rules, each printed with its processor seconds. */
  private static @Nullable Schedule ruled(Scheduling scheduling, Shop shop, String like) {
    @Nullable Schedule best = null;
    for (Rule rule : Rule.values()) {
      if (rule.name().matches(like)) {
        double before = processor();
        Schedule plan = scheduling.dispatch(shop, rule);
        System.out.printf(
            Locale.ROOT,
            "  %s: %.0f in %.1f s of processors%n",
            rule,
            value(shop, plan),
            processor() - before);
        best = best == null || value(shop, plan) < value(shop, best) ? plan : best;
      }
    }
    return best;
  }

  /** What the process has had of all processors, in seconds. */
  private static double processor() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(d -> d.toMillis() / 1e3)
        .orElse(0.0);
  }

  private static double[] compare(
      String label,
      int key,
      Shop shop,
      @Nullable Schedule start,
      ShopOptimizer optimizer,
      Budget budget,
      double seconds,
      int workers)
      throws InterruptedException {
    double before = processor();
    long begin = System.nanoTime();
    Solution<Schedule> solution = optimizer.key(key).optimize(shop, budget).await();
    Schedule ours = solution.orElseThrow();
    double took = (System.nanoTime() - begin) * 1e-9;
    double spent = processor() - before;
    double theirs = Double.NaN;
    if (seconds > 0 && start != null) {
      Schedule plan = new ShopModel(shop, start).solve(seconds, workers).plan().orElse(null);
      theirs = plan == null ? Double.NaN : value(shop, plan);
    }
    double[] row = {
      start == null ? Double.NaN : value(shop, start),
      value(shop, ours),
      solution.objective().bound().orElse(Double.NaN),
      theirs
    };
    System.out.printf(
        Locale.ROOT,
        "%-24s %4d %12.0f %12.0f %12.0f %12.0f %8.2f %8.1f%n",
        label,
        key,
        row[0],
        row[1],
        row[2],
        row[3],
        took,
        spent);
    return row;
  }

  private static double value(Shop shop, Schedule plan) {
    var findings = ScheduleChecker.check(shop, plan);
    if (!findings.isEmpty()) {
      throw new IllegalStateException("the plan of " + shop.name() + " breaks: " + findings);
    }
    return Objectives.weightedTardiness().of(shop, plan);
  }
}
