package io.millwright.benchmarks.shops;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Solution;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The time from cancel to the result, for shops of 36, 1,000, 10,000 and 100,000 operations, the
 * larger ones with set-ups, calendars and operators, each cancelled at random moments of its
 * search, the very beginning included; and how late a budget ends. Arguments as {@code name=value}:
 * {@code times} (100 for the small, a fifth of that for the large), {@code budgets} (10: so many of
 * two seconds each), {@code prove} (true: with CP-SAT beside the search, on the small one), {@code
 * like} (a pattern of the names; all).
 */
public final class Cancel {
  private Cancel() {}

  /** Prints the median, the 99th percentile and the worst, in milliseconds. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> set = Settings.of(args);
    int times = (int) Settings.number(set, "times", 100);
    boolean prove = set.getOrDefault("prove", "false").equals("true");
    int budgets = (int) Settings.number(set, "budgets", 10);
    String like = set.getOrDefault("like", ".*");
    int fewer = Math.max(5, times / 5);
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      for (Case one :
          List.of(
              new Case("36", new FullShops(6, 6, 6, false, false), times, 300, prove),
              new Case("1000", new FullShops(200, 5, 10, true, true, "crew"), times, 1000, false),
              new Case("10000", new FullShops(2000, 5, 40, true, true, "crew"), fewer, 3000, false),
              new Case("100000", new FullShops(20_000, 5, 200, true, true), fewer, 8000, false))) {
        if (one.name.matches(like)) {
          Shop shop = one.shops.draw(1);
          String name = one.name + " operations";
          measure(name, scheduling, shop, one.times, one.longest, one.prove);
          late(name, scheduling, shop, budgets);
        }
      }
    }
  }

  /** A shop, and how often and after how many milliseconds at most its search is cancelled. */
  private record Case(String name, FullShops shops, int times, int longest, boolean prove) {}

  /** Prints how late budgets of two seconds end. */
  private static void late(String name, Scheduling scheduling, Shop shop, int times)
      throws InterruptedException {
    double[] millis = new double[times];
    for (int i = -1; i < times; i++) {
      long begin = System.nanoTime();
      scheduling
          .optimizer()
          .minimize(Objectives.weightedFlowTime())
          .workers(2)
          .key(i)
          .optimize(shop, Budget.of(Duration.ofSeconds(2)).untilTarget(-1))
          .await();
      millis[Math.max(0, i)] = (System.nanoTime() - begin) * 1e-6 - 2000;
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-20s budgets of 2 s end late by p50 %6.1f ms  worst %6.1f ms  of %d%n",
        name,
        millis[times / 2],
        millis[times - 1],
        times);
  }

  private static void measure(
      String name, Scheduling scheduling, Shop shop, int times, int longest, boolean prove)
      throws InterruptedException {
    // It has no bound that a search could reach, after which there would be nothing to cancel.
    Objective objective = Objectives.weightedFlowTime();
    SplittableRandom random = new SplittableRandom(1);
    double[] millis = new double[times];
    int without = 0;
    int ended = 0;
    for (int i = -2; i < times; i++) {
      var optimizer = scheduling.optimizer().minimize(objective).workers(2).key(i);
      Job<Solution<Schedule>> job =
          (prove ? optimizer.proving() : optimizer)
              .optimize(shop, Budget.of(Duration.ofMinutes(5)).untilTarget(-1));
      Thread.sleep(random.nextInt(longest));
      ended += i >= 0 && job.state().isFinal() ? 1 : 0;
      long begin = System.nanoTime();
      job.cancel();
      try {
        without += job.await().value().isEmpty() ? 1 : 0;
      } catch (MillwrightException e) {
        without++;
      }
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begin) * 1e-6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-20s p50 %6.1f ms  p99 %6.1f ms  worst %6.1f ms  of %d, %d before any plan, %d had"
            + " ended%n",
        name,
        millis[times / 2],
        millis[(int) Math.ceil(0.99 * times) - 1],
        millis[times - 1],
        times,
        without,
        ended);
  }
}
