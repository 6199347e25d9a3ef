package io.millwright.api.head;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels by their places, and the arithmetic that turns outputs into probabilities. */
final class Places {

  private Places() {}

  static Map<String, Integer> of(List<String> labels) {
    Map<String, Integer> places = new HashMap<>();
    labels.forEach(l -> places.put(l, places.size()));
    return places;
  }

  /** Adds a share of the softmax of logits. */
  static void softmax(float[] logits, int from, double[] into, int to, int n, double share) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < n; k++) {
      max = Math.max(max, logits[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += Math.exp(logits[from + k] - max);
    }
    for (int k = 0; k < n; k++) {
      into[to + k] += share * Math.exp(logits[from + k] - max) / sum;
    }
  }

  static double sigmoid(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  static double logit(double p) {
    double inside = Math.max(1e-12, Math.min(1 - 1e-12, p));
    return Math.log(inside / (1 - inside));
  }
}
