package io.millwright.benchmarks.planner;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.spi.Jobs;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.internal.planner.DefaultPlanner;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * How soon explanations and repairs end when they are told to, at a moment drawn anew for each,
 * their first looks at shop and plan included, on a shop of 10,000 operations; in milliseconds of
 * processor time, which other load on the machine does not bend. Arguments: jobs of five operations
 * (2,000), times (40), the last moment in milliseconds (600), key (1).
 */
public final class Ends {
  private Ends() {}

  private static final Objective TARDINESS = Objectives.weightedTardiness();
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  /** A question to a planner, asked as a job. */
  private interface Question {
    void ask(Planner planner);
  }

  /**
   * Prints a line for each question: the median and the worst, the longest time between two looks,
   * and how many had no answer yet.
   *
   * @param args see the class
   */
  public static void main(String[] args) throws InterruptedException {
    int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    int times = args.length > 1 ? Integer.parseInt(args[1]) : 40;
    double last = args.length > 2 ? Double.parseDouble(args[2]) : 600;
    long key = args.length > 3 ? Long.parseLong(args[3]) : 1;
    Shop shop = DrawnShops.draw(key, jobs, 5, Math.max(5, jobs / 50));
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      Schedule approved =
          scheduling
              .optimizer()
              .minimize(TARDINESS)
              .optimize(shop, Budget.of(Duration.ofSeconds(5)))
              .await()
              .orElseThrow();
      String late =
          shop.jobs().stream()
              .filter(
                  j ->
                      approved.completions().getOrDefault(j.id(), 0L)
                          > j.due().orElse(Long.MAX_VALUE))
              .findFirst()
              .orElse(shop.jobs().get(0))
              .id();
      Budget hour = Budget.of(Duration.ofHours(1));
      long now = approved.makespan() / 4;
      for (String what : new String[] {"explain", "breakdown", "rush order", "late material"}) {
        Random random = new Random(key);
        double[] ends = new double[times];
        double between = 0;
        int none = 0;
        for (int i = 0; i < times; i++) {
          // Nobody has looked at it before.
          Shop fresh = shop.toBuilder().build();
          Question question;
          if (what.equals("explain")) {
            question = planner -> planner.explain(fresh, approved, late, hour);
          } else {
            Event event = DrawnEvents.draw(what, shop, approved, now, random);
            question = planner -> planner.repair(fresh, approved, now, event, 20, hour);
          }
          Told told = new Told(random.nextDouble() * last);
          try {
            question.ask(new DefaultPlanner(TARDINESS, told));
          } catch (MillwrightException e) {
            none++;
          }
          // What ended by itself before was never told.
          ends[i] = Math.max(0, told.passed() - told.when);
          between = Math.max(between, told.between);
        }
        Arrays.sort(ends);
        System.out.printf(
            Locale.ROOT,
            "%-14s p50 %5.1f ms  worst %5.1f ms of %d, longest between looks %5.1f ms,"
                + " %d without an answer%n",
            what,
            ends[times / 2],
            ends[times - 1],
            times,
            between,
            none);
      }
    }
  }

  /** Runs work at once on the caller's thread, and tells it to end after so much of its time. */
  private static final class Told implements Jobs {
    private final double when;
    private final long begin = CLOCK.getCurrentThreadCpuTime();
    private double looked;
    private double between;

    Told(double when) {
      this.when = when;
    }

    double passed() {
      return (CLOCK.getCurrentThreadCpuTime() - begin) * 1e-6;
    }

    @Override
    @SuppressWarnings("NullAway") // nobody asks for the handle
    public <R> Job<R> start(String name, Optional<Duration> deadline, Work<R> work) {
      work.run(
          new Control<R>() {
            @Override
            public boolean stopped() {
              double now = passed();
              between = Math.max(between, now - looked);
              looked = now;
              return now >= when;
            }

            @Override
            public void checkpoint() {}

            @Override
            public void best(R result) {}

            @Override
            public void report(Progress progress) {}

            @Override
            public Duration elapsed() {
              return Duration.ZERO;
            }
          });
      return null;
    }
  }
}
