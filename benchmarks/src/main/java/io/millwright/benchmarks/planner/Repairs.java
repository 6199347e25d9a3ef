package io.millwright.benchmarks.planner;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Comparison;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Repair;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopOptimizer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Repairs an approved plan of 1,000 operations after events of each kind: the CPU time it takes,
 * how much it moves and what it costs, beside the plan that keeps every sequence and a full new
 * plan. Begun work must stand where it stood, and an event without a plan must name a culprit.
 * Arguments: events of each kind (100), iterations of a full new plan (12,000, twice the effort of
 * a repair), price of a moved operation (20), key (1), one kind alone, such as {@code breakdown}
 * (all), so many of the events are planned anew as well (20).
 */
public final class Repairs {
  private Repairs() {}

  private static final Objective TARDINESS = Objectives.weightedTardiness();
  private static final long APPROVED = 100_000;

  /** What one event came to; the new plan's figures are not numbers where none was made. */
  private record Row(
      double seconds,
      double kept,
      double repaired,
      double anew,
      double beside,
      double moved,
      double movedAnew,
      int touched) {}

  /**
   * Prints a line for each kind of event.
   *
   * @param args see the class
   */
  public static void main(String[] args) throws InterruptedException {
    int events = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    long effort = args.length > 1 ? Long.parseLong(args[1]) : 12_000;
    double price = args.length > 2 ? Double.parseDouble(args[2]) : 20;
    long key = args.length > 3 ? Long.parseLong(args[3]) : 1;
    String only = args.length > 4 ? args[4] : "all";
    int anew = args.length > 5 ? Integer.parseInt(args[5]) : 20;
    Shop shop = DrawnShops.draw(key, 200, 5, 10);
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      ShopOptimizer optimizer = scheduling.optimizer().minimize(TARDINESS).workers(2);
      Planner planner = scheduling.planner(TARDINESS);
      Schedule approved =
          optimizer.optimize(shop, Budget.iterations(APPROVED)).await().orElseThrow();
      System.out.printf(
          Locale.ROOT,
          "approved: %d operations, weighted tardiness %.0f%n",
          shop.operationCount(),
          TARDINESS.of(shop, approved));
      Random warm = new Random(key);
      for (int i = 0; i < 3; i++) {
        long now = now(approved, warm);
        planner.repair(
            shop, approved, now, DrawnEvents.draw("breakdown", shop, approved, now, warm), price);
      }
      System.out.printf(
          "%-16s %8s %8s %12s %12s %12s %8s %8s %8s %8s %8s%n",
          "event",
          "median s",
          "max s",
          "kept",
          "repaired",
          "anew",
          "moved",
          "anew",
          "touched",
          "no plan",
          "nameless");
      for (String kind : DrawnEvents.KINDS) {
        if (!only.equals("all") && !kind.equals(only)) {
          continue;
        }
        Random random = new Random(key);
        List<Row> rows = new ArrayList<>();
        int none = 0;
        int nameless = 0;
        for (int i = 0; i < events; i++) {
          long now = now(approved, random);
          Event event = DrawnEvents.draw(kind, shop, approved, now, random);
          try {
            rows.add(
                row(shop, approved, now, event, planner, optimizer, i < anew ? effort : 0, price));
          } catch (MillwrightException e) {
            none++;
            if (!named(String.valueOf(e.getMessage()))) {
              nameless++;
              System.out.println(event + " at " + now + ": " + e.getMessage());
            }
          }
        }
        print(kind, rows, none, nameless);
      }
    }
  }

  /** Whether a refusal names a job, a machine or a resource, and a way out. */
  private static boolean named(String said) {
    return said.contains("Maybe") && said.matches("(?s).*\\b(j[0-9]+|rush|m[0-9]+|crew)\\b.*");
  }

  private static long now(Schedule plan, Random random) {
    return 1 + (long) (random.nextDouble() * plan.makespan() / 2);
  }

  private static Row row(
      Shop shop,
      Schedule approved,
      long now,
      Event event,
      Planner planner,
      ShopOptimizer optimizer,
      long effort,
      double price)
      throws InterruptedException {
    // The time of the thread, so that other work on the machine does not count.
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long begin = clock.getCurrentThreadCpuTime();
    Repair repair = planner.repair(shop, approved, now, event, price);
    double took = (clock.getCurrentThreadCpuTime() - begin) * 1e-9;
    Shop changed = repair.shop();
    int touched = 0;
    for (Schedule plan : List.of(repair.kept(), repair.plan())) {
      if (!ScheduleChecker.check(changed, plan).isEmpty()) {
        throw new IllegalStateException(
            "the repair of " + event + " breaks " + ScheduleChecker.check(changed, plan));
      }
      touched += touched(approved, plan, now);
    }
    double open = approved.assignments().stream().filter(a -> a.start() >= now).count();
    double least = Double.NaN;
    double movedAnew = Double.NaN;
    double beside = Double.NaN;
    if (effort > 0) {
      Schedule anew = optimizer.optimize(changed, Budget.iterations(effort)).await().orElseThrow();
      least = TARDINESS.of(changed, anew);
      beside = TARDINESS.of(changed, repair.plan());
      movedAnew = moved(approved, anew, changed) / open;
    }
    return new Row(
        took,
        TARDINESS.of(changed, repair.kept()),
        TARDINESS.of(changed, repair.plan()),
        least,
        beside,
        moved(approved, repair.plan(), changed) / open,
        movedAnew,
        touched);
  }

  /** How much of what had begun stands elsewhere, or is gone. */
  private static int touched(Schedule approved, Schedule plan, long now) {
    Map<List<String>, Assignment> places = new HashMap<>();
    plan.assignments().forEach(a -> places.put(List.of(a.job(), a.operation()), a));
    int touched = 0;
    for (Assignment a : approved.assignments()) {
      if (a.start() < now) {
        Assignment b = places.get(List.of(a.job(), a.operation()));
        boolean same = b != null && b.start() == a.start() && b.machine().equals(a.machine());
        touched += same ? 0 : 1;
      }
    }
    return touched;
  }

  /** How many operations of the approved plan stand elsewhere. */
  private static double moved(Schedule before, Schedule after, Shop shop) {
    return Comparison.of(shop, before, after).moves().stream()
        .filter(m -> m.before().isPresent())
        .count();
  }

  private static double mean(List<Row> rows, ToDoubleFunction<Row> of) {
    return rows.stream().mapToDouble(of).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  private static void print(String kind, List<Row> rows, int none, int nameless) {
    double[] times = rows.stream().mapToDouble(Row::seconds).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-16s %8.3f %8.3f %12.0f %12.0f %5.0f/%6.0f %7.1f%% %7.1f%% %8d %8d %8d%n",
        kind,
        times.length == 0 ? 0 : times[times.length / 2],
        Arrays.stream(times).max().orElse(0),
        mean(rows, Row::kept),
        mean(rows, Row::repaired),
        mean(rows, Row::beside),
        mean(rows, Row::anew),
        100 * mean(rows, Row::moved),
        100 * mean(rows, Row::movedAnew),
        rows.stream().mapToInt(Row::touched).sum(),
        none,
        nameless);
  }
}
