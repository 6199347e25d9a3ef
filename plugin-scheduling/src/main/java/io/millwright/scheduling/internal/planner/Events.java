package io.millwright.scheduling.internal.planner;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Setting;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Turns a shop and an event into the shop as it is from the event on. */
public final class Events {
  private Events() {}

  /** The shop with what began before the event pinned, and with the event in it. */
  static Shop apply(Shop shop, Schedule approved, long now, Event event, Runnable look) {
    if (now < shop.start()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "now is "
              + now
              + ", before planning begins at "
              + shop.start()
              + "\nMaybe count now in the ticks of the shop");
    }
    Map<List<String>, Pin> pins = new LinkedHashMap<>();
    shop.pins().forEach(p -> pins.put(List.of(p.job(), p.operation()), p));
    for (Assignment a : approved.assignments()) {
      if (a.start() < now) {
        pins.put(List.of(a.job(), a.operation()), Pin.of(a));
      }
    }
    look.run();
    Shop later =
        shop.startingAt(now)
            .withPins(new ArrayList<>(pins.values()))
            .withMachines(settings(shop, approved, now))
            .withoutDraft();
    look.run();
    Shop changed = change(later, approved, now, event);
    look.run();
    return Standing.of(shop, changed, approved, now, look).checked(look);
  }

  /** The approved plan as it stands at the event: the set-ups of what has begun are past. */
  static Schedule standing(Schedule approved, long now) {
    return new Schedule(
        approved.assignments().stream()
            .map(
                a ->
                    a.start() >= now
                        ? a
                        : new Assignment(
                            a.job(), a.operation(), a.machine(), 0, a.start(), a.end(), a.held()))
            .toList());
  }

  /** Whether an event leaves the shop as it was. */
  static boolean changesNothing(Shop shop, Shop changed) {
    List<Machine> machines = new ArrayList<>();
    for (int m = 0; m < changed.machines().size(); m++) {
      Machine before = shop.machines().get(m);
      machines.add(changed.machines().get(m).toBuilder().setting(before.setting()).build());
    }
    return shop.withoutDraft()
        .equals(
            changed
                .withoutDraft()
                .startingAt(shop.start())
                .withMachines(machines)
                .withPins(shop.pins())
                .toBuilder()
                .stocks(shop.stocks())
                .build());
  }

  /** The machines with the set-ups that run on them by the approved plan. */
  private static List<Machine> settings(Shop shop, Schedule approved, long now) {
    Map<List<String>, String> families = new HashMap<>();
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        o.family().ifPresent(f -> families.put(List.of(j.id(), o.id()), f));
      }
    }
    Map<String, Assignment> last = new HashMap<>();
    Map<String, Assignment> next = new HashMap<>();
    Map<String, String> current = new HashMap<>();
    for (Assignment a : approved.assignments()) {
      String family = families.get(List.of(a.job(), a.operation()));
      if (a.start() >= now) {
        // Of a load, the one that is set up for.
        next.merge(
            a.machine(),
            a,
            (old, one) -> one.start() == old.start() && one.setup() > old.setup() ? one : old);
      } else {
        last.put(a.machine(), a);
        if (family != null) {
          current.put(a.machine(), family);
        }
      }
    }
    return shop.machines().stream()
        .map(m -> m.setups().isEmpty() ? m : set(m, shop, last, next, current, families, now))
        .toList();
  }

  private static Machine set(
      Machine m,
      Shop shop,
      Map<String, Assignment> last,
      Map<String, Assignment> next,
      Map<String, String> current,
      Map<List<String>, String> families,
      long now) {
    Assignment before = last.get(m.id());
    if (before != null && before.end() >= now) {
      return m.toBuilder().setting(Optional.empty()).build();
    }
    Assignment a = next.get(m.id());
    long since =
        before != null ? before.end() : m.setting().map(Setting::since).orElse(shop.start());
    String to = a == null ? null : families.get(List.of(a.job(), a.operation()));
    // Where no set-up runs, none can have begun.
    Setting setting =
        a != null && a.setup() > 0 && to != null && since < now
            ? new Setting(to, since)
            : new Setting(current.getOrDefault(m.id(), m.family().orElse("")), now);
    return m.toBuilder().setting(setting).build();
  }

  /** Whether an event can only take something away from those who plan. */
  static boolean onlyTakes(Event event) {
    return event instanceof Event.Several several
        ? several.events().stream().allMatch(Events::onlyTakes)
        : event instanceof Event.Breakdown
            || event instanceof Event.Away
            || event instanceof Event.Absence
            || event instanceof Event.LateMaterial;
  }

  private static Shop several(Shop shop, Schedule approved, long now, Event.Several several) {
    Shop changed = shop;
    for (Event one : several.events()) {
      changed = change(changed, approved, now, one);
    }
    return changed;
  }

  private static Shop duration(Shop shop, Event.Duration takes) {
    boolean known =
        shop.jobs().stream()
            .filter(j -> j.id().equals(takes.job()))
            .flatMap(j -> j.operations().stream())
            .anyMatch(o -> o.id().equals(takes.operation()));
    require(known, "operation", takes.job() + "/" + takes.operation());
    return withJob(
        shop,
        takes.job(),
        j ->
            j.toBuilder()
                .operations(
                    j.operations().stream()
                        .map(o -> o.id().equals(takes.operation()) ? taking(o, takes.work()) : o)
                        .toList())
                .build());
  }

  private static Operation taking(Operation o, long work) {
    return o.toBuilder()
        .alternatives(
            o.alternatives().stream()
                .map(a -> new Alternative(a.machine(), work, 0, a.needs()))
                .toList())
        .build();
  }

  private static Shop withJob(Shop shop, String id, UnaryOperator<ShopJob> change) {
    require(shop.jobs().stream().anyMatch(j -> j.id().equals(id)), "job", id);
    return shop.withJobs(
        shop.jobs().stream().map(j -> j.id().equals(id) ? change.apply(j) : j).toList());
  }

  /** Leaves out what of a job has not begun, and the job when nothing has. */
  private static Shop cancelled(Shop shop, Event.Cancelled cancelled) {
    String id = cancelled.job();
    Set<String> begun =
        shop.pins().stream()
            .filter(p -> p.job().equals(id) && p.start().orElse(shop.start()) < shop.start())
            .map(Pin::operation)
            .collect(Collectors.toSet());
    Shop left =
        withJob(
            shop,
            id,
            j ->
                j.toBuilder()
                    .operations(
                        j.operations().stream().filter(o -> begun.contains(o.id())).toList())
                    .build());
    return left.withJobs(left.jobs().stream().filter(j -> !j.operations().isEmpty()).toList())
        .withPins(
            left.pins().stream()
                .filter(p -> !p.job().equals(id) || begun.contains(p.operation()))
                .toList());
  }

  private static Shop back(Shop shop, long now, Event.Back back) {
    require(
        shop.machines().stream().anyMatch(m -> m.id().equals(back.machine())),
        "machine",
        back.machine());
    long from = Math.max(now, back.window().from());
    if (back.window().to() <= from) {
      return shop;
    }
    Window open = new Window(from, back.window().to());
    return shop.withMachines(
        shop.machines().stream()
            .map(m -> m.id().equals(back.machine()) ? m.working(m.calendar().through(open)) : m)
            .toList());
  }

  private static Shop change(Shop shop, Schedule approved, long now, Event event) {
    if (event instanceof Event.Breakdown breakdown) {
      return breakdown(shop, now, breakdown);
    }
    if (event instanceof Event.RushOrder rush) {
      List<ShopJob> jobs = new ArrayList<>(shop.jobs());
      jobs.add(rush.job());
      return shop.withJobs(jobs);
    }
    if (event instanceof Event.LateMaterial late) {
      require(shop.jobs().stream().anyMatch(j -> j.id().equals(late.job())), "job", late.job());
      return shop.withJobs(
          shop.jobs().stream()
              .map(
                  j ->
                      j.id().equals(late.job())
                          ? j.releasedAt(Math.max(j.release(), late.release()))
                          : j)
              .toList());
    }
    if (event instanceof Event.Several several) {
      return several(shop, approved, now, several);
    }
    if (event instanceof Event.Duration takes) {
      return duration(shop, takes);
    }
    if (event instanceof Event.Cancelled cancelled) {
      return cancelled(shop, cancelled);
    }
    if (event instanceof Event.Changed changed) {
      return withJob(shop, changed.job().id(), j -> changed.job());
    }
    if (event instanceof Event.Back back) {
      return back(shop, now, back);
    }
    if (event instanceof Event.Away away) {
      return away(shop, approved, now, away);
    }
    return absence(shop, approved, now, (Event.Absence) event);
  }

  private static Shop absence(Shop shop, Schedule approved, long now, Event.Absence absence) {
    Resource of = resource(shop, absence.resource());
    if (absence.amount() > of.capacity()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          absence.amount()
              + " of resource "
              + of.id()
              + " are missing, of which there are "
              + of.capacity()
              + "\nMaybe count those that are there");
    }
    return of.capacity() == absence.amount()
        ? LostResource.without(shop, approved, of, now)
        : shop.withResources(
            shop.resources().stream()
                .map(r -> r.equals(of) ? r.counting(r.capacity() - absence.amount()) : r)
                .toList());
  }

  private static Shop breakdown(Shop shop, long now, Event.Breakdown breakdown) {
    require(
        shop.machines().stream().anyMatch(m -> m.id().equals(breakdown.machine())),
        "machine",
        breakdown.machine());
    long from = Math.max(now, breakdown.window().from());
    if (breakdown.window().to() <= from) {
      return shop;
    }
    Window rest = new Window(from, breakdown.window().to());
    if (rest.to() == Calendar.FOREVER) {
      for (Machine m : shop.machines()) {
        if (m.id().equals(breakdown.machine())) {
          return closed(LostMachine.without(shop, m, from), m.id(), rest);
        }
      }
    }
    return closed(shop, breakdown.machine(), rest);
  }

  private static Shop closed(Shop shop, String machine, Window rest) {
    List<Machine> machines =
        shop.machines().stream()
            .map(m -> m.id().equals(machine) ? m.working(m.calendar().without(rest)) : m)
            .toList();
    return shop.withMachines(machines);
  }

  private static Shop away(Shop shop, Schedule approved, long now, Event.Away away) {
    Resource of = resource(shop, away.resource());
    long from = Math.max(now, away.window().from());
    if (away.window().to() <= from) {
      return shop;
    }
    Window rest = new Window(from, away.window().to());
    return rest.to() == Calendar.FOREVER
        ? LostResource.without(shop, approved, of, from)
        : shop.withResources(
            shop.resources().stream()
                .map(r -> r.equals(of) ? r.working(r.calendar().without(rest)) : r)
                .toList());
  }

  private static Resource resource(Shop shop, String id) {
    require(shop.resources().stream().anyMatch(r -> r.id().equals(id)), "resource", id);
    return shop.resources().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
  }

  private static void require(boolean known, String what, String name) {
    if (!known) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the event names an unknown " + what + " \"" + name + "\"\nMaybe check the name");
    }
  }
}
