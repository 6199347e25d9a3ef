package io.millwright.maintenance.internal.reliability;

import io.millwright.maintenance.FaultGate;
import io.millwright.maintenance.FaultTree;
import io.millwright.maintenance.FaultTreeAnalysis;
import io.millwright.maintenance.FaultTreeAnalysis.CutSet;
import io.millwright.maintenance.FaultTreeAnalysis.Importance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Quantifies one fault tree. */
final class FaultTrees {

  /** Up to so many cut sets are joined exactly, more by their upper bound. */
  private static final int MOST_JOINED = 2000;

  private final FaultTree tree;
  private final Decisions decisions = new Decisions();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> nodes = new HashMap<>();
  private final double[] q;

  private FaultTrees(FaultTree tree) {
    this.tree = tree;
    List<String> order = order(tree);
    // Variables in the order in which a walk from the top meets them: neighbours stay neighbours.
    for (String name : order) {
      if (tree.events().containsKey(name)) {
        nodes.put(name, decisions.event(names.size()));
        names.add(name);
      }
    }
    q = names.stream().mapToDouble(n -> tree.events().getOrDefault(n, 0.0)).toArray();
    for (String name : below(tree)) {
      FaultGate gate = tree.gates().get(name);
      if (gate != null) {
        nodes.put(name, gate(gate));
      }
    }
  }

  static FaultTreeAnalysis analyze(FaultTree tree) {
    return new FaultTrees(tree).run();
  }

  /** Names as a walk from the top, left to right, first meets them. */
  private static List<String> order(FaultTree tree) {
    List<String> order = new ArrayList<>();
    Set<String> met = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.push(tree.top());
    while (!open.isEmpty()) {
      String name = open.pop();
      if (!met.add(name)) {
        continue;
      }
      order.add(name);
      FaultGate gate = tree.gates().get(name);
      List<String> inputs = gate == null ? List.of() : gate.inputs();
      for (int i = inputs.size() - 1; i >= 0; i--) {
        open.push(inputs.get(i));
      }
    }
    return order;
  }

  /** Every name after all that lies below it. */
  private static List<String> below(FaultTree tree) {
    List<String> order = new ArrayList<>();
    Set<String> met = new HashSet<>();
    Set<String> open = new HashSet<>();
    Deque<String> path = new ArrayDeque<>();
    path.push(tree.top());
    while (!path.isEmpty()) {
      String name = path.peek();
      FaultGate gate = tree.gates().get(name);
      if (gate != null && !met.contains(name) && open.add(name)) {
        gate.inputs().stream().filter(i -> !met.contains(i)).forEach(path::push);
      } else {
        path.pop();
        if (met.add(name)) {
          order.add(name);
        }
      }
    }
    return order;
  }

  /** At least so many: rows of partial counts, from the last input to the first. */
  private int gate(FaultGate gate) {
    int n = gate.inputs().size();
    int[] least = new int[gate.least() + 1];
    least[0] = 1;
    for (int i = n - 1; i >= 0; i--) {
      int input = nodes.getOrDefault(gate.inputs().get(i), 0);
      for (int k = gate.least(); k >= 1; k--) {
        least[k] = decisions.ite(input, least[k - 1], least[k]);
      }
    }
    return least[gate.least()];
  }

  private FaultTreeAnalysis run() {
    int top = nodes.getOrDefault(tree.top(), 0);
    double[] p = probabilities(top);
    double probability = p[top];
    int sets = decisions.minimal(top);
    List<boolean[]> listed = new ArrayList<>();
    List<CutSet> cutSets = cutSets(sets, listed);
    double none = 1;
    for (CutSet set : cutSets) {
      none *= 1 - set.probability();
    }
    double[] birnbaum = birnbaum(top, p);
    double[] vesely = vesely(listed);
    List<Importance> events = new ArrayList<>();
    for (int v = 0; v < q.length; v++) {
      double with = probability + (1 - q[v]) * birnbaum[v];
      boolean possible = probability > 0;
      events.add(
          new Importance(
              names.get(v),
              q[v],
              birnbaum[v],
              possible ? q[v] * birnbaum[v] / probability : 0,
              possible ? Math.min(1, vesely[v] / probability) : 0,
              possible ? with / probability : 1,
              possible ? q[v] * with / probability : q[v]));
    }
    events.sort(Comparator.comparingDouble(e -> -e.criticality()));
    return new FaultTreeAnalysis(probability, count(sets), cutSets, events, 1 - none);
  }

  /** The probability below every node; children have smaller numbers than their parents. */
  private double[] probabilities(int top) {
    double[] p = new double[decisions.size()];
    p[1] = 1;
    for (int node = 2; node <= top; node++) {
      double own = q[decisions.variable(node)];
      p[node] = own * p[decisions.high(node)] + (1 - own) * p[decisions.low(node)];
    }
    return p;
  }

  /** The slope of the probability at the top in that of each event, in one walk down. */
  private double[] birnbaum(int top, double[] p) {
    double[] slopes = new double[q.length];
    double[] reach = new double[top + 1];
    reach[top] = 1;
    for (int node = top; node >= 2; node--) {
      if (reach[node] > 0) {
        int v = decisions.variable(node);
        int one = decisions.high(node);
        int zero = decisions.low(node);
        slopes[v] += reach[node] * (p[one] - p[zero]);
        reach[one] += reach[node] * q[v];
        reach[zero] += reach[node] * (1 - q[v]);
      }
    }
    return slopes;
  }

  private double count(int sets) {
    double[] count = new double[Math.max(2, sets + 1)];
    count[1] = 1;
    for (int node = 2; node <= sets; node++) {
      count[node] = count[decisions.high(node)] + count[decisions.low(node)];
    }
    return count[sets];
  }

  /** A path on its way, with the best that can still become of it. */
  private record Open(int node, double sure, double best, List<Integer> taken) {}

  /** Cut sets from the most probable on: the best open path is followed first. */
  private List<CutSet> cutSets(int sets, List<boolean[]> listed) {
    double[] best = new double[Math.max(2, sets + 1)];
    best[1] = 1;
    for (int node = 2; node <= sets; node++) {
      best[node] =
          Math.max(
              q[decisions.variable(node)] * best[decisions.high(node)], best[decisions.low(node)]);
    }
    PriorityQueue<Open> open =
        new PriorityQueue<>(
            Comparator.comparingDouble((Open o) -> -o.best())
                .thenComparingInt(o -> o.taken().size()));
    if (sets != 0) {
      open.add(new Open(sets, 1, best[sets], List.of()));
    }
    Map<String, List<String>> parents = parents();
    List<CutSet> all = new ArrayList<>();
    while (!open.isEmpty() && all.size() < FaultTreeAnalysis.MOST_SETS) {
      Open now = open.remove();
      if (now.node() == 1) {
        boolean[] set = new boolean[q.length];
        now.taken().forEach(v -> set[v] = true);
        listed.add(set);
        List<String> events = now.taken().stream().map(names::get).toList();
        all.add(
            new CutSet(events, now.sure(), events.stream().map(e -> chain(e, parents)).toList()));
        continue;
      }
      int v = decisions.variable(now.node());
      int one = decisions.high(now.node());
      int zero = decisions.low(now.node());
      List<Integer> more = new ArrayList<>(now.taken());
      more.add(v);
      open.add(new Open(one, now.sure() * q[v], now.sure() * q[v] * best[one], more));
      if (zero != 0) {
        open.add(new Open(zero, now.sure(), now.sure() * best[zero], now.taken()));
      }
    }
    return all;
  }

  /** For each name the first gate above it, as a walk from the top meets them. */
  private Map<String, List<String>> parents() {
    Map<String, List<String>> parents = new LinkedHashMap<>();
    for (String name : order(tree)) {
      FaultGate gate = tree.gates().get(name);
      if (gate != null) {
        for (String input : gate.inputs()) {
          parents.computeIfAbsent(input, k -> new ArrayList<>()).add(name);
        }
      }
    }
    return parents;
  }

  private List<String> chain(String event, Map<String, List<String>> parents) {
    List<String> chain = new ArrayList<>();
    String at = event;
    while (!at.equals(tree.top())) {
      at = parents.getOrDefault(at, List.of(tree.top())).get(0);
      chain.add(at);
    }
    return chain;
  }

  /** For each event the probability that a listed cut set with it has occurred. */
  private double[] vesely(List<boolean[]> listed) {
    double[] exact = new double[q.length];
    if (listed.size() > MOST_JOINED) {
      for (int v = 0; v < q.length; v++) {
        double none = 1;
        for (boolean[] set : listed) {
          double all = set[v] ? 1 : 0;
          for (int e = 0; e < q.length && all > 0; e++) {
            all *= set[e] ? q[e] : 1;
          }
          none *= 1 - all;
        }
        exact[v] = 1 - none;
      }
      return exact;
    }
    for (int v = 0; v < q.length; v++) {
      List<Integer> own = new ArrayList<>();
      for (boolean[] set : listed) {
        if (set[v]) {
          int product = 1;
          for (int e = q.length - 1; e >= 0; e--) {
            product = set[e] ? decisions.ite(decisions.event(e), product, 0) : product;
          }
          own.add(product);
        }
      }
      // Pairs of pairs: small diagrams are joined first.
      while (own.size() > 1) {
        List<Integer> half = new ArrayList<>();
        for (int i = 0; i < own.size(); i += 2) {
          half.add(i + 1 < own.size() ? decisions.or(own.get(i), own.get(i + 1)) : own.get(i));
        }
        own = half;
      }
      int any = own.isEmpty() ? 0 : own.get(0);
      exact[v] = probabilities(any)[any];
    }
    return exact;
  }
}
