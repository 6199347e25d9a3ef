package io.millwright.scheduling;

import static io.millwright.scheduling.SchedulingCodes.BAD_PLAN;

import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The checker's rules of loads, campaigns, mixes and stocks, from the records alone. */
final class ConditionChecker {

  /** An operation with its place in the plan. */
  record Step(ShopJob job, Operation operation, Assignment at) {
    String place() {
      return "job " + job.id() + ", operation " + operation.id();
    }
  }

  private final Shop shop;
  private final WorkTimes times;
  private final Problems problems;

  ConditionChecker(Shop shop, WorkTimes times, Problems problems) {
    this.shop = shop;
    this.times = times;
    this.problems = problems;
  }

  private void bad(String place, String message) {
    problems.add(BAD_PLAN, place, message, "");
  }

  private boolean past(Step s) {
    return s.at().start() < shop.start();
  }

  /** Checks the loads of an oven, and gives one step of each, the one that is set up for. */
  List<Step> loads(Machine m, List<Step> sequence) {
    Oven oven = m.oven().orElseThrow();
    Map<Long, List<Step>> loads = new TreeMap<>();
    sequence.forEach(s -> loads.computeIfAbsent(s.at().start(), k -> new ArrayList<>()).add(s));
    List<Step> first = new ArrayList<>();
    for (List<Step> load : loads.values()) {
      load.sort(Comparator.comparingLong((Step s) -> s.at().setup()).reversed());
      Step one = load.get(0);
      first.add(one);
      long work = load.stream().mapToLong(s -> work(s, m)).max().orElse(0);
      long pieces = load.stream().mapToLong(s -> s.job().quantity()).sum();
      for (Step s : load) {
        if (!s.operation().family().equals(one.operation().family())) {
          bad(
              s.place(),
              "is of family "
                  + s.operation().family().orElse("none")
                  + " in a load with "
                  + one.place()
                  + " of family "
                  + one.operation().family().orElse("none"));
        }
        // A load that ran when its oven failed has paused.
        long end =
            past(s)
                ? times.of(one.operation(), one.at()).finish(s.at().start(), work)
                : s.at().start() + work;
        if (s.at().end() != end) {
          bad(
              s.place(),
              "ends at "
                  + s.at().end()
                  + ", but its load on "
                  + m.id()
                  + " takes from "
                  + s.at().start()
                  + " to "
                  + end);
        }
        // The first has the longest set-up, the others must have none.
        if (load.indexOf(s) > 0 && s.at().setup() != 0) {
          bad(s.place(), "has a set-up of " + s.at().setup() + ", but its load has one already");
        }
        if (!past(s)
            && times.of(s.operation(), s.at()).finish(s.at().start(), work)
                != s.at().start() + work) {
          bad(s.place(), "pauses in a load on " + m.id() + ", which it may not");
        }
      }
      if (!past(one) && (pieces > oven.most() || pieces < oven.least())) {
        bad(
            one.place(),
            "is in a load of "
                + pieces
                + " pieces on "
                + m.id()
                + ", which takes "
                + oven.least()
                + " to "
                + oven.most());
      }
    }
    return first;
  }

  private static long work(Step s, Machine m) {
    return s.operation().alternatives().stream()
        .filter(a -> a.machine().equals(m.id()))
        .mapToLong(a -> a.work(s.job().quantity()))
        .findFirst()
        .orElse(0);
  }

  /** Checks campaigns and mixes of a machine, given its steps in sequence. */
  void sequence(Machine m, List<Step> sequence) {
    if (m.campaign() > 0) {
      campaign(m, sequence);
    }
    for (Mix mix : m.mixes()) {
      int carried = 0;
      for (int i = 0; i < sequence.size(); i++) {
        carried += carries(sequence.get(i), mix);
        carried -= i < mix.of() ? 0 : carries(sequence.get(i - mix.of()), mix);
        if (carried > mix.most() && !past(sequence.get(i))) {
          bad(
              sequence.get(i).place(),
              "is the last of "
                  + mix.of()
                  + " on "
                  + m.id()
                  + " of which "
                  + carried
                  + " carry option "
                  + mix.option()
                  + ", but at most "
                  + mix.most()
                  + " may");
        }
      }
    }
  }

  private static int carries(Step s, Mix mix) {
    return s.operation().options().contains(mix.option()) ? 1 : 0;
  }

  private void campaign(Machine m, List<Step> sequence) {
    Optional<String> family = m.family();
    boolean began = false;
    long pieces = 0;
    for (Step s : sequence) {
      Optional<String> own = s.operation().family();
      if (own.isEmpty()) {
        continue;
      }
      if (!own.equals(family)) {
        if (began && !past(s) && pieces < m.campaign()) {
          bad(
              s.place(),
              "ends a campaign of "
                  + pieces
                  + " pieces of family "
                  + family.orElse("none")
                  + " on "
                  + m.id()
                  + ", which makes at least "
                  + m.campaign());
        }
        began = true;
        family = own;
        pieces = 0;
      }
      pieces += s.job().quantity();
    }
  }

  /** Checks the level of every stock behind each tick at which something flows. */
  void stocks(Iterable<Step> steps) {
    for (Stock stock : shop.stocks()) {
      TreeMap<Long, Long> flows = new TreeMap<>();
      Map<Long, Step> who = new TreeMap<>();
      stock.supplies().forEach(s -> flows.merge(s.at(), s.amount(), Long::sum));
      for (Step s : steps) {
        for (Flow f : s.operation().flows()) {
          if (!f.stock().equals(stock.id())) {
            continue;
          }
          long amount = f.of(s.job().quantity());
          long at = amount < 0 ? s.at().start() : s.at().end();
          // What has flowed before the start of planning is in the level already.
          if (!past(s) || amount > 0 && at > shop.start()) {
            flows.merge(at, amount, Long::sum);
            who.put(at, s);
          }
        }
      }
      long level = stock.level();
      for (Map.Entry<Long, Long> e : flows.entrySet()) {
        level += e.getValue();
        if (level < 0 || level > stock.most()) {
          Step s = who.get(e.getKey());
          bad(
              s == null ? "stock " + stock.id() : s.place(),
              "leaves "
                  + level
                  + " of stock "
                  + stock.id()
                  + " at "
                  + e.getKey()
                  + ", which holds "
                  + (level < 0 ? "at least 0" : "at most " + stock.most()));
        }
      }
    }
  }
}
