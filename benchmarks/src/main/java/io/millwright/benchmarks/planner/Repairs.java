package io.millwright.benchmarks.planner;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
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
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.ShopOptimizer;
import io.millwright.scheduling.Window;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Repairs an approved plan of 1,000 operations after events of each kind: the CPU time it takes,
 * how much it moves and what it costs, beside the plan that keeps every sequence and a full new
 * plan. Arguments: events of each kind (20), iterations of a full new plan (12,000, twice the
 * effort of a repair), price of a moved operation (20), key (1), one kind alone, such as {@code
 * breakdown} (all).
 */
public final class Repairs {
  private Repairs() {}

  private static final Objective TARDINESS = Objectives.weightedTardiness();
  private static final long APPROVED = 100_000;
  private static final List<String> KINDS =
      List.of("breakdown", "rush order", "late material", "absence", "away");

  /** What one event came to. */
  private record Row(
      double seconds, double kept, double repaired, double anew, double moved, double movedAnew) {}

  /**
   * Prints a line for each kind of event.
   *
   * @param args see the class
   */
  public static void main(String[] args) throws InterruptedException {
    int events = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    long effort = args.length > 1 ? Long.parseLong(args[1]) : 12_000;
    double price = args.length > 2 ? Double.parseDouble(args[2]) : 20;
    long key = args.length > 3 ? Long.parseLong(args[3]) : 1;
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
      Random random = new Random(key);
      for (int i = 0; i < 3; i++) {
        planner.repair(
            shop, approved, now(approved, random), event(shop, approved, 0, 0, random), price);
      }
      System.out.printf(
          "%-14s %8s %8s %12s %12s %12s %8s %8s%n",
          "event", "median s", "max s", "kept", "repaired", "anew", "moved", "anew");
      for (int kind = 0; kind < KINDS.size(); kind++) {
        if (args.length > 4 && !KINDS.get(kind).equals(args[4])) {
          continue;
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < events; i++) {
          long now = now(approved, random);
          Event event = event(shop, approved, kind, now, random);
          rows.add(row(shop, approved, now, event, planner, optimizer, effort, price));
        }
        print(KINDS.get(kind), rows);
      }
    }
  }

  private static long now(Schedule plan, Random random) {
    return 1 + (long) (random.nextDouble() * plan.makespan() / 2);
  }

  private static Event event(Shop shop, Schedule plan, int kind, long now, Random random) {
    return switch (kind) {
      case 0 ->
          new Event.Breakdown(
              "m" + random.nextInt(shop.machines().size()),
              new Window(now, now + 60 + random.nextInt(420)));
      case 1 -> {
        Shop more = DrawnShops.draw(1000 + random.nextInt(1000), 1, 5, shop.machines().size());
        ShopJob rush = more.jobs().get(0);
        yield new Event.RushOrder(
            ShopJob.builder("rush", rush.operations())
                .release(now)
                .due(now + 600)
                .weight(10)
                .build());
      }
      case 2 ->
          new Event.LateMaterial(waiting(shop, plan, now, random), now + 240 + random.nextInt(720));
      case 3 -> new Event.Absence("crew", 1 + random.nextInt(2));
      default -> new Event.Away("crew", new Window(now, now + 120 + random.nextInt(360)));
    };
  }

  /** A job that has not begun, or any when all have. */
  private static String waiting(Shop shop, Schedule plan, long now, Random random) {
    List<String> waiting =
        shop.jobs().stream()
            .map(ShopJob::id)
            .filter(
                id ->
                    plan.assignments().stream()
                        .noneMatch(a -> a.job().equals(id) && a.start() < now))
            .toList();
    List<String> all = waiting.isEmpty() ? shop.jobs().stream().map(ShopJob::id).toList() : waiting;
    return all.get(random.nextInt(all.size()));
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
    for (Schedule plan : List.of(repair.kept(), repair.plan())) {
      if (!ScheduleChecker.check(changed, plan).isEmpty()) {
        throw new IllegalStateException(
            "the repair of " + event + " breaks " + ScheduleChecker.check(changed, plan));
      }
    }
    Schedule anew = optimizer.optimize(changed, Budget.iterations(effort)).await().orElseThrow();
    double open = approved.assignments().stream().filter(a -> a.start() >= now).count();
    return new Row(
        took,
        TARDINESS.of(changed, repair.kept()),
        TARDINESS.of(changed, repair.plan()),
        TARDINESS.of(changed, anew),
        moved(approved, repair.plan(), changed) / open,
        moved(approved, anew, changed) / open);
  }

  /** How many operations of the approved plan stand elsewhere. */
  private static double moved(Schedule before, Schedule after, Shop shop) {
    return Comparison.of(shop, before, after).moves().stream()
        .filter(m -> m.before().isPresent())
        .map(m -> m.before().map(Assignment::job))
        .count();
  }

  private static void print(String kind, List<Row> rows) {
    double[] times = rows.stream().mapToDouble(Row::seconds).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-14s %8.3f %8.3f %12.0f %12.0f %12.0f %7.1f%% %7.1f%%%n",
        kind,
        times[times.length / 2],
        Arrays.stream(times).max().orElse(0),
        rows.stream().mapToDouble(Row::kept).average().orElse(0),
        rows.stream().mapToDouble(Row::repaired).average().orElse(0),
        rows.stream().mapToDouble(Row::anew).average().orElse(0),
        100 * rows.stream().mapToDouble(Row::moved).average().orElse(0),
        100 * rows.stream().mapToDouble(Row::movedAnew).average().orElse(0));
  }
}
