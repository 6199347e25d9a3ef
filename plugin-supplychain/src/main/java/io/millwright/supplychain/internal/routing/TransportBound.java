package io.millwright.supplychain.internal.routing;

import io.millwright.supplychain.TransportProblem;
import io.millwright.supplychain.Travel;
import io.millwright.supplychain.Vehicle;
import java.util.ArrayList;
import java.util.List;

/**
 * What no transport plan can cost less than: the holding of the least stocks, and for the best
 * division of the days into spans the sum of what each span's routes cost at least. In a span those
 * sites must be visited that run out even when they were full at its beginning; their routes cost
 * at least the radial bound (Haimovich and Rinnooy Kan 1985) and a shortest tree that connects them
 * with the depot, and the fixed costs of as many vehicles as the goods fill.
 */
final class TransportBound {

  /** Ways in a plane are closed already, but for their rounding. */
  private static final int MOST_CLOSED = 600;

  /** More work than this is not worth a bound of each span of days. */
  private static final double MOST_WORK = 1e9;

  private final TransportProblem problem;

  /** Between the depot, which is first, and the sites. */
  private final double[][] way;

  TransportBound(TransportProblem problem) {
    this.problem = problem;
    this.way = ways(problem);
  }

  double of() {
    int days = problem.days();
    double holding = 0;
    for (TransportProblem.Site site : problem.sites()) {
      double stock = site.stock();
      for (double use : site.use()) {
        stock -= use;
        holding += site.holding() * Math.max(site.least(), stock);
      }
    }
    // Spans of days share no route: the best division into spans counts.
    double[] best = new double[days + 1];
    boolean large =
        (double) days * days * problem.sites().size() * problem.sites().size() > MOST_WORK;
    for (int to = 1; to <= days; to++) {
      best[to] = best[to - 1];
      for (int from = 0; from < to; from++) {
        if (!large || from == 0 && to == days) {
          best[to] = Math.max(best[to], best[from] + span(from, to));
        }
      }
    }
    return holding + best[days];
  }

  /** What routes cost at least from the morning of one day to that of another. */
  private double span(int from, int to) {
    List<Integer> visited = new ArrayList<>();
    List<Double> needs = new ArrayList<>();
    for (int i = 0; i < problem.sites().size(); i++) {
      TransportProblem.Site site = problem.sites().get(i);
      double stock = from == 0 ? site.stock() : site.most() - site.use().get(from - 1);
      for (int d = from; d < to; d++) {
        stock -= site.use().get(d);
      }
      if (stock < site.least() - 1e-9) {
        visited.add(i);
        needs.add(site.least() - stock);
      }
    }
    return routes(visited, needs);
  }

  private double routes(List<Integer> visited, List<Double> needs) {
    if (visited.isEmpty()) {
      return 0;
    }
    double perDistance = Double.POSITIVE_INFINITY;
    double fixed = Double.POSITIVE_INFINITY;
    double[] most = new double[problem.vehicles().get(0).capacity().size()];
    for (Vehicle v : problem.vehicles()) {
      perDistance = Math.min(perDistance, v.costPerDistance());
      fixed = Math.min(fixed, v.fixedCost());
      for (int k = 0; k < most.length; k++) {
        most[k] = Math.max(most[k], v.capacity().get(k));
      }
    }
    double tours = 1;
    double radial = 0;
    for (int k = 0; k < most.length; k++) {
      double filled = 0;
      double out = 0;
      for (int i = 0; i < visited.size(); i++) {
        double share =
            most[k] > 0
                ? problem.sites().get(visited.get(i)).load().get(k) * needs.get(i) / most[k]
                : 0;
        filled += share;
        out += way.length == 0 ? 0 : 2 * way[0][visited.get(i) + 1] * share;
      }
      tours = Math.max(tours, Math.ceil(filled - 1e-9));
      radial = Math.max(radial, out);
    }
    double tree = 0;
    if (way.length > 0) {
      for (int i : visited) {
        radial = Math.max(radial, 2 * way[0][i + 1]);
      }
      tree = tree(visited);
    }
    return tours * fixed + perDistance * Math.max(radial, tree);
  }

  /**
   * Shortest ways between the depot and the sites, over all locations and in the better direction;
   * none where vehicles start and end elsewhere than at one depot.
   */
  private static double[][] ways(TransportProblem problem) {
    int depot = problem.vehicles().get(0).start();
    if (!problem.vehicles().stream().allMatch(v -> v.start() == depot && v.end() == depot)) {
      return new double[0][];
    }
    Travel travel = problem.travel();
    int n = travel.size();
    double[][] all = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        all[i][j] = i == j ? 0 : Math.min(travel.distance(i, j), travel.distance(j, i));
      }
    }
    if (n <= MOST_CLOSED || travel.coordinates(0).length == 0) {
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            all[i][j] = Math.min(all[i][j], all[i][k] + all[k][j]);
          }
        }
      }
    }
    int[] places = new int[problem.sites().size() + 1];
    places[0] = depot;
    for (int i = 1; i < places.length; i++) {
      places[i] = problem.sites().get(i - 1).location();
    }
    double[][] way = new double[places.length][places.length];
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < places.length; j++) {
        way[i][j] = all[places[i]][places[j]];
      }
    }
    return way;
  }

  /** The length of a shortest spanning tree over the depot and some sites (Prim). */
  private double tree(List<Integer> visited) {
    int n = visited.size();
    double[] near = new double[n];
    boolean[] in = new boolean[n];
    for (int i = 0; i < n; i++) {
      near[i] = way[0][visited.get(i) + 1];
    }
    double length = 0;
    for (int step = 0; step < n; step++) {
      int next = -1;
      for (int i = 0; i < n; i++) {
        if (!in[i] && (next < 0 || near[i] < near[next])) {
          next = i;
        }
      }
      in[next] = true;
      length += near[next];
      for (int i = 0; i < n; i++) {
        near[i] = Math.min(near[i], way[visited.get(next) + 1][visited.get(i) + 1]);
      }
    }
    return length;
  }
}
