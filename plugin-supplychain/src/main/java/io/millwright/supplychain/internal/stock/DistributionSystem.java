package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.StockNetworks.Retailer;
import io.millwright.supplychain.StockNetworks.Shared;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A warehouse and the retailers that it serves first come, first served, each demand ordered at
 * once (Simon 1971, Graves 1985): what the warehouse owes falls on the retailers by lot, so that
 * what each waits for is known exactly. Used once, by one thread.
 */
final class DistributionSystem {

  private static final int MOST = 1500;
  private static final double TAIL = 8;

  private final double holding;
  private final List<Retailer> retailers;
  private final double[] central;
  private final double[][][] split;
  private final double[][] local;

  DistributionSystem(double holding, double leadTime, List<Retailer> retailers) {
    this.holding = holding;
    this.retailers = List.copyOf(retailers);
    DefaultStockNetworks.check(
        holding > 0 && Double.isFinite(holding), "the warehouse's holding cost is " + holding);
    DefaultStockNetworks.check(
        leadTime >= 0 && Double.isFinite(leadTime), "the warehouse's lead time is " + leadTime);
    DefaultStockNetworks.check(!retailers.isEmpty(), "there are no retailers");
    Set<String> names = new HashSet<>();
    double all = 0;
    for (Retailer r : retailers) {
      DefaultStockNetworks.check(names.add(r.name()), "\"" + r.name() + "\" stands twice");
      check(r, "demand", r.demand(), false);
      check(r, "holding cost", r.holding(), false);
      check(r, "cost of shortage", r.shortage(), false);
      check(r, "lead time", r.leadTime(), true);
      all += r.demand();
    }
    central = poisson(all * leadTime);
    split = new double[retailers.size()][][];
    local = new double[retailers.size()][];
    for (int i = 0; i < split.length; i++) {
      split[i] = binomials(central.length, retailers.get(i).demand() / all);
      local[i] = poisson(retailers.get(i).demand() * retailers.get(i).leadTime());
    }
  }

  private static void check(Retailer retailer, String what, double value, boolean zero) {
    DefaultStockNetworks.check(
        (zero ? value >= 0 : value > 0) && Double.isFinite(value),
        "the " + what + " of \"" + retailer.name() + "\" is " + value);
  }

  private static double[] poisson(double mean) {
    double most = mean + TAIL * Math.sqrt(mean) + 10;
    DefaultStockNetworks.check(
        most <= MOST, "the demand over a lead time is " + mean + ", too large to count");
    double[] p = new double[(int) most];
    double log = -mean;
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(log);
      sum += p[k];
      log += Math.log(mean / (k + 1));
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /** How probable it is that so many of b are one retailer's. */
  private static double[][] binomials(int size, double share) {
    double[][] all = new double[size][];
    all[0] = new double[] {1};
    for (int b = 1; b < size; b++) {
      all[b] = new double[b + 1];
      for (int j = 0; j < b; j++) {
        all[b][j] += (1 - share) * all[b - 1][j];
        all[b][j + 1] += share * all[b - 1][j];
      }
    }
    return all;
  }

  Shared solve() {
    Shared best = with(0);
    for (int level = 1; level < central.length; level++) {
      Shared next = with(level);
      best = next.cost() < best.cost() ? next : best;
    }
    return best;
  }

  private Shared with(int level) {
    double[] owed = new double[central.length];
    double cost = 0;
    for (int k = 0; k < central.length; k++) {
      owed[Math.max(0, k - level)] += central[k];
      cost += holding * central[k] * Math.max(0, level - k);
    }
    List<Double> levels = new ArrayList<>();
    List<Double> fills = new ArrayList<>();
    for (int i = 0; i < retailers.size(); i++) {
      double[] waiting = new double[central.length];
      for (int b = 0; b < owed.length; b++) {
        for (int j = 0; j <= b && owed[b] > 1e-15; j++) {
          waiting[j] += owed[b] * split[i][b][j];
        }
      }
      double[] outstanding = new double[waiting.length + local[i].length];
      for (int j = 0; j < waiting.length; j++) {
        for (int k = 0; k < local[i].length && waiting[j] > 1e-15; k++) {
          outstanding[j + k] += waiting[j] * local[i][k];
        }
      }
      Retailer r = retailers.get(i);
      double ratio = r.shortage() / (r.shortage() + r.holding());
      int own = 0;
      double below = 0;
      double until = outstanding[0];
      while (until < ratio && own + 1 < outstanding.length) {
        below = until;
        until += outstanding[++own];
      }
      for (int x = 0; x < outstanding.length; x++) {
        cost += outstanding[x] * (x <= own ? r.holding() * (own - x) : r.shortage() * (x - own));
      }
      levels.add((double) own);
      fills.add(own == 0 ? 0.0 : below);
    }
    return new Shared(level, levels, fills, cost);
  }
}
