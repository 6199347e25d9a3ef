package io.millwright.supplychain.internal.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.supplychain.Demand;
import io.millwright.supplychain.StockModels;
import io.millwright.supplychain.StockModels.PeriodCosts;
import io.millwright.supplychain.StockNetworks;
import io.millwright.supplychain.StockNetworks.Component;
import io.millwright.supplychain.StockNetworks.Echelons;
import io.millwright.supplychain.StockNetworks.Guarantees;
import io.millwright.supplychain.StockNetworks.Retailer;
import io.millwright.supplychain.StockNetworks.Shared;
import io.millwright.supplychain.StockNetworks.Site;
import io.millwright.supplychain.StockNetworks.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks and lots beside enumeration and simulation. */
class SupplyNetworksTest {

  private static final StockNetworks NETWORKS = new DefaultStockNetworks();
  private static final StockModels MODELS = new DefaultStockModels();

  private static Site site(
      String name, List<String> suppliers, double holding, int time, double deviation) {
    return new Site(name, suppliers, holding, time, 0, 1, deviation, 1.645);
  }

  /** Sites that need up to all earlier ones; those that nobody needs serve customers. */
  private static List<Site> drawn(Random random, int n, int longest) {
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      List<String> suppliers = new ArrayList<>();
      for (int k = 0; k < i; k++) {
        if (random.nextInt(2) == 0) {
          suppliers.add("s" + k);
        }
      }
      sites.add(
          site(
              "s" + i,
              suppliers,
              1 + random.nextInt(5) + i,
              random.nextInt(longest + 1),
              i >= n - 2 ? 1 + random.nextInt(4) : 0));
    }
    return sites;
  }

  /** The cost of promises, or infinity where they cannot be kept. */
  private static double cost(List<Site> sites, int[] promise) {
    int n = sites.size();
    boolean[] needed = new boolean[n];
    double[][] uses = new double[n][n];
    double cost = 0;
    for (int i = n - 1; i >= 0; i--) {
      uses[i][i] += 1;
      Site own = sites.get(i);
      int in = own.inbound();
      for (String s : own.suppliers()) {
        int k = Integer.parseInt(s.substring(1));
        needed[k] = true;
        in = Math.max(in, promise[k]);
        for (int j = 0; j < n; j++) {
          uses[k][j] += uses[i][j];
        }
      }
      int net = in + own.processing() - promise[i];
      if (net < 0 || (!needed[i] && promise[i] > own.outbound())) {
        return Double.POSITIVE_INFINITY;
      }
      double variance = 0;
      for (int j = 0; j < n; j++) {
        variance += Math.pow(uses[i][j] * sites.get(j).deviation(), 2);
      }
      cost += own.holding() * own.bound() * Math.sqrt(variance * net);
    }
    return cost;
  }

  private static double enumerated(List<Site> sites, int most) {
    int[] promise = new int[sites.size()];
    double best = Double.POSITIVE_INFINITY;
    while (true) {
      best = Math.min(best, cost(sites, promise));
      int k = 0;
      while (k < promise.length && promise[k] == most) {
        promise[k++] = 0;
      }
      if (k == promise.length) {
        return best;
      }
      promise[k]++;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aNetworkOfSeveralWaysCostsWhatTryingAllPromisesCosts(long key) {
    List<Site> sites = drawn(new Random(key), 5, 2);
    Guarantees found = NETWORKS.guaranteed(sites);
    int[] promise = found.times().stream().mapToInt(Integer::intValue).toArray();
    assertThat(found.cost()).isCloseTo(enumerated(sites, 10), within(1e-9));
    assertThat(found.bound()).isEqualTo(found.cost());
    assertThat(cost(sites, promise)).isCloseTo(found.cost(), within(1e-9));
  }

  @Test
  void whereTooManyPromisesWouldHaveToBeTriedTheBoundIsSaid() {
    List<Site> sites = drawn(new Random(3), 11, 9);
    Guarantees found = NETWORKS.guaranteed(sites);
    int[] promise = found.times().stream().mapToInt(Integer::intValue).toArray();
    assertThat(cost(sites, promise)).isCloseTo(found.cost(), within(1e-9));
    assertThat(found.bound()).isPositive().isLessThanOrEqualTo(found.cost());
    assertThat(found.cost()).isLessThanOrEqualTo(cost(sites, new int[11]));
    // No single promise can be changed for the better.
    for (int i = 0; i < 11; i++) {
      for (int value = 0; value < 60; value++) {
        int[] other = promise.clone();
        other[i] = value;
        assertThat(cost(sites, other)).isGreaterThan(found.cost() - 1e-9);
      }
    }
  }

  @Test
  void sitesThatNeedEachOtherAreNamed() {
    assertThatThrownBy(
            () ->
                NETWORKS.guaranteed(
                    List.of(
                        site("mill", List.of("shop"), 1, 1, 0),
                        site("shop", List.of("mill"), 1, 1, 2))))
        .hasMessageContaining("circle")
        .hasMessageContaining("mill");
  }

  @Test
  void aChainIsAnAssemblyOfOnePartEach() {
    Echelons chain =
        NETWORKS.serial(
            List.of(new Stage(2, 1), new Stage(1, 2), new Stage(0.5, 1)),
            new Demand.Poisson(4),
            30);
    Echelons assembly =
        NETWORKS.assembly(
            List.of(
                new Component("ore", "steel", 0.5, 1),
                new Component("pump", "", 2, 1),
                new Component("steel", "pump", 1, 2)),
            new Demand.Poisson(4),
            30);
    assertThat(assembly.cost()).isEqualTo(chain.cost());
    assertThat(assembly.levels())
        .containsExactly(chain.levels().get(2), chain.levels().get(0), chain.levels().get(1));
  }

  @Test
  void anAssemblyCostsWhatItsSimulationCosts() {
    double[] holding = {2, 1, 0.6};
    double shortage = 40;
    double rate = 3;
    Echelons planned =
        NETWORKS.assembly(
            List.of(
                new Component("pump", "", holding[0], 2),
                new Component("seal", "pump", holding[1], 1),
                new Component("casing", "pump", holding[2], 3)),
            new Demand.Poisson(rate),
            shortage);
    int[] level = planned.levels().stream().mapToInt(Double::intValue).toArray();
    int n = 400_000;
    Random random = new Random(5);
    double[] asked = new double[n];
    double now = 0;
    for (int k = 0; k < n; k++) {
      now += -Math.log(1 - random.nextDouble()) / rate;
      asked[k] = now;
    }
    double sum = 0;
    int from = 1000;
    for (int k = from; k < n; k++) {
      // Each unit of stock was ordered when so many demands before had come.
      double casing = at(asked, k - level[2]) + 3;
      double seal = Math.max(at(asked, k - level[1]), casing - 1) + 1;
      double pump = Math.max(at(asked, k - level[0]), Math.max(casing, seal)) + 2;
      double filled = Math.max(asked[k], pump);
      sum +=
          holding[0] * (asked[k] - pump)
              + holding[1] * (asked[k] - seal)
              + holding[2] * (asked[k] - casing)
              + (shortage + holding[0] + holding[1] + holding[2]) * (filled - asked[k]);
    }
    double cost = sum / (asked[n - 1] - asked[from]);
    assertThat(planned.cost()).isCloseTo(cost, within(0.02 * cost));
  }

  private static double at(double[] asked, int k) {
    return k < 0 ? 0 : asked[k];
  }

  @Test
  void aWarehouseAndItsShopsCostWhatTheirSimulationCosts() {
    List<Retailer> shops =
        List.of(new Retailer("a", 2, 1.2, 20, 1), new Retailer("b", 0.5, 1, 15, 2));
    Shared planned = NETWORKS.distribution(0.5, 2, shops);
    double[] known = simulated(shops, planned.central(), planned.levels(), 0.5, 2);
    assertThat(planned.cost()).isCloseTo(known[0], within(0.02 * known[0]));
    assertThat(planned.fills().get(0)).isCloseTo(known[1], within(0.01));
    assertThat(planned.fills().get(1)).isCloseTo(known[2], within(0.01));
    for (int c = -1; c <= 1; c++) {
      for (int a = -1; a <= 1; a++) {
        double other =
            simulated(
                shops,
                planned.central() + c,
                List.of(planned.levels().get(0) + a, planned.levels().get(1)),
                0.5,
                2)[0];
        assertThat(other).isGreaterThan(0.98 * planned.cost());
      }
    }
  }

  /** Cost per unit of time, and the share of each shop's demand that is met at once. */
  private static double[] simulated(
      List<Retailer> shops, double central, List<Double> levels, double holding, double leadTime) {
    Random random = new Random(8);
    int n = 300_000;
    double all = shops.stream().mapToDouble(Retailer::demand).sum();
    double[] asked = new double[n];
    List<List<Double>> arrivals = List.of(new ArrayList<>(), new ArrayList<>());
    List<List<Double>> askedOf = List.of(new ArrayList<>(), new ArrayList<>());
    double now = 0;
    double cost = 0;
    for (int k = 0; k < n; k++) {
      now += -Math.log(1 - random.nextDouble()) / all;
      asked[k] = now;
      // The unit sent now was ordered by the warehouse when the k-th demand before came.
      int before = k - (int) central;
      double there = before < 0 ? 0 : asked[before] + leadTime;
      double sent = Math.max(now, there);
      cost += holding * Math.max(0, now - there);
      int shop = random.nextDouble() < shops.get(0).demand() / all ? 0 : 1;
      askedOf.get(shop).add(now);
      arrivals.get(shop).add(sent + shops.get(shop).leadTime());
    }
    double[] answer = new double[3];
    for (int s = 0; s < 2; s++) {
      int level = levels.get(s).intValue();
      int met = 0;
      int counted = 0;
      for (int k = level; k < askedOf.get(s).size(); k++) {
        // Base stock: the k-th demand takes what the demand so many before had ordered.
        double unit = arrivals.get(s).get(k - level);
        double at = askedOf.get(s).get(k);
        cost +=
            shops.get(s).holding() * Math.max(0, at - unit)
                + shops.get(s).shortage() * Math.max(0, unit - at);
        met += unit <= at && level > 0 ? 1 : 0;
        counted++;
      }
      answer[1 + s] = (double) met / counted;
    }
    answer[0] = cost / now;
    return answer;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void lotsOfVaryingCostsAreThoseOfEnumeration(long key) {
    Random random = new Random(key);
    int n = 8;
    List<Double> demand = new ArrayList<>();
    List<PeriodCosts> costs = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      demand.add((double) random.nextInt(4) * random.nextInt(30));
      costs.add(
          new PeriodCosts(random.nextDouble(), 20 + random.nextInt(60), 2 * random.nextDouble()));
    }
    double best = Double.POSITIVE_INFINITY;
    for (int set = 0; set < 1 << n; set++) {
      double cost = 0;
      int open = -1;
      double unit = 0;
      for (int t = 0; t < n && cost < best; t++) {
        if ((set >> t & 1) == 1) {
          open = t;
          cost += costs.get(t).order();
          unit = costs.get(t).price();
        }
        cost += demand.get(t) == 0 ? 0 : open < 0 ? Double.POSITIVE_INFINITY : unit * demand.get(t);
        unit += costs.get(t).holding();
      }
      best = Math.min(best, cost);
    }
    StockModels.Lots lots = MODELS.varyingLots(demand, costs);
    assertThat(lots.cost()).isCloseTo(best, within(1e-9));
    assertThat(lots.orders().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(demand.stream().mapToDouble(Double::doubleValue).sum(), within(1e-9));
    assertThatThrownBy(() -> MODELS.varyingLots(demand, costs.subList(0, 3)))
        .hasMessageContaining("8 periods");
    assertThatThrownBy(() -> new PeriodCosts(-1, 0, 0)).hasMessageContaining("-1.0");
  }

  @Test
  void whatIsNoAssemblyAndNoDistributionIsNamed() {
    assertThatThrownBy(
            () ->
                NETWORKS.assembly(
                    List.of(new Component("a", "b", 1, 1), new Component("b", "a", 1, 1)),
                    new Demand.Poisson(1),
                    9))
        .hasMessageContaining("the product alone must");
    assertThatThrownBy(
            () ->
                NETWORKS.assembly(
                    List.of(
                        new Component("p", "", 1, 1),
                        new Component("a", "b", 1, 1),
                        new Component("b", "a", 1, 1)),
                    new Demand.Poisson(1),
                    9))
        .hasMessageContaining("circle");
    assertThatThrownBy(
            () ->
                NETWORKS.assembly(
                    List.of(new Component("p", "", 1, 1), new Component("a", "x", 1, 1)),
                    new Demand.Poisson(1),
                    9))
        .hasMessageContaining("\"x\"");
    assertThatThrownBy(() -> NETWORKS.distribution(1, 1, List.of(new Retailer("far", -2, 1, 9, 1))))
        .hasMessageContaining("far")
        .hasMessageContaining("-2.0");
  }

  @Test
  void whatRoundingLeavesIsNeitherStockNorAShortage() {
    Served served = new Served(1);
    served.add(5.3, 1e-15, 1e-15, 0);
    served.add(5.3, 0, 2, 0);
    assertThat(served.cycle()).isEqualTo(1);
    assertThat(served.ready()).isEqualTo(0.5);
  }
}
