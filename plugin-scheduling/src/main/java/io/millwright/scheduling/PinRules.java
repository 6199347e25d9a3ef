package io.millwright.scheduling;

import static io.millwright.scheduling.SchedulingCodes.BAD_SHOP;

import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds pins that name nothing, or that cannot all be kept. */
final class PinRules {

  /** A pinned operation with the span it takes. */
  private record Span(Pin pin, ShopJob job, Operation operation, long start, long end) {
    String place() {
      return PinRules.place(pin);
    }
  }

  private final Shop shop;
  private final Map<String, Machine> machines;
  private final Map<String, ShopJob> jobs;
  private final WorkTimes times;
  private final Problems problems;
  private final Looks looks;

  PinRules(
      Shop shop,
      Map<String, Machine> machines,
      Map<String, ShopJob> jobs,
      WorkTimes times,
      Problems problems,
      Looks looks) {
    this.shop = shop;
    this.times = times;
    this.machines = machines;
    this.jobs = jobs;
    this.problems = problems;
    this.looks = looks;
  }

  private static String place(Pin p) {
    return "pin of job " + p.job() + ", operation " + p.operation();
  }

  private void bad(Pin p, String message, String remedy) {
    problems.add(BAD_SHOP, place(p), message, remedy);
  }

  void check() {
    Map<List<String>, Pin> seen = new HashMap<>();
    List<Span> spans = new ArrayList<>();
    for (Pin p : shop.pins()) {
      looks.next();
      Pin other = seen.putIfAbsent(List.of(p.job(), p.operation()), p);
      if (other != null) {
        bad(p, "is pinned twice: " + other + " and " + p, "keep one of the pins");
        continue;
      }
      one(p).ifPresent(spans::add);
    }
    onMachines(spans);
    alongJobs(spans);
  }

  private Optional<Span> one(Pin p) {
    ShopJob job = jobs.get(p.job());
    Operation operation =
        job == null
            ? null
            : job.operations().stream()
                .filter(o -> o.id().equals(p.operation()))
                .findFirst()
                .orElse(null);
    if (job == null || operation == null) {
      bad(p, "there is no such operation", "remove the pin");
      return Optional.empty();
    }
    Alternative alternative =
        operation.alternatives().stream()
            .filter(a -> a.machine().equals(p.machine()))
            .findFirst()
            .orElse(null);
    Machine machine = machines.get(p.machine());
    if (alternative == null || machine == null) {
      bad(p, "machine \"" + p.machine() + "\" cannot do it", "pin it to one of its alternatives");
      return Optional.empty();
    }
    if (p.start().isEmpty()) {
      return Optional.empty();
    }
    long start = p.start().getAsLong();
    // The past is as it was, whatever is known of its release now.
    if (start >= shop.start() && start < job.release()) {
      bad(p, "starts at " + start + ", before release " + job.release(), "move one of the two");
    }
    List<String> held = pinHeld(p, operation);
    Calendar calendar = times.of(machine.id(), held);
    if (machine.calendar().nextOpen(start) != start) {
      bad(p, "starts at " + start + ", when machine " + machine.id() + " rests", "move the pin");
    } else if (calendar.nextOpen(start) != start) {
      bad(p, "starts at " + start + ", when a resource it needs is away", "move the pin");
    }
    if (operation.unbroken() && pauses(calendar, start, alternative.work(job.quantity()))) {
      bad(p, "starts at " + start + " and pauses, which it may not", "move the pin");
    }
    long end = start;
    try {
      end = calendar.finish(start, Math.max(0, alternative.work(job.quantity())));
    } catch (ArithmeticException e) {
      // The duration is reported at the operation.
    }
    if (end == Calendar.FOREVER) {
      bad(
          p,
          "never ends: the calendars of machine "
              + machine.id()
              + " and its resources leave no time",
          "open one of them");
      return Optional.empty();
    }
    return Optional.of(new Span(p, job, operation, start, end));
  }

  private static boolean pauses(Calendar calendar, long start, long work) {
    return work > 0 && calendar.finish(start, work) != start + work;
  }

  /**
   * What a pinned operation holds: as it says, or what alone meets its needs; of several that
   * could, those that are there at its time.
   */
  private List<String> pinHeld(Pin p, Operation operation) {
    Optional<List<String>> said = times.held(operation, p.machine(), p.held());
    if (said.isEmpty() && !p.held().isEmpty()) {
      bad(p, "holds " + p.held() + ", which does not meet its needs", "leave it open");
    }
    if (said.isPresent()) {
      return said.get();
    }
    long start = p.start().orElse(0);
    List<String> held = new ArrayList<>();
    for (Need need : WorkTimes.needs(operation, p.machine())) {
      times.serving(need.resource()).stream()
          .filter(r -> r.calendar().nextOpen(start) == start)
          .findFirst()
          .ifPresent(r -> held.add(r.id()));
    }
    return held;
  }

  private void onMachines(List<Span> spans) {
    Map<String, List<Span>> byMachine = new HashMap<>();
    for (Span s : spans) {
      byMachine.computeIfAbsent(s.pin().machine(), m -> new ArrayList<>()).add(s);
    }
    for (Machine m : shop.machines()) {
      List<Span> own = byMachine.getOrDefault(m.id(), List.of());
      List<Span> sorted = new ArrayList<>(own);
      sorted.sort(Comparator.comparingLong(Span::start).thenComparingLong(Span::end));
      for (int i = 1; i < sorted.size(); i++) {
        Span a = sorted.get(i - 1);
        Span b = sorted.get(i);
        boolean load = m.oven().isPresent() && a.start() == b.start();
        if (b.start() < a.end() && !load) {
          bad(
              b.pin(),
              "starts at "
                  + b.start()
                  + " on "
                  + m.id()
                  + ", while the "
                  + a.place()
                  + " holds the machine until "
                  + a.end(),
              "unpin one of them");
        }
      }
    }
  }

  private void alongJobs(List<Span> spans) {
    Map<List<String>, Span> byName = new HashMap<>();
    for (Span s : spans) {
      byName.put(List.of(s.job().id(), s.operation().id()), s);
    }
    for (Span s : spans) {
      for (String before : s.operation().after()) {
        Span first = byName.get(List.of(s.job().id(), before));
        if (first != null && first.end() > s.start()) {
          bad(
              s.pin(),
              "starts at "
                  + s.start()
                  + ", before operation "
                  + before
                  + " is done at "
                  + first.end(),
              "unpin one of them");
        } else if (first == null && s.start() < shop.start()) {
          bad(
              s.pin(),
              "starts at "
                  + s.start()
                  + ", before planning begins at "
                  + shop.start()
                  + ", but operation "
                  + before
                  + " before it is not pinned at a time",
              "pin operation " + before + " as well");
        }
      }
    }
  }
}
