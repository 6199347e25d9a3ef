package io.millwright.benchmarks.shops;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Car sequencing of CSPLib: for how many of a folder's instances a sequence without violation is
 * found in a time, each ended when one is. Every plan is checked. Arguments as {@code name=value}:
 * {@code data} (the folder with the files), {@code like} (a regular expression for names), {@code
 * seconds} (10), {@code workers} (1), {@code key} (1).
 */
public final class Cars {
  private Cars() {}

  /** Prints a line for each instance, and how many are solved. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> set = Settings.of(args);
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(set.get("data")))) {
      files =
          all.filter(f -> f.getFileName().toString().matches(set.getOrDefault("like", ".*")))
              .sorted()
              .toList();
    }
    int solved = 0;
    double total = 0;
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      for (Path file : files) {
        Shop shop = ShopFiles.read(file, ShopFiles.Format.CAR_SEQUENCING);
        long begin = System.nanoTime();
        Solution<Schedule> solution =
            scheduling
                .optimizer()
                .key((long) Settings.number(set, "key", 1))
                .workers((int) Settings.number(set, "workers", 1))
                .optimize(
                    shop,
                    Budget.of(
                        Duration.ofMillis((long) (1000 * Settings.number(set, "seconds", 10)))))
                .await();
        double seconds = (System.nanoTime() - begin) * 1e-9;
        boolean good =
            solution.value().map(p -> ScheduleChecker.check(shop, p).isEmpty()).orElse(false);
        solved += good ? 1 : 0;
        total += seconds;
        System.out.printf(
            Locale.ROOT, "%-16s %s %6.2f s%n", shop.name(), good ? "solved" : "open  ", seconds);
      }
    }
    System.out.printf(
        Locale.ROOT, "%d of %d solved, mean %.2f s%n", solved, files.size(), total / files.size());
  }
}
