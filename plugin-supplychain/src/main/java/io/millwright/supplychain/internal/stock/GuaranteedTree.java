package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.StockNetworks.Guarantees;
import io.millwright.supplychain.StockNetworks.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The service times that cost least on a tree, by dynamic programming from its leaves (Graves and
 * Willems 2000). A site's outbound time is what its customers wait for, its inbound time the
 * longest of its suppliers'. Used once, by one thread.
 */
final class GuaranteedTree {

  private static final int LONGEST = 2000;

  private final List<Site> sites;
  private final List<List<Integer>> suppliers = new ArrayList<>();
  private final List<List<Integer>> customers = new ArrayList<>();
  private final double[] deviation;
  private final int[] most;
  private final int longest;

  /** For each site below its parent: the least cost by its own outbound or inbound time. */
  private final double[][] costs;

  /** Of each site below its parent: where its cost is least, up to or from a time. */
  private final int[][] least;

  private final int[] parent;
  private final int[] out;
  private final int[] in;

  /**
   * Prepares.
   *
   * @param sites the sites, which make no circle whatever way their arcs point
   * @param deviation the deviation of all demand that needs a site
   * @param most the longest that a site may promise
   * @param longest no time is longer
   */
  GuaranteedTree(List<Site> sites, double[] deviation, int[] most, int longest) {
    this.sites = List.copyOf(sites);
    this.deviation = deviation;
    this.most = most;
    this.longest = longest;
    int n = sites.size();
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < n; i++) {
      index.put(sites.get(i).name(), i);
      suppliers.add(new ArrayList<>());
      customers.add(new ArrayList<>());
    }
    for (int i = 0; i < n; i++) {
      for (String name : sites.get(i).suppliers()) {
        int supplier = Objects.requireNonNull(index.get(name));
        suppliers.get(i).add(supplier);
        customers.get(supplier).add(i);
      }
    }
    DefaultStockNetworks.check(
        longest <= LONGEST, "the longest way through the network takes " + longest);
    costs = new double[n][];
    least = new int[n][];
    parent = new int[n];
    Arrays.fill(parent, -2);
    out = new int[n];
    in = new int[n];
    for (int i = 0; i < n; i++) {
      if (parent[i] == -2) {
        mark(i, -1);
      }
    }
  }

  private void mark(int site, int from) {
    parent[site] = from;
    for (int other : around(site)) {
      if (parent[other] == -2) {
        mark(other, site);
      }
    }
  }

  private List<Integer> around(int site) {
    List<Integer> all = new ArrayList<>(suppliers.get(site));
    all.addAll(customers.get(site));
    return all;
  }

  Guarantees solve() {
    double cost = 0;
    for (int i = 0; i < sites.size(); i++) {
      if (parent[i] == -1) {
        fill(i);
        double lowest = Double.POSITIVE_INFINITY;
        for (int s = 0; s <= longest; s++) {
          for (int si = 0; si <= longest; si++) {
            double c = at(i, s, si, null);
            if (c < lowest) {
              lowest = c;
              out[i] = s;
              in[i] = si;
            }
          }
        }
        DefaultStockNetworks.check(
            lowest < Double.POSITIVE_INFINITY, "no service times are possible");
        cost += lowest;
        read(i);
      }
    }
    List<Integer> times = new ArrayList<>();
    List<Double> stocks = new ArrayList<>();
    for (int i = 0; i < sites.size(); i++) {
      times.add(out[i]);
      stocks.add(stock(i, out[i], in[i]));
    }
    return new Guarantees(times, stocks, cost);
  }

  /** Costs of the tree below a site, by the time that its parent sees. */
  private void fill(int site) {
    for (int other : around(site)) {
      if (other != parent[site]) {
        fill(other);
      }
    }
    if (parent[site] < 0) {
      return;
    }
    boolean byOut = customers.get(site).contains(parent[site]);
    costs[site] = new double[longest + 1];
    for (int t = 0; t <= longest; t++) {
      double cost = Double.POSITIVE_INFINITY;
      for (int u = 0; u <= longest; u++) {
        cost = Math.min(cost, byOut ? at(site, t, u, null) : at(site, u, t, null));
      }
      costs[site][t] = cost;
    }
    int[] best = new int[longest + 1];
    for (int k = 0; k <= longest; k++) {
      int t = byOut ? k : longest - k;
      int before = k == 0 ? t : best[byOut ? t - 1 : t + 1];
      double here = costs[site][t];
      double there = costs[site][before];
      best[t] = here < there || (here == there && t < before) ? t : before;
    }
    least[site] = best;
  }

  /**
   * The cost of a site with given times and of the trees below it: suppliers serve at or before its
   * inbound time, customers count its outbound time as theirs.
   *
   * @param chosen where to note the children's times, or null
   */
  private double at(int site, int s, int si, int @Nullable [] chosen) {
    Site own = sites.get(site);
    if (si < own.inbound() || s > si + own.processing() || s > most[site]) {
      return Double.POSITIVE_INFINITY;
    }
    double cost = own.holding() * stock(site, s, si);
    for (int other : around(site)) {
      if (other == parent[site]) {
        continue;
      }
      boolean supplier = suppliers.get(site).contains(other);
      int best = least[other][supplier ? si : s];
      double below = costs[other][best];
      if (below == Double.POSITIVE_INFINITY) {
        return Double.POSITIVE_INFINITY;
      }
      cost += below;
      if (chosen != null) {
        chosen[other] = best;
      }
    }
    return cost;
  }

  private double stock(int site, int s, int si) {
    Site own = sites.get(site);
    return own.bound() * deviation[site] * Math.sqrt(Math.max(0, si + own.processing() - s));
  }

  /** Reads the times of the trees below a site whose own are known. */
  private void read(int site) {
    int[] chosen = new int[sites.size()];
    at(site, out[site], in[site], chosen);
    for (int other : around(site)) {
      if (other == parent[site]) {
        continue;
      }
      boolean byOut = suppliers.get(site).contains(other);
      double least = Double.POSITIVE_INFINITY;
      for (int u = 0; u <= longest; u++) {
        int s = byOut ? chosen[other] : u;
        int si = byOut ? u : chosen[other];
        double cost = at(other, s, si, null);
        if (cost < least) {
          least = cost;
          out[other] = s;
          in[other] = si;
        }
      }
      read(other);
    }
  }
}
