package io.millwright.scheduling.internal;

import io.millwright.api.Budget;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plans small shops, and tries every plan of the smallest. */
final class Small {
  private Small() {}

  static Schedule plan(Shop shop, Objective objective) {
    return plan(shop, objective, 3_000);
  }

  static Schedule plan(Shop shop, Objective objective, long iterations) {
    Search search =
        new Search(
            shop.checked(),
            List.of(objective),
            Budget.iterations(iterations),
            1,
            1,
            Runnable::run,
            null);
    Plan plan = search.run(() -> false, p -> {});
    return new Timetable(search.floor(), new Goal(List.of(objective), search.floor()))
        .schedule(plan);
  }

  /** Whether any plan that the checker accepts is done before a tick: every start is tried. */
  static boolean doneBefore(Shop shop, long end) {
    return tried(shop, end, 0, new ArrayList<>());
  }

  private static boolean tried(Shop shop, long end, int number, List<Assignment> chosen) {
    List<Object[]> all = new ArrayList<>();
    for (ShopJob j : shop.jobs()) {
      j.operations().forEach(o -> all.add(new Object[] {j, o}));
    }
    if (number == all.size()) {
      return ScheduleChecker.check(shop, new Schedule(chosen)).isEmpty();
    }
    ShopJob job = (ShopJob) all.get(number)[0];
    Operation o = (Operation) all.get(number)[1];
    Map<String, Machine> machines =
        shop.machines().stream().collect(Collectors.toMap(Machine::id, m -> m));
    for (Alternative a : o.alternatives()) {
      List<Need> needs = new ArrayList<>(o.needs());
      needs.addAll(a.needs());
      for (List<String> held : held(shop, needs)) {
        var calendar = machines.get(a.machine()).calendar();
        for (Resource r : shop.resources()) {
          calendar = held.contains(r.id()) ? calendar.and(r.calendar()) : calendar;
        }
        for (long s = shop.start(); s < end; s++) {
          long done = calendar.finish(s, a.work(job.quantity()));
          boolean clash = calendar.nextOpen(s) != s;
          for (Assignment other : chosen) {
            clash |= other.machine().equals(a.machine()) && other.start() < done && s < other.end();
            clash |=
                other.job().equals(job.id())
                    && o.after().contains(other.operation())
                    && s < other.end();
          }
          if (done < end && !clash) {
            chosen.add(new Assignment(job.id(), o.id(), a.machine(), 0, s, done, held));
            if (tried(shop, end, number + 1, chosen)) {
              return true;
            }
            chosen.remove(chosen.size() - 1);
          }
        }
      }
    }
    return false;
  }

  private static List<List<String>> held(Shop shop, List<Need> needs) {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of());
    for (Need need : needs) {
      for (int k = 0; k < need.amount(); k++) {
        List<List<String>> longer = new ArrayList<>();
        for (List<String> one : all) {
          for (Resource r : shop.resources()) {
            if (r.serves(need.resource())) {
              List<String> more = new ArrayList<>(one);
              more.add(r.id());
              longer.add(more);
            }
          }
        }
        all = longer;
      }
    }
    return all;
  }

  /** The least cost of all choices of jobs and all orders of their operations. */
  static double least(Shop shop, Objective objective) {
    Floor floor = new Floor(shop);
    Timetable timetable = new Timetable(floor, new Goal(List.of(objective), floor));
    double best = Double.POSITIVE_INFINITY;
    for (int out = 0; out < 1 << floor.jobs; out++) {
      int[] alternative = floor.altStart.clone();
      boolean allowed = true;
      for (int x = 0; x < floor.n; x++) {
        if ((out >> floor.jobOf[x] & 1) == 1) {
          alternative[x] = ~alternative[x];
          allowed &= floor.rejection[floor.jobOf[x]] < Double.POSITIVE_INFINITY;
        }
      }
      if (allowed) {
        best = Math.min(best, orders(floor, timetable, alternative, new int[floor.n], 0, 0));
      }
    }
    return best;
  }

  private static double orders(
      Floor floor, Timetable timetable, int[] alternative, int[] order, int filled, int used) {
    if (filled == floor.n) {
      return timetable.evaluate(order, Arrays.copyOf(alternative, floor.n));
    }
    double best = Double.POSITIVE_INFINITY;
    for (int x = 0; x < floor.n; x++) {
      boolean ready = (used >> x & 1) == 0;
      for (int y : floor.before[x]) {
        ready &= (used >> y & 1) == 1;
      }
      if (ready) {
        order[filled] = x;
        best =
            Math.min(best, orders(floor, timetable, alternative, order, filled + 1, used | 1 << x));
        if (alternative[x] < 0) {
          // Where it stands in the order says nothing.
          return best;
        }
      }
    }
    return best;
  }
}
