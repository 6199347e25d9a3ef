package io.millwright.supplychain.internal.risk;

import io.millwright.supplychain.SupplyNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The flows of a network while some suppliers are away, as rates that stay until a stock is empty
 * or full (a fluid model): what is short is shared out evenly among all that need it. Not
 * thread-safe.
 */
final class Flow {

  private static final double TINY = 1e-9;

  private final SupplyNetwork network;
  private final int n;

  /** Items in an order in which what an item needs comes before it. */
  private final int[] order;

  private final int[][] needs;
  private final double[][] quantities;
  private final int[][] suppliers;
  private final double[] target;

  /** Which suppliers are away. */
  final boolean[] away;

  private final double[] stock;
  private final double[] want;
  private final double[] in;
  private final double[] out;
  private final double[] served;

  Flow(SupplyNetwork network) {
    this.network = network;
    List<SupplyNetwork.Item> items = network.items();
    n = items.size();
    Map<String, Integer> at = new HashMap<>();
    for (int i = 0; i < n; i++) {
      at.put(items.get(i).name(), i);
    }
    Map<String, Integer> who = new HashMap<>();
    for (int j = 0; j < network.suppliers().size(); j++) {
      who.put(network.suppliers().get(j).name(), j);
    }
    needs = new int[n][];
    quantities = new double[n][];
    suppliers = new int[n][];
    target = new double[n];
    for (int i = 0; i < n; i++) {
      SupplyNetwork.Item item = items.get(i);
      needs[i] = item.needs().keySet().stream().mapToInt(at::get).toArray();
      quantities[i] = item.needs().values().stream().mapToDouble(q -> q).toArray();
      suppliers[i] = item.sources().stream().mapToInt(s -> who.get(s.supplier())).toArray();
      target[i] = item.stock();
    }
    order = order();
    away = new boolean[network.suppliers().size()];
    stock = target.clone();
    want = new double[n];
    in = new double[n];
    out = new double[n];
    served = new double[n];
  }

  private int[] order() {
    List<Integer> sorted = new ArrayList<>();
    boolean[] done = new boolean[n];
    for (int i = 0; i < n; i++) {
      visit(i, done, sorted);
    }
    return sorted.stream().mapToInt(i -> i).toArray();
  }

  private void visit(int i, boolean[] done, List<Integer> sorted) {
    if (!done[i]) {
      done[i] = true;
      for (int need : needs[i]) {
        visit(need, done, sorted);
      }
      sorted.add(i);
    }
  }

  /** All stocks full, all suppliers there. */
  void reset() {
    System.arraycopy(target, 0, stock, 0, n);
    Arrays.fill(away, false);
  }

  private double most(int i) {
    SupplyNetwork.Item item = network.items().get(i);
    if (item.sources().isEmpty()) {
      return item.capacity();
    }
    double most = 0;
    for (int s = 0; s < suppliers[i].length; s++) {
      most += away[suppliers[i][s]] ? 0 : item.sources().get(s).most();
    }
    return most;
  }

  private boolean isFull(int i) {
    return stock[i] >= target[i] - TINY * (1 + target[i]);
  }

  private boolean isEmpty(int i) {
    return stock[i] <= TINY * (1 + target[i]);
  }

  /** Sets the rates from stocks and suppliers. */
  private void rates() {
    // From products down: what would flow if all were there; stocks that are not full take more.
    for (int i = 0; i < n; i++) {
      want[i] = network.items().get(i).demand();
    }
    for (int k = n - 1; k >= 0; k--) {
      int i = order[k];
      double most = most(i);
      // Without a limit, a stock is filled up again as fast again as it is drawn on.
      double refill = Double.isInfinite(most) ? 2 * want[i] : most;
      in[i] = isFull(i) ? Math.min(most, want[i]) : refill;
      for (int c = 0; c < needs[i].length; c++) {
        want[needs[i][c]] += quantities[i][c] * in[i];
      }
    }
    // From purchases up: what can flow.
    for (int i : order) {
      double share = 1;
      for (int need : needs[i]) {
        share = Math.min(share, served[need]);
      }
      in[i] *= share;
      served[i] = !isEmpty(i) || want[i] <= 0 ? 1 : Math.min(1, in[i] / want[i]);
    }
    // From products down again: what does flow; full stocks take no more than is drawn.
    Arrays.fill(out, 0);
    for (int k = n - 1; k >= 0; k--) {
      int i = order[k];
      out[i] += network.items().get(i).demand() * served[i];
      if (isFull(i)) {
        in[i] = Math.min(in[i], out[i]);
      }
      for (int c = 0; c < needs[i].length; c++) {
        out[needs[i][c]] += quantities[i][c] * in[i];
      }
    }
  }

  /** The margin that is lost in a period, as things stand. */
  double lossRate() {
    rates();
    double loss = 0;
    for (int i = 0; i < n; i++) {
      SupplyNetwork.Item item = network.items().get(i);
      loss += item.demand() * item.margin() * (1 - served[i]);
    }
    return loss < TINY ? 0 : loss;
  }

  /** The demand that is not met in a period; call after {@link #lossRate}. */
  double missing() {
    double missing = 0;
    for (int i = 0; i < n; i++) {
      missing += network.items().get(i).demand() * (1 - served[i]);
    }
    return missing;
  }

  /** Whether the demand of an item is met in full; call after {@link #lossRate}. */
  boolean isServed(int item) {
    return served[item] > 1 - 1e-6;
  }

  /** How long these rates last; call after {@link #lossRate}. */
  double lasts() {
    double lasts = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double rate = in[i] - out[i];
      double slow = TINY * (1 + out[i]);
      if (rate < -slow && !isEmpty(i)) {
        lasts = Math.min(lasts, stock[i] / -rate);
      } else if (rate > slow && !isFull(i)) {
        lasts = Math.min(lasts, (target[i] - stock[i]) / rate);
      }
    }
    return Math.max(lasts, 1e-9);
  }

  /** Lets time pass. */
  void pass(double time) {
    for (int i = 0; i < n; i++) {
      stock[i] = Math.max(0, Math.min(target[i], stock[i] + time * (in[i] - out[i])));
    }
  }
}
