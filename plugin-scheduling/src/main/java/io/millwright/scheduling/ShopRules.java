package io.millwright.scheduling;

import static io.millwright.scheduling.SchedulingCodes.BAD_SHOP;

import io.millwright.api.Finding;
import io.millwright.api.spi.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with a shop in one pass, so that a planner mends it once. */
final class ShopRules {

  /** Beyond this, sums of times could overflow or lose digits as doubles. */
  private static final long LIMIT = 1L << 52;

  /** Set-ups between families are kept as tables; all of them together hold so many at most. */
  private static final long MOST_CHANGES = 50_000_000;

  private final Shop shop;
  private final Problems problems;
  private final Looks looks;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Map<String, Resource> resources = new LinkedHashMap<>();
  private final Map<String, ShopJob> jobs = new LinkedHashMap<>();
  private final WorkTimes times;
  private final NeedRules needs;
  private final Set<List<String>> pinned = new HashSet<>();
  private final Set<String> pinnedJobs = new HashSet<>();
  private @Nullable Map<String, List<String>> waiting;
  private double horizon;

  ShopRules(Shop shop, Looks looks) {
    this.shop = shop;
    this.looks = looks;
    this.times = new WorkTimes(shop);
    this.problems = new Problems("shop \"" + shop.name() + "\"");
    this.needs = new NeedRules(shop, times, problems);
    check();
  }

  List<Finding> findings() {
    return problems.findings();
  }

  /** True, or all that is wrong is thrown. */
  boolean areKept() {
    problems.throwIfAny();
    return true;
  }

  private void bad(String place, String message, String remedy) {
    problems.add(BAD_SHOP, place, message, remedy);
  }

  private void check() {
    if (shop.machines().isEmpty()) {
      bad("machines", "there are none", "add at least one machine");
    }
    if (shop.jobs().isEmpty()) {
      bad("jobs", "there are none", "add at least one job");
    }
    if (shop.start() < 0 || shop.start() > LIMIT) {
      bad("start", "is " + shop.start() + ", but must lie between 0 and 2^52", "count from later");
    }
    horizon = shop.start();
    shop.pins().forEach(p -> pinnedJobs.add(p.job()));
    shop.pins().stream()
        .filter(p -> p.start().isPresent())
        .forEach(p -> pinned.add(List.of(p.job(), p.operation())));
    shop.machines().forEach(this::machine);
    for (Resource r : shop.resources()) {
      String place = "resource " + r.id();
      name(place, r.id(), resources.putIfAbsent(r.id(), r) != null);
      if (r.capacity() < 1) {
        bad(place, "capacity is " + r.capacity() + ", but must be at least 1", "leave it out");
      }
      windows(place, r.calendar());
      for (String skill : r.skills()) {
        if (skill.isBlank()) {
          bad(place, "has a skill without a name", "name it, or leave it out");
        }
      }
    }
    for (ShopJob j : shop.jobs()) {
      name("job " + j.id(), j.id(), jobs.putIfAbsent(j.id(), j) != null);
    }
    shop.jobs().forEach(this::job);
    if (horizon > LIMIT) {
      bad(
          "jobs",
          "releases, set-ups and durations add up to " + horizon + ", beyond 2^52",
          "use a coarser tick than " + shop.tick());
    }
    families();
    new WaitRules(shop, machines.keySet(), problems, looks).check();
    new ConditionRules(shop, times, problems, looks).check();
    new PinRules(shop, machines, jobs, times, problems, looks).check();
    shop.draft().ifPresent(this::draft);
    if (shop.permutation()) {
      new PermutationRules(shop, problems).check();
    }
  }

  private void name(String place, String id, boolean twice) {
    if (id.isBlank()) {
      bad(place, "the name is blank", "give every machine, resource, job and operation a name");
    } else if (twice) {
      bad(place, "the name \"" + id + "\" stands twice", "rename one of them");
    }
  }

  private void machine(Machine m) {
    String place = "machine " + m.id();
    name(place, m.id(), machines.putIfAbsent(m.id(), m) != null);
    Set<List<String>> pairs = new HashSet<>();
    for (Setup s : m.setups()) {
      String change = "set-up from " + s.from() + " to " + s.to();
      if (s.duration() < 0) {
        bad(place, change + " takes " + s.duration() + " ticks", "use 0 for a change without work");
      }
      if (!pairs.add(List.of(s.from(), s.to()))) {
        bad(place, change + " stands twice", "keep one of them");
      }
    }
    windows(place, m.calendar());
    m.setting()
        .ifPresent(
            s -> {
              if (s.since() > shop.start()) {
                bad(
                    place,
                    "is being set for "
                        + s.to()
                        + " since "
                        + s.since()
                        + ", after planning begins at "
                        + shop.start(),
                    "leave out what has not begun");
              }
            });
    m.power().ifPresent(p -> power(place, p));
  }

  private void families() {
    Set<String> families = new HashSet<>();
    shop.jobs().forEach(j -> j.operations().forEach(o -> o.family().ifPresent(families::add)));
    long changing = 0;
    for (Machine m : shop.machines()) {
      m.setups().forEach(s -> families.addAll(List.of(s.from(), s.to())));
      changing += m.setups().isEmpty() ? 0 : 1;
    }
    double changes = (double) families.size() * families.size() * changing;
    if (changes > MOST_CHANGES || (double) families.size() * machines.size() > MOST_CHANGES) {
      bad(
          "machines",
          families.size() + " families change on " + changing + " machines",
          "give families with the same set-ups one name");
    }
  }

  private void windows(String place, Calendar calendar) {
    for (Window w : calendar.closed()) {
      if (w.to() != Calendar.FOREVER) {
        horizon = Math.max(horizon, (double) w.to());
      }
    }
    calendar
        .pattern()
        .ifPresent(
            p -> {
              if (p.period() > LIMIT) {
                bad(
                    place,
                    "its shifts repeat after " + p.period() + " ticks",
                    "use a coarser tick");
              }
            });
  }

  private void power(String place, Power p) {
    DoubleStream.of(p.working(), p.setup(), p.idle(), p.off())
        .filter(kilowatts -> !(kilowatts >= 0) || Double.isInfinite(kilowatts))
        .distinct()
        .forEach(bad -> bad(place, "draws " + bad + " kW", "use finite powers of at least 0"));
    if (p.offAfter().orElse(1) < 1) {
      bad(
          place,
          "is switched off after " + p.offAfter().getAsLong() + " ticks, but that must be positive",
          "leave offAfter empty for a machine that stays on");
    }
  }

  private void job(ShopJob j) {
    String place = "job " + j.id();
    if (j.release() < 0) {
      bad(place, "release is " + j.release(), "count ticks from a time before the first release");
    }
    horizon = Math.max(horizon, (double) j.release());
    if (!(j.weight() >= 0) || Double.isInfinite(j.weight())) {
      bad(place, "weight is " + j.weight(), "use a finite weight of at least 0");
    }
    if (j.quantity() < 1) {
      bad(place, "quantity is " + j.quantity() + ", but must be at least 1", "leave the job out");
    }
    if (j.deadline().isPresent()
        && j.deadline().getAsLong() <= Math.max(j.release(), shop.start())) {
      bad(
          place,
          "deadline is "
              + j.deadline().getAsLong()
              + ", but work may begin at "
              + Math.max(j.release(), shop.start()),
          "use a later deadline, or leave the job out");
    }
    j.rejection().ifPresent(cost -> rejection(j, cost));
    if (j.operations().isEmpty()) {
      bad(place, "it has no operations", "add one, or leave the job out");
    }
    Map<String, Operation> own = new LinkedHashMap<>();
    for (Operation o : j.operations()) {
      name(place + ", operation " + o.id(), o.id(), own.putIfAbsent(o.id(), o) != null);
    }
    for (Operation o : j.operations()) {
      operation(j, o, own);
    }
    cycle(j, own);
  }

  /** What can be left out has not begun, and nothing of another job waits for it. */
  private void rejection(ShopJob j, double cost) {
    String place = "job " + j.id();
    if (!(cost >= 0) || Double.isInfinite(cost)) {
      bad(place, "rejection cost is " + cost, "use a finite cost of at least 0");
    }
    if (shop.permutation()) {
      bad(
          place,
          "can be left out, but a permutation flow shop does every job",
          "leave permutation false");
    }
    if (pinnedJobs.contains(j.id())) {
      bad(place, "is pinned, but can be left out", "unpin it, or take its rejection cost away");
    }
    if (waiting == null) {
      waiting = WaitRules.waiting(shop);
    }
    for (String waits : waiting.getOrDefault(j.id(), List.of())) {
      bad(
          place,
          "can be left out, but " + waits + " waits for it",
          "take the lag or the rejection cost away");
    }
  }

  private void operation(ShopJob j, Operation o, Map<String, Operation> own) {
    looks.next();
    String place = "job " + j.id() + ", operation " + o.id();
    if (o.alternatives().isEmpty()) {
      bad(place, "no machine can do it", "add an alternative");
    }
    Set<String> seen = new HashSet<>();
    long longest = 0;
    boolean possible = false;
    for (Alternative a : o.alternatives()) {
      Machine m = machines.get(a.machine());
      if (m == null) {
        bad(place, "unknown machine \"" + a.machine() + "\"", oneOf(machines.keySet()));
      }
      if (!seen.add(a.machine())) {
        bad(place, "machine \"" + a.machine() + "\" stands twice", "keep the faster alternative");
      }
      long work = work(place, a, j.quantity());
      longest = Math.max(longest, work);
      possible |= work < 0 || m == null || !times.met(o, m.id()) || possible(j, o, m, work);
      needs.alone(a.needs(), place + " on " + a.machine());
    }
    horizon += longest + longestSetup(o);
    needs.together(j, o, place);
    if (!possible && !o.alternatives().isEmpty() && !pinned(j, o)) {
      bad(
          place,
          "the calendars of its machines and resources have no time left for it"
              + (o.unbroken() ? " without a pause" : "")
              + " after release "
              + Math.max(shop.start(), j.release()),
          "open the calendar, or release the job earlier");
    }
    for (String before : o.after()) {
      if (!own.containsKey(before)) {
        bad(
            place,
            "follows an unknown operation \"" + before + "\"",
            "use an operation of its job");
      }
    }
    needs.alone(o.needs(), place);
  }

  /** Whether an operation can be done on a machine at all. */
  private boolean possible(ShopJob j, Operation o, Machine m, long work) {
    long from = Math.max(shop.start(), j.release());
    try {
      for (Calendar c : times.ways(o, m.id())) {
        if (o.unbroken() || m.oven().isPresent()
            ? c.fit(from, work) < Calendar.FOREVER
            : c.finish(from, work) < Calendar.FOREVER) {
          return true;
        }
      }
      return false;
    } catch (IllegalArgumentException e) {
      String[] said = String.valueOf(e.getMessage()).split("\\nMaybe ", 2);
      bad(
          "job " + j.id() + ", operation " + o.id() + ", machine " + m.id(),
          said[0],
          said.length > 1 ? said[1] : "");
      return true;
    }
  }

  private boolean pinned(ShopJob j, Operation o) {
    return pinned.contains(List.of(j.id(), o.id()));
  }

  private long work(String place, Alternative a, long quantity) {
    if (a.duration() < 0 || a.perPiece() < 0) {
      bad(
          place,
          "takes " + a.duration() + " + " + a.perPiece() + " a piece on " + a.machine(),
          "use durations of at least 0");
      return -1;
    }
    try {
      long work = a.work(Math.max(1, quantity));
      if (work <= LIMIT) {
        return work;
      }
    } catch (ArithmeticException e) {
      // Said below, with the numbers.
    }
    bad(
        place,
        "takes "
            + a.duration()
            + " + "
            + a.perPiece()
            + " a piece on "
            + a.machine()
            + ", times "
            + quantity
            + ": beyond 2^52 ticks",
        "use a coarser tick than " + shop.tick());
    return -1;
  }

  private long longestSetup(Operation o) {
    if (o.family().isEmpty()) {
      return 0;
    }
    long longest = 0;
    for (Alternative a : o.alternatives()) {
      Machine m = machines.get(a.machine());
      if (m != null) {
        for (Setup s : m.setups()) {
          longest = s.to().equals(o.family().get()) ? Math.max(longest, s.duration()) : longest;
        }
      }
    }
    return longest;
  }

  /** Walks along precedence; what is never reached stands on a cycle, or behind one. */
  private void cycle(ShopJob j, Map<String, Operation> own) {
    Map<String, Integer> waiting = new HashMap<>();
    Map<String, List<String>> followers = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    for (Operation o : own.values()) {
      List<String> before = o.after().stream().filter(own::containsKey).distinct().toList();
      waiting.put(o.id(), before.size());
      before.forEach(id -> followers.computeIfAbsent(id, k -> new ArrayList<>()).add(o.id()));
      if (before.isEmpty()) {
        ready.add(o.id());
      }
    }
    while (!ready.isEmpty()) {
      for (String next : followers.getOrDefault(ready.remove(), List.of())) {
        if (waiting.merge(next, -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    String stuck =
        own.keySet().stream()
            .filter(id -> waiting.getOrDefault(id, -1) > 0)
            .collect(Collectors.joining(", "));
    if (!stuck.isEmpty()) {
      bad(
          "job " + j.id(),
          "its precedence has a cycle among the operations " + stuck,
          "remove one of their \"after\" entries");
    }
  }

  private void draft(Schedule plan) {
    Set<List<String>> missing = new LinkedHashSet<>();
    Map<List<String>, Operation> known = new HashMap<>();
    Set<String> drafted =
        plan.assignments().stream().map(Assignment::job).collect(Collectors.toSet());
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        if (drafted.contains(j.id()) || j.rejection().isEmpty()) {
          missing.add(List.of(j.id(), o.id()));
        }
        known.put(List.of(j.id(), o.id()), o);
      }
    }
    for (Assignment a : plan.assignments()) {
      looks.next();
      List<String> key = List.of(a.job(), a.operation());
      String place = "draft, job " + a.job() + ", operation " + a.operation();
      Operation o = known.get(key);
      if (o == null) {
        bad(place, "is not in the shop", "remove it from the draft");
      } else if (!missing.remove(key)) {
        bad(place, "is planned twice", "keep one of the two");
      } else if (o.alternatives().stream().noneMatch(x -> x.machine().equals(a.machine()))) {
        bad(place, "runs on " + a.machine() + ", which cannot do it", "use another machine");
      }
    }
    for (List<String> key : missing) {
      bad(
          "draft, job " + key.get(0) + ", operation " + key.get(1),
          "is not planned",
          "complete the draft, or plan without one");
    }
  }

  /** The way out of an unknown machine. */
  static String oneOf(Set<String> machines) {
    if (machines.isEmpty()) {
      return "add it to the machines, of which there are none";
    }
    return "use one of "
        + machines.stream().limit(8).collect(Collectors.joining(", "))
        + (machines.size() > 8 ? ", ... (" + machines.size() + " in all)" : "");
  }
}
