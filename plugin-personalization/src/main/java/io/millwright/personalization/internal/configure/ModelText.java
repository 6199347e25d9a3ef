package io.millwright.personalization.internal.configure;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Problems;
import io.millwright.personalization.Feature;
import io.millwright.personalization.ProductModel;
import io.millwright.personalization.ProductRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the text form of product models, line by line, and collects what is wrong. */
final class ModelText {

  private static final int MOST_STEPS = 10000;

  private final Problems problems = new Problems("product model");
  private final Map<String, Feature> features = new LinkedHashMap<>();
  private final List<ProductRule> rules = new ArrayList<>();
  private String name = "product";

  private ModelText() {}

  static ProductModel read(String text) {
    ModelText reader = new ModelText();
    String[] lines = text.replace("\uFEFF", "").split("\\R", -1);
    // Features first: a rule may stand before the feature that it names.
    for (boolean ofRules : new boolean[] {false, true}) {
      for (int l = 0; l < lines.length; l++) {
        reader.line(lines[l], l + 1, ofRules);
      }
      reader.problems.throwIfAny();
    }
    return new ProductModel(reader.name, List.copyOf(reader.features.values()), reader.rules);
  }

  private void line(String line, int number, boolean ofRules) {
    try {
      Words words = Words.of(line);
      if (words.atEnd()) {
        return;
      }
      String kind = words.next();
      switch (kind) {
        case "product" -> {
          name = words.rest();
          if (name.isBlank()) {
            throw wrong("the product has no name", "product Pump");
          }
        }
        case "feature", "option" -> {
          if (!ofRules) {
            Feature f = kind.equals("option") ? option(words) : feature(words);
            if (features.put(f.name(), f) != null) {
              throw wrong("feature " + f.name() + " stands twice", "another name for one of them");
            }
          }
        }
        case "rule" -> {
          if (ofRules) {
            String title = words.next();
            words.expect(":");
            rules.addAll(new RuleText(words, features, measures()).read(title));
          }
        }
        default ->
            throw wrong(
                "a line begins with \"" + kind + "\"", "product, feature, option, rule or #");
      }
    } catch (MillwrightException e) {
      String[] parts = String.valueOf(e.getMessage()).split("\nMaybe ", 2);
      problems.add(
          ErrorCode.BAD_FILE,
          "line " + number,
          parts[0].replaceFirst("^\\[[A-Z_]+\\] ", ""),
          parts.length > 1 ? parts[1] : "");
    }
  }

  static MillwrightException wrong(String what, String remedy) {
    return new MillwrightException(ErrorCode.BAD_FILE, what + "\nMaybe write " + remedy);
  }

  private Set<String> measures() {
    TreeSet<String> all = new TreeSet<>();
    features.values().forEach(f -> f.choices().forEach(c -> all.addAll(c.measures().keySet())));
    return all;
  }

  private static List<String> synonyms(Words words) {
    List<String> all = new ArrayList<>();
    if (words.take("(")) {
      StringBuilder one = new StringBuilder();
      while (!words.take(")")) {
        String w = words.next();
        if (w.equals(",")) {
          all.add(one.toString());
          one.setLength(0);
        } else {
          one.append(one.length() > 0 ? " " : "").append(w);
        }
      }
      if (one.length() > 0) {
        all.add(one.toString());
      }
    }
    return all;
  }

  private static Map<String, Double> measures(Words words) {
    Map<String, Double> all = new LinkedHashMap<>();
    while (!words.atEnd() && !words.is("|")) {
      String measure = words.next();
      all.put(measure, words.number());
    }
    return all;
  }

  private static Feature option(Words words) {
    String title = words.next();
    List<String> synonyms = synonyms(words);
    Map<String, Double> measures = measures(words);
    words.end();
    return new Feature(
        title,
        synonyms,
        List.of(
            new Feature.Choice(Feature.NO, List.of(), Double.NaN, Map.of()),
            new Feature.Choice(Feature.YES, List.of(), Double.NaN, measures)),
        "");
  }

  private static Feature feature(Words words) {
    String title = words.next();
    List<String> synonyms = synonyms(words);
    words.expect("=");
    if (words.isNumber() && words.second("..")) {
      return numeric(title, synonyms, words);
    }
    List<Feature.Choice> choices = new ArrayList<>();
    do {
      String choice = words.next();
      List<String> others = synonyms(words);
      choices.add(new Feature.Choice(choice, others, Words.numberOf(choice), measures(words)));
    } while (words.take("|"));
    words.end();
    return new Feature(title, synonyms, choices, "");
  }

  private static Feature numeric(String title, List<String> synonyms, Words words) {
    BigDecimal low = words.decimal();
    words.expect("..");
    BigDecimal high = words.decimal();
    BigDecimal step = words.take("step") ? words.decimal() : BigDecimal.ONE;
    if (step.signum() <= 0 || high.compareTo(low) < 0) {
      throw wrong(
          "feature " + title + " goes from " + low + " to " + high + " by " + step,
          "10..100 step 5");
    }
    if (high.subtract(low).divide(step, 0, java.math.RoundingMode.DOWN).doubleValue()
        > MOST_STEPS) {
      throw wrong("feature " + title + " has more than " + MOST_STEPS + " values", "a larger step");
    }
    String unit = "";
    Map<String, Double> each = new LinkedHashMap<>();
    while (!words.atEnd()) {
      String word = words.next();
      if (words.isNumber()) {
        each.put(word, words.number());
      } else if (unit.isEmpty()) {
        unit = word;
      } else {
        throw wrong("measure " + word + " has no number", "price 2");
      }
    }
    List<Feature.Choice> choices = new ArrayList<>();
    for (BigDecimal v = low; v.compareTo(high) <= 0; v = v.add(step)) {
      Map<String, Double> measures = new LinkedHashMap<>();
      BigDecimal value = v;
      each.forEach(
          (m, per) -> measures.put(m, BigDecimal.valueOf(per).multiply(value).doubleValue()));
      BigDecimal plain = v.signum() == 0 ? BigDecimal.ZERO : v.stripTrailingZeros();
      choices.add(new Feature.Choice(plain.toPlainString(), List.of(), v.doubleValue(), measures));
    }
    return new Feature(title, synonyms, choices, unit);
  }
}
