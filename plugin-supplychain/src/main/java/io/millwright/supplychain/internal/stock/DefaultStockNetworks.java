package io.millwright.supplychain.internal.stock;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.supplychain.Demand;
import io.millwright.supplychain.StockNetworks;
import io.millwright.supplychain.internal.classic.Normal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Echelons by recursion over stages, guarantees by {@link GuaranteedNetwork}. */
final class DefaultStockNetworks implements StockNetworks {

  private static final double FINE = 10;
  private static final double TAIL = 8;
  private static final int MOST = 200_000;

  @Override
  public Echelons serial(List<Stage> stages, Demand demand, double shortage) {
    check(!stages.isEmpty(), "there are no stages");
    if (!(shortage > 0) || Double.isInfinite(shortage)) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the cost of shortage is "
              + shortage
              + ", but must be positive and finite\nMaybe give what a unit owed costs per unit of"
              + " time, usually some times what it costs to hold");
    }
    double all = 0;
    double time = 0;
    for (Stage stage : stages) {
      check(stage.holding() > 0 && Double.isFinite(stage.holding()), "a stage is " + stage);
      check(stage.leadTime() > 0 && Double.isFinite(stage.leadTime()), "a stage is " + stage);
      all += stage.holding();
      time += stage.leadTime();
    }
    double variance = variance(demand);
    double step = demand instanceof Demand.Poisson ? 1 : Math.sqrt(variance) / FINE;
    double reach = time * demand.mean() + TAIL * Math.sqrt(time * variance);
    check(
        2 * reach / step <= MOST, "the demand of " + time + " units of time is too large to count");
    int low = -(int) Math.ceil(reach / step) - 1;
    int size = 2 * -low + 1;
    double[] cost = new double[size];
    for (int i = 0; i < size; i++) {
      cost[i] = (shortage + all) * Math.max(0, -(low + i) * step);
    }
    List<Double> levels = new ArrayList<>();
    double least = 0;
    for (Stage stage : stages) {
      double[] p = probabilities(demand, stage.leadTime(), step);
      double[] before = new double[size];
      for (int i = 0; i < size; i++) {
        before[i] = stage.holding() * (low + i) * step + cost[i];
      }
      double[] expected = new double[size];
      int best = 0;
      for (int i = 0; i < size; i++) {
        for (int d = 0; d < p.length; d++) {
          // Below the grid the cost is a line.
          double at = i >= d ? before[i - d] : before[0] + (before[0] - before[1]) * (d - i);
          expected[i] += p[d] * at;
        }
        best = expected[i] < expected[best] ? i : best;
      }
      levels.add((low + best) * step);
      least = expected[best];
      for (int i = 0; i < size; i++) {
        cost[i] = expected[Math.min(i, best)];
      }
    }
    return new Echelons(Collections.unmodifiableList(levels), least);
  }

  private static double variance(Demand demand) {
    if (demand instanceof Demand.Poisson) {
      return demand.mean();
    }
    if (demand instanceof Demand.Normal normal) {
      return normal.deviation() * normal.deviation();
    }
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "serial systems take Poisson or normal demand, not "
            + demand
            + "\nMaybe use Demand.Normal with its mean and deviation");
  }

  /** Of the demand over a time, in steps. */
  private static double[] probabilities(Demand demand, double time, double step) {
    double mean = time * demand.mean();
    double deviation = Math.sqrt(time * variance(demand));
    int most = (int) Math.ceil((mean + TAIL * deviation) / step) + 2;
    double[] p = new double[most];
    double sum = 0;
    double log = -mean;
    for (int d = 0; d < most; d++) {
      if (demand instanceof Demand.Poisson) {
        p[d] = Math.exp(log);
        log += Math.log(mean / (d + 1));
      } else {
        p[d] =
            Normal.cumulative(((d + 0.5) * step - mean) / deviation)
                - (d == 0 ? 0 : Normal.cumulative(((d - 0.5) * step - mean) / deviation));
      }
      sum += p[d];
    }
    for (int d = 0; d < most; d++) {
      p[d] /= sum;
    }
    return p;
  }

  @Override
  public Guarantees guaranteed(List<Site> sites) {
    return new GuaranteedNetwork(sites).solve();
  }

  @Override
  public Echelons assembly(List<Component> components, Demand demand, double shortage) {
    check(!components.isEmpty(), "there are no parts");
    return AssemblySystem.solve(
        components, demand.mean(), stages -> serial(stages, demand, shortage));
  }

  @Override
  public Shared distribution(double holding, double leadTime, List<Retailer> retailers) {
    String warehouse = warehouse(retailers);
    List<Branch> sites = new ArrayList<>();
    sites.add(new Branch(warehouse, "", 0, holding, 0, 0, leadTime));
    for (Retailer r : retailers) {
      check(r.demand() > 0, "the demand of \"" + r.name() + "\" is " + r.demand());
      sites.add(
          new Branch(r.name(), warehouse, r.demand(), r.holding(), r.shortage(), 0, r.leadTime()));
    }
    BaseStocks best = tree(sites);
    int n = sites.size();
    return new Shared(
        best.levels().get(0), best.levels().subList(1, n), best.fills().subList(1, n), best.cost());
  }

  /** A name that no retailer has. */
  private static String warehouse(List<Retailer> retailers) {
    check(!retailers.isEmpty(), "there are no retailers");
    String name = "warehouse";
    while (retailers.stream().map(Retailer::name).toList().contains(name)) {
      name += "'";
    }
    return name;
  }

  @Override
  public BaseStocks tree(List<Branch> sites) {
    return new DistributionTree(sites).solve();
  }

  @Override
  public BaseStocks tree(List<Branch> sites, List<Double> levels) {
    return new DistributionTree(sites).evaluate(levels);
  }

  static void check(boolean sound, String what) {
    if (!sound) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          what
              + "\n"
              + "Maybe check the network: every supplier is a site, arcs make no circle, times and"
              + " costs are positive");
    }
  }
}
