package io.millwright.scheduling.internal.planner;

import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Calendar;
import io.millwright.scheduling.Link;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Pin;
import io.millwright.scheduling.Remedy;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.Window;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Stop;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Starts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tries out what could help a job. The shop as it is is planned first, until that brings next to
 * nothing more, so that no remedy lives on what a search finds anyway; from the best of those plans
 * each change is planned with the same effort and keys as no change. Of dozens of changes some are
 * lucky in a few searches, so that each is told only when all of {@value #TRIALS} searches with it
 * are better than all of as many without it, and by more than those without it differ.
 */
public final class Remedies {

  private static final int MACHINES_TRIED = 8;

  /** Extra shifts tried on each machine and resource, at most and at least. */
  private static final int SHIFTS_TRIED = 8;

  private static final int SHIFTS_TRIED_ON_LARGE = 2;

  /** Where a shop has fewer operations, more shifts are tried, for about the same effort. */
  private static final int LARGE = 1000;

  /** Moves of a search for each operation of the shop, where that is more than the usual. */
  private static final long MOVES = 40;

  /** Searches with what is told, and without it. */
  private static final int TRIALS = 5;

  /** Searches of a round of the shop as it is, and rounds at most. */
  private static final int SEARCHES = 3;

  private static final int ROUNDS = 8;

  /** A round that brings less than this part of the objective is the last. */
  private static final double LITTLE = 0.005;

  private final Shop shop;

  /** Ends the trying; what was tried until then is told. */
  private final Stop stop;

  private final Schedule plan;

  /** The best plan known of the shop as it is, from which all others are searched. */
  private Schedule base;

  private final Objective objective;
  private final Floor floor;
  private final ShopJob job;
  private final Chain chain;
  private final List<Trials> found = new ArrayList<>();

  /** The earliest end of the job, and the least objective, in any plan of the unchanged shop. */
  private final long end;

  private double least;

  /** How far the searches of the unchanged shop are apart. */
  private final double noise;

  /** A change, and the plans of as many searches as it stood. */
  private record Trials(Remedy.Kind kind, String what, Shop shop, List<Schedule> plans) {}

  Remedies(
      Shop shop,
      Schedule plan,
      Objective objective,
      Floor floor,
      int number,
      Chain chain,
      Stop stop) {
    this.stop = stop;
    this.shop = shop;
    this.plan = plan;
    this.objective = objective;
    this.floor = floor;
    this.chain = chain;
    job = shop.jobs().get(number);
    base = plan;
    long earliest = end(plan);
    for (int round = 0; round < ROUNDS && !stop.now(); round++) {
      Schedule better = base;
      for (int key = 1; key <= SEARCHES && !stop.now(); key++) {
        Schedule found = plan(shop, shop, key + (long) round * SEARCHES);
        earliest = value(found) <= value(base) ? Math.min(earliest, end(found)) : earliest;
        better = value(found) < value(better) ? found : better;
      }
      boolean last = value(base) - value(better) <= LITTLE * value(base);
      base = better;
      if (last) {
        break;
      }
    }
    least = value(base);
    // What is changed is searched once more from there, so what is not changed is as well: else a
    // remedy lives on the moves that it got beyond the shop as it is.
    double most = Double.NEGATIVE_INFINITY;
    for (int key = 1; key <= TRIALS && !stop.now(); key++) {
      Schedule again = plan(shop, shop, key);
      earliest = Math.min(earliest, end(again));
      least = Math.min(least, value(again));
      most = Math.max(most, value(again));
    }
    end = earliest;
    noise = Math.max(0, most - least);
  }

  List<Remedy> all() {
    release();
    shifts();
    machines();
    priority();
    // A plan for another machine or priority is one of the unchanged shop too: what it saves there
    // is luck of the search, and no merit of the remedy.
    for (Trials t : found) {
      if (t.kind() == Remedy.Kind.OTHER_MACHINE || t.kind() == Remedy.Kind.PRIORITY) {
        least = Math.min(least, t.plans().stream().mapToDouble(this::value).min().orElseThrow());
      }
    }
    return found.stream()
        .sorted(Comparator.comparingDouble(this::expected))
        .map(this::measured)
        .filter(r -> sure(r.kind(), r.jobGain(), r.gain()))
        .toList();
  }

  /** What changes the shop helps everybody; where the shop stays only the job can gain. */
  private boolean sure(Remedy.Kind kind, long jobGain, double gain) {
    boolean forTheJob = kind == Remedy.Kind.OTHER_MACHINE || kind == Remedy.Kind.PRIORITY;
    return forTheJob ? jobGain > 0 && late() : gain > noise;
  }

  /** Whether the job is late in every plan of the unchanged shop: else planning alone helps it. */
  private boolean late() {
    return end > job.due().orElse(Long.MIN_VALUE);
  }

  /** What the objective comes to in the mean of the trials. */
  private double expected(Trials t) {
    return t.plans().stream().mapToDouble(this::value).average().orElse(least);
  }

  /** What a change brings at least: its worst plan against the best without it. */
  private Remedy measured(Trials t) {
    Schedule best = Collections.min(t.plans(), Comparator.comparingDouble(this::value));
    return new Remedy(t.kind(), t.what(), t.shop(), best, jobGain(t.plans()), gain(t.plans()));
  }

  private long jobGain(List<Schedule> plans) {
    return end - plans.stream().mapToLong(this::end).max().orElseThrow();
  }

  private double gain(List<Schedule> plans) {
    return least - plans.stream().mapToDouble(this::value).max().orElseThrow();
  }

  private long end(Schedule schedule) {
    return schedule.completions().getOrDefault(job.id(), 0L);
  }

  private double value(Schedule schedule) {
    return objective.of(shop, schedule);
  }

  /** Plans a changed shop from the best plan as it is; judged also by what the search minimises. */
  private Schedule plan(Shop changed, Shop searched, long key) {
    Floor own = same(searched, shop) ? floor : new Floor(searched);
    if (stop.now()) {
      return base;
    }
    Goal goal = new Goal(List.of(objective), own);
    long effort = MOVES * own.n;
    Plan start = Starts.ofSchedule(own, base, "plan");
    if (stop.now()) {
      return base;
    }
    Plan best = DefaultPlanner.improve(own, goal, start, key, effort, stop);
    if (stop.now()) {
      return base;
    }
    Floor judged = same(changed, searched) ? own : new Floor(changed);
    return new Timetable(judged, goal).schedule(best);
  }

  /** Whether both are one object: comparing what large shops hold takes longer than it saves. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Shop one, Shop other) {
    return one == other;
  }

  private void offer(Remedy.Kind kind, String what, Shop changed, Shop searched) {
    if (stop.now() || !searched.findings().isEmpty() || stop.now()) {
      return;
    }
    List<Schedule> plans = new ArrayList<>();
    do {
      plans.add(plan(changed, searched, plans.size() + 1L));
    } while (!stop.now() && plans.size() < TRIALS && sure(kind, jobGain(plans), gain(plans)));
    if (!stop.now()) {
      found.add(new Trials(kind, what, changed, plans));
    }
  }

  private void release() {
    boolean waits = chain.links().get(0).cause() == Link.Cause.RELEASE;
    String root = chain.links().get(0).operation().job();
    if (waits) {
      List<ShopJob> jobs =
          shop.jobs().stream()
              .map(j -> j.id().equals(root) ? j.releasedAt(shop.start()) : j)
              .toList();
      Shop changed = shop.withJobs(jobs);
      offer(
          Remedy.Kind.EARLIER_RELEASE,
          "release job " + root + " at " + shop.start(),
          changed,
          changed);
    }
  }

  /** An extra shift where a machine or a resource of the chain rests while the job waits. */
  private void shifts() {
    long from = Math.max(shop.start(), chain.links().get(0).operation().start());
    long to = chain.links().get(chain.links().size() - 1).operation().end();
    Set<String> machines = new LinkedHashSet<>();
    chain.links().forEach(l -> machines.add(l.operation().machine()));
    resources(from, to);
    for (Machine m : shop.machines()) {
      if (!machines.contains(m.id())) {
        continue;
      }
      for (Window extra : extras(m.calendar(), from, to)) {
        Shop changed =
            shop.withMachines(
                shop.machines().stream()
                    .map(o -> o.id().equals(m.id()) ? o.working(o.calendar().through(extra)) : o)
                    .toList());
        offer(
            Remedy.Kind.EXTRA_SHIFT,
            "let machine " + m.id() + " work from " + extra.from() + " to " + extra.to(),
            changed,
            changed);
      }
    }
  }

  /**
   * Spans of rest that could be worked in: the first and the last of a time, and on a small shop
   * others between them, none longer than the longest shift, so that nobody is asked to work
   * through.
   */
  private List<Window> extras(Calendar calendar, long from, long to) {
    List<Window> rests = calendar.rests(from, to);
    long shift =
        calendar.open(from, to).stream().mapToLong(w -> w.to() - w.from()).max().orElse(to - from);
    int most =
        Math.max(SHIFTS_TRIED_ON_LARGE, Math.min(SHIFTS_TRIED, 2 * LARGE / Math.max(1, floor.n)));
    int tried = Math.min(rests.size(), most);
    List<Window> extras = new ArrayList<>();
    for (int i = 0; i < tried; i++) {
      Window rest = rests.get(tried == 1 ? 0 : i * (rests.size() - 1) / (tried - 1));
      extras.add(new Window(rest.from(), Math.min(rest.to(), rest.from() + shift)));
    }
    return extras;
  }

  /** Every resource of the chain that is away in between. */
  private void resources(long from, long to) {
    Set<String> needed = new LinkedHashSet<>();
    Map<String, Resource> byName = new HashMap<>();
    shop.resources().forEach(r -> byName.put(r.id(), r));
    chain.links().forEach(l -> needed.addAll(l.operation().held()));
    for (int x : chain.operations()) {
      Operation o =
          shop.jobs().get(floor.jobOf[x]).operations().get(x - floor.jobStart[floor.jobOf[x]]);
      o.needs().stream().map(Need::resource).filter(byName::containsKey).forEach(needed::add);
    }
    for (Resource r : shop.resources()) {
      if (!needed.contains(r.id())) {
        continue;
      }
      for (Window extra : extras(r.calendar(), from, to)) {
        Shop changed =
            shop.withResources(
                shop.resources().stream()
                    .map(o -> o.id().equals(r.id()) ? o.working(o.calendar().through(extra)) : o)
                    .toList());
        offer(
            Remedy.Kind.EXTRA_SHIFT,
            "let resource " + r.id() + " be there from " + extra.from() + " to " + extra.to(),
            changed,
            changed);
      }
    }
  }

  private void machines() {
    int tried = 0;
    for (int x : chain.operations()) {
      boolean own = shop.jobs().get(floor.jobOf[x]).id().equals(job.id());
      if (!own || floor.pinnedAlt[x] >= 0 || floor.alternatives(x) < 2) {
        continue;
      }
      Operation o = job.operations().get(x - floor.jobStart[floor.jobOf[x]]);
      String now = plan.of(job.id(), o.id()).orElseThrow().machine();
      for (Alternative a : o.alternatives()) {
        if (!a.machine().equals(now) && tried++ < MACHINES_TRIED) {
          List<Pin> pins = new ArrayList<>(shop.pins());
          pins.add(Pin.to(job.id(), o.id(), a.machine()));
          // Nothing else asks a new plan to end this job early.
          offer(
              Remedy.Kind.OTHER_MACHINE,
              "do operation " + o.id() + " on machine " + a.machine() + ", with the job first",
              shop.withPins(pins),
              favoured().withPins(pins));
        }
      }
    }
  }

  private void priority() {
    if (job.weight() > 0) {
      offer(
          Remedy.Kind.PRIORITY,
          "give job " + job.id() + " the weight " + 10 * job.weight(),
          shop,
          favoured());
    }
  }

  private Shop favoured() {
    return shop.withJobs(
        shop.jobs().stream()
            .map(j -> j.id().equals(job.id()) ? j.weighing(10 * j.weight()) : j)
            .toList());
  }
}
