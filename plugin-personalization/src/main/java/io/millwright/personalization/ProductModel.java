package io.millwright.personalization;

import io.millwright.api.ErrorCode;
import io.millwright.api.spi.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be built (feature model of a product line): features with their choices, and the rules
 * between them. Has a text form, see {@link Configurators#read}. Immutable.
 *
 * @param name the product's name
 * @param features the features, in the order in which they are asked
 * @param rules the rules
 */
public record ProductModel(String name, List<Feature> features, List<ProductRule> rules) {

  /**
   * Checks that all that rules name exists.
   *
   * @throws io.millwright.api.MillwrightException with {@link ErrorCode#BAD_OPTION}: all problems
   *     at once
   */
  public ProductModel {
    features = List.copyOf(features);
    rules = List.copyOf(rules);
    new ModelCheck(name, features, rules).throwIfAny();
  }

  /**
   * A feature.
   *
   * @param feature its name
   * @return the feature
   * @throws io.millwright.api.MillwrightException with {@link ErrorCode#BAD_OPTION} when there is
   *     none
   */
  public Feature feature(String feature) {
    return features.stream()
        .filter(f -> f.name().equals(feature))
        .findFirst()
        .orElseThrow(() -> ModelCheck.unknown(feature, features));
  }

  /**
   * Checks a complete configuration, rule by rule, without any solver.
   *
   * @param configuration for each feature the choice
   * @return the names of the rules that it breaks, and {@code feature X} for a feature without a
   *     valid choice; empty when it can be built
   */
  public List<String> broken(Map<String, String> configuration) {
    List<String> broken = new ArrayList<>();
    for (Feature f : features) {
      String choice = configuration.get(f.name());
      if (choice == null || f.indexOf(choice) < 0) {
        broken.add("feature " + f.name());
      }
    }
    if (!broken.isEmpty()) {
      return broken;
    }
    Map<String, Double> measures = measures(configuration);
    for (ProductRule rule : rules) {
      boolean kept;
      if (rule instanceof ProductRule.Implies i) {
        kept =
            i.when().stream().anyMatch(c -> !c.holds(configuration))
                || i.then().stream().anyMatch(c -> c.holds(configuration));
      } else if (rule instanceof ProductRule.Count c) {
        long held = c.of().stream().filter(o -> o.holds(configuration)).count();
        kept = held >= c.least() && held <= c.most();
      } else {
        ProductRule.Limit l = (ProductRule.Limit) rule;
        kept =
            l.when().stream().anyMatch(c -> !c.holds(configuration))
                || within(l, configuration, measures);
      }
      if (!kept) {
        broken.add(rule.name());
      }
    }
    return broken;
  }

  private boolean within(
      ProductRule.Limit limit, Map<String, String> configuration, Map<String, Double> measures) {
    double sum = 0;
    double size = 1;
    for (ProductRule.Term t : limit.terms()) {
      double value =
          t.measure() ? measures.getOrDefault(t.of(), 0.0) : number(t.of(), configuration);
      sum += t.factor() * value;
      size += Math.abs(t.factor() * value);
    }
    // Decimal fractions have no exact binary form: a billionth of the size is rounding.
    return sum >= limit.low() - 1e-9 * size && sum <= limit.high() + 1e-9 * size;
  }

  private double number(String feature, Map<String, String> configuration) {
    Feature f = feature(feature);
    return f.choices().get(f.indexOf(configuration.getOrDefault(feature, ""))).number();
  }

  /**
   * Sums the measures of a configuration.
   *
   * @param configuration for each feature the choice; features without one add nothing
   * @return the sums by the measure's name, such as price
   */
  public Map<String, Double> measures(Map<String, String> configuration) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (Feature f : features) {
      int k = f.indexOf(configuration.getOrDefault(f.name(), ""));
      if (k >= 0) {
        f.choices().get(k).measures().forEach((m, v) -> sums.merge(m, v, Double::sum));
      }
    }
    return Collections.unmodifiableMap(sums);
  }

  /**
   * The measures that any choice has.
   *
   * @return their names
   */
  public Set<String> measureNames() {
    Set<String> names = new HashSet<>();
    features.forEach(f -> f.choices().forEach(c -> names.addAll(c.measures().keySet())));
    return Collections.unmodifiableSet(names);
  }

  /** Looks for what does not fit. */
  private record ModelCheck(String name, List<Feature> features, List<ProductRule> rules) {

    static io.millwright.api.MillwrightException unknown(String feature, List<Feature> features) {
      return new io.millwright.api.MillwrightException(
          ErrorCode.BAD_OPTION,
          "there is no feature \""
              + feature
              + "\"\nMaybe one of "
              + features.stream().map(Feature::name).limit(12).toList());
    }

    void throwIfAny() {
      Problems problems = new Problems("product model " + name);
      Map<String, Feature> byName = new LinkedHashMap<>();
      for (Feature f : features) {
        if (byName.put(f.name(), f) != null) {
          problems.add(ErrorCode.BAD_OPTION, "feature " + f.name(), "there are two", "rename one");
        }
      }
      if (features.isEmpty()) {
        problems.add(ErrorCode.TOO_FEW_DATA, "features", "there are none", "add one");
      }
      Set<String> measures = new HashSet<>();
      features.forEach(f -> f.choices().forEach(c -> measures.addAll(c.measures().keySet())));
      Set<String> names = new HashSet<>();
      for (ProductRule rule : rules) {
        String place = "rule " + rule.name();
        if (!names.add(rule.name())) {
          problems.add(ErrorCode.BAD_OPTION, place, "there are two", "rename one");
        }
        for (ProductRule.Condition c : conditions(rule)) {
          Feature f = byName.get(c.feature());
          if (f == null) {
            problems.add(
                ErrorCode.BAD_OPTION,
                place,
                "there is no feature \"" + c.feature() + "\"",
                "one of " + byName.keySet().stream().limit(8).toList());
            continue;
          }
          for (String choice : c.choices()) {
            if (f.indexOf(choice) < 0) {
              problems.add(
                  ErrorCode.BAD_OPTION,
                  place,
                  "feature " + f.name() + " has no choice \"" + choice + "\"",
                  "one of " + f.choices().stream().map(Feature.Choice::name).limit(8).toList());
            }
          }
        }
        if (rule instanceof ProductRule.Limit limit) {
          for (ProductRule.Term t : limit.terms()) {
            Feature f = byName.get(t.of());
            boolean known = t.measure() ? measures.contains(t.of()) : f != null && f.isNumeric();
            if (!known || !Double.isFinite(t.factor())) {
              problems.add(
                  ErrorCode.BAD_OPTION,
                  place,
                  "\""
                      + t.of()
                      + "\" is neither a numeric feature nor a measure, or its factor is"
                      + " not finite",
                  "use a number, or one of " + measures);
            }
          }
        }
      }
      problems.throwIfAny();
    }

    private static List<ProductRule.Condition> conditions(ProductRule rule) {
      List<ProductRule.Condition> all = new ArrayList<>();
      if (rule instanceof ProductRule.Implies i) {
        all.addAll(i.when());
        all.addAll(i.then());
      } else if (rule instanceof ProductRule.Count c) {
        all.addAll(c.of());
      } else if (rule instanceof ProductRule.Limit l) {
        all.addAll(l.when());
      }
      return all;
    }
  }
}
