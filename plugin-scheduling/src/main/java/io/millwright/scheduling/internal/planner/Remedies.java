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
 * are better than all of as many without it (by chance once in 252), and once more all of {@value
 * #LONG_TRIALS} longer ones with other keys: where planning longer brings what a change had
 * brought, the change is not told.
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

  /** The same of a long search, and how many it makes at most where that is more than a search. */
  private static final long LONG_MOVES = 200;

  private static final long LONGEST = 400_000;

  /** Searches with what is told, and without it. */
  private static final int TRIALS = 5;

  /** Long searches with what is told, and without it. */
  private static final int LONG_TRIALS = 3;

  /** Long searches of a round of the shop as it is, and rounds at most where they are short. */
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

  /** Moves of a search, and of a long one. */
  private final long moves;

  private final long most;

  /** The earliest end of the job, and the least objective, in any plan of the unchanged shop. */
  private long end;

  private double least = Double.POSITIVE_INFINITY;

  /** A change, what is searched for it, and the plans of as many searches as it stood. */
  private record Trials(
      Remedy.Kind kind, String what, Shop shop, Shop searched, List<Schedule> plans) {

    /** Whether the shop itself stays as it is, so that its plans are such of the unchanged one. */
    boolean forTheJob() {
      return kind == Remedy.Kind.OTHER_MACHINE || kind == Remedy.Kind.PRIORITY;
    }
  }

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
    moves = Math.max(DefaultPlanner.EFFORT, MOVES * floor.n);
    most = Math.max(moves, Math.min(LONGEST, LONG_MOVES * floor.n));
    long earliest = end(plan);
    // Searches of a fifth of the length end in what lies next to the plan, wherever that is.
    long rounds = Math.max(2, ROUNDS * moves / most);
    for (int round = 0; round < rounds && !stop.now(); round++) {
      Schedule better = base;
      for (int key = 1; key <= SEARCHES && !stop.now(); key++) {
        Schedule found = plan(shop, shop, key + (long) round * SEARCHES, most);
        earliest = value(found) <= value(base) ? Math.min(earliest, end(found)) : earliest;
        better = value(found) < value(better) ? found : better;
      }
      boolean last = value(base) - value(better) <= LITTLE * value(base);
      base = better;
      if (last) {
        break;
      }
    }
    end = earliest;
    // What is changed is searched once more from there, so what is not changed is as well: else a
    // remedy lives on the moves that it got beyond the shop as it is.
    unchanged(1, TRIALS, moves);
  }

  List<Remedy> all() {
    release();
    shifts();
    machines();
    priority();
    List<Trials> sure = sure(found);
    if (sure.isEmpty() || stop.now()) {
      return told(sure);
    }
    unchanged(TRIALS + 1, LONG_TRIALS, most);
    List<Trials> longer = new ArrayList<>();
    for (Trials t : sure) {
      Trials again = new Trials(t.kind(), t.what(), t.shop(), t.searched(), new ArrayList<>());
      for (int key = TRIALS + 1; key <= TRIALS + LONG_TRIALS; key++) {
        again.plans().add(plan(t.shop(), t.searched(), key, most));
      }
      longer.add(again);
    }
    return told(sure(stop.now() ? sure : longer));
  }

  /** Searches the shop as it is from the base, and notes the best of it. */
  private void unchanged(int first, int trials, long effort) {
    least = Math.min(least, value(base));
    for (int key = first; key < first + trials && !stop.now(); key++) {
      Schedule again = plan(shop, shop, key, effort);
      end = Math.min(end, end(again));
      least = Math.min(least, value(again));
    }
  }

  /** Those that help for certain, as far as the searches tell. */
  private List<Trials> sure(List<Trials> trials) {
    // A plan for another machine or priority is one of the unchanged shop too: what it saves there
    // is luck of the search, and no merit of the remedy.
    for (Trials t : trials) {
      if (t.forTheJob()) {
        least = Math.min(least, t.plans().stream().mapToDouble(this::value).min().orElseThrow());
      }
    }
    return trials.stream().filter(this::sure).toList();
  }

  /** What changes the shop helps everybody; where the shop stays only the job can gain. */
  private boolean sure(Trials t) {
    return t.forTheJob() ? jobGain(t.plans()) > 0 && late() : gain(t.plans()) > 0;
  }

  /** Whether the job is late in every plan of the unchanged shop: else planning alone helps it. */
  private boolean late() {
    return end > job.due().orElse(Long.MIN_VALUE);
  }

  private List<Remedy> told(List<Trials> trials) {
    return trials.stream()
        .map(this::measured)
        .sorted(Comparator.comparingDouble(Remedy::gain).reversed())
        .toList();
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
  private Schedule plan(Shop changed, Shop searched, long key, long effort) {
    Floor own = same(searched, shop) ? floor : new Floor(searched);
    if (stop.now()) {
      return base;
    }
    Goal goal = new Goal(List.of(objective), own);
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
    Trials trials = new Trials(kind, what, changed, searched, new ArrayList<>());
    do {
      trials.plans().add(plan(changed, searched, trials.plans().size() + 1L, moves));
    } while (!stop.now() && trials.plans().size() < TRIALS && sure(trials));
    if (!stop.now()) {
      found.add(trials);
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
