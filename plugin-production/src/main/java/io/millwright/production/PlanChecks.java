package io.millwright.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Problems;
import io.millwright.production.PlanProblem.Component;
import io.millwright.production.PlanProblem.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of the parts of a plan's problem. */
final class PlanChecks {

  /** Beyond it the digits of a plan are lost beside each other. */
  private static final double MOST = 1e12;

  private PlanChecks() {}

  static void circles(Problems problems, List<Component> components) {
    Map<String, Set<String>> into = new HashMap<>();
    components.forEach(
        c -> into.computeIfAbsent(c.item(), i -> new HashSet<>()).add(c.component()));
    for (String start : into.keySet()) {
      Set<String> seen = new HashSet<>();
      List<String> open = new ArrayList<>(into.getOrDefault(start, Set.of()));
      while (!open.isEmpty()) {
        String next = open.remove(open.size() - 1);
        if (next.equals(start)) {
          problems.add(
              ErrorCode.BAD_VALUE,
              "bill of materials",
              start + " goes into itself",
              "remove one of its lines");
          return;
        }
        if (seen.add(next)) {
          open.addAll(into.getOrDefault(next, Set.of()));
        }
      }
    }
  }

  static void item(Problems problems, Item item, int periods) {
    if (!item.demand().isEmpty()) {
      length(problems, "demand of " + item.name(), item.demand(), periods);
    }
    if (!item.safety().isEmpty()) {
      length(problems, "safety stock of " + item.name(), item.safety(), periods);
    }
    positive(problems, "stock of " + item.name(), item.stock());
    positive(problems, "holding cost of " + item.name(), item.holding());
    positive(problems, "backlog cost of " + item.name(), item.backlog());
    positive(problems, "price of safety stock of " + item.name(), item.safetyPrice());
    positive(problems, "cost of outsourcing " + item.name(), item.outsourcing());
    positive(problems, "limit of outsourcing " + item.name(), item.outsourceLimit());
  }

  static void length(Problems problems, String place, List<Double> values, int periods) {
    if (values.size() != periods) {
      problems.add(
          ErrorCode.WRONG_SHAPE,
          place,
          "has " + values.size() + " values, but there are " + periods + " periods",
          "give one for each period");
    }
    for (int t = 0; t < values.size(); t++) {
      positive(problems, place + ", period " + (t + 1), values.get(t));
    }
  }

  /** A quantile of demand, 0 or more. */
  static double quantile(String item, int period, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          "quantile of the demand of "
              + item
              + ", period "
              + (period + 1)
              + ": is "
              + value
              + "\nMaybe give 0 or more");
    }
    return value;
  }

  static void positive(Problems problems, String place, double value) {
    if (!(value >= 0) || value > MOST) {
      problems.add(
          ErrorCode.OUT_OF_RANGE,
          place,
          "is " + value,
          value > MOST ? "count in larger units: the most is " + MOST : "give 0 or more");
    }
  }

  static void known(Problems problems, String place, String name, Set<String> names) {
    if (!names.contains(name)) {
      problems.add(
          ErrorCode.BAD_VALUE,
          place,
          "names \"" + name + "\", which is not there",
          names.size() > 20 ? "check the name" : "use one of " + names);
    }
  }
}
