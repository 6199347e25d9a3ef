package io.millwright.cli.text;

import io.millwright.api.text.Passage;
import io.millwright.api.text.PassageIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How well questions found their passages. Not thread-safe. */
final class Retrieval {

  private static final double PRECISION = 0.9;

  /** A passage holds an answer with so many of its pairs of neighbouring words. */
  private static final double HELD = 0.8;

  private static final Pattern WORD = Pattern.compile("\\p{IsHan}|[\\p{L}\\p{N}&&[^\\p{IsHan}]]+");

  private final double least;
  private final List<double[]> sure = new ArrayList<>();
  private double first;
  private double five;
  private double reciprocal;

  Retrieval(double least) {
    this.least = least;
  }

  void add(List<PassageIndex.Hit> hits, Predicate<Passage> right) {
    int rank = 0;
    for (int r = hits.size(); r >= 1; r--) {
      rank = right.test(hits.get(r - 1).passage()) ? r : rank;
    }
    first += rank == 1 ? 1 : 0;
    five += rank >= 1 && rank <= 5 ? 1 : 0;
    reciprocal += rank > 0 ? 1.0 / rank : 0;
    sure.add(new double[] {hits.isEmpty() ? 0 : hits.get(0).probability(), rank == 1 ? 1 : 0});
  }

  /** Whether nearly all of an answer stands in a text, in the order of its words. */
  static boolean holds(String text, String answer) {
    Set<String> wanted = pairs(answer);
    Set<String> there = pairs(text);
    return !wanted.isEmpty()
        && wanted.stream().filter(there::contains).count() >= HELD * wanted.size();
  }

  private static Set<String> pairs(String text) {
    List<String> words =
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(m -> m.group()).toList();
    Set<String> pairs = new HashSet<>();
    for (int i = 1; i < words.size(); i++) {
      pairs.add(words.get(i - 1) + " " + words.get(i));
    }
    return pairs;
  }

  Map<String, Double> figures() {
    int n = sure.size();
    List<double[]> answered = sure.stream().filter(s -> s[0] >= least).toList();
    Selective selective = Selective.of(sure, PRECISION);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("hit at 1", first / n);
    figures.put("hit at 5", five / n);
    figures.put("mrr at 10", reciprocal / n);
    figures.put("answered", answered.size() / (double) n);
    figures.put(
        "right of these", answered.stream().mapToDouble(s -> s[1]).average().orElse(Double.NaN));
    figures.put("answered at 90 % precision", selective.answered() / n);
    figures.put("precision then", selective.precision());
    figures.put("mean probability", sure.stream().mapToDouble(s -> s[0]).average().orElse(0));
    return figures;
  }
}
