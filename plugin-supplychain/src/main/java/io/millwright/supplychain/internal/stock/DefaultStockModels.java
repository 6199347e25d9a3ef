package io.millwright.supplychain.internal.stock;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.Demand;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockModels;
import io.millwright.supplychain.internal.classic.Normal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** The models, each from its equations. */
final class DefaultStockModels implements StockModels {

  private static final int MOST = 1 << 16;

  private static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          name
              + " is "
              + value
              + ", but must be positive and finite\nMaybe it is in another unit, or a sign was"
              + " lost");
    }
  }

  private static Lot finite(Lot lot) {
    if (!Double.isFinite(lot.quantity()) || !Double.isFinite(lot.cost())) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the demand's rate or a cost is too large to compute with: "
              + lot
              + "\nMaybe it is in another unit");
    }
    return lot;
  }

  @Override
  public Lot economicOrder(double rate, StockCosts costs, boolean owed) {
    positive("the demand's rate", rate);
    positive("the cost of an order", costs.order());
    double h = costs.holding();
    double p = costs.shortage();
    double share = owed ? p / (h + p) : 1;
    double quantity = Math.sqrt(2 * costs.order() * rate / (h * share));
    return finite(new Lot(quantity, Math.sqrt(2 * costs.order() * rate * h * share)));
  }

  @Override
  public Lot discounted(
      double rate, double order, double holdingRate, List<Double> from, List<Double> prices) {
    positive("the demand's rate", rate);
    positive("the cost of an order", order);
    positive("the rate of holding", holdingRate);
    if (from.isEmpty() || from.size() != prices.size() || from.get(0) != 0) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the prices "
              + prices
              + " hold from "
              + from
              + "\nMaybe give one quantity for each price, the first 0");
    }
    double best = Double.POSITIVE_INFINITY;
    double quantity = 0;
    for (int i = 0; i < prices.size(); i++) {
      double price = prices.get(i);
      positive("price " + (i + 1), price);
      if (i > 0 && price > prices.get(i - 1)) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "the prices "
                + prices
                + " rise from "
                + from.get(i)
                + " on, which is no discount\nMaybe two of them changed places");
      }
      double ideal = Math.sqrt(2 * order * rate / (holdingRate * price));
      double end = i + 1 < from.size() ? from.get(i + 1) : Double.POSITIVE_INFINITY;
      if (!(end > from.get(i))) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION, "the quantities " + from + " of the prices do not rise");
      }
      if (ideal >= end) {
        continue;
      }
      double q = Math.max(ideal, from.get(i));
      double cost = price * rate + order * rate / q + holdingRate * price * q / 2;
      if (cost < best) {
        best = cost;
        quantity = q;
      }
    }
    return new Lot(quantity, best);
  }

  @Override
  public Lots lots(List<Double> demand, StockCosts costs) {
    return LotSizing.of(
        demand,
        Collections.nCopies(demand.size(), new PeriodCosts(costs.holding(), costs.order(), 0)));
  }

  @Override
  public Lots varyingLots(List<Double> demand, List<PeriodCosts> costs) {
    return LotSizing.of(demand, costs);
  }

  @Override
  public Lot baseStock(Demand demand, int leadTime, StockCosts costs) {
    if (leadTime < 0) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "the lead time is " + leadTime + ", but must be 0 or more");
    }
    double h = costs.holding();
    double p = costs.shortage();
    double periods = leadTime + 1.0;
    if (demand instanceof Demand.Normal normal) {
      double mean = periods * normal.mean();
      double deviation = Math.sqrt(periods) * normal.deviation();
      double z = Normal.quantile(costs.criticalRatio());
      return new Lot(mean + z * deviation, (h + p) * Normal.density(z) * deviation);
    }
    if (demand instanceof Demand.Poisson) {
      Counts counts = Counts.poisson(periods * demand.mean());
      int level = counts.quantile(costs.criticalRatio());
      return new Lot(level, counts.cost(level, costs));
    }
    if (leadTime > 0) {
      throw unsupported("a lead time of " + leadTime, demand);
    }
    return Newsvendor.of(demand, costs);
  }

  static MillwrightException unsupported(String what, Demand demand) {
    return new MillwrightException(
        ErrorCode.UNSUPPORTED,
        what
            + " takes normal or Poisson demand, not "
            + demand
            + "\nMaybe use Demand.Normal with its mean and deviation");
  }

  @Override
  public Lot production(double rate, double production, StockCosts costs) {
    positive("the demand's rate", rate);
    positive("the production's rate above the demand's", production - rate);
    StockCosts slower =
        new StockCosts(costs.holding() * (1 - rate / production), costs.shortage(), costs.order());
    return economicOrder(rate, slower, false);
  }

  @Override
  public Lot discountedSteps(
      double rate, double order, double holdingRate, List<Double> from, List<Double> prices) {
    discounted(rate, order, holdingRate, from, prices);
    Lot best = new Lot(0, Double.POSITIVE_INFINITY);
    double fixed = 0;
    for (int i = 0; i < prices.size(); i++) {
      double price = prices.get(i);
      fixed += i == 0 ? 0 : from.get(i) * (prices.get(i - 1) - price);
      double end = i + 1 < from.size() ? from.get(i + 1) : Double.POSITIVE_INFINITY;
      double q = Math.sqrt(2 * (order + fixed) * rate / (holdingRate * price));
      double at = Math.max(from.get(i), Math.min(q, end));
      double cost =
          price * rate
              + holdingRate * fixed / 2
              + (order + fixed) * rate / at
              + holdingRate * price * at / 2;
      best = at > 0 && cost < best.cost() ? new Lot(at, cost) : best;
    }
    return best;
  }

  @Override
  public Lot disruptedOrder(double rate, StockCosts costs, double failure, double recovery) {
    positive("the demand's rate", rate);
    positive("the cost of an order", costs.order());
    positive("the rate of failures", failure);
    positive("the rate of recoveries", recovery);
    double low = Math.log(economicOrder(rate, costs, false).quantity()) - 3;
    double high = low + 3 + Math.log1p(10 * costs.shortage() / costs.holding());
    double golden = (Math.sqrt(5) - 1) / 2;
    for (int i = 0; i < 200; i++) {
      double c = high - golden * (high - low);
      double d = low + golden * (high - low);
      if (disrupted(Math.exp(c), rate, costs, failure, recovery)
          < disrupted(Math.exp(d), rate, costs, failure, recovery)) {
        high = d;
      } else {
        low = c;
      }
    }
    double q = Math.exp((low + high) / 2);
    return new Lot(q, disrupted(q, rate, costs, failure, recovery));
  }

  private static double disrupted(
      double q, double rate, StockCosts costs, double failure, double recovery) {
    double both = failure + recovery;
    double down = failure / both * -Math.expm1(-both * q / rate);
    double cycle = costs.order() + costs.holding() * q * q / (2 * rate);
    return (cycle + costs.shortage() * rate * down / recovery) / (q / rate + down / recovery);
  }

  @Override
  public Lot disruptedBaseStock(double demand, StockCosts costs, double failure, double recovery) {
    positive("the demand", demand);
    if (!(failure > 0 && failure < 1 && recovery > 0 && recovery <= 1)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the probabilities of failure and recovery are "
              + failure
              + " and "
              + recovery
              + ", but must lie between 0 and 1");
    }
    double down = failure / (failure + recovery);
    double beyond = down;
    int periods = 0;
    while (1 - beyond < costs.criticalRatio() && periods < MOST) {
      periods++;
      beyond = down * Math.pow(1 - recovery, periods);
    }
    double cost = 0;
    for (int n = 0; n < MOST; n++) {
      double p = n == 0 ? 1 - down : down * recovery * Math.pow(1 - recovery, n - 1.0);
      double left = (periods - n) * demand;
      cost += p * (left > 0 ? costs.holding() * left : -costs.shortage() * left);
      if (n > periods && p * (n + 1) < 1e-16) {
        break;
      }
    }
    return new Lot((periods + 1) * demand, cost);
  }

  @Override
  public Lot yieldAdded(double rate, StockCosts costs, double mean, double deviation) {
    positive("the demand's rate", rate);
    positive("the cost of an order", costs.order());
    double arrives = Math.sqrt(2 * costs.order() * rate / costs.holding() + deviation * deviation);
    return new Lot(arrives - mean, costs.holding() * arrives);
  }

  @Override
  public Lot yieldMultiplied(double rate, StockCosts costs, double mean, double deviation) {
    positive("the demand's rate", rate);
    positive("the cost of an order", costs.order());
    positive("the mean share that arrives", mean);
    double second = mean * mean + deviation * deviation;
    return new Lot(
        Math.sqrt(2 * costs.order() * rate / (costs.holding() * second)),
        Math.sqrt(2 * costs.order() * rate * costs.holding() * second) / mean);
  }

  @Override
  public JointLots joint(double order, List<JointItem> items) {
    positive("the shared cost of an order", order);
    if (items.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION, "there are no articles to order together\nMaybe give at least one");
    }
    double[] ratios = new double[items.size()];
    int often = 0;
    for (int i = 0; i < ratios.length; i++) {
      JointItem item = items.get(i);
      positive("a demand's rate", item.rate());
      positive("a cost of holding", item.holding());
      ratios[i] = item.order() / (item.holding() * item.rate());
      often = ratios[i] < ratios[often] ? i : often;
    }
    JointItem first = items.get(often);
    double shared = (order + first.order()) / (first.holding() * first.rate());
    List<Integer> multiples = new ArrayList<>();
    double fixed = order;
    double held = 0;
    for (int i = 0; i < ratios.length; i++) {
      int m = i == often ? 1 : (int) Math.max(1, Math.rint(Math.sqrt(ratios[i] / shared)));
      multiples.add(m);
      fixed += items.get(i).order() / m;
      held += m * items.get(i).holding() * items.get(i).rate();
    }
    return new JointLots(Math.sqrt(2 * fixed / held), multiples, Math.sqrt(2 * fixed * held));
  }

  @Override
  public Levels reorder(Demand demand, StockCosts costs) {
    positive("the cost of an order", costs.order());
    if (demand instanceof Demand.Normal normal) {
      return power(normal, costs);
    }
    if (!(demand instanceof Demand.Poisson)) {
      throw unsupported("the (s, S) policy", demand);
    }
    Counts counts = Counts.poisson(demand.mean());
    TwoLevels.Answer best =
        TwoLevels.of(
            counts.probabilities,
            y -> counts.cost(y, costs),
            costs.order(),
            counts.quantile(costs.criticalRatio()),
            MOST);
    return new Levels(best.low(), best.high(), best.cost());
  }

  private static Levels power(Demand.Normal demand, StockCosts costs) {
    double mean = demand.mean();
    double deviation = demand.deviation();
    double quantity =
        1.30
            * Math.pow(mean, 0.494)
            * Math.pow(costs.order() / costs.holding(), 0.506)
            * Math.pow(1 + deviation * deviation / (mean * mean), 0.116);
    double z = Math.sqrt(quantity * costs.holding() / (deviation * costs.shortage()));
    double low = 0.973 * mean + deviation * (0.183 / z + 1.063 - 2.192 * z);
    return new Levels(low, low + quantity, Double.NaN);
  }

  @Override
  public Levels reorderPoint(Demand demand, double leadTime, StockCosts costs) {
    positive("the lead time", leadTime);
    positive("the cost of an order", costs.order());
    double mean = leadTime * demand.mean();
    double fixed = costs.order() * demand.mean();
    if (demand instanceof Demand.Normal normal) {
      return continuous(mean, Math.sqrt(leadTime) * normal.deviation(), fixed, costs);
    }
    if (!(demand instanceof Demand.Poisson)) {
      throw unsupported("the (r, Q) policy", demand);
    }
    Counts counts = Counts.poisson(mean);
    IntToDoubleFunction g = y -> counts.cost(y, costs);
    int top = counts.quantile(costs.criticalRatio());
    int low = top - 1;
    double sum = fixed + g.applyAsDouble(top);
    double best = sum;
    // Takes in the cheaper neighbour as long as it is cheaper than the mean so far.
    while (true) {
      double below = g.applyAsDouble(low);
      double above = g.applyAsDouble(top + 1);
      double next = Math.min(below, above);
      if (next >= best) {
        return new Levels(low, top, best);
      }
      if (below <= above) {
        low--;
      } else {
        top++;
      }
      sum += next;
      best = sum / (top - low);
    }
  }

  /** Both ends of the range of positions cost the same, and as much as the mean over it. */
  private static Levels continuous(double mean, double deviation, double fixed, StockCosts costs) {
    double least = mean + deviation * Normal.quantile(costs.criticalRatio());
    double narrow = 0;
    double wide = deviation;
    while (excess(least - wide, mean, deviation, fixed, costs, least) < 0) {
      wide *= 2;
    }
    for (int i = 0; i < 200; i++) {
      double half = (narrow + wide) / 2;
      if (excess(least - half, mean, deviation, fixed, costs, least) < 0) {
        narrow = half;
      } else {
        wide = half;
      }
    }
    double r = least - (narrow + wide) / 2;
    return new Levels(r, twin(r, mean, deviation, costs, least), cost(r, mean, deviation, costs));
  }

  /** How much Q G(r) exceeds the cost of a cycle; rises as r falls. */
  private static double excess(
      double r, double mean, double deviation, double fixed, StockCosts costs, double least) {
    double top = twin(r, mean, deviation, costs, least);
    return (top - r) * cost(r, mean, deviation, costs)
        - fixed
        - integral(top, mean, deviation, costs)
        + integral(r, mean, deviation, costs);
  }

  /** The position above the least cost that costs as much as one below it. */
  private static double twin(
      double r, double mean, double deviation, StockCosts costs, double least) {
    double target = cost(r, mean, deviation, costs);
    double low = least;
    double high = least + deviation;
    while (cost(high, mean, deviation, costs) < target) {
      high = least + 2 * (high - least);
    }
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (cost(middle, mean, deviation, costs) < target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double cost(double y, double mean, double deviation, StockCosts costs) {
    double z = (y - mean) / deviation;
    return costs.holding() * (y - mean)
        + (costs.holding() + costs.shortage()) * deviation * Normal.loss(z);
  }

  /** An antiderivative of the cost in the position. */
  private static double integral(double y, double mean, double deviation, StockCosts costs) {
    double z = (y - mean) / deviation;
    double second = ((z * z + 1) * Normal.cumulative(-z) - z * Normal.density(z)) / 2;
    return costs.holding() * (y - mean) * (y - mean) / 2
        - (costs.holding() + costs.shortage()) * deviation * deviation * second;
  }

  /** A distribution of whole units: probabilities and cumulative ones. */
  private record Counts(double[] probabilities, double[] below, double mean) {

    static Counts poisson(double mean) {
      if (mean > 5000) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            String.format(Locale.ROOT, "a mean of %.1f units is too large to count", mean)
                + "\nMaybe use Demand.Normal, which is close by then");
      }
      int most = (int) Math.ceil(mean + 12 * Math.sqrt(mean) + 30);
      double[] p = new double[most];
      double[] below = new double[most];
      double log = -mean;
      double sum = 0;
      for (int k = 0; k < most; k++) {
        p[k] = Math.exp(log);
        sum += p[k];
        below[k] = sum;
        log += Math.log(mean / (k + 1));
      }
      return new Counts(p, below, mean);
    }

    int quantile(double probability) {
      int k = 0;
      while (k < below.length - 1 && below[k] < probability) {
        k++;
      }
      return k;
    }

    /** The expected cost of what is left and missing. */
    double cost(int y, StockCosts costs) {
      double left = 0;
      for (int k = 0; k < Math.min(y, probabilities.length); k++) {
        left += (y - k) * probabilities[k];
      }
      return costs.holding() * left + costs.shortage() * (left - y + mean);
    }
  }
}
