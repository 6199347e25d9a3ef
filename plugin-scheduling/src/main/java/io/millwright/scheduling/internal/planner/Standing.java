package io.millwright.scheduling.internal.planner;

import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Flow;
import io.millwright.scheduling.Lag;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Stock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What an event finds on the floor: the levels of stocks at that tick, work that runs and cannot be
 * taken back whatever its rules say, and links to what is left out.
 */
final class Standing {
  private final Shop before;
  private final Shop after;
  private final long now;
  private final Map<List<String>, Assignment> begun = new HashMap<>();
  private final Map<List<String>, Long> ends = new HashMap<>();

  private Standing(Shop before, Shop after, Schedule approved, long now) {
    this.before = before;
    this.after = after;
    this.now = now;
    for (Assignment a : approved.assignments()) {
      if (a.start() < now) {
        begun.put(List.of(a.job(), a.operation()), a);
      }
    }
    for (ShopJob j : after.jobs()) {
      for (Operation o : j.operations()) {
        Assignment a = begun.get(List.of(j.id(), o.id()));
        if (a != null) {
          ends.put(List.of(j.id(), o.id()), end(j, o, a));
        }
      }
    }
  }

  /** The shop after an event, as it stands at its tick. */
  static Shop of(Shop before, Shop after, Schedule approved, long now, Runnable look) {
    Standing standing = new Standing(before, after, approved, now);
    look.run();
    return after.toBuilder()
        .jobs(after.jobs().stream().map(standing::job).toList())
        .stocks(before.stocks().stream().map(standing::stock).toList())
        .build();
  }

  /** When begun work ends, with the calendars and durations after the event. */
  private long end(ShopJob j, Operation o, Assignment a) {
    Calendar working = Calendar.always();
    for (Machine m : after.machines()) {
      working = m.id().equals(a.machine()) ? working.and(m.calendar()) : working;
    }
    Set<String> held = new HashSet<>(a.held());
    if (held.isEmpty()) {
      o.needs().forEach(n -> held.add(n.resource()));
      o.alternatives().stream()
          .filter(x -> x.machine().equals(a.machine()))
          .forEach(x -> x.needs().forEach(n -> held.add(n.resource())));
    }
    for (Resource r : after.resources()) {
      working = held.contains(r.id()) ? working.and(r.calendar()) : working;
    }
    return working.finish(a.start(), work(j, o, a));
  }

  private static long work(ShopJob j, Operation o, Assignment a) {
    return o.alternatives().stream()
        .filter(x -> x.machine().equals(a.machine()))
        .mapToLong(x -> x.work(j.quantity()))
        .findFirst()
        .orElse(a.end() - a.start());
  }

  private ShopJob job(ShopJob j) {
    List<Operation> operations = new ArrayList<>();
    boolean started = false;
    boolean same = true;
    for (Operation o : j.operations()) {
      Assignment a = begun.get(List.of(j.id(), o.id()));
      started |= a != null;
      // What runs and is stopped has paused, whatever it may.
      boolean paused =
          a != null
              && ends.getOrDefault(List.of(j.id(), o.id()), a.end()) - a.start() > work(j, o, a);
      List<Lag> lags = o.lags().stream().filter(l -> known(j, l)).toList();
      boolean kept = lags.size() == o.lags().size() && !(paused && o.unbroken());
      same &= kept;
      operations.add(kept ? o : o.toBuilder().lags(lags).unbroken(o.unbroken() && !paused).build());
    }
    if (started && j.rejection().isPresent()) {
      return j.toBuilder().rejection(OptionalDouble.empty()).operations(operations).build();
    }
    return same ? j : j.toBuilder().operations(operations).build();
  }

  /** Whether a lag counts from something that is still done, or was never known. */
  private boolean known(ShopJob j, Lag lag) {
    String job = lag.job().isEmpty() ? j.id() : lag.job();
    return !has(before, job, lag.operation()) || has(after, job, lag.operation());
  }

  private static boolean has(Shop shop, String job, String operation) {
    return shop.jobs().stream()
        .filter(j -> j.id().equals(job))
        .flatMap(j -> j.operations().stream())
        .anyMatch(o -> o.id().equals(operation));
  }

  /** The level behind all that flowed before the event; what comes in at its tick is supplied. */
  private Stock stock(Stock s) {
    long level = s.level();
    List<Stock.Supply> supplies = new ArrayList<>();
    for (Stock.Supply supply : s.supplies()) {
      if (supply.at() < now) {
        level += supply.amount();
      } else {
        supplies.add(supply);
      }
    }
    long made = 0;
    for (ShopJob j : before.jobs()) {
      for (Operation o : j.operations()) {
        Assignment a = begun.get(List.of(j.id(), o.id()));
        for (Flow f : o.flows()) {
          if (a == null || !f.stock().equals(s.id())) {
            continue;
          }
          long amount = f.of(j.quantity());
          long end = ends.getOrDefault(List.of(j.id(), o.id()), a.end());
          if (amount < 0) {
            level += a.start() < before.start() ? 0 : amount;
          } else if (a.start() >= before.start() || a.end() > before.start()) {
            level += end < now ? amount : 0;
            made += end == now ? amount : 0;
          }
        }
      }
    }
    if (made > 0) {
      supplies.add(new Stock.Supply(now, made));
    }
    return new Stock(s.id(), level, s.most(), supplies);
  }
}
