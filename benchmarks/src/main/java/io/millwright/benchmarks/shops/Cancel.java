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
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The time from cancel to the result, for a shop of 36 operations and one of 100,000, each
 * cancelled at random moments of its search, the very beginning included. Arguments as {@code
 * name=value}: {@code times} (100 for the small, a fifth of that for the large), {@code prove}
 * (true: with CP-SAT beside the search, on the small one).
 */
public final class Cancel {
  private Cancel() {}

  /** Prints the median, the 99th percentile and the worst, in milliseconds. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> set = Settings.of(args);
    int times = (int) Settings.number(set, "times", 100);
    boolean prove = set.getOrDefault("prove", "false").equals("true");
    Shop small = new FullShops(6, 6, 6, false, false).draw(1);
    Shop large = new FullShops(20_000, 5, 200, true, true).draw(1);
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      measure("36 operations", scheduling, small, times, 300, prove);
      measure("100,000 operations", scheduling, large, Math.max(5, times / 5), 8000, false);
    }
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
