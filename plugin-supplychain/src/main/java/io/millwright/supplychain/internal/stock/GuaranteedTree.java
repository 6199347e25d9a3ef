package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.StockNetworks.Guarantees;
import io.millwright.supplychain.StockNetworks.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The service times that cost least on a tree, by dynamic programming from its leaves (Graves and
 * Willems 2000). A site's outbound time is what its customers wait for, its inbound time the
 * longest of its suppliers'. Used once, by one thread.
 */
final class GuaranteedTree {

  private static final int LONGEST = 2000;

  private final List<Site> sites;
  private final Map<String, Integer> index = new HashMap<>();
  private final List<List<Integer>> suppliers = new ArrayList<>();
  private final List<List<Integer>> customers = new ArrayList<>();
  private final double[] deviation;
  private final int longest;

  /** For each site below its parent: the least cost by its own outbound or inbound time. */
  private final double[][] costs;

  private final int[] parent;
  private final int[] out;
  private final int[] in;

  GuaranteedTree(List<Site> sites) {
    this.sites = List.copyOf(sites);
    int n = sites.size();
    for (int i = 0; i < n; i++) {
      Site s = sites.get(i);
      DefaultStockNetworks.check(
          index.put(s.name(), i) == null, "the site \"" + s.name() + "\" stands twice");
      check(s, "processing time", s.processing());
      check(s, "inbound time", s.inbound());
      check(s, "outbound time", s.outbound());
      check(s, "holding cost", s.holding());
      check(s, "deviation of demand", s.deviation());
      check(s, "bound", s.bound());
      suppliers.add(new ArrayList<>());
      customers.add(new ArrayList<>());
    }
    int total = 0;
    int[] group = IntStream.range(0, n).toArray();
    for (int i = 0; i < n; i++) {
      total += sites.get(i).processing() + sites.get(i).inbound();
      for (String name : sites.get(i).suppliers()) {
        Integer from = index.get(name);
        DefaultStockNetworks.check(
            from != null,
            "\"" + sites.get(i).name() + "\" needs \"" + name + "\", which is no site");
        int supplier = Objects.requireNonNull(from);
        int one = group[supplier];
        int other = group[i];
        DefaultStockNetworks.check(
            one != other,
            "the arc from \""
                + name
                + "\" to \""
                + sites.get(i).name()
                + "\" closes a circle: guaranteed service is known for trees alone");
        Arrays.setAll(group, k -> group[k] == one ? other : group[k]);
        suppliers.get(i).add(supplier);
        customers.get(supplier).add(i);
      }
    }
    DefaultStockNetworks.check(total <= LONGEST, "all times together are " + total);
    longest = total;
    costs = new double[n][];
    parent = new int[n];
    Arrays.fill(parent, -2);
    out = new int[n];
    in = new int[n];
    deviation = new double[n];
    for (int i = 0; i < n; i++) {
      if (parent[i] == -2) {
        mark(i, -1);
      }
    }
    for (int i = 0; i < n; i++) {
      deviation[i] = Math.sqrt(variance(i));
    }
  }

  private static void check(Site site, String what, double value) {
    DefaultStockNetworks.check(
        value >= 0 && Double.isFinite(value),
        "the " + what + " of the site \"" + site.name() + "\" is " + value);
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

  /** Of all outside demand that needs a site. */
  private double variance(int site) {
    double sum = sites.get(site).deviation() * sites.get(site).deviation();
    for (int c : customers.get(site)) {
      sum += variance(c);
    }
    return sum;
  }

  Guarantees solve() {
    double cost = 0;
    for (int i = 0; i < sites.size(); i++) {
      if (parent[i] == -1) {
        fill(i);
        double least = Double.POSITIVE_INFINITY;
        for (int s = 0; s <= longest; s++) {
          for (int si = 0; si <= longest; si++) {
            double c = at(i, s, si, null);
            if (c < least) {
              least = c;
              out[i] = s;
              in[i] = si;
            }
          }
        }
        DefaultStockNetworks.check(
            least < Double.POSITIVE_INFINITY, "no service times are possible");
        cost += least;
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
      double least = Double.POSITIVE_INFINITY;
      for (int u = 0; u <= longest; u++) {
        least = Math.min(least, byOut ? at(site, t, u, null) : at(site, u, t, null));
      }
      costs[site][t] = least;
    }
  }

  /**
   * The cost of a site with given times and of the trees below it: suppliers serve at or before its
   * inbound time, customers count its outbound time as theirs.
   *
   * @param chosen where to note the children's times, or null
   */
  private double at(int site, int s, int si, int @Nullable [] chosen) {
    Site own = sites.get(site);
    boolean last = customers.get(site).isEmpty();
    if (si < own.inbound() || s > si + own.processing() || (last && s > own.outbound())) {
      return Double.POSITIVE_INFINITY;
    }
    double cost = own.holding() * stock(site, s, si);
    for (int other : around(site)) {
      if (other == parent[site]) {
        continue;
      }
      boolean supplier = suppliers.get(site).contains(other);
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int t = supplier ? 0 : s; t <= (supplier ? si : longest); t++) {
        if (costs[other][t] < least) {
          least = costs[other][t];
          best = t;
        }
      }
      if (best < 0) {
        return Double.POSITIVE_INFINITY;
      }
      cost += least;
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
