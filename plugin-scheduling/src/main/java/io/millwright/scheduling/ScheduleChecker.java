package io.millwright.scheduling;

import static io.millwright.scheduling.SchedulingCodes.BAD_PLAN;

import io.millwright.api.Finding;
import io.millwright.api.spi.Problems;
import io.millwright.scheduling.ConditionChecker.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Checks a plan against its shop, rule by rule and from the records alone: it shares nothing with
 * the search. Not thread-safe; {@link #check} makes its own.
 */
public final class ScheduleChecker {

  /** Above so many at one instant, not all orders are tried. */
  private static final int MANY = 7;

  /** Something that holds some of a resource for a while. */
  private record Use(String place, long start, long end, long amount) {}

  private final Shop shop;
  private final Looks looks;
  private final Problems problems;
  private final Map<List<String>, Step> steps = new LinkedHashMap<>();
  private final Map<List<String>, Pin> pins = new HashMap<>();
  private final Map<String, Machine> machines = new HashMap<>();
  private final WorkTimes times;
  private final ConditionChecker conditions;

  /** What set-ups hold, by resource. */
  private final Map<String, List<Use>> crews = new HashMap<>();

  private final Map<String, List<Use>> uses = new HashMap<>();

  private ScheduleChecker(Shop shop, Looks looks) {
    this.shop = shop;
    this.looks = looks;
    this.times = new WorkTimes(shop);
    this.problems = new Problems("plan for shop \"" + shop.name() + "\"");
    this.conditions = new ConditionChecker(shop, times, problems);
    shop.pins().forEach(p -> pins.put(List.of(p.job(), p.operation()), p));
    shop.machines().forEach(m -> machines.put(m.id(), m));
  }

  /**
   * Checks a plan.
   *
   * @param shop a valid shop
   * @param plan the plan
   * @return every rule that the plan breaks, with job and operation; empty for a good plan
   * @throws io.millwright.api.MillwrightException when the shop is not valid
   */
  public static List<Finding> check(Shop shop, Schedule plan) {
    return check(shop, plan, () -> {});
  }

  /**
   * The same, in which somebody can look up now and then.
   *
   * @param shop a valid shop
   * @param plan the plan
   * @param look runs every few hundred operations, on this thread; what it throws ends the check
   * @return every rule that the plan breaks, with job and operation; empty for a good plan
   * @throws io.millwright.api.MillwrightException when the shop is not valid
   */
  public static List<Finding> check(Shop shop, Schedule plan, Runnable look) {
    ScheduleChecker checker = new ScheduleChecker(shop.checked(look), new Looks(look));
    checker.all(plan);
    return checker.problems.findings();
  }

  private void all(Schedule plan) {
    complete(plan);
    each(this::alone);
    each(this::precedence);
    each(this::lags);
    each(this::deadline);
    Map<String, List<Step>> sequences = new HashMap<>();
    for (Step s : steps.values()) {
      sequences.computeIfAbsent(s.at().machine(), m -> new ArrayList<>()).add(s);
    }
    for (Machine m : shop.machines()) {
      List<Step> sequence = sequences.getOrDefault(m.id(), new ArrayList<>());
      machine(m, m.oven().isPresent() ? conditions.loads(m, sequence) : sequence);
    }
    conditions.stocks(steps.values());
    shop.resources().forEach(this::resource);
    if (shop.permutation()) {
      permutation();
    }
  }

  private void each(Consumer<Step> rule) {
    for (Step s : steps.values()) {
      looks.next();
      rule.accept(s);
    }
  }

  private static String place(String job, String operation) {
    return "job " + job + ", operation " + operation;
  }

  private void bad(String place, String message) {
    problems.add(BAD_PLAN, place, message, "");
  }

  /** Every operation once, but of jobs left out as a whole, and nothing else. */
  private void complete(Schedule plan) {
    Map<List<String>, Assignment> named = new LinkedHashMap<>();
    for (Assignment a : plan.assignments()) {
      looks.next();
      if (named.putIfAbsent(List.of(a.job(), a.operation()), a) != null) {
        bad(place(a.job(), a.operation()), "is planned twice");
      }
    }
    for (ShopJob j : shop.jobs()) {
      boolean begun =
          j.operations().stream().anyMatch(o -> named.containsKey(List.of(j.id(), o.id())));
      if (!begun && j.rejection().isPresent()) {
        // Left out as a whole, at its price.
        continue;
      }
      for (Operation o : j.operations()) {
        looks.next();
        Assignment a = named.remove(List.of(j.id(), o.id()));
        if (a == null) {
          bad(place(j.id(), o.id()), "is not planned");
        } else {
          steps.put(List.of(j.id(), o.id()), new Step(j, o, a));
        }
      }
    }
    named.values().forEach(a -> bad(place(a.job(), a.operation()), "is not in the shop"));
  }

  /** What can be said of one operation by itself. */
  private void alone(Step s) {
    Assignment at = s.at();
    Optional<Alternative> alternative =
        s.operation().alternatives().stream()
            .filter(x -> x.machine().equals(at.machine()))
            .findFirst();
    if (alternative.isEmpty()) {
      bad(s.place(), "runs on machine " + at.machine() + ", which cannot do it");
      return;
    }
    Optional<List<String>> held = times.held(s.operation(), at.machine(), at.held());
    if (held.isEmpty()) {
      bad(
          s.place(),
          "holds "
              + (at.held().isEmpty() ? "nobody it names" : String.join(", ", at.held()))
              + ", but needs "
              + WorkTimes.needs(s.operation(), at.machine()).stream()
                  .map(n -> n.amount() + " " + n.resource())
                  .collect(Collectors.joining(", ")));
    }
    Calendar calendar = times.of(s.operation(), at);
    long work = alternative.get().work(s.job().quantity());
    long end = calendar.finish(at.start(), work);
    // On an oven a load ends together, and is looked at as a whole.
    boolean load = Objects.requireNonNull(machines.get(at.machine())).oven().isPresent();
    if (!load && s.operation().unbroken() && at.end() - at.start() != work) {
      bad(s.place(), "pauses between " + at.start() + " and " + at.end() + ", which it may not");
    }
    if (!load && at.end() != end) {
      bad(
          s.place(),
          "ends at " + at.end() + ", but started at " + at.start() + " it ends at " + end);
    }
    Calendar own = Objects.requireNonNull(machines.get(at.machine())).calendar();
    if (own.nextOpen(at.start()) != at.start()) {
      bad(s.place(), "starts at " + at.start() + ", when machine " + at.machine() + " rests");
    } else if (calendar.nextOpen(at.start()) != at.start()) {
      bad(s.place(), "starts at " + at.start() + ", when a resource it needs is away");
    }
    Pin pin = pins.get(List.of(s.job().id(), s.operation().id()));
    boolean fixed = pin != null && pin.start().isPresent();
    boolean past = fixed && at.start() < shop.start();
    if (!past && at.start() < s.job().release()) {
      bad(s.place(), "starts at " + at.start() + ", before release " + s.job().release());
    }
    if (!fixed && at.start() < shop.start()) {
      bad(s.place(), "starts at " + at.start() + ", before planning begins at " + shop.start());
    }
    if (pin != null && !pin.machine().equals(at.machine())) {
      bad(s.place(), "runs on " + at.machine() + ", but is pinned to " + pin.machine());
    }
    if (fixed && Objects.requireNonNull(pin).start().getAsLong() != at.start()) {
      bad(s.place(), "starts at " + at.start() + ", but is pinned at " + pin.start().getAsLong());
    }
  }

  private void deadline(Step s) {
    if (s.job().deadline().isPresent() && s.at().end() > s.job().deadline().getAsLong()) {
      bad(
          s.place(),
          "ends at " + s.at().end() + ", behind deadline " + s.job().deadline().getAsLong());
    }
  }

  /** Time that passes behind others, and the way from their machines. */
  private void lags(Step s) {
    for (Lag lag : s.operation().lags()) {
      String job = lag.job().isEmpty() ? s.job().id() : lag.job();
      Step other = steps.get(List.of(job, lag.operation()));
      if (other == null) {
        continue;
      }
      boolean end = lag.from() == Lag.From.END;
      long from = end ? other.at().end() : other.at().start();
      long way = end && job.equals(s.job().id()) ? way(other, s) : 0;
      if (s.at().start() < from + lag.least() + way) {
        bad(
            s.place(),
            "starts at "
                + s.at().start()
                + ", but no sooner than "
                + (lag.least() + way)
                + " behind the "
                + (end ? "end" : "start")
                + " of "
                + other.place()
                + " at "
                + from);
      }
      if (lag.most().isPresent() && s.at().start() > from + lag.most().getAsLong()) {
        bad(
            s.place(),
            "starts at "
                + s.at().start()
                + ", later than "
                + lag.most().getAsLong()
                + " behind the "
                + (end ? "end" : "start")
                + " of "
                + other.place()
                + " at "
                + from);
      }
    }
    for (String before : s.operation().after()) {
      Step first = steps.get(List.of(s.job().id(), before));
      long way = first == null ? 0 : way(first, s);
      if (first != null && way > 0 && s.at().start() < first.at().end() + way) {
        bad(
            s.place(),
            "starts at "
                + s.at().start()
                + ", but parts of operation "
                + before
                + " arrive at "
                + (first.at().end() + way));
      }
    }
  }

  private long way(Step from, Step to) {
    return shop.transports().stream()
        .filter(t -> t.from().equals(from.at().machine()) && t.to().equals(to.at().machine()))
        .mapToLong(Transport::duration)
        .findFirst()
        .orElse(0);
  }

  private void precedence(Step s) {
    for (String before : s.operation().after()) {
      Step first = steps.get(List.of(s.job().id(), before));
      if (first != null && first.at().end() > s.at().start()) {
        bad(
            s.place(),
            "starts at "
                + s.at().start()
                + ", before operation "
                + before
                + " ends at "
                + first.at().end());
      }
    }
  }

  /** One operation at a time, with the set-ups between them. */
  private void machine(Machine m, List<Step> sequence) {
    sequence.sort(
        Comparator.comparingLong((Step s) -> s.at().start())
            .thenComparingLong(s -> s.at().end())
            // Of operations without length at one instant, a set-up can stand before the first
            // only.
            .thenComparing(s -> s.at().setup(), Comparator.reverseOrder()));
    Optional<String> family = m.family();
    long free = Math.min(shop.start(), sequence.isEmpty() ? 0 : sequence.get(0).at().start());
    boolean begun = false;
    for (int i = 0; i < sequence.size(); i++) {
      looks.next();
      if (together(sequence, i) && (i == 0 || !together(sequence, i - 1))) {
        arrange(m, family, sequence, i);
      }
      Step s = sequence.get(i);
      Optional<Setup> change = change(m, family, s);
      long setup = change.map(Setup::duration).orElse(0L);
      Pin pin = pins.get(List.of(s.job().id(), s.operation().id()));
      // The past is as it was: a set-up before it is not replayed.
      boolean past = pin != null && pin.start().isPresent() && s.at().start() < shop.start();
      long needed = past ? 0 : setup;
      if (s.at().setup() != needed) {
        bad(s.place(), "has a set-up of " + s.at().setup() + ", but needs " + needed);
      }
      long since = past ? free : setupFrom(m, s, free, begun);
      long ready = m.calendar().finish(since, needed);
      if (needed > 0 && change.map(c -> !c.needs().isEmpty()).orElse(false)) {
        ready = crew(m, change.get(), s, since);
      }
      if (s.at().start() < (past ? free : ready)) {
        bad(
            s.place(),
            "starts at " + s.at().start() + " on " + m.id() + ", which is ready at " + ready);
      }
      free = Math.max(free, s.at().end());
      begun = true;
      family = s.operation().family().isPresent() ? s.operation().family() : family;
    }
    conditions.sequence(m, sequence);
  }

  /**
   * A set-up that needs somebody is made right before its operation; says when it could be done at
   * the earliest.
   */
  private long crew(Machine m, Setup change, Step s, long since) {
    List<String> held = new ArrayList<>();
    for (Need n : change.needs()) {
      held.add(times.serving(n.resource()).get(0).id());
    }
    Calendar calendar = times.of(m.id(), held);
    long begin = SetupSpans.begin(calendar, since, s.at().start(), change.duration());
    for (int k = 0; k < held.size(); k++) {
      crews
          .computeIfAbsent(held.get(k), r -> new ArrayList<>())
          .add(
              new Use(
                  s.place() + ", set-up", begin, s.at().start(), change.needs().get(k).amount()));
    }
    return calendar.finish(since, change.duration());
  }

  /** A set-up begins when the machine is free; if that was in the past, as far as is known. */
  private long setupFrom(Machine m, Step s, long free, boolean begun) {
    if (begun && free >= shop.start()) {
      return free;
    }
    if (m.setting().isPresent()) {
      boolean goesOn = s.operation().family().equals(Optional.of(m.setting().get().to()));
      return goesOn ? m.setting().get().since() : shop.start();
    }
    return begun ? free : shop.start();
  }

  private static boolean together(List<Step> sequence, int i) {
    Assignment a = sequence.get(i).at();
    return i + 1 < sequence.size()
        && sequence.get(i + 1).at().start() == a.start()
        && sequence.get(i + 1).at().end() == a.end();
  }

  /**
   * Operations without length at one instant have no order of their own: puts them into one in
   * which all set-ups fit, that of the operation behind them included, if there is one.
   */
  private static boolean arrange(
      Machine m, Optional<String> family, List<Step> sequence, int from) {
    int last = from;
    while (together(sequence, last)) {
      last++;
    }
    if (last - from > MANY) {
      return false;
    }
    for (int k = from; k <= last; k++) {
      Step s = sequence.get(k);
      if (setup(m, family, s) == s.at().setup()) {
        Collections.swap(sequence, from, k);
        Optional<String> next = s.operation().family().or(() -> family);
        boolean fits =
            from == last
                ? last + 1 == sequence.size()
                    || setup(m, next, sequence.get(last + 1)) == sequence.get(last + 1).at().setup()
                : arrange(m, next, sequence, from + 1);
        if (fits) {
          return true;
        }
        Collections.swap(sequence, from, k);
      }
    }
    return false;
  }

  private static long setup(Machine m, Optional<String> family, Step s) {
    return change(m, family, s).map(Setup::duration).orElse(0L);
  }

  private static Optional<Setup> change(Machine m, Optional<String> family, Step s) {
    String from = family.orElse(null);
    String to = s.operation().family().orElse(null);
    if (from == null || to == null) {
      return Optional.empty();
    }
    for (Setup x : m.setups()) {
      if (x.to().equals(to) && x.from().equals(from)) {
        return Optional.of(x);
      }
    }
    return Optional.empty();
  }

  /** At every start, what is held together must not exceed the capacity. */
  private void resource(Resource r) {
    List<Use> byStart = new ArrayList<>(crews.getOrDefault(r.id(), List.of()));
    byStart.addAll(uses().getOrDefault(r.id(), List.of()));
    byStart.sort(Comparator.comparingLong(Use::start));
    List<Use> byEnd = new ArrayList<>(byStart);
    // What takes no time holds nothing.
    byEnd.removeIf(s -> s.end() <= s.start());
    byEnd.sort(Comparator.comparingLong(Use::end));
    long held = 0;
    int ended = 0;
    for (int i = 0; i < byStart.size(); ) {
      long now = byStart.get(i).start();
      int first = i;
      for (; i < byStart.size() && byStart.get(i).start() == now; i++) {
        held += byStart.get(i).end() > now ? byStart.get(i).amount() : 0;
      }
      for (; ended < byEnd.size() && byEnd.get(ended).end() <= now; ended++) {
        held -= byEnd.get(ended).amount();
      }
      for (int k = first; k < i && now >= shop.start() && held > r.capacity(); k++) {
        bad(
            byStart.get(k).place(),
            "at "
                + now
                + " "
                + held
                + " of resource "
                + r.id()
                + " are held, but there are "
                + r.capacity());
      }
    }
  }

  /** What operations hold, by resource; made once, since a shop can have many. */
  private Map<String, List<Use>> uses() {
    if (uses.isEmpty()) {
      for (Step s : steps.values()) {
        looks.next();
        Map<String, Integer> own = new LinkedHashMap<>();
        times
            .held(s.operation(), s.at().machine(), s.at().held())
            .orElse(List.of())
            .forEach(id -> own.merge(id, 1, Integer::sum));
        own.forEach(
            (id, amount) ->
                uses.computeIfAbsent(id, k -> new ArrayList<>())
                    .add(new Use(s.place(), s.at().start(), s.at().end(), amount)));
      }
    }
    return uses;
  }

  private void permutation() {
    List<String> first = null;
    for (Machine m : shop.machines()) {
      List<String> order =
          steps.values().stream()
              .filter(s -> s.at().machine().equals(m.id()))
              .sorted(
                  Comparator.comparingLong((Step s) -> s.at().start())
                      .thenComparingLong(s -> s.at().end()))
              .map(s -> s.job().id())
              .toList();
      first = first == null ? order : first;
      if (!order.equals(first)) {
        bad("machine " + m.id(), "takes the jobs in another order than the first machine");
      }
    }
  }
}
