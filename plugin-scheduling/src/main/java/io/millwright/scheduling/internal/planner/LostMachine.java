package io.millwright.scheduling.internal.planner;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A machine that never returns: what has not begun on it is done elsewhere; what runs on it ends as
 * it is, and with it, as with what only this machine can do, the rest of the job is left out.
 */
final class LostMachine {
  private LostMachine() {}

  /** The shop without the machine's future. */
  static Shop without(Shop shop, Machine lost, long from) {
    Map<List<String>, Pin> begun = new HashMap<>();
    Set<List<String>> frozen = new HashSet<>();
    for (Pin p : shop.pins()) {
      if (p.start().isPresent() && p.start().getAsLong() < shop.start()) {
        begun.put(List.of(p.job(), p.operation()), p);
      } else if (p.machine().equals(lost.id())) {
        frozen.add(List.of(p.job(), p.operation()));
      }
    }
    List<ShopJob> jobs = new ArrayList<>();
    Set<List<String>> gone = new HashSet<>();
    for (ShopJob j : shop.jobs()) {
      ShopJob left = left(shop, j, lost, from, begun);
      Set<String> names = new HashSet<>();
      left.operations().forEach(o -> names.add(o.id()));
      j.operations().stream()
          .filter(o -> !names.contains(o.id()))
          .forEach(o -> gone.add(List.of(j.id(), o.id())));
      if (!left.operations().isEmpty()) {
        jobs.add(left);
      }
    }
    return shop.withJobs(jobs)
        .withPins(
            shop.pins().stream()
                .filter(p -> !gone.contains(List.of(p.job(), p.operation())))
                .filter(p -> !frozen.contains(List.of(p.job(), p.operation())))
                .toList());
  }

  private static ShopJob left(
      Shop shop, ShopJob j, Machine lost, long from, Map<List<String>, Pin> begun) {
    List<Operation> all = new ArrayList<>();
    List<Operation> done = new ArrayList<>();
    boolean whole = true;
    for (Operation o : j.operations()) {
      Pin pin = begun.get(List.of(j.id(), o.id()));
      if (pin == null) {
        List<Alternative> elsewhere =
            o.alternatives().stream().filter(a -> !a.machine().equals(lost.id())).toList();
        whole &= !elsewhere.isEmpty();
        all.add(o.toBuilder().alternatives(elsewhere).build());
        continue;
      }
      Operation now = o;
      if (pin.machine().equals(lost.id())) {
        long work = run(shop, o, pin, lost, from);
        long asked =
            o.alternatives().stream()
                .filter(a -> a.machine().equals(lost.id()))
                .mapToLong(a -> a.work(j.quantity()))
                .findFirst()
                .orElse(0);
        if (work < asked) {
          whole = false;
          now = taking(o, lost.id(), work);
        }
      }
      all.add(now);
      done.add(now);
    }
    return j.toBuilder().operations(whole ? all : done).build();
  }

  /** How much of a begun operation was done before the machine was lost. */
  private static long run(Shop shop, Operation o, Pin pin, Machine lost, long from) {
    Calendar working = lost.calendar();
    Set<String> held = new HashSet<>(pin.held());
    o.needs().stream().map(Need::resource).forEach(held::add);
    for (Resource r : shop.resources()) {
      working = held.contains(r.id()) ? working.and(r.calendar()) : working;
    }
    long begin = pin.start().orElse(from);
    return begin >= from
        ? 0
        : working.open(begin, from).stream().mapToLong(LostMachine::length).sum();
  }

  private static long length(Window w) {
    return w.to() - w.from();
  }

  private static Operation taking(Operation o, String machine, long work) {
    return o.toBuilder()
        .alternatives(
            o.alternatives().stream()
                .filter(a -> a.machine().equals(machine))
                .map(a -> new Alternative(machine, work, 0, a.needs()))
                .toList())
        .build();
  }
}
