package io.millwright.cli.text;

import io.millwright.api.Outcome;
import io.millwright.api.learn.ClassScores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares answers with truths. Not thread-safe. */
final class Judgement {

  private static final double TINY = 1e-9;

  private final Map<String, int[]> counts = new TreeMap<>();
  private final Map<String, Integer> mistakes = new LinkedHashMap<>();
  private int asked;
  private int answered;
  private int right;
  private double loss;

  /** One text. An abstention counts as wrong, but not among the answered. */
  void add(Outcome<ClassScores> outcome, String truth) {
    asked++;
    @Nullable ClassScores scores = outcome.fold(p -> p.value(), a -> null);
    int[] own = counts.computeIfAbsent(truth, k -> new int[3]);
    if (scores == null) {
      own[1]++;
      return;
    }
    answered++;
    loss -= Math.log(Math.max(TINY, scores.of(truth)));
    String said = scores.best();
    if (said.equals(truth)) {
      right++;
      own[0]++;
    } else {
      own[1]++;
      counts.computeIfAbsent(said, k -> new int[3])[2]++;
      mistakes.merge(truth + " taken for " + said, 1, Integer::sum);
    }
  }

  Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    double f1 = 0;
    for (int[] c : counts.values()) {
      f1 += 2.0 * c[0] / Math.max(1, 2 * c[0] + c[1] + c[2]) / counts.size();
    }
    figures.put("accuracy", (double) right / asked);
    figures.put("macro f1", f1);
    figures.put("log loss", loss / Math.max(1, answered));
    if (answered < asked) {
      figures.put("answered", (double) answered / asked);
      figures.put("precision of answers", (double) right / Math.max(1, answered));
    }
    return figures;
  }

  /** What is mistaken most. */
  List<String> mistakes(int most) {
    List<String> all = new ArrayList<>();
    mistakes.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(most)
        .forEach(e -> all.add(e.getKey() + " (" + e.getValue() + ")"));
    return all;
  }
}
