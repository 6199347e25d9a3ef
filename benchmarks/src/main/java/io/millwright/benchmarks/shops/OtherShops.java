package io.millwright.benchmarks.shops;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Oven;
import io.millwright.scheduling.Planner;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Shops unlike {@link FullShops}: is a plan ever worse than the best of the rules, or than a rule
 * of twenty lines (due date by weight, earliest finish)? Kinds: {@code few} machines with many jobs
 * of heavy-tailed lengths and set-ups; {@code reentrant} lines that every job runs through four
 * times, a crew for every three machines; {@code wide}, five machines an operation, people with two
 * of four skills by day or night; {@code easy}, loose due dates; {@code ovens}, loads and waits
 * that may not be long; {@code assemblies}, each order fed by four parts without dates of their
 * own, three operations each, an operator for six of ten machines. Arguments as {@code name=value}:
 * {@code like} (a regular expression for kinds), {@code operations} (1000), {@code keys} (3),
 * {@code seconds} (10), {@code workers} (2), {@code rules} (all, or wspt for that one alone).
 */
public final class OtherShops {
  private OtherShops() {}

  private static final List<String> FAMILIES = List.of("a", "b", "c", "d", "e", "f");

  /** Prints a line for each shop. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> set = Settings.of(args);
    int operations = (int) Settings.number(set, "operations", 1000);
    int keys = (int) Settings.number(set, "keys", 3);
    double seconds = Settings.number(set, "seconds", 10);
    int workers = (int) Settings.number(set, "workers", 2);
    boolean all = set.getOrDefault("rules", "all").equals("all");
    Budget budget = Budget.of(Duration.ofMillis((long) (1000 * seconds)));
    System.out.printf(
        "%-10s %4s %14s %-14s %14s %14s %8s %6s%n",
        "kind", "key", "best rule", "", "twenty lines", "ours", "below", "s");
    try (Millwright millwright = Millwright.create()) {
      Scheduling scheduling = millwright.plugin(Scheduling.class);
      for (String kind : List.of("few", "reentrant", "wide", "easy", "ovens", "assemblies")) {
        for (int key = 1; key <= keys && kind.matches(set.getOrDefault("like", ".*")); key++) {
          Shop shop = draw(kind, operations, key);
          double best = Double.POSITIVE_INFINITY;
          Rule by = Rule.FIFO;
          // Rules know nothing of loads and longest waits.
          boolean ruled = !kind.equals("ovens");
          for (Rule rule : !ruled ? new Rule[0] : all ? Rule.values() : new Rule[] {Rule.WSPT}) {
            double cost = cost(shop, scheduling.dispatch(shop, rule));
            by = cost < best ? rule : by;
            best = Math.min(best, cost);
          }
          // The rule of twenty lines knows nothing of orders that wait for others.
          double lines =
              ruled && !kind.equals("assemblies")
                  ? cost(
                      shop, twentyLines(shop, scheduling.planner(Objectives.weightedTardiness())))
                  : Double.POSITIVE_INFINITY;
          long begin = System.nanoTime();
          Schedule plan =
              scheduling
                  .optimizer()
                  .minimize(Objectives.weightedTardiness())
                  .workers(workers)
                  .optimize(shop, budget)
                  .await()
                  .orElseThrow();
          double took = (System.nanoTime() - begin) * 1e-9;
          double ours = cost(shop, plan);
          double least = Math.min(best, lines);
          System.out.printf(
              Locale.ROOT,
              "%-10s %4d %14.0f %-14s %14.0f %14.0f %7.1f%% %6.2f%s%n",
              kind,
              key,
              best,
              by,
              lines,
              ours,
              100 * (1 - ours / Math.max(1e-9, least)),
              took,
              ours > least ? " WORSE" : "");
        }
      }
    }
  }

  private static double cost(Shop shop, Schedule plan) {
    var findings = ScheduleChecker.check(shop, plan);
    if (!findings.isEmpty()) {
      throw new IllegalStateException("the plan of " + shop.name() + " breaks: " + findings.get(0));
    }
    return Objectives.weightedTardiness().of(shop, plan);
  }

  /** Always the operation with the least time to its due date by weight, where it ends first. */
  private static Schedule twentyLines(Shop shop, Planner planner) {
    Map<String, Long> free = new HashMap<>();
    int jobs = shop.jobs().size();
    int[] next = new int[jobs];
    long[] ready = shop.jobs().stream().mapToLong(ShopJob::release).toArray();
    List<Assignment> plan = new ArrayList<>();
    for (int n = shop.operationCount(); n > 0; n--) {
      int first = -1;
      double least = Double.POSITIVE_INFINITY;
      long now = Long.MAX_VALUE;
      for (int j = 0; j < jobs; j++) {
        if (next[j] < shop.jobs().get(j).operations().size()) {
          Operation o = shop.jobs().get(j).operations().get(next[j]);
          long soonest = Long.MAX_VALUE;
          for (Alternative a : o.alternatives()) {
            soonest = Math.min(soonest, Math.max(ready[j], free.getOrDefault(a.machine(), 0L)));
          }
          double p = (shop.jobs().get(j).due().orElse(0) - ready[j]) / shop.jobs().get(j).weight();
          if (soonest < now || (soonest == now && p < least)) {
            first = j;
            least = p;
            now = soonest;
          }
        }
      }
      ShopJob job = shop.jobs().get(first);
      Operation o = job.operations().get(next[first]++);
      Alternative best = o.alternatives().get(0);
      for (Alternative a : o.alternatives()) {
        best = end(a, job, ready[first], free) < end(best, job, ready[first], free) ? a : best;
      }
      long end = end(best, job, ready[first], free);
      plan.add(
          new Assignment(
              job.id(), o.id(), best.machine(), 0, end - best.work(job.quantity()), end));
      ready[first] = end;
      free.put(best.machine(), end);
    }
    return planner.retime(shop, new Schedule(plan));
  }

  private static long end(Alternative a, ShopJob job, long ready, Map<String, Long> free) {
    return Math.max(ready, free.getOrDefault(a.machine(), 0L)) + a.work(job.quantity());
  }

  /** One shop of a kind. */
  static Shop draw(String kind, int operations, long key) {
    SplittableRandom random = new SplittableRandom(31 * key + kind.hashCode());
    return switch (kind) {
      case "few" -> few(operations, random);
      case "reentrant" -> reentrant(operations, random);
      case "wide", "easy" -> wide(operations, kind.equals("easy"), random);
      case "assemblies" -> assemblies(operations, random);
      default -> ovens(operations, random);
    };
  }

  private static long heavyTailed(SplittableRandom random) {
    return (long) Math.min(3_000, 8 * Math.pow(1 - random.nextDouble(), -1 / 1.3));
  }

  private static Shop few(int operations, SplittableRandom random) {
    List<Machine> machines = new ArrayList<>();
    for (int m = 0; m < 4; m++) {
      machines.add(Machine.of("m" + m).changing(changes(random, 60)).setFor("a"));
    }
    List<ShopJob> jobs = new ArrayList<>();
    long span = 7L * operations;
    for (int n = 0; n < operations; ) {
      int steps = Math.min(operations - n, 1 + random.nextInt(3));
      Operation[] route = new Operation[steps];
      for (int i = 0; i < steps; i++) {
        long takes = heavyTailed(random);
        int m = random.nextInt(4);
        String family = FAMILIES.get(random.nextInt(6));
        route[i] =
            (random.nextInt(3) == 0
                    ? Operation.of("o" + i, Alternative.of("m" + m, takes))
                    : Operation.of(
                        "o" + i,
                        Alternative.of("m" + m, takes),
                        Alternative.of("m" + (m + 1) % 4, 1 + takes * 5 / 4)))
                .ofFamily(family);
      }
      long release = random.nextLong(span);
      jobs.add(
          ShopJob.chain("j" + jobs.size(), route)
              .releasedAt(release)
              .dueAt(release + 100 + random.nextLong(1 + span / 4))
              .weighing(Math.min(50, Math.pow(1 - random.nextDouble(), -0.8))));
      n += steps;
    }
    return Shop.builder("few", machines, jobs).build();
  }

  private static Shop assemblies(int operations, SplittableRandom random) {
    int count = Math.max(6, operations / 100);
    List<Machine> machines = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      machines.add(Machine.of("m" + m));
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (int order = 0; order < Math.max(2, operations / 15); order++) {
      long release = (long) (0.5 * 55 * operations / count * random.nextDouble());
      Operation[] route = route(count, random);
      List<Lag> fed = new ArrayList<>();
      for (int part = 0; part < 4; part++) {
        String id = "j" + order + "/" + part;
        jobs.add(ShopJob.chain(id, route(count, random)).releasedAt(release));
        fed.add(Lag.fed(id, "o2"));
      }
      route[0] = route[0].toBuilder().lags(fed).build();
      jobs.add(
          ShopJob.chain("j" + order, route)
              .releasedAt(release)
              .dueAt(release + (long) (385 * (1 + 3 * random.nextDouble())))
              .weighing(1 + random.nextInt(9)));
    }
    return Shop.builder("assemblies", machines, jobs)
        .resources(List.of(Resource.of("operator", Math.max(1, 6 * count / 10))))
        .build();
  }

  private static Operation[] route(int machines, SplittableRandom random) {
    Operation[] route = new Operation[3];
    for (int i = 0; i < route.length; i++) {
      long takes = 10L + random.nextInt(90);
      int first = random.nextInt(machines);
      Alternative[] choice = new Alternative[1 + random.nextInt(2)];
      for (int a = 0; a < choice.length; a++) {
        choice[a] = Alternative.of("m" + (first + a) % machines, takes);
      }
      route[i] = Operation.of("o" + i, choice).needing(new Need("operator", 1));
    }
    return route;
  }

  private static List<Setup> changes(SplittableRandom random, int most) {
    List<Setup> changes = new ArrayList<>();
    for (String from : FAMILIES) {
      for (String to : FAMILIES) {
        if (!from.equals(to)) {
          changes.add(new Setup(from, to, 5 + random.nextInt(most)));
        }
      }
    }
    return changes;
  }

  private static Shop reentrant(int operations, SplittableRandom random) {
    int stations = Math.max(6, operations / 80);
    List<Machine> machines = new ArrayList<>();
    List<Resource> crews = new ArrayList<>();
    for (int m = 0; m < stations; m++) {
      machines.add(Machine.of("m" + m));
      if (m % 3 == 0) {
        crews.add(Resource.of("crew" + m / 3, 2));
      }
    }
    int steps = 4 * 6;
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < Math.max(2, operations / steps); j++) {
      int line = 6 * random.nextInt(Math.max(1, stations / 6));
      Operation[] route = new Operation[steps];
      for (int i = 0; i < steps; i++) {
        int m = (line + i % 6) % stations;
        route[i] =
            Operation.of("o" + i, Alternative.of("m" + m, 5 + random.nextInt(40)))
                .needing(new Need("crew" + m / 3, 1));
      }
      long release = 60L * j * 6 / stations;
      jobs.add(
          ShopJob.chain("j" + j, route)
              .releasedAt(release)
              .dueAt(release + 900 + random.nextInt(1_500))
              .weighing(1 + random.nextInt(5)));
    }
    return Shop.builder("reentrant", machines, jobs).resources(crews).build();
  }

  private static Shop wide(int operations, boolean easy, SplittableRandom random) {
    int count = Math.max(8, operations / 40);
    List<Machine> machines = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      machines.add(
          m % 2 == 0
              ? Machine.of("m" + m)
              : Machine.of("m" + m).working(Calendar.shifts(1440, List.of(new Window(360, 1320)))));
    }
    List<Resource> people = new ArrayList<>();
    Calendar day = Calendar.shifts(1440, List.of(new Window(360, 840)));
    Calendar night = Calendar.shifts(1440, List.of(new Window(840, 1320)));
    for (int p = 0; p < count; p++) {
      people.add(
          Resource.person(
              "person" + p,
              p % 2 == 0 ? day : night,
              "skill" + p % 4,
              "skill" + (p + 1 + p / 4 % 3) % 4));
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (int n = 0; n < operations; ) {
      int steps = Math.min(operations - n, 2 + random.nextInt(9));
      Operation[] route = new Operation[steps];
      long work = 0;
      for (int i = 0; i < steps; i++) {
        long usual = Math.min(600, heavyTailed(random));
        work += usual;
        int from = random.nextInt(count);
        Alternative[] ways = new Alternative[5];
        for (int a = 0; a < 5; a++) {
          ways[a] =
              Alternative.of(
                  "m" + (from + a) % count,
                  Math.max(1, (long) (usual * (0.7 + 0.8 * random.nextDouble()))));
        }
        route[i] = Operation.of("o" + i, ways);
        if (random.nextInt(3) > 0) {
          route[i] = route[i].needing(new Need("skill" + random.nextInt(4), 1));
        }
      }
      long release = random.nextLong(easy ? 20_000 : 4_000);
      jobs.add(
          ShopJob.chain("j" + jobs.size(), route)
              .releasedAt(release)
              .dueAt(release + (easy ? 5_000 : 300) + work * (easy ? 10 : 3))
              .weighing(1 + random.nextInt(9)));
      n += steps;
    }
    return Shop.builder("wide", machines, jobs).resources(people).build();
  }

  private static Shop ovens(int operations, SplittableRandom random) {
    int count = Math.max(4, operations / 60);
    List<Machine> machines = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      machines.add(Machine.of("m" + m));
      machines.add(Machine.of("oven" + m).toBuilder().oven(Oven.upTo(4)).build());
    }
    List<ShopJob> jobs = new ArrayList<>();
    for (int j = 0; j < Math.max(1, operations / 3); j++) {
      int m = random.nextInt(count);
      Operation cut = Operation.of("cut", Alternative.of("m" + m, 10 + random.nextInt(30)));
      Operation bake =
          Operation.of(
                  "bake",
                  Alternative.of("oven" + m, 60),
                  Alternative.of("oven" + (m + 1) % count, 60))
              .ofFamily(FAMILIES.get(random.nextInt(3)))
              .toBuilder()
              .lags(List.of(Lag.after("cut", 5).within(600)))
              .build();
      Operation pack =
          Operation.of("pack", Alternative.of("m" + (m + 1) % count, 5 + random.nextInt(20)));
      long release = random.nextLong(20L * operations / count + 1);
      jobs.add(
          ShopJob.chain("j" + j, cut, bake, pack)
              .releasedAt(release)
              .dueAt(release + 200 + random.nextInt(900))
              .weighing(1 + random.nextInt(9)));
    }
    return Shop.builder("ovens", machines, jobs).build();
  }
}
