package io.millwright.supplychain;

import java.util.ArrayList;
import java.util.List;

/**
 * The oracle of small routing problems with two vehicles of a first type and one of a second: every
 * stop into every tour at every place, each tour walked with the clock.
 */
final class EnumeratedRoutes {
  private final RoutingProblem p;
  private double best = Double.POSITIVE_INFINITY;

  private EnumeratedRoutes(RoutingProblem p) {
    this.p = p;
  }

  /** The least cost over all assignments and orders, infinite where no plan keeps every rule. */
  static double leastCost(RoutingProblem p) {
    EnumeratedRoutes all = new EnumeratedRoutes(p);
    all.assign(0, List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()), 0);
    return all.best;
  }

  private void assign(int next, List<List<Stop>> tours, double lost) {
    if (next == p.stops().size()) {
      double sum = lost;
      for (int v = 0; v < 3; v++) {
        sum += cost(p.vehicles().get(v < 2 ? 0 : 1), tours.get(v));
      }
      best = Math.min(best, sum);
      return;
    }
    Stop stop = p.stops().get(next);
    for (List<Stop> tour : tours) {
      for (int k = 0; k <= tour.size(); k++) {
        tour.add(k, stop);
        assign(next + 1, tours, lost);
        tour.remove(k);
      }
    }
    if (stop.prize().isPresent()) {
      assign(next + 1, tours, lost + stop.prize().getAsDouble());
    }
  }

  private double cost(Vehicle v, List<Stop> tour) {
    if (tour.isEmpty()) {
      return 0;
    }
    double way = 0;
    int at = v.start();
    double[] load = new double[2];
    for (Stop s : tour) {
      if (!v.skills().containsAll(s.needs())) {
        return Double.POSITIVE_INFINITY;
      }
      way += p.travel().distance(at, s.location());
      at = s.location();
      for (int d = 0; d < 2; d++) {
        load[d] += s.deliver().isEmpty() ? 0 : s.deliver().get(d);
      }
    }
    way += p.travel().distance(at, v.end());
    if (way > v.longest() || !loads(v, tour, load)) {
      return Double.POSITIVE_INFINITY;
    }
    double lasting = shortest(v, tour);
    return lasting > v.hours() || Double.isInfinite(lasting)
        ? Double.POSITIVE_INFINITY
        : v.fixedCost() + v.costPerDistance() * way + v.costPerTime() * lasting;
  }

  private boolean loads(Vehicle v, List<Stop> tour, double[] load) {
    List<String> order = tour.stream().map(Stop::id).toList();
    for (Shipment s : p.shipments()) {
      int from = order.indexOf(s.from());
      int to = order.indexOf(s.to());
      if ((from < 0) != (to < 0) || from > to) {
        return false;
      }
    }
    for (int d = 0; d < 2; d++) {
      double on = load[d];
      if (on > v.capacity().get(d)) {
        return false;
      }
      for (Stop s : tour) {
        on -= s.deliver().isEmpty() ? 0 : s.deliver().get(d);
        on += s.collect().isEmpty() ? 0 : s.collect().get(d);
        for (Shipment g : p.shipments()) {
          on += g.from().equals(s.id()) ? g.amounts().get(d) : 0;
          on -= g.to().equals(s.id()) ? g.amounts().get(d) : 0;
        }
        if (on > v.capacity().get(d)) {
          return false;
        }
      }
    }
    return true;
  }

  /** All figures are whole numbers, so that the best departure is one too. */
  private double shortest(Vehicle v, List<Stop> tour) {
    double shortest = Double.POSITIVE_INFINITY;
    for (double start = v.earliest(); start <= v.latest(); start++) {
      double clock = start;
      int at = v.start();
      boolean intime = true;
      for (Stop s : tour) {
        clock = Math.max(s.ready(), clock + p.travel().time(at, s.location()));
        intime &= clock <= s.due();
        clock += s.service();
        at = s.location();
      }
      clock += p.travel().time(at, v.end());
      if (intime && clock <= v.latest()) {
        shortest = Math.min(shortest, clock - start);
      }
    }
    return shortest;
  }
}
