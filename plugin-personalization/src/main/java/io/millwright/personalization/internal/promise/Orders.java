package io.millwright.personalization.internal.promise;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.plan.WorkOrder;
import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.ProductionRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Applies the rules of production to one configuration. */
final class Orders {

  private final ProductModel model;
  private final Map<String, String> configuration;
  private final ProductionRules rules;

  Orders(ProductModel model, Map<String, String> configuration, ProductionRules rules) {
    this.model = model;
    this.configuration = configuration;
    this.rules = rules;
    List<String> broken = model.broken(configuration);
    if (!broken.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.NO_SOLUTION,
          "the configuration breaks "
              + broken
              + "\nMaybe complete it by a configurator, whose answers are valid");
    }
  }

  WorkOrder order(String id, double quantity, long release) {
    List<WorkOrder.Step> steps = new ArrayList<>();
    Map<String, ProductionRules.StepRule> all = new LinkedHashMap<>();
    rules.steps().forEach(s -> all.put(s.name(), s));
    for (ProductionRules.StepRule s : all.values()) {
      if (!needed(s)) {
        continue;
      }
      double ticks = s.setup() + quantity * s.each();
      for (Map.Entry<String, Double> f : s.factors().entrySet()) {
        Feature feature = model.feature(f.getKey());
        double number =
            feature
                .choices()
                .get(feature.indexOf(configuration.getOrDefault(feature.name(), "")))
                .number();
        if (Double.isNaN(number)) {
          throw new MillwrightException(
              ErrorCode.BAD_OPTION,
              "step "
                  + s.name()
                  + " counts "
                  + feature.name()
                  + ", which has no numbers\nMaybe use a condition instead");
        }
        ticks += quantity * number * f.getValue();
      }
      Set<String> after = new LinkedHashSet<>();
      before(s, all, after, new LinkedHashSet<>());
      steps.add(
          new WorkOrder.Step(
              s.name(),
              s.resource(),
              Math.max(1, (long) Math.ceil(ticks - 1e-9)),
              List.copyOf(after)));
    }
    Map<String, WorkOrder.Material> materials = new LinkedHashMap<>();
    for (ProductionRules.PartRule p : rules.parts()) {
      if (p.when().stream().allMatch(c -> c.holds(configuration))) {
        explode(p.item(), quantity * p.each(), p.step(), new LinkedHashSet<>(), materials);
      }
    }
    return new WorkOrder(
        id,
        model.name(),
        quantity,
        steps,
        List.copyOf(materials.values()),
        release,
        Long.MAX_VALUE);
  }

  private boolean needed(ProductionRules.StepRule s) {
    return s.when().stream().allMatch(c -> c.holds(configuration));
  }

  /** The needed steps before one; those that are not needed hand on what is before them. */
  private void before(
      ProductionRules.StepRule s,
      Map<String, ProductionRules.StepRule> all,
      Set<String> found,
      Set<String> path) {
    if (!path.add(s.name())) {
      throw ring("steps", path, s.name());
    }
    for (String name : s.after()) {
      ProductionRules.StepRule b = all.get(name);
      if (b == null) {
        throw new MillwrightException(
            ErrorCode.BAD_OPTION,
            "step "
                + s.name()
                + " comes after \""
                + name
                + "\", which is no step\nMaybe one of "
                + all.keySet());
      }
      if (needed(b)) {
        found.add(name);
      } else {
        before(b, all, found, path);
      }
    }
    path.remove(s.name());
  }

  private void explode(
      String item,
      double quantity,
      String step,
      Set<String> path,
      Map<String, WorkOrder.Material> into) {
    Map<String, Double> bill = rules.bills().get(item);
    if (bill == null) {
      into.merge(
          item + "\n" + step,
          new WorkOrder.Material(item, quantity, step),
          (a, b) -> new WorkOrder.Material(item, a.quantity() + b.quantity(), step));
      return;
    }
    if (!path.add(item)) {
      throw ring("bills of materials", path, item);
    }
    for (Map.Entry<String, Double> c : bill.entrySet()) {
      explode(c.getKey(), quantity * c.getValue(), step, path, into);
    }
    path.remove(item);
  }

  private static MillwrightException ring(String what, Set<String> path, String again) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION,
        "the "
            + what
            + " form a ring: "
            + String.join(" > ", path)
            + " > "
            + again
            + "\nMaybe one of them names the wrong one");
  }
}
