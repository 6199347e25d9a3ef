package io.millwright.benchmarks.shops;

import com.google.ortools.Loader;
import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopFiles;
import io.millwright.scheduling.ShopOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The makespans of public job shops in the same time with the same number of workers: our search
 * alone, the portfolio (our search and CP-SAT beside it), and CP-SAT alone; each ends sooner when
 * it reaches the best known makespan. Every plan is checked. Arguments as {@code name=value}:
 * {@code data} (the folder with {@code instances} and {@code bounds.csv}), {@code like} (a regular
 * expression for names), {@code seconds} (10), {@code keys} (3, of which the median counts), {@code
 * workers} (2), {@code columns} (of {@code o}, {@code p} and {@code c}; all three).
 */
public final class JobShops {
  private JobShops() {}

  private record Run(Shop shop, double bestKnown, double seconds, int workers) {}

  /** Prints a line for each instance, and the mean gaps. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> set = Settings.of(args);
    Path data = Path.of(set.get("data"));
    String columns = set.getOrDefault("columns", "opc");
    int keys = (int) Settings.number(set, "keys", 3);
    double[] gaps = new double[3];
    int count = 0;
    List<String> worse = new ArrayList<>();
    Loader.loadNativeLibraries();
    System.out.printf(
        "%-24s %9s %9s %9s %9s   %s%n", "", "known", "ours", "both", "CP-SAT", "seconds");
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      for (Map.Entry<String, Double> known : bounds(data, set).entrySet()) {
        Shop shop =
            ShopFiles.read(
                data.resolve("instances").resolve(known.getKey() + ".txt"),
                ShopFiles.Format.JOB_SHOP);
        Run run =
            new Run(
                shop,
                known.getValue(),
                Settings.number(set, "seconds", 10),
                (int) Settings.number(set, "workers", 2));
        double[] value = new double[3];
        double[] took = new double[3];
        for (int c = 0; c < 3; c++) {
          value[c] = Double.NaN;
          if (columns.indexOf("opc".charAt(c)) >= 0) {
            long begin = System.nanoTime();
            value[c] = median(scheduling, run, c, keys);
            took[c] = (System.nanoTime() - begin) * 1e-9 / keys;
          }
          gaps[c] += 100 * (value[c] / known.getValue() - 1);
        }
        count++;
        if (value[1] > value[2]) {
          worse.add(known.getKey());
        }
        System.out.printf(
            Locale.ROOT,
            "%-24s %9.0f %9.0f %9.0f %9.0f   %5.1f %5.1f %5.1f%n",
            known.getKey(),
            known.getValue(),
            value[0],
            value[1],
            value[2],
            took[0],
            took[1],
            took[2]);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "mean gap over %d: ours %.3f %%, both %.3f %%, CP-SAT %.3f %%; both worse than CP-SAT:"
            + " %s%n",
        count,
        gaps[0] / count,
        gaps[1] / count,
        gaps[2] / count,
        worse);
  }

  private static double median(Scheduling scheduling, Run run, int column, int keys)
      throws InterruptedException {
    double[] values = new double[keys];
    for (int key = 1; key <= keys; key++) {
      values[key - 1] = column == 2 ? theirs(run) : ours(scheduling, run, column == 1, key);
    }
    Arrays.sort(values);
    return values[keys / 2];
  }

  private static double ours(Scheduling scheduling, Run run, boolean both, int key)
      throws InterruptedException {
    ShopOptimizer optimizer = scheduling.optimizer().workers(run.workers()).key(key);
    Budget budget =
        Budget.of(Duration.ofMillis((long) (1000 * run.seconds()))).untilTarget(run.bestKnown());
    return checked(
        run.shop(),
        (both ? optimizer.proving() : optimizer)
            .optimize(run.shop(), budget)
            .await()
            .orElseThrow());
  }

  private static double theirs(Run run) {
    Optional<Schedule> plan =
        new JobShopModel(run.shop()).solve(run.seconds(), run.workers(), run.bestKnown());
    return plan.isEmpty() ? Double.POSITIVE_INFINITY : checked(run.shop(), plan.get());
  }

  private static double checked(Shop shop, Schedule plan) {
    var findings = ScheduleChecker.check(shop, plan);
    if (!findings.isEmpty()) {
      throw new IllegalStateException("the plan of " + shop.name() + " breaks: " + findings);
    }
    return plan.makespan();
  }

  private static Map<String, Double> bounds(Path data, Map<String, String> set) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("bounds.csv"));
    int column = List.of(lines.get(0).split(",", -1)).indexOf("best_known_upper_bound");
    Map<String, Double> known = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (cells[0].matches(set.getOrDefault("like", ".*"))) {
        known.put(cells[0], Double.parseDouble(cells[column]));
      }
    }
    return known;
  }
}
