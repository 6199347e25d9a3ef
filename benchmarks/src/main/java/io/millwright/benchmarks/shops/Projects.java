package io.millwright.benchmarks.shops;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Projects of PSPLIB: the gap to the best known makespans after a time, each stopped at its simple
 * bound. Every plan is checked. Arguments as {@code name=value}: {@code data} (the folder with
 * {@code bounds.csv}), {@code set} (j30), {@code like} (a regular expression for names), {@code
 * every} (1: each n-th file), {@code seconds} (10), {@code workers} (1), {@code key} (1), {@code
 * proving} (false).
 */
public final class Projects {
  private Projects() {}

  /** Prints what is not at the best known, and the mean. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> set = Settings.of(args);
    Path data = Path.of(set.get("data"));
    String family = set.getOrDefault("set", "j30");
    int every = (int) Settings.number(set, "every", 1);
    Map<String, Integer> known = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve("bounds.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals(family)) {
        known.put(cells[1], Integer.parseInt(cells[3]));
      }
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(data.resolve(family))) {
      files =
          all.filter(f -> f.getFileName().toString().matches(set.getOrDefault("like", ".*")))
              .sorted()
              .toList();
    }
    int tried = 0;
    int reached = 0;
    double gap = 0;
    double total = 0;
    try (Millwright millwright = Millwright.create()) {
      ShopOptimizer optimizer =
          millwright
              .plugin(Scheduling.class)
              .optimizer()
              .key((long) Settings.number(set, "key", 1))
              .workers((int) Settings.number(set, "workers", 1));
      if (Boolean.parseBoolean(set.getOrDefault("proving", "false"))) {
        optimizer = optimizer.proving();
      }
      for (int i = 0; i < files.size(); i += every) {
        Shop shop = ShopFiles.read(files.get(i), ShopFiles.Format.PROJECT);
        long begin = System.nanoTime();
        Solution<Schedule> solution =
            optimizer
                .optimize(
                    shop,
                    Budget.of(
                        Duration.ofMillis((long) (1000 * Settings.number(set, "seconds", 10)))))
                .await();
        total += (System.nanoTime() - begin) * 1e-9;
        Schedule plan = solution.orElseThrow();
        if (!ScheduleChecker.check(shop, plan).isEmpty()) {
          throw new IllegalStateException(shop.name() + ": " + ScheduleChecker.check(shop, plan));
        }
        int best = known.getOrDefault(shop.name(), 0);
        tried++;
        reached += plan.makespan() <= best ? 1 : 0;
        gap += (plan.makespan() - best) / (double) best;
        if (plan.makespan() != best) {
          System.out.printf(
              Locale.ROOT, "%-10s %d, best known %d%n", shop.name(), plan.makespan(), best);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d of %d at the best known (%.1f %%), mean gap %.3f %%, mean %.2f s%n",
        family,
        reached,
        tried,
        100.0 * reached / tried,
        100 * gap / tried,
        total / tried);
  }
}
