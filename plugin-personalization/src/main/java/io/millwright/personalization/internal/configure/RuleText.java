package io.millwright.personalization.internal.configure;

import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductRule;
import io.millwright.personalization.ProductRule.Condition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one rule. */
final class RuleText {

  private final Words words;
  private final Map<String, Feature> features;
  private final Set<String> measures;

  RuleText(Words words, Map<String, Feature> features, Set<String> measures) {
    this.words = words;
    this.features = features;
    this.measures = measures;
  }

  List<ProductRule> read(String name) {
    ProductRule rule;
    if (words.is("at")) {
      rule = count(name);
    } else if (words.take("always")) {
      rule = new ProductRule.Implies(name, List.of(), list("or"));
    } else {
      int place = words.place();
      rule = sum(name);
      if (rule == null) {
        words.back(place);
        rule = implies(name);
      }
    }
    words.end();
    return List.of(rule);
  }

  private ProductRule implies(String name) {
    List<Condition> when = new ArrayList<>(list("and"));
    if (words.take("requires")) {
      List<Condition> then = new ArrayList<>(list("or"));
      return new ProductRule.Implies(name, when, then);
    }
    words.expect("excludes");
    when.addAll(list("and"));
    return new ProductRule.Implies(name, when, List.of());
  }

  private ProductRule count(String name) {
    int least = 0;
    int most = Integer.MAX_VALUE;
    do {
      words.expect("at");
      if (words.take("least")) {
        least = words.decimal().intValueExact();
      } else {
        words.expect("most");
        most = words.decimal().intValueExact();
      }
    } while (words.take("and"));
    words.expect("of");
    List<Condition> of = list(",");
    if (least > Math.min(most, of.size()) || most < 0) {
      throw ModelText.wrong(
          "at least " + least + " and at most " + most + " of " + of.size() + " cannot be",
          "limits that fit");
    }
    return new ProductRule.Count(name, of, least, Math.min(most, of.size()));
  }

  /** A linear sum, or null when the words are none. */
  private @org.jspecify.annotations.Nullable ProductRule sum(String name) {
    List<ProductRule.Term> terms = new ArrayList<>();
    boolean first = true;
    boolean arithmetic = false;
    while (first || words.is("+") || words.is("-")) {
      double sign = 1;
      if (words.take("-")) {
        sign = -1;
      } else {
        words.take("+");
      }
      double factor = sign;
      if (words.isNumber()) {
        double number = words.number();
        factor = sign * number;
        arithmetic = true;
        words.take("*");
        if (number < 0 && first) {
          factor = number;
        }
      }
      if (words.atEnd()) {
        return null;
      }
      String of = words.next();
      Feature feature = features.get(of);
      if (measures.contains(of)) {
        arithmetic = true;
        terms.add(new ProductRule.Term(factor, of, true));
      } else if (feature != null && feature.isNumeric()) {
        terms.add(new ProductRule.Term(factor, of, false));
      } else if (arithmetic || !first) {
        throw ModelText.wrong(
            "\"" + of + "\" is neither a measure nor a feature of numbers",
            measures.isEmpty() ? "a feature of numbers" : "one of " + measures);
      } else {
        return null;
      }
      first = false;
    }
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    if (words.take("<=")) {
      high = words.number();
    } else if (words.take(">=")) {
      low = words.number();
    } else if (arithmetic && words.take("=")) {
      low = words.number();
      high = low;
    } else {
      return null;
    }
    List<Condition> when = words.take("when") ? list("and") : List.of();
    if (!words.atEnd()) {
      // "head <= 60 requires …" is a condition after all.
      return null;
    }
    return new ProductRule.Limit(name, when, terms, low, high);
  }

  private List<Condition> list(String joint) {
    List<Condition> all = new ArrayList<>();
    do {
      all.add(condition());
    } while (words.take(joint));
    return all;
  }

  private Condition condition() {
    String name = words.next();
    Feature feature = features.get(name);
    if (feature == null) {
      throw ModelText.wrong(
          "there is no feature \"" + name + "\"",
          "one of " + features.keySet().stream().limit(12).toList());
    }
    boolean not = words.take("!=");
    if (not || words.take("=") || words.take("in")) {
      Set<String> named = new LinkedHashSet<>();
      do {
        String choice = words.next();
        if (feature.indexOf(choice) < 0) {
          throw ModelText.wrong(
              "feature " + name + " has no choice \"" + choice + "\"",
              "one of " + feature.choices().stream().map(Feature.Choice::name).limit(12).toList());
        }
        named.add(choice);
      } while (words.take("|"));
      return new Condition(name, not ? others(feature, named) : named);
    }
    boolean most = words.take("<=");
    if (most || words.take(">=")) {
      double limit = words.number();
      if (!feature.isNumeric()) {
        throw ModelText.wrong("feature " + name + " has no numbers", name + " = a choice");
      }
      Set<String> named = new LinkedHashSet<>();
      for (Feature.Choice c : feature.choices()) {
        if (most ? c.number() <= limit : c.number() >= limit) {
          named.add(c.name());
        }
      }
      return new Condition(name, named);
    }
    if (!feature.isOption()) {
      throw ModelText.wrong(
          "\"" + name + "\" stands alone, but it is no option", name + " = a choice");
    }
    return new Condition(name, Set.of(Feature.YES));
  }

  private static Set<String> others(Feature feature, Set<String> named) {
    Set<String> others = new LinkedHashSet<>();
    for (Feature.Choice c : feature.choices()) {
      if (!named.contains(c.name())) {
        others.add(c.name());
      }
    }
    return others;
  }
}
