package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import io.millwright.api.Solution;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopFiles;
import io.millwright.scheduling.ShopOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plans every instance of a folder and prints its makespan and the gap to the best known one. Not a
 * test: run it by hand, with these settings as {@code key=value}: {@code data} (the folder with
 * {@code instances} and a table of bounds), {@code format} (of {@link ShopFiles.Format}), {@code
 * bounds} (the table's name), {@code column} (of the best known value), {@code like} (a regular
 * expression for names), {@code seconds} or {@code iterations}, {@code keys}, {@code workers},
 * {@code prove}.
 */
final class FolderBenchmark {
  private FolderBenchmark() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> set = new LinkedHashMap<>();
    for (String arg : args) {
      set.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
    }
    Path data = Path.of(set.get("data"));
    ShopFiles.Format format = ShopFiles.Format.valueOf(set.getOrDefault("format", "JOB_SHOP"));
    Budget budget =
        set.containsKey("iterations")
            ? Budget.iterations(Long.parseLong(set.get("iterations")))
            : Budget.of(Duration.ofMillis((long) (1000 * number(set, "seconds", 10))));
    int keys = (int) number(set, "keys", 1);
    ExecutorService executor = Executors.newCachedThreadPool();
    ShopOptimizer optimizer =
        Unlearned.scheduling(new DefaultJobs(executor), executor, Clock.systemUTC())
            .optimizer()
            .workers((int) number(set, "workers", 2));
    optimizer = set.containsKey("prove") ? optimizer.proving() : optimizer;
    double sum = 0;
    int count = 0;
    for (Map.Entry<String, Double> known : bounds(data, set).entrySet()) {
      Path file = data.resolve("instances").resolve(known.getKey() + ".txt");
      Shop shop = ShopFiles.read(file, format);
      List<Double> values = new ArrayList<>();
      double bound = 0;
      double took = 0;
      for (int key = 1; key <= keys; key++) {
        long begin = System.nanoTime();
        Solution<Schedule> solution =
            optimizer.key(key).optimize(shop, budget.untilTarget(known.getValue())).await();
        took += (System.nanoTime() - begin) * 1e-9 / keys;
        if (!ScheduleChecker.check(shop, solution.orElseThrow()).isEmpty()) {
          throw new IllegalStateException("the plan of " + known.getKey() + " breaks a rule");
        }
        values.add(solution.objective().value());
        bound = Math.max(bound, solution.objective().bound().orElse(0));
      }
      values.sort(null);
      double median = values.get(values.size() / 2);
      double gap = 100 * (median / known.getValue() - 1);
      sum += gap;
      count++;
      System.out.printf(
          Locale.ROOT,
          "%-24s %8.0f  best known %8.0f  gap %6.3f %%  bound %8.0f  %6.1f s%n",
          known.getKey(),
          median,
          known.getValue(),
          gap,
          bound,
          took);
    }
    System.out.printf(Locale.ROOT, "mean gap %.3f %% over %d instances%n", sum / count, count);
    executor.shutdownNow();
  }

  private static double number(Map<String, String> set, String name, double otherwise) {
    return set.containsKey(name) ? Double.parseDouble(set.get(name)) : otherwise;
  }

  private static Map<String, Double> bounds(Path data, Map<String, String> set) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve(set.getOrDefault("bounds", "bounds.csv")));
    List<String> header = List.of(lines.get(0).split(",", -1));
    int column = header.indexOf(set.getOrDefault("column", "best_known_upper_bound"));
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
