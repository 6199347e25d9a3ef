package io.millwright.supplychain.internal.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.Demand;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockModels;
import io.millwright.supplychain.StockModels.JointItem;
import io.millwright.supplychain.StockNetworks;
import io.millwright.supplychain.StockNetworks.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models held by published figures, by searches over their own costs, and by simulation. */
class StockModelsTest {

  private final StockModels models = Stock.models();
  private final StockNetworks networks = Stock.networks();

  @Test
  void productionIsTheOrderQuantityOfASlowerStock() {
    // Without end, production is an order; costs from K rate / q + h q (1 - rate / made) / 2.
    StockModels.Lot lot = models.production(1300, 5000, new StockCosts(0.225, 1, 8));
    double q = lot.quantity();
    assertThat(lot.cost())
        .isCloseTo(8 * 1300 / q + 0.225 * q * (1 - 1300 / 5000.0) / 2, within(1e-9));
    StockModels.Lot fast = models.production(1300, 1e12, new StockCosts(0.225, 1, 8));
    assertThat(fast.quantity()).isCloseTo(304.0467800264368, withinPercentage(1e-4));
    assertThatThrownBy(() -> models.production(1300, 1200, new StockCosts(1, 1, 8)))
        .isInstanceOf(MillwrightException.class);
  }

  @Test
  void incrementalDiscountsAreTheLeastOfTheirCosts() {
    List<Double> from = List.of(0.0, 400.0, 800.0);
    List<Double> prices = List.of(0.75, 0.72, 0.68);
    StockModels.Lot lot = models.discountedSteps(1300, 8, 0.3, from, prices);
    double least = Double.POSITIVE_INFINITY;
    for (double q = 1; q < 5000; q += 0.5) {
      double goods = 0;
      for (int i = 0; i < 3; i++) {
        double end = i < 2 ? from.get(i + 1) : Double.POSITIVE_INFINITY;
        goods += prices.get(i) * Math.max(0, Math.min(q, end) - from.get(i));
      }
      least = Math.min(least, goods * 1300 / q + 8 * 1300 / q + 0.3 * goods / 2);
    }
    assertThat(lot.cost()).isCloseTo(least, within(1e-3));
  }

  @Test
  void newsvendorsOfAnyDistribution() {
    StockCosts costs = new StockCosts(0.18, 0.70, 0);
    List<Demand> demands =
        List.of(
            new Demand.Uniform(20, 80),
            new Demand.Lognormal(50, 25),
            new Demand.Discrete(List.of(5.0, 6.0, 9.0, 20.0), List.of(0.2, 0.3, 0.4, 0.1)));
    for (Demand demand : demands) {
      StockModels.Lot lot = models.baseStock(demand, 0, costs);
      for (double level : List.of(lot.quantity(), 0.9 * lot.quantity(), 1.1 * lot.quantity())) {
        Random random = new Random(7);
        double cost = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
          double d = draw(demand, random);
          cost += (d < level ? 0.18 * (level - d) : 0.70 * (d - level)) / n;
        }
        if (level == lot.quantity()) {
          assertThat(cost).isCloseTo(lot.cost(), withinPercentage(1));
        } else {
          assertThat(cost).isGreaterThan(0.995 * lot.cost());
        }
      }
      assertThatThrownBy(() -> models.baseStock(demand, 2, costs))
          .isInstanceOfSatisfying(
              MillwrightException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
  }

  private static double draw(Demand demand, Random random) {
    if (demand instanceof Demand.Uniform u) {
      return u.low() + (u.high() - u.low()) * random.nextDouble();
    }
    if (demand instanceof Demand.Lognormal l) {
      double sigma = Math.sqrt(Math.log1p(l.deviation() * l.deviation() / l.mean() / l.mean()));
      return l.mean() * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    }
    Demand.Discrete d = (Demand.Discrete) demand;
    double u = random.nextDouble();
    int at = 0;
    while (u > d.probabilities().get(at) && at < d.values().size() - 1) {
      u -= d.probabilities().get(at++);
    }
    return d.values().get(at);
  }

  @Test
  void disruptionsByTheFiguresOfTheBook() {
    StockModels.Lot order = models.disruptedOrder(1300, new StockCosts(0.225, 5, 8), 1.5, 14);
    assertThat(order.quantity()).isCloseTo(772.8110631910017, withinPercentage(1e-4));
    assertThat(order.cost()).isCloseTo(173.9500025731971, withinPercentage(1e-4));
    StockModels.Lot base = models.disruptedBaseStock(2000, new StockCosts(0.25, 3, 1), 0.04, 0.25);
    assertThat(base.quantity()).isEqualTo(8000);
    assertThat(base.cost()).isCloseTo(2737.068965490435, withinPercentage(1e-4));
  }

  @Test
  void yieldByTheFiguresOfTheBook() {
    StockCosts costs = new StockCosts(0.06, 1, 18500);
    StockModels.Lot added = models.yieldAdded(75000, costs, -15000, 9000);
    assertThat(added.quantity()).isCloseTo(230246.3704688188, withinPercentage(1e-4));
    assertThat(added.cost()).isCloseTo(12914.78222812913, withinPercentage(1e-4));
    StockModels.Lot share =
        models.yieldMultiplied(75000, costs, 0.8333333333333334, 0.14085904245475275);
    assertThat(share.quantity()).isCloseTo(254460.2129999894, withinPercentage(1e-4));
    assertThat(share.cost()).isCloseTo(13086.52523999946, withinPercentage(1e-4));
  }

  @Test
  void jointOrdersByTheFiguresOfSilver() {
    List<JointItem> items = new ArrayList<>();
    double[] rates = {86000, 12500, 1400, 3000};
    for (double rate : rates) {
      items.add(new JointItem(rate, 0.24, 15));
    }
    StockModels.JointLots lots = models.joint(40, items);
    assertThat(lots.cost()).isCloseTo(2067.650840930354, withinPercentage(1e-4));
    assertThat(lots.multiples()).containsExactly(1, 1, 4, 3);
  }

  @Test
  void serialSystemsByPublishedCostsAndOneStageByTheNewsvendor() {
    StockNetworks.Stage quarter = new StockNetworks.Stage(0.25, 0.25);
    StockNetworks.Echelons four =
        networks.serial(List.of(quarter, quarter, quarter, quarter), new Demand.Poisson(16), 9);
    assertThat(four.cost()).isCloseTo(12.688, within(5e-4));
    assertThat(four.levels()).isSorted();
    StockNetworks.Echelons one =
        networks.serial(List.of(new StockNetworks.Stage(0.18, 1)), new Demand.Normal(50, 8), 0.70);
    assertThat(one.cost()).isCloseTo(1.997605193176645, withinPercentage(0.5));
    assertThatThrownBy(() -> networks.serial(List.of(quarter), new Demand.Uniform(1, 2), 9))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("Maybe");
  }

  private static final List<Site> BOOK =
      List.of(
          new Site("1", List.of(), 1, 2, 1, 0, 0, 1),
          new Site("3", List.of("1"), 2, 1, 0, 0, 0, 1),
          new Site("2", List.of("3"), 3, 1, 0, 0, 1, 1),
          new Site("4", List.of("3"), 3, 1, 0, 1, 1, 1));

  @Test
  void guaranteedServiceOnTheTreeOfTheBook() {
    StockNetworks.Guarantees best = networks.guaranteed(BOOK);
    assertThat(best.cost()).isCloseTo(8.277916867529369, within(1e-9));
    assertThat(best.times()).containsExactly(0, 0, 0, 1);
  }

  @Test
  void guaranteedServiceIsTheLeastOfAllTimes() {
    Random random = new Random(3);
    for (int round = 0; round < 20; round++) {
      List<Site> sites = new ArrayList<>();
      // Two parts are put together and shipped to two places.
      for (int i = 0; i < 5; i++) {
        sites.add(
            new Site(
                "s" + i,
                i == 2 ? List.of("s0", "s1") : i > 2 ? List.of("s2") : List.of(),
                1 + random.nextInt(5),
                random.nextInt(4),
                i < 2 ? random.nextInt(3) : 0,
                random.nextInt(2),
                i > 2 ? 1 + random.nextInt(3) : 0,
                1));
      }
      assertThat(networks.guaranteed(sites).cost()).isCloseTo(least(sites), within(1e-9));
    }
  }

  private static double least(List<Site> sites) {
    int most = 12;
    double best = Double.POSITIVE_INFINITY;
    double place = sites.get(3).deviation();
    double other = sites.get(4).deviation();
    double all = Math.hypot(place, other);
    for (int a = 0; a <= most; a++) {
      for (int b = 0; b <= most; b++) {
        for (int c = 0; c <= most; c++) {
          double cost = cost(sites.get(0), 0, a, all) + cost(sites.get(1), 0, b, all);
          cost += cost(sites.get(2), Math.max(a, b), c, all);
          cost +=
              cost(
                  sites.get(3),
                  c,
                  Math.min(sites.get(3).outbound(), c + sites.get(3).processing()),
                  place);
          cost +=
              cost(
                  sites.get(4),
                  c,
                  Math.min(sites.get(4).outbound(), c + sites.get(4).processing()),
                  other);
          best = Math.min(best, cost);
        }
      }
    }
    return best;
  }

  private static double cost(Site site, int inbound, int s, double deviation) {
    int time = Math.max(inbound, site.inbound()) + site.processing() - s;
    return time < 0 ? Double.POSITIVE_INFINITY : site.holding() * deviation * Math.sqrt(time);
  }

  @Test
  void whatWouldBeReadWrongIsRefused() {
    List<Double> from = List.of(0.0, 200.0);
    List<Double> rising = List.of(10.0, 11.0);
    assertThatThrownBy(() -> models.discounted(1500, 40, 0.2, from, rising))
        .hasMessageContaining("rise from 200.0 on");
    assertThatThrownBy(() -> models.discountedSteps(1500, 40, 0.2, from, rising))
        .hasMessageContaining("rise from 200.0 on");
    assertThatThrownBy(() -> models.economicOrder(1e308, new StockCosts(0.5, 2, 1e308), false))
        .hasMessageContaining("too large to compute with");
    assertThatThrownBy(() -> models.joint(50, List.of())).hasMessageContaining("no articles");
    Site a = new Site("a", List.of(), 1, 3, 2, 0, 0, 1.645);
    Site twice = new Site("b", List.of("a", "a"), 3, 2, 0, 0, 10, 1.645);
    assertThatThrownBy(() -> networks.guaranteed(List.of(a, twice)))
        .hasMessageContaining("\"b\" names a supplier twice in [a, a]");
    Site percent = new Site("a", List.of(), 1, 3, 2, 0, 5, 95);
    assertThatThrownBy(() -> networks.guaranteed(List.of(percent)))
        .hasMessageContaining("is 95.0, but is a number of deviations");
  }

  @Test
  void circlesAndUnknownSuppliersAreRefused() {
    Site a = new Site("a", List.of("b"), 1, 1, 0, 0, 1, 1);
    Site b = new Site("b", List.of("a"), 1, 1, 0, 0, 1, 1);
    assertThatThrownBy(() -> networks.guaranteed(List.of(a, b)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("circle")
        .hasMessageContaining("[a, b]");
    Site negative = new Site("c", List.of(), 1, -5, 0, 0, 1, 1);
    assertThatThrownBy(() -> networks.guaranteed(List.of(negative)))
        .hasMessageContaining("the processing time of the site \"c\" is -5");
    assertThatThrownBy(() -> networks.guaranteed(List.of(a))).hasMessageContaining("\"b\"");
  }

  /** One stage is a base stock over its lead time, with the whole cost of holding. */
  @Test
  void aSingleStageIsABaseStock() {
    for (double lead : new double[] {1, 3}) {
      StockModels.Lot lot =
          models.baseStock(new Demand.Poisson(4), (int) lead - 1, new StockCosts(0.5, 6, 1));
      StockNetworks.Echelons one =
          networks.serial(List.of(new StockNetworks.Stage(0.5, lead)), new Demand.Poisson(4), 6);
      assertThat(one.levels().get(0)).isEqualTo(lot.quantity());
      assertThat(one.cost()).isCloseTo(lot.cost(), within(1e-6));
      StockModels.Lot normal =
          models.baseStock(new Demand.Normal(40, 3), (int) lead - 1, new StockCosts(0.5, 6, 1));
      StockNetworks.Echelons alike =
          networks.serial(List.of(new StockNetworks.Stage(0.5, lead)), new Demand.Normal(40, 3), 6);
      assertThat(alike.cost()).isCloseTo(normal.cost(), withinPercentage(0.2));
      assertThat(alike.levels().get(0)).isCloseTo(normal.quantity(), within(0.2));
    }
  }

  @Test
  void badNetworksAreRefused() {
    StockNetworks.Stage stage = new StockNetworks.Stage(1, 1);
    Demand demand = new Demand.Poisson(3);
    Site good = new Site("a", List.of(), 1, 2, 0, 0, 1, 1);
    List<Runnable> calls =
        List.of(
            () -> networks.serial(List.of(), demand, 9),
            () -> networks.serial(List.of(stage), demand, 0),
            () -> networks.serial(List.of(new StockNetworks.Stage(0, 1)), demand, 9),
            () -> networks.serial(List.of(new StockNetworks.Stage(1, -1)), demand, 9),
            () -> networks.serial(List.of(new StockNetworks.Stage(1, 1e9)), demand, 9),
            () -> networks.guaranteed(List.of(good, good)),
            () -> networks.guaranteed(List.of(new Site("a", List.of(), -1, 2, 0, 0, 1, 1))),
            () -> networks.guaranteed(List.of(new Site("a", List.of(), 1, -2, 0, 0, 1, 1))),
            () -> networks.guaranteed(List.of(new Site("a", List.of(), 1, 2, -1, 0, 1, 1))),
            () -> networks.guaranteed(List.of(new Site("a", List.of(), 1, 2, 0, -1, 1, 1))),
            () -> networks.guaranteed(List.of(new Site("a", List.of(), 1, 2, 0, 0, -1, 1))),
            () -> networks.guaranteed(List.of(new Site("a", List.of(), 1, 2, 0, 0, 1, -1))),
            () ->
                networks.guaranteed(
                    List.of(new Site("a", List.of(), Double.POSITIVE_INFINITY, 2, 0, 0, 1, 1))),
            () -> networks.guaranteed(List.of(new Site("a", List.of(), 1, 2_000_000, 0, 0, 1, 1))));
    for (int i = 0; i < calls.size(); i++) {
      assertThatThrownBy(calls.get(i)::run)
          .as("call %s", i)
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("Maybe");
    }
  }

  @Test
  void discountsOfTheUnitsBeyondAStepAreTheLeastOfTheirCosts() {
    Random random = new Random(21);
    for (int draw = 0; draw < 20; draw++) {
      double rate = 100 + 2000 * random.nextDouble();
      double order = 1 + 300 * random.nextDouble();
      double first = 50 + 300 * random.nextDouble();
      double second = first + 50 + 500 * random.nextDouble();
      double top = 1 + random.nextDouble();
      double better = (0.7 + 0.3 * random.nextDouble()) * top;
      double best = (0.7 + 0.3 * random.nextDouble()) * better;
      double least =
          least(
              q -> {
                double paid =
                    top * Math.min(q, first)
                        + better * Math.max(0, Math.min(q, second) - first)
                        + best * Math.max(0, q - second);
                return (order + paid) * rate / q + 0.25 * paid / 2;
              });
      StockModels.Lot lot =
          models.discountedSteps(
              rate, order, 0.25, List.of(0.0, first, second), List.of(top, better, best));
      assertThat(lot.cost()).isCloseTo(least, withinPercentage(1e-3));
    }
  }

  @Test
  void ordersAheadOfDisruptionsAreTheLeastOfTheirCosts() {
    Random random = new Random(22);
    for (int draw = 0; draw < 20; draw++) {
      double rate = 10 + 1000 * random.nextDouble();
      double holding = 0.1 + 3 * random.nextDouble();
      double shortage = holding * (1 + 200 * random.nextDouble());
      double order = 1 + 50 * random.nextDouble();
      double failure = 0.1 + 5 * random.nextDouble();
      double recovery = 0.5 + 20 * random.nextDouble();
      double least =
          least(
              q -> {
                // A cycle of stock, after which the supplier is down with a probability.
                double down =
                    failure
                        / (failure + recovery)
                        * (1 - Math.exp(-(failure + recovery) * q / rate));
                double length = q / rate + down / recovery;
                return (order + holding * q * q / 2 / rate + shortage * rate * down / recovery)
                    / length;
              });
      StockModels.Lot lot =
          models.disruptedOrder(rate, new StockCosts(holding, shortage, order), failure, recovery);
      assertThat(lot.cost()).isCloseTo(least, withinPercentage(1e-3));
    }
  }

  private static double least(DoubleUnaryOperator cost) {
    return IntStream.range(0, 40_000)
        .mapToDouble(k -> cost.applyAsDouble(0.1 * Math.exp(k * Math.log(1e7) / 40_000)))
        .min()
        .orElseThrow();
  }
}
