package io.millwright.benchmarks.planner;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws events of every kind for an approved plan. */
final class DrawnEvents {
  private DrawnEvents() {}

  /** All kinds, by their names in the table. */
  static final List<String> KINDS =
      List.of(
          "breakdown",
          "never returns",
          "back earlier",
          "rush order",
          "late material",
          "cancelled",
          "changed date",
          "changed quantity",
          "overruns",
          "ends early",
          "scrapped",
          "absence",
          "away",
          "several");

  static Event draw(String kind, Shop shop, Schedule plan, long now, Random random) {
    int machines = shop.machines().size();
    return switch (kind) {
      case "breakdown" ->
          new Event.Breakdown(
              "m" + random.nextInt(machines), new Window(now, now + 60 + random.nextInt(420)));
      case "never returns" ->
          new Event.Breakdown("m" + random.nextInt(machines), new Window(now, Calendar.FOREVER));
      case "back earlier" ->
          new Event.Back(
              "m" + random.nextInt(machines), new Window(now, now + 60 + random.nextInt(1440)));
      case "rush order" ->
          new Event.RushOrder(
              ShopJob.builder(
                      "rush",
                      DrawnShops.draw(1000 + random.nextInt(1000), 1, 5, machines)
                          .jobs()
                          .get(0)
                          .operations())
                  .release(now)
                  .due(now + 600)
                  .weight(10)
                  .build());
      case "late material" ->
          new Event.LateMaterial(waiting(shop, plan, now, random), now + 240 + random.nextInt(720));
      case "cancelled" -> new Event.Cancelled(any(shop, random).id());
      case "changed date" -> {
        ShopJob job = open(shop, plan, now, random);
        yield new Event.Changed(
            job.toBuilder().due(Math.max(0, job.due().orElse(now) - 1000)).weight(9).build());
      }
      case "changed quantity" -> {
        ShopJob job = open(shop, plan, now, random);
        List<Operation> more = new ArrayList<>();
        for (Operation o : job.operations()) {
          more.add(begun(plan, job.id(), o.id(), now) ? o : scaled(o, 0.5 + random.nextDouble()));
        }
        yield new Event.Changed(job.toBuilder().operations(more).build());
      }
      case "overruns" -> {
        Assignment a = running(plan, now, random);
        yield new Event.Duration(a.job(), a.operation(), work(shop, a) + 30 + random.nextInt(240));
      }
      case "ends early" -> {
        Assignment a = running(plan, now, random);
        yield new Event.Duration(
            a.job(), a.operation(), Math.max(1, Math.min(work(shop, a), now - a.start())));
      }
      case "scrapped" -> {
        // What was done so far of the piece is lost: it is done again behind it.
        Assignment a = running(plan, now, random);
        yield new Event.Duration(a.job(), a.operation(), 2 * work(shop, a));
      }
      case "absence" -> new Event.Absence("crew", 1 + random.nextInt(2));
      case "away" -> new Event.Away("crew", new Window(now, now + 120 + random.nextInt(360)));
      default -> {
        List<Event> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          String one = KINDS.get(random.nextInt(KINDS.size() - 1));
          all.add(draw(one.equals("never returns") ? "away" : one, shop, plan, now, random));
        }
        all.removeIf(e -> e instanceof Event.RushOrder && all.indexOf(e) > 0);
        yield new Event.Several(all);
      }
    };
  }

  private static Operation scaled(Operation o, double by) {
    return o.toBuilder()
        .alternatives(
            o.alternatives().stream()
                .map(a -> Alternative.of(a.machine(), Math.max(1, Math.round(a.duration() * by))))
                .toList())
        .build();
  }

  private static boolean begun(Schedule plan, String job, String operation, long now) {
    return plan.of(job, operation).map(a -> a.start() < now).orElse(false);
  }

  private static ShopJob any(Shop shop, Random random) {
    return shop.jobs().get(random.nextInt(shop.jobs().size()));
  }

  /** A job that is not done. */
  private static ShopJob open(Shop shop, Schedule plan, long now, Random random) {
    for (int i = 0; i < 10_000; i++) {
      ShopJob job = any(shop, random);
      if (plan.completions().getOrDefault(job.id(), 0L) > now) {
        return job;
      }
    }
    return any(shop, random);
  }

  /** An operation that runs, or the last one that began. */
  private static Assignment running(Schedule plan, long now, Random random) {
    List<Assignment> running =
        plan.assignments().stream().filter(a -> a.start() < now && a.end() > now).toList();
    return running.isEmpty()
        ? plan.assignments().get(0)
        : running.get(random.nextInt(running.size()));
  }

  private static long work(Shop shop, Assignment a) {
    return shop.jobs().stream()
        .filter(j -> j.id().equals(a.job()))
        .flatMap(
            j ->
                j.operations().stream()
                    .filter(o -> o.id().equals(a.operation()))
                    .flatMap(o -> o.alternatives().stream())
                    .filter(x -> x.machine().equals(a.machine()))
                    .map(x -> x.work(j.quantity())))
        .findFirst()
        .orElseThrow();
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
    return waiting.isEmpty() ? any(shop, random).id() : waiting.get(random.nextInt(waiting.size()));
  }
}
