package io.millwright.supplychain.internal.stock;

import io.millwright.supplychain.StockNetworks.Guarantees;
import io.millwright.supplychain.StockNetworks.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Guaranteed service in any network without a circle of deliveries. A tree is solved as such. Of
 * other networks arcs are cut until a tree is left; what is promised along each cut is tried in
 * turn, and for given promises the rest is the tree's dynamic program. Where too many promises
 * would have to be tried, they are improved one at a time from three beginnings, and the tree
 * without the cut arcs is a bound. Used once, by one thread.
 */
final class GuaranteedNetwork {

  private static final double WORK = 4e8;

  /** More deviations than this are a share in percent. */
  private static final double MOST = 10;

  private final List<Site> sites;
  private final Map<String, Integer> index = new HashMap<>();
  private final List<int[]> cut = new ArrayList<>();
  private final List<Site> tree = new ArrayList<>();
  private final boolean[] last;
  private final double[] deviation;
  private final int[] latest;
  private final int longest;

  GuaranteedNetwork(List<Site> sites) {
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
      DefaultStockNetworks.check(
          s.bound() <= MOST,
          "the bound of the site \""
              + s.name()
              + "\" is "
              + s.bound()
              + ", but is a number of deviations, such as 1.645 for 95 %, and at most "
              + MOST);
      DefaultStockNetworks.check(
          Set.copyOf(s.suppliers()).size() == s.suppliers().size(),
          "the site \""
              + s.name()
              + "\" names a supplier twice in "
              + s.suppliers()
              + ", but takes one unit of each");
    }
    last = new boolean[n];
    Arrays.fill(last, true);
    int[] group = IntStream.range(0, n).toArray();
    for (int i = 0; i < n; i++) {
      List<String> kept = new ArrayList<>();
      for (String name : sites.get(i).suppliers()) {
        Integer from = index.get(name);
        DefaultStockNetworks.check(
            from != null,
            "\"" + sites.get(i).name() + "\" needs \"" + name + "\", which is no site");
        int supplier = from == null ? -1 : from;
        last[supplier] = false;
        int one = group[supplier];
        int other = group[i];
        if (one == other) {
          cut.add(new int[] {supplier, i});
          continue;
        }
        kept.add(name);
        Arrays.setAll(group, k -> group[k] == one ? other : group[k]);
      }
      tree.add(with(sites.get(i), kept, sites.get(i).inbound()));
    }
    List<Integer> order = order();
    latest = new int[n];
    double[][] uses = new double[n][n];
    for (int i : order) {
      latest[i] = sites.get(i).inbound();
      for (String name : sites.get(i).suppliers()) {
        latest[i] = Math.max(latest[i], latest[at(name)]);
      }
      latest[i] += sites.get(i).processing();
    }
    deviation = new double[n];
    for (int k = n - 1; k >= 0; k--) {
      int i = order.get(k);
      uses[i][i] += 1;
      double sum = 0;
      for (int j = 0; j < n; j++) {
        // What reaches a site by two ways is needed twice, and moves together.
        double part = uses[i][j] * sites.get(j).deviation();
        sum += part * part;
      }
      deviation[i] = Math.sqrt(sum);
      for (String name : sites.get(i).suppliers()) {
        for (int j = 0; j < n; j++) {
          uses[at(name)][j] += uses[i][j];
        }
      }
    }
    longest = Arrays.stream(latest).max().orElse(0);
  }

  private int at(String name) {
    Integer place = index.get(name);
    if (place == null) {
      throw new IllegalStateException(name);
    }
    return place;
  }

  private static Site with(Site site, List<String> suppliers, int inbound) {
    return new Site(
        site.name(),
        suppliers,
        site.holding(),
        site.processing(),
        inbound,
        site.outbound(),
        site.deviation(),
        site.bound());
  }

  private static void check(Site site, String what, double value) {
    DefaultStockNetworks.check(
        value >= 0 && Double.isFinite(value),
        "the " + what + " of the site \"" + site.name() + "\" is " + value);
  }

  /** Suppliers before those that need them. */
  private List<Integer> order() {
    int n = sites.size();
    List<Integer> order = new ArrayList<>();
    boolean[] done = new boolean[n];
    while (order.size() < n) {
      int before = order.size();
      for (int i = 0; i < n; i++) {
        if (!done[i] && sites.get(i).suppliers().stream().allMatch(s -> done[at(s)])) {
          done[i] = true;
          order.add(i);
        }
      }
      if (order.size() == before) {
        List<String> left =
            IntStream.range(0, n).filter(i -> !done[i]).mapToObj(i -> sites.get(i).name()).toList();
        DefaultStockNetworks.check(
            false, "sites need each other in a circle, or need one that does: " + left);
      }
    }
    return order;
  }

  Guarantees solve() {
    Map<Integer, Integer> none = Map.of();
    Guarantees relaxed = solved(none);
    if (cut.isEmpty()) {
      return relaxed;
    }
    List<Integer> promising = cut.stream().map(arc -> arc[0]).distinct().sorted().toList();
    double tries = 1;
    for (int k : promising) {
      tries *= latest[k] + 1.0;
    }
    double one = (double) sites.size() * (longest + 1) * (longest + 1);
    if (tries * one <= WORK) {
      return enumerated(promising);
    }
    Guarantees best = null;
    for (int begin = 0; begin < 3; begin++) {
      Map<Integer, Integer> promises = new TreeMap<>();
      for (int k : promising) {
        promises.put(
            k,
            begin == 0 ? Math.min(latest[k], relaxed.times().get(k)) : begin == 1 ? 0 : latest[k]);
      }
      Guarantees found = improved(promises);
      best = best == null || found.cost() < best.cost() ? found : best;
    }
    if (best == null) {
      throw new IllegalStateException("nothing was tried");
    }
    return new Guarantees(best.times(), best.stocks(), best.cost(), relaxed.cost());
  }

  private Guarantees enumerated(List<Integer> promising) {
    int[] at = new int[promising.size()];
    Guarantees best = null;
    while (true) {
      Map<Integer, Integer> promises = new TreeMap<>();
      for (int k = 0; k < at.length; k++) {
        promises.put(promising.get(k), at[k]);
      }
      Guarantees found = solved(promises);
      best = best == null || found.cost() < best.cost() ? found : best;
      int k = 0;
      while (k < at.length && at[k] == latest[promising.get(k)]) {
        at[k++] = 0;
      }
      if (k == at.length) {
        return best;
      }
      at[k]++;
    }
  }

  private Guarantees improved(Map<Integer, Integer> promises) {
    Guarantees best = solved(promises);
    boolean better = true;
    while (better) {
      better = false;
      for (int k : List.copyOf(promises.keySet())) {
        int kept = promises.getOrDefault(k, 0);
        for (int value = 0; value <= latest[k]; value++) {
          promises.put(k, value);
          Guarantees found = solved(promises);
          if (found.cost() < best.cost() * (1 - 1e-12)) {
            best = found;
            kept = value;
            better = true;
          }
        }
        promises.put(k, kept);
      }
    }
    return best;
  }

  /** The tree, where what is promised along cut arcs is at most what is given. */
  private Guarantees solved(Map<Integer, Integer> promises) {
    int[] inbound = tree.stream().mapToInt(Site::inbound).toArray();
    int[] most = new int[sites.size()];
    for (int i = 0; i < most.length; i++) {
      most[i] = last[i] ? sites.get(i).outbound() : Integer.MAX_VALUE;
    }
    promises.forEach((k, value) -> most[k] = Math.min(most[k], value));
    if (!promises.isEmpty()) {
      for (int[] arc : cut) {
        inbound[arc[1]] = Math.max(inbound[arc[1]], promises.getOrDefault(arc[0], 0));
      }
    }
    List<Site> own = new ArrayList<>();
    for (int i = 0; i < most.length; i++) {
      own.add(with(tree.get(i), tree.get(i).suppliers(), inbound[i]));
    }
    return new GuaranteedTree(own, deviation, most, longest).solve();
  }
}
