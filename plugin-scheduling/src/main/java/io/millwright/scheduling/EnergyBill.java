package io.millwright.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up what a plan's electricity costs, segment by segment and from the records alone, so that
 * the search's own sums can be held against it.
 */
final class EnergyBill {

  private final Tariff tariff;
  private final Power power;
  private final Calendar calendar;
  private double sum;

  private EnergyBill(Tariff tariff, Power power, Calendar calendar) {
    this.tariff = tariff;
    this.power = power;
    this.calendar = calendar;
  }

  static double of(Shop shop, Schedule plan) {
    if (shop.tariff().isEmpty()) {
      return 0;
    }
    Map<String, List<Assignment>> byMachine = new HashMap<>();
    for (Assignment a : plan.assignments()) {
      byMachine.computeIfAbsent(a.machine(), m -> new ArrayList<>()).add(a);
    }
    Map<List<String>, Calendar> pauses = new HashMap<>();
    if (shop.resources().stream().anyMatch(r -> !r.calendar().isAlways())) {
      WorkTimes times = new WorkTimes(shop);
      Map<List<String>, Operation> operations = new HashMap<>();
      for (ShopJob j : shop.jobs()) {
        j.operations().forEach(o -> operations.put(List.of(j.id(), o.id()), o));
      }
      for (Assignment a : plan.assignments()) {
        Operation o = operations.get(List.of(a.job(), a.operation()));
        if (o != null) {
          List<String> held = times.held(o, a.machine(), a.held()).orElse(List.of());
          pauses.put(List.of(a.job(), a.operation()), times.there(held));
        }
      }
    }
    double sum = 0;
    for (Machine m : shop.machines()) {
      Optional<Power> power = m.power();
      if (power.isPresent()) {
        EnergyBill bill = new EnergyBill(shop.tariff().get(), power.get(), m.calendar());
        bill.machine(
            byMachine.getOrDefault(m.id(), List.of()), pauses, shop.start(), plan.makespan());
        sum += bill.sum;
      }
    }
    return sum;
  }

  private void machine(
      List<Assignment> own, Map<List<String>, Calendar> pauses, long start, long makespan) {
    List<Assignment> sequence = new ArrayList<>(own);
    sequence.sort(
        Comparator.comparingLong(Assignment::start)
            .thenComparingLong(Assignment::end)
            .thenComparing(Assignment::setup, Comparator.reverseOrder()));
    long at = start;
    boolean on = false;
    for (Assignment a : sequence) {
      if (a.setup() > 0) {
        long ready = Math.min(calendar.finish(at, a.setup()), Math.max(at, a.start()));
        open(power.setup(), at, ready);
        at = ready;
        on = true;
      }
      long begin = Math.max(at, a.start());
      gap(on, at, begin);
      long end = Math.max(begin, a.end());
      work(pauses.getOrDefault(List.of(a.job(), a.operation()), Calendar.always()), begin, end);
      at = end;
      on = true;
    }
    if (makespan > at) {
      sum += tariff.cost(power.off(), at, makespan);
    }
  }

  /** A span in which nothing is done. */
  private void gap(boolean on, long from, long to) {
    long ticks = 0;
    for (Window w : openParts(calendar, from, to)) {
      ticks += w.to() - w.from();
    }
    boolean off = !on || (power.offAfter().isPresent() && ticks >= power.offAfter().getAsLong());
    if (off) {
      sum += to > from ? tariff.cost(power.off(), from, to) : 0;
    } else {
      open(power.idle(), from, to);
    }
  }

  /** A span that draws a power where the machine is open, and is off elsewhere. */
  private void open(double kilowatts, long from, long to) {
    long at = from;
    for (Window w : openParts(calendar, from, to)) {
      sum += tariff.cost(power.off(), at, w.from()) + tariff.cost(kilowatts, w.from(), w.to());
      at = w.to();
    }
    sum += to > at ? tariff.cost(power.off(), at, to) : 0;
  }

  /** An operation, which idles where only its resources are away. */
  private void work(Calendar pauses, long from, long to) {
    long at = from;
    for (Window w : openParts(pauses, from, to)) {
      open(power.idle(), at, w.from());
      open(power.working(), w.from(), w.to());
      at = w.to();
    }
    open(power.idle(), at, to);
  }

  private static List<Window> openParts(Calendar calendar, long from, long to) {
    return to > from ? calendar.open(from, to) : List.of();
  }
}
