package io.millwright.personalization.internal.configure;

import io.millwright.personalization.ProductModel;
import io.millwright.personalization.ProductRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Conditions that require each other in a ring (the strongly connected components of the rules with
 * one condition on each side, Tarjan 1972): they come together or not at all, which is allowed, but
 * seldom meant.
 */
final class Rings {

  private final Map<String, Map<String, String>> arcs = new LinkedHashMap<>();
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> low = new HashMap<>();
  private final Deque<String> stack = new ArrayDeque<>();
  private final List<String> found = new ArrayList<>();

  private Rings() {}

  static List<String> of(ProductModel model) {
    Rings rings = new Rings();
    for (ProductRule rule : model.rules()) {
      if (rule instanceof ProductRule.Implies i && i.when().size() == 1 && i.then().size() == 1) {
        rings
            .arcs
            .computeIfAbsent(text(i.when().get(0)), k -> new LinkedHashMap<>())
            .put(text(i.then().get(0)), rule.name());
      }
    }
    for (String node : List.copyOf(rings.arcs.keySet())) {
      if (!rings.index.containsKey(node)) {
        rings.visit(node);
      }
    }
    return rings.found;
  }

  private static String text(ProductRule.Condition c) {
    return c.feature() + " = " + String.join(" | ", new TreeSet<>(c.choices()));
  }

  /** With a stack of its own: chains may be long. */
  private void visit(String root) {
    Deque<String> path = new ArrayDeque<>();
    Deque<java.util.Iterator<String>> next = new ArrayDeque<>();
    enter(root, path, next);
    while (!path.isEmpty()) {
      String node = path.getLast();
      java.util.Iterator<String> to = next.getLast();
      if (to.hasNext()) {
        String other = to.next();
        if (!index.containsKey(other)) {
          enter(other, path, next);
        } else if (stack.contains(other)) {
          low.merge(node, index.getOrDefault(other, 0), Math::min);
        }
        continue;
      }
      path.removeLast();
      next.removeLast();
      if (!path.isEmpty()) {
        low.merge(path.getLast(), low.getOrDefault(node, 0), Math::min);
      }
      if (low.getOrDefault(node, 0).equals(index.get(node))) {
        leave(node);
      }
    }
  }

  private void enter(String node, Deque<String> path, Deque<java.util.Iterator<String>> next) {
    index.put(node, index.size());
    low.put(node, index.getOrDefault(node, 0));
    stack.addLast(node);
    path.addLast(node);
    next.addLast(arcs.getOrDefault(node, Map.of()).keySet().iterator());
  }

  private void leave(String node) {
    List<String> ring = new ArrayList<>();
    String one;
    do {
      one = stack.removeLast();
      ring.add(0, one);
    } while (!one.equals(node));
    if (ring.size() > 1) {
      TreeSet<String> rules = new TreeSet<>();
      for (String a : ring) {
        arcs.getOrDefault(a, Map.of())
            .forEach(
                (b, rule) -> {
                  if (ring.contains(b)) {
                    rules.add(rule);
                  }
                });
      }
      found.add(
          "rules "
              + String.join(", ", rules)
              + " form a ring: "
              + String.join("; ", ring)
              + " come together or not at all");
    }
  }
}
