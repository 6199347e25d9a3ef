package io.millwright.scheduling.internal.documents;

import io.millwright.api.ObjectiveValue;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Setup;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns plans into their form in JSON and back. What another program left out is filled in from the
 * shop as far as it can be; what names nothing in the shop is left for the checker to say.
 */
public final class PlanForms {

  private record Known(ShopJob job, Operation operation) {}

  private final Shop shop;
  private final Map<List<String>, Known> operations = new HashMap<>();
  private final Map<String, Machine> machines = new HashMap<>();
  private final Map<String, Calendar> resources = new HashMap<>();
  private final Map<List<String>, Pin> pins = new HashMap<>();

  private PlanForms(Shop shop) {
    this.shop = shop;
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        operations.put(List.of(j.id(), o.id()), new Known(j, o));
      }
    }
    shop.machines().forEach(m -> machines.put(m.id(), m));
    for (Resource r : shop.resources()) {
      resources.put(r.id(), r.calendar());
    }
    shop.pins().forEach(p -> pins.put(List.of(p.job(), p.operation()), p));
  }

  static List<Forms.PlaceForm> places(Schedule plan) {
    return plan.assignments().stream()
        .map(
            a ->
                new Forms.PlaceForm(
                    a.job(),
                    a.operation(),
                    a.machine(),
                    a.setup() == 0 ? OptionalLong.empty() : OptionalLong.of(a.setup()),
                    a.start(),
                    OptionalLong.of(a.end()),
                    a.held().isEmpty() ? Optional.empty() : Optional.of(a.held())))
        .toList();
  }

  static Forms.PlanForm form(Shop shop, Schedule plan, List<ObjectiveValue> objectives) {
    List<Forms.ValueForm> values =
        objectives.stream()
            .map(
                v ->
                    new Forms.ValueForm(
                        v.name(),
                        v.value(),
                        Optional.of(v.unit()),
                        v.bound(),
                        Optional.of(v.foundBy()),
                        v.provedBy().isEmpty() ? Optional.empty() : Optional.of(v.provedBy())))
            .toList();
    // Set-ups are written even when they are zero: what is left out means "as the shop needs".
    return new Forms.PlanForm(
        Optional.of(Forms.PLAN),
        Optional.of(shop.name()),
        values.isEmpty() ? Optional.empty() : Optional.of(values),
        plan.assignments().stream()
            .map(
                a ->
                    new Forms.PlaceForm(
                        a.job(),
                        a.operation(),
                        a.machine(),
                        OptionalLong.of(a.setup()),
                        a.start(),
                        OptionalLong.of(a.end()),
                        a.held().isEmpty() ? Optional.empty() : Optional.of(a.held())))
            .toList());
  }

  static Schedule plan(Shop shop, List<Forms.PlaceForm> places) {
    return new PlanForms(shop).completed(places);
  }

  private Schedule completed(List<Forms.PlaceForm> places) {
    Map<String, List<Forms.PlaceForm>> byMachine = new HashMap<>();
    for (Forms.PlaceForm p : places) {
      byMachine.computeIfAbsent(p.machine(), m -> new ArrayList<>()).add(p);
    }
    List<Assignment> all = new ArrayList<>();
    byMachine.forEach((machine, sequence) -> machine(machine, sequence, all));
    return new Schedule(all);
  }

  private void machine(String id, List<Forms.PlaceForm> sequence, List<Assignment> all) {
    Machine machine = machines.get(id);
    List<Assignment> own = new ArrayList<>();
    IdentityHashMap<Assignment, Boolean> open = new IdentityHashMap<>();
    for (Forms.PlaceForm p : sequence) {
      long end = p.end().orElseGet(() -> end(p));
      Assignment a =
          new Assignment(
              p.job(),
              p.operation(),
              id,
              p.setup().orElse(0),
              p.start(),
              end,
              p.held().orElse(List.of()));
      open.put(a, p.setup().isEmpty());
      own.add(a);
    }
    own.sort(Comparator.comparingLong(Assignment::start).thenComparingLong(Assignment::end));
    Optional<String> family = machine == null ? Optional.empty() : machine.family();
    for (Assignment a : own) {
      Known known = operations.get(List.of(a.job(), a.operation()));
      Optional<String> next = known == null ? Optional.empty() : known.operation().family();
      Pin pin = pins.get(List.of(a.job(), a.operation()));
      boolean past = pin != null && pin.start().isPresent() && a.start() < shop.start();
      long setup = a.setup();
      if (Boolean.TRUE.equals(open.get(a)) && machine != null && !past) {
        setup = setup(machine, family, next);
      }
      all.add(
          new Assignment(a.job(), a.operation(), a.machine(), setup, a.start(), a.end(), a.held()));
      family = next.isPresent() ? next : family;
    }
  }

  private static long setup(Machine machine, Optional<String> from, Optional<String> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return 0;
    }
    return machine.setups().stream()
        .filter(s -> s.from().equals(from.get()) && s.to().equals(to.get()))
        .mapToLong(Setup::duration)
        .findFirst()
        .orElse(0);
  }

  /** When it ends if nothing disturbs it; at once when the shop does not know it. */
  private long end(Forms.PlaceForm p) {
    Known known = operations.get(List.of(p.job(), p.operation()));
    Machine machine = machines.get(p.machine());
    if (known == null || machine == null) {
      return p.start();
    }
    Calendar calendar = machine.calendar();
    for (Need n : known.operation().needs()) {
      calendar = calendar.and(resources.getOrDefault(n.resource(), Calendar.always()));
    }
    for (String id : p.held().orElse(List.of())) {
      calendar = calendar.and(resources.getOrDefault(id, Calendar.always()));
    }
    Calendar working = calendar;
    return known.operation().alternatives().stream()
        .filter(a -> a.machine().equals(p.machine()))
        .mapToLong(a -> working.finish(p.start(), a.work(known.job().quantity())))
        .findFirst()
        .orElse(p.start());
  }
}
