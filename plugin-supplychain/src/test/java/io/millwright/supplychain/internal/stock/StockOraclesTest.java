package io.millwright.supplychain.internal.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millwright.api.MillwrightException;
import io.millwright.supplychain.Demand;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockModels;
import io.millwright.supplychain.StockModels.JointItem;
import io.millwright.supplychain.StockModels.Levels;
import io.millwright.supplychain.StockModels.Lot;
import io.millwright.supplychain.StockModels.Lots;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Stock models held without any data folder: by the figures of the examples in Snyder and Shen
 * (Fundamentals of Supply Chain Theory, second edition, 2019; numbers of the examples in the
 * comments) and of Silver (1976), and by enumeration over drawn instances.
 */
class StockOraclesTest {

  private static final double SIX_DIGITS = 1e-4; // percent

  private final StockModels models = Stock.models();

  private static void close(Lot lot, double quantity, double cost) {
    assertThat(lot.quantity()).isCloseTo(quantity, withinPercentage(SIX_DIGITS));
    assertThat(lot.cost()).isCloseTo(cost, withinPercentage(SIX_DIGITS));
  }

  /** The least value on a fine grid, refined once. */
  private static double least(DoubleUnaryOperator f, double low, double high) {
    double at = low;
    for (int round = 0; round < 3; round++) {
      double best = Double.POSITIVE_INFINITY;
      double step = (high - low) / 2000;
      for (double x = low; x <= high; x += step) {
        double y = f.applyAsDouble(x);
        if (y < best) {
          best = y;
          at = x;
        }
      }
      low = Math.max(low, at - step);
      high = at + step;
    }
    return f.applyAsDouble(at);
  }

  @Test
  void economicOrderQuantities() {
    StockCosts costs = new StockCosts(0.225, 5, 8);
    close(models.economicOrder(1300, costs, false), 304.0467800264368, 68.41052550594827); // 3.1
    close(models.economicOrder(1300, costs, true), 310.8125551589646, 66.92136355097325); // 3.8
    close( // 3.5, all units
        models.discounted(1300, 8, 0.3, List.of(0.0, 400.0, 800.0), List.of(0.75, 0.72, 0.68)),
        800,
        978.6);
    Random random = new Random(11);
    for (int i = 0; i < 20; i++) {
      double rate = 10 + 1000 * random.nextDouble();
      StockCosts drawn =
          new StockCosts(
              0.1 + random.nextDouble(), 1 + 5 * random.nextDouble(), 1 + 50 * random.nextDouble());
      double h = drawn.holding();
      double p = drawn.shortage();
      Lot lot = models.economicOrder(rate, drawn, false);
      double most = 4 * lot.quantity();
      assertThat(lot.cost())
          .isCloseTo(
              least(q -> drawn.order() * rate / q + h * q / 2, 1e-3, most), withinPercentage(1e-3));
      // With a share x of each order owed.
      double owed = Double.POSITIVE_INFINITY;
      for (double x = 0; x <= 1; x += 1e-3) {
        double share = h * (1 - x) * (1 - x) / 2 + p * x * x / 2;
        owed = Math.min(owed, 2 * Math.sqrt(drawn.order() * rate * share));
      }
      assertThat(models.economicOrder(rate, drawn, true).cost())
          .isCloseTo(owed, withinPercentage(1e-3));
    }
  }

  @Test
  void discountsOfAllUnitsAreTheLeastOfTheirCosts() {
    Random random = new Random(12);
    for (int i = 0; i < 30; i++) {
      double rate = 100 + 2000 * random.nextDouble();
      double order = 1 + 30 * random.nextDouble();
      double first = 50 + 300 * random.nextDouble();
      List<Double> from = List.of(0.0, first, first + 50 + 500 * random.nextDouble());
      double top = 1 + random.nextDouble();
      List<Double> prices = List.of(top, 0.97 * top, 0.9 * top);
      double best = Double.POSITIVE_INFINITY;
      for (int k = 0; k < 3; k++) {
        double price = prices.get(k);
        double end = k < 2 ? from.get(k + 1) - 1e-9 : 20_000;
        best =
            Math.min(
                best,
                least(
                    q -> price * rate + order * rate / q + 0.25 * price * q / 2,
                    Math.max(1e-3, from.get(k)),
                    end));
      }
      Lot lot = models.discounted(rate, order, 0.25, from, prices);
      assertThat(lot.cost()).isCloseTo(best, withinPercentage(1e-3));
      assertThat(lot.quantity()).isPositive();
    }
    for (List<Double> bad : List.of(List.of(1.0, 2.0), List.of(0.0, 0.0), List.of(0.0))) {
      assertThatThrownBy(() -> models.discounted(10, 1, 0.2, bad, List.of(2.0, 1.0)))
          .isInstanceOf(MillwrightException.class);
    }
  }

  @Test
  void ordersByWagnerAndWhitin() {
    Lots book = models.lots(List.of(90.0, 120.0, 80.0, 70.0), new StockCosts(2, 1, 500)); // 3.9
    assertThat(book.orders()).containsExactly(210.0, 0.0, 150.0, 0.0);
    assertThat(book.cost()).isEqualTo(1380);
    Random random = new Random(13);
    for (int round = 0; round < 200; round++) {
      int n = random.nextInt(9);
      List<Double> demand = new ArrayList<>();
      for (int t = 0; t < n; t++) {
        demand.add(random.nextInt(3) == 0 ? 0.0 : random.nextInt(100));
      }
      StockCosts costs = new StockCosts(0.5 + random.nextInt(4), 1, random.nextInt(200));
      double best = Double.POSITIVE_INFINITY;
      for (int months = 0; months < 1 << n; months++) {
        best = Math.min(best, cost(zeroInventory(demand, months), demand, costs));
      }
      Lots lots = models.lots(demand, costs);
      assertThat(lots.cost()).as("%s %s", demand, costs).isCloseTo(best, within(1e-9));
      assertThat(cost(lots.orders(), demand, costs)).isCloseTo(best, within(1e-9));
    }
    StockCosts costs = new StockCosts(1, 1, 1);
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> models.lots(List.of(3.0, bad), costs))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("period 2");
    }
  }

  /** Orders in the periods of a bit set, each for what is needed until the next. */
  private static List<Double> zeroInventory(List<Double> demand, int periods) {
    List<Double> orders = new ArrayList<>();
    int last = -1;
    for (int t = 0; t < demand.size(); t++) {
      orders.add(0.0);
      last = (periods >> t & 1) == 1 ? t : last;
      if (last >= 0) {
        orders.set(last, orders.get(last) + demand.get(t));
      }
    }
    return orders;
  }

  /** What orders cost; infinite when something is missing. */
  private static double cost(List<Double> orders, List<Double> demand, StockCosts costs) {
    double stock = 0;
    double cost = 0;
    for (int t = 0; t < demand.size(); t++) {
      stock += orders.get(t) - demand.get(t);
      if (stock < -1e-9) {
        return Double.POSITIVE_INFINITY;
      }
      cost += (orders.get(t) > 0 ? costs.order() : 0) + costs.holding() * stock;
    }
    return cost;
  }

  @Test
  void newsvendorsAndBaseStocks() {
    StockCosts costs = new StockCosts(0.18, 0.70, 1);
    Demand normal = new Demand.Normal(50, 8);
    close(models.baseStock(normal, 0, costs), 56.60395592743389, 1.997605193176645); // 4.3
    close(models.baseStock(normal, 4, costs), 264.7668943741548, 4.466781004149578); // 4.4
    StockCosts counted = new StockCosts(1, 4, 5);
    close(models.baseStock(new Demand.Poisson(6), 0, counted), 8, 3.570106945770946); // 4.7
    close( // 9.6
        models.baseStock(new Demand.Uniform(1, 2), 0, new StockCosts(15e6, 75e6, 1)),
        1.8333333333333333,
        6_250_000);
    for (int lead = 0; lead < 4; lead++) {
      double best = Double.POSITIVE_INFINITY;
      for (int y = 0; y < 80; y++) {
        best = Math.min(best, poissonCost(y, 6 * (lead + 1), counted));
      }
      Lot lot = models.baseStock(new Demand.Poisson(6), lead, counted);
      assertThat(lot.cost()).isCloseTo(best, within(1e-9));
      assertThat(poissonCost((int) lot.quantity(), 6 * (lead + 1), counted))
          .isCloseTo(best, within(1e-9));
    }
  }

  private static double poisson(int k, double mean) {
    double p = Math.exp(-mean);
    for (int i = 1; i <= k; i++) {
      p *= mean / i;
    }
    return p;
  }

  private static double poissonCost(int y, double mean, StockCosts costs) {
    double cost = 0;
    double p = Math.exp(-mean);
    for (int d = 0; d < 150; d++, p *= mean / d) {
      cost += p * (y > d ? costs.holding() * (y - d) : costs.shortage() * (d - y));
    }
    return cost;
  }

  @Test
  void minimumAndMaximumLevels() {
    Levels book = models.reorder(new Demand.Poisson(6), new StockCosts(1, 4, 5)); // 4.7
    assertThat(book.low()).isEqualTo(4);
    assertThat(book.high()).isEqualTo(10);
    assertThat(book.cost()).isCloseTo(8.034111561471644, withinPercentage(SIX_DIGITS));
    Levels power = models.reorder(new Demand.Normal(50, 8), new StockCosts(0.18, 0.70, 2.5)); // 4.8
    assertThat(power.low()).isCloseTo(40.194616956474071, withinPercentage(SIX_DIGITS));
    assertThat(power.high()).isCloseTo(74.290170109805786, withinPercentage(SIX_DIGITS));
    Random random = new Random(14);
    for (int round = 0; round < 8; round++) {
      double mean = 0.5 + 4 * random.nextDouble();
      StockCosts costs =
          new StockCosts(1, 2 + 8 * random.nextDouble(), 0.5 + 20 * random.nextDouble());
      double best = Double.POSITIVE_INFINITY;
      for (int low = -3; low < 12; low++) {
        for (int high = low + 1; high < 30; high++) {
          best = Math.min(best, chain(low, high, mean, costs));
        }
      }
      Levels levels = models.reorder(new Demand.Poisson(mean), costs);
      assertThat(levels.cost()).as("%s %s", mean, costs).isCloseTo(best, within(1e-6));
      assertThat(chain((int) levels.low(), (int) levels.high(), mean, costs))
          .isCloseTo(best, within(1e-6));
    }
  }

  /**
   * The mean cost of a period under (s, S), from the stationary chain of positions after orders.
   */
  private static double chain(int low, int high, double mean, StockCosts costs) {
    int n = high - low;
    double[] demand = new double[n];
    for (int d = 0; d < n; d++) {
      demand[d] = poisson(d, mean);
    }
    // Visits to the positions high - j between two orders, from the top down.
    double[] visits = new double[n];
    double periods = 0;
    for (int j = 0; j < n; j++) {
      double come = j == 0 ? 1 : 0;
      for (int from = 0; from < j; from++) {
        come += visits[from] * demand[j - from];
      }
      visits[j] = come / (1 - demand[0]);
      periods += visits[j];
    }
    double cost = costs.order();
    for (int j = 0; j < n; j++) {
      cost += visits[j] * poissonCost(high - j, mean, costs);
    }
    return cost / periods;
  }

  @Test
  void reorderPointsAndQuantities() {
    Levels normal = // 5.1
        models.reorderPoint(new Demand.Normal(1300, 150), 1 / 12.0, new StockCosts(0.225, 7.5, 8));
    assertThat(normal.low()).isCloseTo(126.8670642878315, within(1e-3));
    assertThat(normal.high() - normal.low()).isCloseTo(328.4491413581765, within(1e-3));
    assertThat(normal.cost()).isCloseTo(78.0711, within(5e-5));
    StockCosts parts = new StockCosts(20, 150, 100);
    Levels poisson = models.reorderPoint(new Demand.Poisson(1.5), 2, parts); // 5.8
    assertThat(poisson.low()).isEqualTo(3);
    assertThat(poisson.high()).isEqualTo(8);
    assertThat(poisson.cost()).isCloseTo(107.9235806331498, withinPercentage(SIX_DIGITS));
    Random random = new Random(15);
    for (int round = 0; round < 20; round++) {
      double rate = 0.5 + 5 * random.nextDouble();
      double lead = 0.3 + 2 * random.nextDouble();
      StockCosts costs =
          new StockCosts(1, 1 + 9 * random.nextDouble(), 0.5 + 10 * random.nextDouble());
      double best = Double.POSITIVE_INFINITY;
      double[] g = new double[80];
      for (int y = 0; y < g.length; y++) {
        g[y] = poissonCost(y - 20, rate * lead, costs);
      }
      for (int low = -20; low < 50; low++) {
        double sum = costs.order() * rate;
        for (int top = low + 1; top < 60; top++) {
          sum += g[top + 20];
          best = Math.min(best, sum / (top - low));
        }
      }
      Levels levels = models.reorderPoint(new Demand.Poisson(rate), lead, costs);
      assertThat(levels.cost()).as("%s %s %s", rate, lead, costs).isCloseTo(best, within(1e-8));
    }
  }

  @Test
  void normalReorderPointsAreTheLeastOfTheirCosts() {
    Random random = new Random(16);
    for (int round = 0; round < 5; round++) {
      double mean = 200 + 800 * random.nextDouble();
      double deviation = 30 + 100 * random.nextDouble();
      StockCosts costs =
          new StockCosts(0.5, 2 + 8 * random.nextDouble(), 5 + 20 * random.nextDouble());
      double lead = 0.1;
      Levels levels = models.reorderPoint(new Demand.Normal(mean, deviation), lead, costs);
      double spread = Math.sqrt(lead) * deviation;
      double own = cycle(levels.low(), levels.high(), lead * mean, spread, mean, costs);
      assertThat(levels.cost()).isCloseTo(own, withinPercentage(0.01));
      double quantity = levels.high() - levels.low();
      for (double dr : new double[] {-0.1, 0, 0.1}) {
        for (double dq : new double[] {-0.1, 0, 0.1}) {
          double r = levels.low() + dr * spread;
          assertThat(cycle(r, r + quantity * (1 + dq), lead * mean, spread, mean, costs))
              .isGreaterThanOrEqualTo(own * (1 - 1e-7));
        }
      }
    }
  }

  /** The cost rate of (r, Q) by numerical integration of the newsvendor cost over positions. */
  private static double cycle(
      double low, double high, double mean, double deviation, double rate, StockCosts costs) {
    double sum = 0;
    int n = 200;
    for (int i = 0; i < n; i++) {
      double y = low + (i + 0.5) / n * (high - low);
      int m = 400;
      for (int k = 0; k < m; k++) {
        double z = -8 + (k + 0.5) * 16 / m;
        double p = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * 16 / m;
        double left = y - mean - deviation * z;
        sum += p * (left > 0 ? costs.holding() * left : -costs.shortage() * left) / n;
      }
    }
    return costs.order() * rate / (high - low) + sum;
  }

  @Test
  void disruptionsAndYields() {
    close( // 9.1
        models.disruptedOrder(1300, new StockCosts(0.225, 5, 8), 1.5, 14),
        772.8110631910017,
        173.9500025731971);
    StockCosts costs = new StockCosts(0.25, 3, 1);
    close(models.disruptedBaseStock(2000, costs, 0.04, 0.25), 8000, 2737.068965490435); // 9.3
    StockCosts held = new StockCosts(0.06, 1, 18_500);
    close( // 9.4
        models.yieldAdded(75_000, held, -15_000, 9_000), 230_246.3704688188, 12_914.78222812913);
    close( // 9.5
        models.yieldMultiplied(75_000, held, 0.8333333333333334, 0.14085904245475275),
        254_460.2129999894,
        13_086.52523999946);
    for (double failure : new double[] {0.01, 0.1, 0.5}) {
      for (double recovery : new double[] {0.2, 0.6, 1}) {
        double best = Double.POSITIVE_INFINITY;
        for (int periods = 1; periods < 25; periods++) {
          best = Math.min(best, outage(periods, failure, recovery, costs));
        }
        Lot lot = models.disruptedBaseStock(10, costs, failure, recovery);
        assertThat(lot.cost()).isCloseTo(10 * best, within(1e-6));
        assertThat(10 * outage((int) Math.round(lot.quantity() / 10), failure, recovery, costs))
            .isCloseTo(lot.cost(), within(1e-6));
      }
    }
    for (double[] bad : new double[][] {{0, 0.5}, {1, 0.5}, {0.5, 0}, {0.5, 1.1}}) {
      assertThatThrownBy(() -> models.disruptedBaseStock(10, costs, bad[0], bad[1]))
          .isInstanceOf(MillwrightException.class);
    }
  }

  /** The mean cost of a unit of demand a period, by running the chain of the supplier's states. */
  private static double outage(int periods, double failure, double recovery, StockCosts costs) {
    double[] state = new double[400];
    state[0] = 1;
    for (int step = 0; step < 300; step++) {
      double[] next = new double[state.length];
      for (int n = 0; n < state.length - 1; n++) {
        double stop = n == 0 ? failure : 1 - recovery;
        next[n + 1] += state[n] * stop;
        next[0] += state[n] * (1 - stop);
      }
      state = next;
    }
    double cost = 0;
    for (int n = 0; n < state.length; n++) {
      double left = periods - 1 - n;
      cost += state[n] * (left > 0 ? costs.holding() * left : -costs.shortage() * left);
    }
    return cost;
  }

  @Test
  void jointReplenishment() {
    double[] rates = {1736, 656, 558, 170, 142};
    double[] orders = {1.87, 5.27, 7.94, 8.19, 8.87};
    List<JointItem> items = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      items.add(new JointItem(rates[i], 0.2, orders[i]));
    }
    StockModels.JointLots lots = models.joint(10, items);
    assertThat(lots.cycle()).isCloseTo(0.2813771490671472, withinPercentage(SIX_DIGITS));
    assertThat(lots.cost()).isCloseTo(218.68632025498687, withinPercentage(SIX_DIGITS));
    Random random = new Random(17);
    double beyond = 0;
    for (int round = 0; round < 20; round++) {
      List<JointItem> drawn = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        drawn.add(
            new JointItem(
                100 + 1000 * random.nextDouble(),
                0.1 + random.nextDouble(),
                1 + 9 * random.nextDouble()));
      }
      StockModels.JointLots some = models.joint(20, drawn);
      assertThat(some.cost()).isCloseTo(joint(20, drawn, some.multiples()), within(1e-9));
      double best = Double.POSITIVE_INFINITY;
      for (int code = 0; code < 20_736; code++) {
        List<Integer> multiples =
            List.of(1 + code % 12, 1 + code / 12 % 12, 1 + code / 144 % 12, 1 + code / 1728);
        best = Math.min(best, joint(20, drawn, multiples));
      }
      assertThat(some.cost()).isGreaterThanOrEqualTo(best - 1e-9);
      beyond = Math.max(beyond, some.cost() / best - 1);
    }
    assertThat(beyond).as("the heuristic's distance from the best").isLessThan(0.05);
  }

  private static double joint(double order, List<JointItem> items, List<Integer> multiples) {
    double fixed = order;
    double held = 0;
    for (int i = 0; i < items.size(); i++) {
      fixed += items.get(i).order() / multiples.get(i);
      held += multiples.get(i) * items.get(i).holding() * items.get(i).rate();
    }
    return Math.sqrt(2 * fixed * held);
  }

  @Test
  void whatIsNotPositiveIsRefused() {
    StockCosts costs = new StockCosts(1, 2, 3);
    StockCosts free = new StockCosts(1, 2, 0);
    Demand poisson = new Demand.Poisson(3);
    List<Runnable> calls =
        List.of(
            () -> models.economicOrder(0, costs, false),
            () -> models.economicOrder(Double.NaN, costs, false),
            () -> models.economicOrder(Double.POSITIVE_INFINITY, costs, false),
            () -> models.economicOrder(5, free, false),
            () -> models.discounted(0, 1, 0.2, List.of(0.0), List.of(1.0)),
            () -> models.discounted(5, 0, 0.2, List.of(0.0), List.of(1.0)),
            () -> models.discounted(5, 1, 0, List.of(0.0), List.of(1.0)),
            () -> models.discounted(5, 1, 0.2, List.of(0.0), List.of(0.0)),
            () -> models.discounted(5, 1, 0.2, List.of(), List.of()),
            () -> models.baseStock(poisson, -1, costs),
            () -> models.production(0, 5, costs),
            () -> models.production(5, 5, costs),
            () -> models.disruptedOrder(0, costs, 1, 1),
            () -> models.disruptedOrder(5, free, 1, 1),
            () -> models.disruptedOrder(5, costs, 0, 1),
            () -> models.disruptedOrder(5, costs, 1, 0),
            () -> models.disruptedBaseStock(0, costs, 0.5, 0.5),
            () -> models.yieldAdded(0, costs, 1, 1),
            () -> models.yieldAdded(5, free, 1, 1),
            () -> models.yieldMultiplied(0, costs, 1, 1),
            () -> models.yieldMultiplied(5, free, 1, 1),
            () -> models.yieldMultiplied(5, costs, 0, 1),
            () -> models.joint(0, List.of(new JointItem(1, 1, 1))),
            () -> models.joint(1, List.of()),
            () -> models.joint(1, List.of(new JointItem(0, 1, 1))),
            () -> models.joint(1, List.of(new JointItem(1, 0, 1))),
            () -> models.reorder(poisson, free),
            () -> models.reorder(new Demand.Uniform(1, 2), costs),
            () -> models.reorder(new Demand.Poisson(6000), costs),
            () -> models.reorderPoint(poisson, 0, costs),
            () -> models.reorderPoint(poisson, 1, free),
            () -> models.reorderPoint(new Demand.Uniform(1, 2), 1, costs));
    for (int i = 0; i < calls.size(); i++) {
      assertThatThrownBy(calls.get(i)::run)
          .as("call %s", i)
          .isInstanceOf(MillwrightException.class);
    }
  }
}
