package io.millwright.supplychain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Transport over days beside all plans of whole pieces, on cases that are small enough. */
class EnumeratedTransportTest {

  private static final int DAYS = 3;
  private static final int CASES = 20;

  @Test
  void plansLieNearTheBestOfAllAndAboveTheirBound() throws InterruptedException {
    Random random = new Random(11);
    double sum = 0;
    double worst = 0;
    double bounds = 0;
    try (Millwright millwright = Millwright.create()) {
      RouteOptimizer routing = millwright.plugin(SupplyChain.class).routing();
      for (int c = 0; c < CASES; c++) {
        TransportProblem problem = drawn(random, 2 + c % 2);
        double best = best(problem);
        TransportPlan plan = routing.transport(problem, Budget.iterations(300)).await();
        double gap = plan.cost() / best - 1;
        assertThat(gap).isGreaterThan(-1e-9);
        assertThat(plan.bound()).isLessThanOrEqualTo(best + 1e-9);
        sum += gap;
        worst = Math.max(worst, gap);
        bounds += plan.bound() / best;
      }
    }
    assertThat(sum / CASES).as("mean gap").isLessThan(0.005);
    assertThat(worst).as("worst gap").isLessThan(0.05);
    assertThat(bounds / CASES).as("mean bound over the optimum").isGreaterThan(0.75);
  }

  private static TransportProblem drawn(Random random, int n) {
    double[] x = new double[n + 1];
    double[] y = new double[n + 1];
    List<TransportProblem.Site> sites = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      x[i] = random.nextInt(41) - 20;
      y[i] = random.nextInt(41) - 20;
      double most = n == 2 ? 6 : 4;
      List<Double> use = new ArrayList<>();
      for (int d = 0; d < DAYS; d++) {
        use.add((double) random.nextInt(4));
      }
      sites.add(
          new TransportProblem.Site(
              "s" + i,
              i,
              random.nextInt(4),
              0,
              most,
              use,
              0,
              List.of(1.0),
              0.5 * random.nextInt(6)));
    }
    return new TransportProblem(
        "drawn",
        Travel.plane(x, y, Travel.Rounding.NONE),
        List.of(Vehicle.builder("van").capacity(n == 2 ? 8 : 9).costs(5, 1, 0).build()),
        sites,
        DAYS);
  }

  /** The least cost of all deliveries of whole pieces, with one vehicle a day. */
  private static double best(TransportProblem problem) {
    int n = problem.sites().size();
    List<List<double[]>> ways = new ArrayList<>();
    for (TransportProblem.Site site : problem.sites()) {
      ways.add(possible(site));
    }
    double[] tours = new double[1 << n];
    for (int set = 1; set < tours.length; set++) {
      tours[set] = 5 + tour(problem.travel(), set, 0, n);
    }
    return best(problem, ways, tours, 0, new double[DAYS], new int[DAYS], 0);
  }

  private static double best(
      TransportProblem problem,
      List<List<double[]>> ways,
      double[] tours,
      int site,
      double[] loads,
      int[] sets,
      double holding) {
    double capacity = problem.vehicles().get(0).capacity().get(0);
    for (double load : loads) {
      if (load > capacity) {
        return Double.POSITIVE_INFINITY;
      }
    }
    if (site == ways.size()) {
      double cost = holding;
      for (int set : sets) {
        cost += tours[set];
      }
      return cost;
    }
    double best = Double.POSITIVE_INFINITY;
    for (double[] way : ways.get(site)) {
      double[] more = loads.clone();
      int[] with = sets.clone();
      double stock = problem.sites().get(site).stock();
      double held = holding;
      for (int d = 0; d < DAYS; d++) {
        more[d] += way[d];
        with[d] |= way[d] > 0 ? 1 << site : 0;
        stock += way[d] - problem.sites().get(site).use().get(d);
        held += problem.sites().get(site).holding() * stock;
      }
      best = Math.min(best, best(problem, ways, tours, site + 1, more, with, held));
    }
    return best;
  }

  /** All deliveries of whole pieces with which a site neither runs out nor flows over. */
  private static List<double[]> possible(TransportProblem.Site site) {
    List<double[]> all = new ArrayList<>();
    int most = (int) site.most() + 1;
    for (int code = 0; code < most * most * most; code++) {
      int last = code / (most * most);
      double[] way = {code % most, code / most % most, last};
      double stock = site.stock();
      boolean sound = true;
      for (int d = 0; d < DAYS; d++) {
        sound &= stock + way[d] <= site.most();
        stock += way[d] - site.use().get(d);
        sound &= stock >= site.least();
      }
      if (sound) {
        all.add(way);
      }
    }
    return all;
  }

  private static double tour(Travel travel, int set, int at, int n) {
    if (set == 0) {
      return travel.distance(at, 0);
    }
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if ((set >> i & 1) == 1) {
        best = Math.min(best, travel.distance(at, i + 1) + tour(travel, set & ~(1 << i), i + 1, n));
      }
    }
    return best;
  }
}
