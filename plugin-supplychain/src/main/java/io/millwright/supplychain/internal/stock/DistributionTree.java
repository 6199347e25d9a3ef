package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.StockNetworks.BaseStocks;
import io.millwright.supplychain.StockNetworks.Branch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A tree of sites, each of which serves first come, first served, and orders each demand at once
 * (Simon 1971, Graves 1985). What a site has on order is what its supplier owes it and the demand
 * of its lead time; what it owes falls on its customers by lot, whatever the depth, since nobody
 * above knows whose a demand is. Levels below are the best for each level above: with sites that
 * owe nothing costing least, most levels need not be tried. Used once, by one thread.
 */
final class DistributionTree {

  private static final int MOST = 1500;
  private static final double TAIL = 8;
  private static final double NOTHING = 1e-14;

  /** So many products are a few seconds. */
  private static final long PATIENCE = 1_000_000_000L;

  private static final int CHOOSE = -1;
  private static final int[] MOVES = {1, -1, 2, -2, 5, -5, 15, -15};

  private final List<Branch> sites;
  private final int[] supplier;
  private final int[][] served;
  private final double[] rate;
  private final double[][] local;

  /** What each site and all below cost at least. */
  private final double[] free;

  private int root;
  private long work;
  private long patience = PATIENCE;

  DistributionTree(List<Branch> sites) {
    this.sites = List.copyOf(sites);
    int n = sites.size();
    DefaultStockNetworks.check(n > 0, "there are no sites");
    supplier = new int[n];
    served = new int[n][];
    rate = new double[n];
    local = new double[n][];
    free = new double[n];
    link();
    for (int i = 0; i < n; i++) {
      check(sites.get(i));
      for (int at = i; at >= 0; at = supplier[at]) {
        rate[at] += sites.get(i).demand();
      }
    }
    for (int i = 0; i < n; i++) {
      DefaultStockNetworks.check(
          rate[i] > 0 || served[i].length > 0,
          "\"" + sites.get(i).name() + "\" has no demand, and serves no other site");
      local[i] = poisson(rate[i] * sites.get(i).leadTime(), sites.get(i).name());
    }
  }

  private void link() {
    Map<String, Integer> index = new HashMap<>();
    List<String> roots = new ArrayList<>();
    int n = sites.size();
    for (int i = 0; i < n; i++) {
      Branch b = sites.get(i);
      DefaultStockNetworks.check(
          !b.name().isBlank() && index.put(b.name(), i) == null,
          "the site \"" + b.name() + "\" stands twice, or has no name");
    }
    for (int i = 0; i < n; i++) {
      String from = sites.get(i).supplier();
      supplier[i] = CHOOSE;
      if (from.isEmpty()) {
        root = i;
        roots.add(sites.get(i).name());
      } else {
        Integer at = index.get(from);
        DefaultStockNetworks.check(
            at != null,
            "\"" + sites.get(i).name() + "\" is served by \"" + from + "\", which is no site");
        supplier[i] = at == null ? CHOOSE : at;
      }
    }
    for (int i = 0; i < n; i++) {
      int steps = 0;
      for (int at = i; at >= 0; at = supplier[at]) {
        DefaultStockNetworks.check(
            steps++ <= n, "\"" + sites.get(i).name() + "\" is served in a circle");
      }
    }
    DefaultStockNetworks.check(
        roots.size() == 1, "sites without a supplier: " + roots + ", but one alone must have none");
    for (int i = 0; i < n; i++) {
      int own = i;
      served[i] = IntStream.range(0, n).filter(j -> supplier[j] == own).toArray();
    }
  }

  private static void check(Branch b) {
    check(b, "demand", b.demand(), b.demand() >= 0);
    check(b, "holding cost", b.holding(), b.holding() > 0);
    check(b, "cost of shortage", b.shortage(), b.shortage() >= 0);
    check(b, "lead time", b.leadTime(), b.leadTime() >= 0);
    DefaultStockNetworks.check(
        b.fill() >= 0 && b.fill() < 1,
        "the fill rate of \"" + b.name() + "\" is " + b.fill() + ", but is a share, such as 0.95");
    DefaultStockNetworks.check(
        b.demand() == 0 || b.shortage() > 0 || b.fill() > 0,
        "\""
            + b.name()
            + "\" has customers, but neither a cost of shortage nor a fill rate to reach");
  }

  private static void check(Branch b, String what, double value, boolean sound) {
    DefaultStockNetworks.check(
        sound && Double.isFinite(value), "the " + what + " of \"" + b.name() + "\" is " + value);
  }

  private static double[] poisson(double mean, String name) {
    double most = mean + TAIL * Math.sqrt(mean) + 10;
    DefaultStockNetworks.check(
        most <= MOST,
        "the demand over the lead time of \"" + name + "\" is " + mean + ", too large to count");
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

  /** The levels that cost least. */
  BaseStocks solve() {
    int[] levels = new int[sites.size()];
    double[] none = {1};
    bound(root);
    Found near = improved();
    work = 0;
    // Of two levels, the root's alone is to be tried.
    boolean two = Arrays.stream(served).filter(s -> s.length > 0).count() <= 1;
    patience = two ? Long.MAX_VALUE : PATIENCE;
    Found found = best(root, none, near.cost * (1 + 1e-12));
    boolean proven = work <= patience;
    (proven && found.levels.length > 0 ? found : near).into(levels, below(root));
    return evaluate(levels, proven);
  }

  /** What given levels cost. */
  BaseStocks evaluate(List<Double> levels) {
    DefaultStockNetworks.check(
        levels.size() == sites.size(),
        "there are " + levels.size() + " levels for " + sites.size() + " sites");
    int[] whole = new int[levels.size()];
    for (int i = 0; i < whole.length; i++) {
      double level = levels.get(i);
      DefaultStockNetworks.check(
          level >= 0 && level == Math.rint(level) && level <= 1e6,
          "the level of \"" + sites.get(i).name() + "\" is " + level + ", but must be whole");
      whole[i] = (int) level;
    }
    return evaluate(whole, false);
  }

  /** Levels of a site and of all below, in the order of {@link #below}. */
  private record Found(double cost, int[] levels) {
    void into(int[] all, List<Integer> order) {
      for (int k = 0; k < levels.length; k++) {
        all[order.get(k)] = levels[k];
      }
    }
  }

  private List<Integer> below(int site) {
    List<Integer> all = new ArrayList<>(List.of(site));
    for (int child : served[site]) {
      all.addAll(below(child));
    }
    return all;
  }

  /**
   * What a site costs when its supplier owes nothing: more on order by chance never costs less,
   * since what is owed is independent of the demand that comes after. No bound where a fill rate is
   * asked.
   */
  private void bound(int site) {
    double sum = 0;
    for (int child : served[site]) {
      bound(child);
      sum += free[child];
    }
    Branch b = sites.get(site);
    free[site] = sum;
    if (served[site].length == 0 && b.fill() == 0) {
      free[site] = cost(site, local[site], level(site, local[site]));
    }
  }

  /** On order: what the supplier owes this site, and the demand of the lead time. */
  private double[] outstanding(int site, double[] owed) {
    double share = supplier[site] < 0 ? 1 : rate[site] / rate[supplier[site]];
    double[] thinned = {0};
    for (int b = owed.length - 1; b >= 0; b--) {
      double[] next = new double[Math.min(owed.length, thinned.length + 1)];
      for (int j = 0; j < thinned.length; j++) {
        next[j] += (1 - share) * thinned[j];
        if (j + 1 < next.length) {
          next[j + 1] += share * thinned[j];
        }
      }
      next[0] += owed[b];
      thinned = next;
    }
    double[] all = new double[thinned.length + local[site].length - 1];
    for (int j = 0; j < thinned.length; j++) {
      for (int k = 0; k < local[site].length && thinned[j] > NOTHING; k++) {
        all[j + k] += thinned[j] * local[site][k];
      }
    }
    work += (long) owed.length * owed.length + (long) thinned.length * local[site].length;
    return trimmed(all);
  }

  private static double[] trimmed(double[] p) {
    int size = p.length;
    while (size > 1 && p[size - 1] < NOTHING) {
      size--;
    }
    return Arrays.copyOf(p, size);
  }

  private static double[] owed(double[] outstanding, int level) {
    double[] owed = new double[Math.max(1, outstanding.length - level)];
    for (int x = 0; x < outstanding.length; x++) {
      owed[Math.max(0, x - level)] += outstanding[x];
    }
    return owed;
  }

  /** The least level that own customers allow; without others below also the best. */
  private int level(int site, double[] outstanding) {
    Branch b = sites.get(site);
    double until = 0;
    int least = 0;
    if (b.demand() > 0) {
      while (least < outstanding.length && until < b.fill()) {
        until += outstanding[least++];
      }
    }
    if (served[site].length > 0) {
      return least;
    }
    double ratio = b.shortage() / (b.shortage() + b.holding());
    int best = 0;
    double met = outstanding[0];
    while (met < ratio && best + 1 < outstanding.length) {
      met += outstanding[++best];
    }
    return Math.max(best, least);
  }

  /** Of what lies here, and of what is owed to own customers. */
  private double cost(int site, double[] outstanding, int level) {
    Branch b = sites.get(site);
    double own = b.shortage() * b.demand() / rate[site];
    double cost = 0;
    for (int x = 0; x < outstanding.length; x++) {
      cost += outstanding[x] * (x <= level ? b.holding() * (level - x) : own * (x - level));
    }
    return cost;
  }

  /** The best below a supplier that owes so much; no levels where nothing is below the limit. */
  private Found best(int site, double[] owedTo, double limit) {
    double[] outstanding = outstanding(site, owedTo);
    int least = level(site, outstanding);
    if (served[site].length == 0) {
      return new Found(cost(site, outstanding, least), new int[] {least});
    }
    Found best = new Found(limit, new int[0]);
    double others = Arrays.stream(served[site]).mapToDouble(c -> free[c]).sum();
    for (int level = least; level <= outstanding.length && work <= patience; level++) {
      double lying = 0;
      for (int x = 0; x < Math.min(level, outstanding.length); x++) {
        lying += outstanding[x] * sites.get(site).holding() * (level - x);
      }
      if (lying + others >= best.cost) {
        break;
      }
      double[] owed = owed(outstanding, level);
      double sum = cost(site, outstanding, level);
      double left = others;
      int[] levels = {level};
      for (int child : served[site]) {
        left -= free[child];
        Found found = best(child, owed, best.cost - sum - left);
        sum += found.cost;
        if (found.levels.length == 0 || sum + left >= best.cost) {
          levels = new int[0];
          break;
        }
        int[] both = Arrays.copyOf(levels, levels.length + found.levels.length);
        System.arraycopy(found.levels, 0, both, levels.length, found.levels.length);
        levels = both;
      }
      if (levels.length > 0) {
        best = new Found(sum, levels);
      }
    }
    return best;
  }

  /** Levels of sites that serve others, one after the other. */
  private Found improved() {
    int[] levels = new int[sites.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = served[i].length == 0 ? CHOOSE : (int) (rate[i] * sites.get(i).leadTime());
    }
    double best = walked(levels, new ArrayList<>());
    boolean better = true;
    while (better && work <= PATIENCE) {
      better = false;
      for (int i = 0; i < levels.length; i++) {
        for (int move : MOVES) {
          if (served[i].length > 0 && levels[i] + move >= 0) {
            levels[i] += move;
            double cost = walked(levels, new ArrayList<>());
            if (cost < best) {
              best = cost;
              better = true;
            } else {
              levels[i] -= move;
            }
          }
        }
      }
    }
    List<Integer> order = new ArrayList<>();
    walked(levels, order);
    return new Found(best, order.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Raised to what fill rates ask for. */
  private double walked(int[] levels, List<Integer> chosen) {
    return walked(root, new double[] {1}, levels, chosen, Optional.empty());
  }

  private BaseStocks evaluate(int[] levels, boolean proven) {
    double[] fills = new double[levels.length];
    double cost = walked(root, new double[] {1}, levels, new ArrayList<>(), Optional.of(fills));
    return new BaseStocks(
        Arrays.stream(levels).mapToObj(l -> (double) l).toList(),
        Arrays.stream(fills).boxed().toList(),
        cost,
        proven);
  }

  /** The cost of a site and all below; where fills are asked for, levels stay as they are. */
  private double walked(
      int site, double[] owedTo, int[] levels, List<Integer> chosen, Optional<double[]> fills) {
    double[] outstanding = outstanding(site, owedTo);
    int level = fills.isPresent() ? levels[site] : Math.max(levels[site], level(site, outstanding));
    chosen.add(level);
    fills.ifPresent(f -> f[site] = Arrays.stream(outstanding).limit(level).sum());
    double cost = cost(site, outstanding, level);
    double[] owed = owed(outstanding, level);
    for (int child : served[site]) {
      cost += walked(child, owed, levels, chosen, fills);
    }
    return cost;
  }
}
