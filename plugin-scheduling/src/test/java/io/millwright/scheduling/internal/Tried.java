package io.millwright.scheduling.internal;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The best plan of a tiny shop: every machine and every start of every operation is tried, every
 * choice of jobs left out as well, and the checker alone says which plans are good. Calendars are
 * always open.
 */
final class Tried {

  private final Shop shop;
  private final Objective objective;
  private final long horizon;
  private final List<ShopJob> jobs = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private final List<Assignment> chosen = new ArrayList<>();
  private double best = Double.POSITIVE_INFINITY;

  private Tried(Shop shop, Objective objective, long horizon) {
    this.shop = shop;
    this.objective = objective;
    this.horizon = horizon;
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        jobs.add(j);
        operations.add(o);
      }
    }
  }

  /** The least cost of all plans done by the horizon; infinite when there is none. */
  static double best(Shop shop, Objective objective, long horizon) {
    Tried tried = new Tried(shop, objective, horizon);
    tried.from(0);
    return tried.best;
  }

  private void from(int number) {
    if (number == operations.size()) {
      Schedule plan = completed();
      double cost = objective.of(shop, plan);
      if (cost < best && ScheduleChecker.check(shop, plan).isEmpty()) {
        best = cost;
      }
      return;
    }
    ShopJob job = jobs.get(number);
    Operation o = operations.get(number);
    if (job.rejection().isPresent() && o.equals(job.operations().get(0))) {
      from(number + job.operations().size());
    }
    for (Alternative a : o.alternatives()) {
      long work = a.work(job.quantity());
      boolean oven = machine(a.machine()).oven().isPresent();
      for (long s = shop.start(); s + work <= horizon; s++) {
        boolean clash = false;
        for (Assignment other : chosen) {
          clash |=
              !oven
                  && other.machine().equals(a.machine())
                  && other.start() < s + work
                  && s < other.end();
          clash |=
              other.job().equals(job.id())
                  && o.after().contains(other.operation())
                  && s < other.end();
        }
        if (!clash) {
          chosen.add(new Assignment(job.id(), o.id(), a.machine(), 0, s, s + work));
          from(number + 1);
          chosen.remove(chosen.size() - 1);
        }
      }
    }
  }

  private Machine machine(String id) {
    return shop.machines().stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
  }

  private Operation operation(Assignment a) {
    for (int i = 0; i < operations.size(); i++) {
      if (jobs.get(i).id().equals(a.job()) && operations.get(i).id().equals(a.operation())) {
        return operations.get(i);
      }
    }
    throw new IllegalStateException(a.toString());
  }

  /** The plan with the set-ups of its sequences and the ends of its loads. */
  private Schedule completed() {
    List<Assignment> all = new ArrayList<>();
    for (Machine m : shop.machines()) {
      List<Assignment> own =
          new ArrayList<>(chosen.stream().filter(a -> a.machine().equals(m.id())).toList());
      own.sort(Comparator.comparingLong(Assignment::start).thenComparingLong(Assignment::end));
      Optional<String> family = m.family();
      long load = -1;
      for (Assignment a : own) {
        Optional<String> to = operation(a).family();
        Optional<String> from = family;
        boolean opens = m.oven().isEmpty() || a.start() != load;
        long setup =
            m.setups().stream()
                .filter(s -> opens && from.equals(Optional.of(s.from())))
                .filter(s -> to.equals(Optional.of(s.to())))
                .mapToLong(Setup::duration)
                .findFirst()
                .orElse(0);
        long end =
            m.oven().isEmpty()
                ? a.end()
                : own.stream()
                    .filter(b -> b.start() == a.start())
                    .mapToLong(Assignment::end)
                    .max()
                    .orElse(a.end());
        all.add(new Assignment(a.job(), a.operation(), a.machine(), setup, a.start(), end));
        family = to.or(() -> from);
        load = a.start();
      }
    }
    return new Schedule(all);
  }
}
