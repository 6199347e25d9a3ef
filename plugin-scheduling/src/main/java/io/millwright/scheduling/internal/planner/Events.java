package io.millwright.scheduling.internal.planner;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Event;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a shop and an event into the shop as it is from the event on. */
public final class Events {
  private Events() {}

  /** The shop with what began before the event pinned, and with the event in it. */
  static Shop apply(Shop shop, Schedule approved, long now, Event event) {
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
    Shop later = shop.startingAt(now).withPins(new ArrayList<>(pins.values())).withoutDraft();
    return change(later, now, event).checked();
  }

  private static Shop change(Shop shop, long now, Event event) {
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
    if (event instanceof Event.Away away) {
      return away(shop, now, away);
    }
    Event.Absence absence = (Event.Absence) event;
    require(
        shop.resources().stream().anyMatch(r -> r.id().equals(absence.resource())),
        "resource",
        absence.resource());
    return shop.withResources(
        shop.resources().stream()
            .map(
                r ->
                    r.id().equals(absence.resource())
                        ? r.counting(r.capacity() - absence.amount())
                        : r)
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
    List<Machine> machines =
        shop.machines().stream()
            .map(
                m -> m.id().equals(breakdown.machine()) ? m.working(m.calendar().without(rest)) : m)
            .toList();
    return shop.withMachines(machines);
  }

  private static Shop away(Shop shop, long now, Event.Away away) {
    require(
        shop.resources().stream().anyMatch(r -> r.id().equals(away.resource())),
        "resource",
        away.resource());
    long from = Math.max(now, away.window().from());
    if (away.window().to() <= from) {
      return shop;
    }
    Window rest = new Window(from, away.window().to());
    return shop.withResources(
        shop.resources().stream()
            .map(r -> r.id().equals(away.resource()) ? r.working(r.calendar().without(rest)) : r)
            .toList());
  }

  private static void require(boolean known, String what, String name) {
    if (!known) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the event names an unknown " + what + " \"" + name + "\"\nMaybe check the name");
    }
  }
}
