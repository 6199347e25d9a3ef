package io.millwright.personalization.internal.configure;

import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.ProductRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Random models that are known to be satisfiable: every rule is kept by a hidden configuration. */
final class RandomModels {

  private RandomModels() {}

  static ProductModel model(long key, int options, int ruleCount) {
    SplittableRandom random = new SplittableRandom(key);
    List<Feature> features = new ArrayList<>();
    Map<String, String> hidden = new HashMap<>();
    int left = options;
    while (left > 1) {
      int n = Math.min(left, 2 + random.nextInt(5));
      List<Feature.Choice> choices = new ArrayList<>();
      for (int c = 0; c < n; c++) {
        choices.add(
            new Feature.Choice(
                "c" + c,
                List.of(),
                c * 10,
                Map.of(
                    "price", (double) random.nextInt(100), "weight", random.nextInt(50) / 10.0)));
      }
      Feature f = new Feature("f" + features.size(), List.of(), choices, "");
      features.add(f);
      hidden.put(f.name(), "c" + random.nextInt(n));
      left -= n;
    }
    List<ProductRule> rules = new ArrayList<>();
    while (rules.size() < ruleCount) {
      ProductRule rule = rule("r" + rules.size(), features, random);
      if (new ProductModel("m", features, List.of(rule)).broken(hidden).isEmpty()) {
        rules.add(rule);
      }
    }
    double price =
        new ProductModel("m", features, List.of()).measures(hidden).getOrDefault("price", 0.0);
    rules.add(
        new ProductRule.Limit(
            "budget",
            List.of(),
            List.of(new ProductRule.Term(1, "price", true)),
            Double.NEGATIVE_INFINITY,
            price + 5));
    return new ProductModel("m" + key, features, rules);
  }

  private static ProductRule rule(String name, List<Feature> features, SplittableRandom random) {
    int kind = random.nextInt(10);
    if (kind < 5) {
      return new ProductRule.Implies(
          name,
          List.of(condition(features, random), condition(features, random))
              .subList(0, 1 + random.nextInt(2)),
          List.of(condition(features, random), condition(features, random))
              .subList(0, 1 + random.nextInt(2)));
    }
    if (kind < 8) {
      return new ProductRule.Implies(
          name, List.of(condition(features, random), condition(features, random)), List.of());
    }
    if (kind < 9) {
      List<ProductRule.Condition> of = new ArrayList<>();
      int n = 3 + random.nextInt(4);
      for (int k = 0; k < n; k++) {
        of.add(condition(features, random));
      }
      return new ProductRule.Count(name, of, random.nextInt(2), 2 + random.nextInt(n - 1));
    }
    List<ProductRule.Term> terms = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      terms.add(
          new ProductRule.Term(
              (random.nextInt(9) - 4) / 2.0,
              features.get(random.nextInt(features.size())).name(),
              false));
    }
    return new ProductRule.Limit(
        name,
        random.nextBoolean() ? List.of(condition(features, random)) : List.of(),
        terms,
        random.nextBoolean() ? -40 : Double.NEGATIVE_INFINITY,
        30 + random.nextInt(30));
  }

  private static ProductRule.Condition condition(List<Feature> features, SplittableRandom random) {
    Feature f = features.get(random.nextInt(features.size()));
    Set<String> names = new LinkedHashSet<>();
    int n = 1 + random.nextInt(Math.max(1, f.choices().size() - 1));
    while (names.size() < n) {
      names.add("c" + random.nextInt(f.choices().size()));
    }
    return new ProductRule.Condition(f.name(), names);
  }
}
