package io.millwright.scheduling;

import static io.millwright.scheduling.SchedulingCodes.BAD_SHOP;

import io.millwright.api.spi.Problems;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with ovens, campaigns, mixes, stocks, flows and needs of set-ups. */
final class ConditionRules {

  /** Beyond this, sums could overflow or lose digits as doubles. */
  private static final long LIMIT = 1L << 52;

  private final Shop shop;
  private final WorkTimes times;
  private final Problems problems;
  private final Looks looks;
  private final Map<String, Stock> stocks = new LinkedHashMap<>();

  ConditionRules(Shop shop, WorkTimes times, Problems problems, Looks looks) {
    this.shop = shop;
    this.times = times;
    this.problems = problems;
    this.looks = looks;
  }

  private void bad(String place, String message, String remedy) {
    problems.add(BAD_SHOP, place, message, remedy);
  }

  /** Whether a shop has any condition that a permutation flow shop does not know. */
  static boolean any(Shop shop) {
    return shop.machines().stream()
            .anyMatch(m -> m.oven().isPresent() || m.campaign() > 0 || !m.mixes().isEmpty())
        || shop.jobs().stream()
            .flatMap(j -> j.operations().stream())
            .anyMatch(o -> !o.flows().isEmpty());
  }

  void check() {
    shop.stocks().forEach(this::stock);
    Map<String, Machine> ovens = new HashMap<>();
    for (Machine m : shop.machines()) {
      machine(m);
      m.oven().ifPresent(o -> ovens.put(m.id(), m));
    }
    Map<String, Double> balance = new LinkedHashMap<>();
    for (Stock s : stocks.values()) {
      double supplied = s.supplies().stream().mapToDouble(Stock.Supply::amount).sum();
      balance.put(s.id(), s.level() + supplied);
    }
    for (ShopJob j : shop.jobs()) {
      for (Operation o : j.operations()) {
        looks.next();
        String place = "job " + j.id() + ", operation " + o.id();
        for (Flow f : o.flows()) {
          flow(j, place, f, balance);
        }
        if (o.options().stream().anyMatch(String::isBlank)) {
          bad(place, "carries an option without a name", "name it, or leave it out");
        }
        if (!o.alternatives().isEmpty()
            && o.alternatives().stream().allMatch(a -> tooMuch(ovens.get(a.machine()), j))) {
          bad(
              place,
              "has " + j.quantity() + " pieces, more than any of its ovens takes in a load",
              "split the job: Lots.of");
        }
      }
    }
    balance.forEach(
        (id, left) -> {
          if (left < 0) {
            bad(
                "stock " + id,
                "the jobs that must be done take "
                    + Math.round(-left)
                    + " more than there is and is made",
                "supply more, or let some of them be left out at a rejection cost");
          }
        });
  }

  private static boolean tooMuch(@Nullable Machine oven, ShopJob j) {
    return oven != null && oven.oven().map(o -> o.most() < j.quantity()).orElse(false);
  }

  private void stock(Stock s) {
    String place = "stock " + s.id();
    if (s.id().isBlank()) {
      bad(place, "the name is blank", "give every stock a name");
    } else if (stocks.putIfAbsent(s.id(), s) != null) {
      bad(place, "the name \"" + s.id() + "\" stands twice", "rename one of them");
    }
    if (s.level() < 0 || s.level() > Math.min(s.most(), LIMIT)) {
      bad(
          place,
          "holds " + s.level() + " at the start, but must hold between 0 and its limit " + s.most(),
          "count what is really there");
    }
    for (Stock.Supply supply : s.supplies()) {
      if (supply.amount() < 1 || supply.amount() > LIMIT) {
        bad(place, "is supplied with " + supply.amount(), "use between 1 and 2^52");
      }
      if (supply.at() < shop.start() || supply.at() > LIMIT) {
        bad(
            place,
            "is supplied at " + supply.at() + ", outside " + shop.start() + " to 2^52",
            "count what came before the start of planning to its level");
      }
    }
  }

  private void flow(ShopJob j, String place, Flow f, Map<String, Double> balance) {
    if (!stocks.containsKey(f.stock())) {
      bad(place, "names an unknown stock \"" + f.stock() + "\"", "add it to the shop");
      return;
    }
    long amount;
    try {
      amount = f.of(j.quantity());
    } catch (ArithmeticException e) {
      amount = Long.MAX_VALUE;
    }
    if (amount == 0
        || Math.abs((double) amount) > LIMIT
        || Long.signum(f.amount()) * Long.signum(f.perPiece()) < 0) {
      bad(
          place,
          "moves "
              + f.amount()
              + " + "
              + f.perPiece()
              + " a piece of stock "
              + f.stock()
              + ", for "
              + j.quantity()
              + " pieces",
          "use two numbers of one sign that are not 0 together, up to 2^52");
      return;
    }
    if (amount > 0 || j.rejection().isEmpty() && !past(j, place)) {
      balance.merge(f.stock(), (double) amount, Double::sum);
    }
  }

  /** Whether an operation is pinned before the start: what it took is gone already. */
  private boolean past(ShopJob j, String place) {
    return shop.pins().stream()
        .anyMatch(
            p ->
                p.job().equals(j.id())
                    && place.equals("job " + p.job() + ", operation " + p.operation())
                    && p.start().orElse(Long.MAX_VALUE) < shop.start());
  }

  private void machine(Machine m) {
    String place = "machine " + m.id();
    m.oven()
        .ifPresent(
            o -> {
              if (o.most() < 1 || o.most() > LIMIT || o.least() < 0 || o.least() > o.most()) {
                bad(
                    place,
                    "takes loads of " + o.least() + " to " + o.most() + " pieces",
                    "use a least between 0 and the most, and a most of at least 1");
              }
              if (m.campaign() > 0 || !m.mixes().isEmpty()) {
                bad(
                    place,
                    "is an oven with a campaign or a mix, which are of machines that do one"
                        + " operation at a time",
                    "leave one of the two out");
              }
            });
    if (m.campaign() < 0 || m.campaign() > LIMIT) {
      bad(place, "has campaigns of " + m.campaign() + " pieces", "use 0 for any");
    }
    for (Mix mix : m.mixes()) {
      if (mix.option().isBlank() || mix.most() < 0 || mix.of() <= mix.most()) {
        bad(
            place,
            "lets "
                + mix.most()
                + " of any "
                + mix.of()
                + " operations carry option \""
                + mix.option()
                + "\"",
            "name the option, and let fewer carry it than are looked at");
      }
    }
    for (Setup s : m.setups()) {
      for (Need n : s.needs()) {
        need(place + ", set-up from " + s.from() + " to " + s.to(), n);
      }
    }
  }

  private void need(String place, Need n) {
    List<Resource> serving = times.serving(n.resource());
    if (serving.size() != 1) {
      bad(
          place,
          "needs \""
              + n.resource()
              + "\", which "
              + (serving.isEmpty() ? "no resource" : serving.size() + " resources")
              + " can meet",
          "name one resource; several people who can all do it are one with a capacity");
    } else if (n.amount() < 1 || n.amount() > serving.get(0).capacity()) {
      bad(
          place,
          "needs "
              + n.amount()
              + " of resource "
              + n.resource()
              + ", of which there are "
              + serving.get(0).capacity(),
          "need between 1 and the capacity");
    }
  }
}
