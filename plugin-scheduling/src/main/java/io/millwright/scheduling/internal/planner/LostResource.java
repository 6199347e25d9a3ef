package io.millwright.scheduling.internal.planner;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A resource that never returns: what runs with it is finished, what others can do is done by them,
 * and of a job for which there is nobody else what has not begun is left out.
 */
final class LostResource {
  private LostResource() {}

  /** The shop without the resource's future from a tick on. */
  static Shop without(Shop shop, Schedule approved, Resource lost, long from) {
    Set<List<String>> begun = new HashSet<>();
    long free = from;
    for (Pin p : shop.pins()) {
      if (p.start().orElse(Long.MAX_VALUE) < shop.start()) {
        begun.add(List.of(p.job(), p.operation()));
        free =
            Math.max(free, approved.of(p.job(), p.operation()).map(Assignment::end).orElse(from));
      }
    }
    List<Resource> others =
        shop.resources().stream().filter(r -> !r.id().equals(lost.id())).toList();
    List<ShopJob> jobs = new ArrayList<>();
    Set<List<String>> left = new HashSet<>();
    for (ShopJob j : shop.jobs()) {
      List<Operation> all = new ArrayList<>();
      boolean whole = true;
      for (Operation o : j.operations()) {
        if (begun.contains(List.of(j.id(), o.id()))) {
          all.add(o);
          continue;
        }
        List<Alternative> possible =
            o.alternatives().stream()
                .filter(a -> met(o.needs(), others) && met(a.needs(), others))
                .toList();
        whole &= !possible.isEmpty();
        all.add(o.toBuilder().alternatives(possible).build());
      }
      if (!whole) {
        all.removeIf(o -> !begun.contains(List.of(j.id(), o.id())));
      }
      all.forEach(o -> left.add(List.of(j.id(), o.id())));
      if (!all.isEmpty()) {
        jobs.add(j.toBuilder().operations(all).build());
      }
    }
    Window away = new Window(free, Calendar.FOREVER);
    return shop.withJobs(jobs)
        .withPins(
            shop.pins().stream()
                .filter(p -> left.contains(List.of(p.job(), p.operation())))
                .toList())
        .withResources(
            shop.resources().stream()
                .map(r -> r.id().equals(lost.id()) ? r.working(r.calendar().without(away)) : r)
                .toList());
  }

  private static boolean met(List<Need> needs, List<Resource> others) {
    return needs.stream()
        .allMatch(
            n ->
                others.stream()
                        .filter(
                            r -> r.id().equals(n.resource()) || r.skills().contains(n.resource()))
                        .mapToLong(Resource::capacity)
                        .sum()
                    >= n.amount());
  }
}
