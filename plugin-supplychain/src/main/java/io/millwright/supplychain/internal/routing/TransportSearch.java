package io.millwright.supplychain.internal.routing;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.RoutePlan;
import io.millwright.supplychain.RoutingProblem;
import io.millwright.supplychain.Stop;
import io.millwright.supplychain.TransportDraft;
import io.millwright.supplychain.TransportPlan;
import io.millwright.supplychain.TransportProblem;
import io.millwright.supplychain.Vehicle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Plans transport over days: visits begin as late as stocks let them be, and are then moved,
 * dropped and added site by site, where that makes routes and holding together cheaper. What a
 * visit brings lasts until the next one. Used once, by one thread.
 */
final class TransportSearch {

  /** Plans one day in some steps; empty when its fleet is too small. */
  interface DayRoutes {
    Optional<RoutePlan> plan(RoutingProblem problem, long steps);
  }

  private static final RoutePlan NOTHING = new RoutePlan(List.of(), List.of(), 0, 0, 0);
  private static final long QUICK = 150;
  private static final long LAST = 4000;
  private static final double TINY = 1e-9;

  /** A day that its fleet cannot drive costs at least so much, more than all that can be driven. */
  private static final double TOO_MUCH = 1e12;

  private final TransportProblem problem;
  private final DayRoutes routes;
  private final SplittableRandom random;
  private final int n;
  private final int days;
  private final double bound;

  /** So many first days stay as the draft has them. */
  private final int kept;

  TransportSearch(TransportProblem problem, DayRoutes routes, long key) {
    this.problem = problem;
    this.routes = routes;
    this.random = new SplittableRandom(key);
    this.n = problem.sites().size();
    this.days = problem.days();
    this.kept = problem.draft().map(TransportDraft::kept).orElse(0);
    this.bound = new TransportBound(problem).of();
  }

  /** What a site gets on each day; empty when it runs out, or cannot hold it. */
  private Optional<double[]> amounts(TransportProblem.Site site, boolean[] visits) {
    double[] amounts = new double[days];
    double stock = site.stock();
    for (int d = 0; d < days; d++) {
      if (d < kept) {
        amounts[d] = drafted(site, d);
      } else if (visits[d]) {
        double need = 0;
        int next = d;
        do {
          need += site.use().get(next);
          next++;
        } while (next < days && !visits[next]);
        amounts[d] = Math.max(0, need + site.least() - stock);
      }
      stock += amounts[d];
      if (d >= kept && amounts[d] > 0 && stock > site.most() + TINY) {
        return Optional.empty();
      }
      stock -= site.use().get(d);
      if (d >= kept && stock < site.least() - TINY) {
        return Optional.empty();
      }
    }
    return Optional.of(amounts);
  }

  private double drafted(TransportProblem.Site site, int d) {
    return problem.draft().orElseThrow().delivered().get(d).getOrDefault(site.id(), 0.0);
  }

  /** As the draft has it, where stocks let it be so; else as late as they do. */
  private boolean[] first(TransportProblem.Site site) {
    if (problem.draft().isPresent()) {
      boolean[] visits = new boolean[days];
      for (int d = 0; d < days; d++) {
        visits[d] = problem.draft().get().visits(site.id(), d) && (d < kept || isOpen(site, d));
      }
      if (amounts(site, visits).isPresent()) {
        return visits;
      }
    }
    return late(site);
  }

  private boolean isOpen(TransportProblem.Site site, int d) {
    return d >= kept && !site.closed().contains(d);
  }

  /** As late as stocks and closed days let it be. */
  private boolean[] late(TransportProblem.Site site) {
    boolean[] visits = new boolean[days];
    double stock = site.stock();
    int open = -1;
    for (int d = 0; d < days; d++) {
      if (d < kept) {
        visits[d] = drafted(site, d) > 0;
        stock += drafted(site, d);
      }
      open = isOpen(site, d) ? d : open;
      if (d >= kept && stock - site.use().get(d) < site.least() - TINY) {
        double full = site.most();
        for (int t = Math.max(0, open); t <= d; t++) {
          full -= site.use().get(t);
        }
        if (open < 0 || visits[open] || full < site.least() - TINY) {
          throw new MillwrightException(
              ErrorCode.NO_SOLUTION,
              "site "
                  + site.id()
                  + " runs out on day "
                  + (d + 1)
                  + ": from the last day on which it can be visited, it cannot hold enough"
                  + "\nMaybe fewer closed or kept days, or room for more pieces");
        }
        visits[open] = true;
        stock = full + site.use().get(d);
      }
      stock -= site.use().get(d);
    }
    return visits;
  }

  /** Whether a change leaves days alone that stay, and those on which a site is closed. */
  private boolean isAllowed(int i, boolean[] changed) {
    for (int d = 0; d < days; d++) {
      if (changed[d] && d >= kept && !isOpen(problem.sites().get(i), d)) {
        return false;
      }
    }
    return true;
  }

  private double changes(int i, double[] amounts) {
    if (problem.draft().isEmpty()) {
      return 0;
    }
    TransportDraft draft = problem.draft().get();
    int changed = 0;
    for (int d = kept; d < days; d++) {
      changed += draft.visits(problem.sites().get(i).id(), d) == amounts[d] > TINY ? 0 : 1;
    }
    return draft.change() * changed;
  }

  private double holding(TransportProblem.Site site, double[] amounts) {
    double stock = site.stock();
    double cost = 0;
    for (int d = 0; d < days; d++) {
      stock += amounts[d] - site.use().get(d);
      cost += site.holding() * stock;
    }
    return cost;
  }

  private RoutePlan day(double[][] amounts, int d, long steps) {
    RoutingProblem.Builder builder =
        RoutingProblem.builder(problem.name() + ", day " + (d + 1), problem.travel());
    boolean any = false;
    for (Vehicle v : problem.vehicles()) {
      builder.vehicle(v);
    }
    for (int i = 0; i < n; i++) {
      if (amounts[i][d] > TINY) {
        TransportProblem.Site site = problem.sites().get(i);
        double pieces = amounts[i][d];
        builder.stop(
            Stop.builder(site.id(), site.location())
                .deliver(site.load().stream().mapToDouble(l -> l * pieces).toArray())
                .service(site.service())
                .build());
        any = true;
      }
    }
    if (!any) {
      return NOTHING;
    }
    RoutePlan never = new RoutePlan(List.of(), List.of(), tooMuch(amounts, d), 0, 0);
    if (never.cost() > 2 * TOO_MUCH) {
      return never;
    }
    try {
      return routes.plan(builder.build(), steps).orElse(never);
    } catch (MillwrightException e) {
      if (e.code().equals(ErrorCode.JOB_CANCELLED)) {
        throw e;
      }
      // A load above every capacity, or a fleet that is too small.
      return never;
    }
  }

  /**
   * What a day costs that cannot be driven: the less, the less is loaded, so that the search finds
   * its way to days that can be; more than twice the least of it where loads alone forbid it.
   */
  private double tooMuch(double[][] amounts, int d) {
    double over = 0;
    double loaded = 0;
    for (int k = 0; k < problem.vehicles().get(0).capacity().size(); k++) {
      double largest = largest(k);
      double all = 0;
      for (int i = 0; i < n; i++) {
        double load = problem.sites().get(i).load().get(k) * amounts[i][d];
        over += Math.max(0, load - largest * (1 + TINY)) / Math.max(largest, TINY);
        all += load;
      }
      double fleet = fleet(k);
      over += Math.max(0, all - fleet * (1 + TINY)) / Math.max(fleet, TINY);
      loaded += Math.min(1, all / Math.max(fleet, TINY));
    }
    double least = 1 + loaded / problem.vehicles().get(0).capacity().size() / 2;
    return TOO_MUCH * (over > 0 ? least + 1 + 100 * over : least);
  }

  private double fleet(int k) {
    return problem.vehicles().stream().mapToDouble(v -> v.count() * v.capacity().get(k)).sum();
  }

  private double largest(int k) {
    return problem.vehicles().stream()
        .filter(v -> v.count() > 0)
        .mapToDouble(v -> v.capacity().get(k))
        .max()
        .orElse(0);
  }

  private static double cost(RoutePlan[] plans) {
    return Arrays.stream(plans).mapToDouble(RoutePlan::cost).sum();
  }

  /**
   * Searches.
   *
   * @param stopped asked between moves
   * @param best told each plan that is better and can be driven
   */
  TransportPlan run(BooleanSupplier stopped, Consumer<TransportPlan> best) {
    checkLoads();
    boolean[][] visits = new boolean[n][];
    double[][] amounts = new double[n][];
    double holding = 0;
    for (int i = 0; i < n; i++) {
      visits[i] = first(problem.sites().get(i));
      amounts[i] = amounts(problem.sites().get(i), visits[i]).orElseThrow();
      holding += holding(problem.sites().get(i), amounts[i]) + changes(i, amounts[i]);
    }
    RoutePlan[] plans = new RoutePlan[days];
    for (int d = 0; d < days; d++) {
      plans[d] = day(amounts, d, QUICK);
    }
    double driving = cost(plans);
    while (kept < days && !stopped.getAsBoolean()) {
      boolean[][] changed = random.nextInt(5) == 0 ? together(visits) : one(visits);
      double[][] now = amounts.clone();
      double hold = holding;
      boolean possible = true;
      for (int i = 0; i < n && possible; i++) {
        if (changed[i] != visits[i]) {
          TransportProblem.Site site = problem.sites().get(i);
          Optional<double[]> own = amounts(site, changed[i]);
          possible = own.isPresent() && isAllowed(i, changed[i]);
          now[i] = own.orElse(amounts[i]);
          hold += holding(site, now[i]) - holding(site, amounts[i]);
          hold += changes(i, now[i]) - changes(i, amounts[i]);
        }
      }
      if (!possible || Arrays.deepEquals(now, amounts)) {
        continue;
      }
      RoutePlan[] next = plans.clone();
      for (int d = 0; d < days; d++) {
        if (differ(now, amounts, d)) {
          next[d] = day(now, d, QUICK);
        }
      }
      double drive = cost(next);
      if (drive + hold < driving + holding - TINY) {
        plans = next;
        driving = drive;
        holding = hold;
        visits = changed;
        amounts = now;
        if (driving < TOO_MUCH) {
          best.accept(plan(amounts, plans));
        }
      }
    }
    for (int d = 0; d < days; d++) {
      RoutePlan longer = day(amounts, d, LAST);
      plans[d] = longer.cost() < plans[d].cost() ? longer : plans[d];
    }
    for (int d = 0; d < days; d++) {
      if (plans[d].cost() >= TOO_MUCH) {
        throw new MillwrightException(
            ErrorCode.NO_SOLUTION,
            "no plan was found in which the fleet carries all that is needed on day "
                + (d + 1)
                + "\nMaybe search longer, or give more vehicles, larger ones, or larger stocks");
      }
    }
    return plan(amounts, plans);
  }

  /** What no plan can carry: one vehicle brings a site its pieces of a day, a fleet all. */
  private void checkLoads() {
    int dims = problem.vehicles().get(0).capacity().size();
    for (int k = 0; k < dims; k++) {
      double fleet = fleet(k);
      double largest = largest(k);
      double all = 0;
      for (TransportProblem.Site site : problem.sites()) {
        double used = site.use().stream().mapToDouble(Double::doubleValue).sum();
        double load = site.load().get(k) * Math.max(0, used - (site.stock() - site.least()));
        long open = IntStream.range(0, days).filter(d -> !site.closed().contains(d)).count();
        all += load;
        if (load > largest * (kept > 0 ? days : open) * (1 + TINY)) {
          throw tooMuch("site " + site.id(), load, largest, "a vehicle");
        }
      }
      if (all > fleet * days * (1 + TINY)) {
        throw tooMuch("all sites together", all, fleet, "the fleet");
      }
    }
  }

  private MillwrightException tooMuch(String who, double load, double capacity, String carrier) {
    return new MillwrightException(
        ErrorCode.NO_SOLUTION,
        who
            + " must get a load of "
            + load
            + " in "
            + days
            + " days, but "
            + carrier
            + " carries "
            + capacity
            + " a day\nMaybe more or larger vehicles, or fewer days");
  }

  private boolean differ(double[][] one, double[][] other, int d) {
    for (int i = 0; i < n; i++) {
      if (one[i][d] != other[i][d]) {
        return true;
      }
    }
    return false;
  }

  /** One site's visits changed. */
  private boolean[][] one(boolean[][] visits) {
    boolean[][] changed = visits.clone();
    int i = random.nextInt(n);
    changed[i] = changed(visits[i]);
    return changed;
  }

  /** All visits of a day moved to one nearby, where stocks let them. */
  private boolean[][] together(boolean[][] visits) {
    boolean[][] changed = visits.clone();
    int d = random.nextInt(days);
    int to = d + (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(2));
    for (int i = 0; i < n && to >= 0 && to < days; i++) {
      if (visits[i][d]) {
        boolean[] own = visits[i].clone();
        own[d] = false;
        own[to] = true;
        boolean may = amounts(problem.sites().get(i), own).isPresent() && isAllowed(i, own);
        changed[i] = may ? own : visits[i];
      }
    }
    return changed;
  }

  /** A visit moved, dropped, or added. */
  private boolean[] changed(boolean[] visits) {
    boolean[] changed = visits.clone();
    int d = random.nextInt(days);
    int kind = random.nextInt(3);
    if (kind == 0 || !changed[d]) {
      changed[d] = !changed[d];
      if (kind == 2) {
        return changed;
      }
    }
    int other = d + (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(2));
    if (kind > 0 && other >= 0 && other < days) {
      boolean kept = changed[d];
      changed[d] = changed[other];
      changed[other] = kept;
    }
    return changed;
  }

  private TransportPlan plan(double[][] amounts, RoutePlan[] plans) {
    List<TransportPlan.Day> all = new ArrayList<>();
    double[] stock = problem.sites().stream().mapToDouble(TransportProblem.Site::stock).toArray();
    double driving = 0;
    double holding = 0;
    for (int d = 0; d < days; d++) {
      Map<String, Double> delivered = new TreeMap<>();
      Map<String, Double> left = new TreeMap<>();
      for (int i = 0; i < n; i++) {
        TransportProblem.Site site = problem.sites().get(i);
        if (amounts[i][d] > TINY) {
          delivered.put(site.id(), amounts[i][d]);
        }
        stock[i] += amounts[i][d] - site.use().get(d);
        left.put(site.id(), stock[i]);
        holding += site.holding() * stock[i];
      }
      driving += plans[d].cost();
      all.add(new TransportPlan.Day(plans[d], delivered, left));
    }
    return new TransportPlan(all, driving + holding, driving, holding, bound);
  }
}
