package io.millwright.quality.internal.texts;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups texts about their first one, by the cosine of tf-idf weights. */
final class Duplicates {

  /** A feature in more texts than this share does not make two texts candidates. */
  private static final int COMMON = 10;

  private static final int RARE = 50;

  private Duplicates() {}

  /** The weights of a text by the numbers of its features, in rising order; of length 1. */
  private record Weights(int[] features, double[] values) {
    double cosine(Weights other) {
      double sum = 0;
      int i = 0;
      int j = 0;
      while (i < features.length && j < other.features.length) {
        if (features[i] == other.features[j]) {
          sum += values[i++] * other.values[j++];
        } else if (features[i] < other.features[j]) {
          i++;
        } else {
          j++;
        }
      }
      return Math.min(1, sum);
    }
  }

  static List<List<Integer>> of(List<String> texts, double alike) {
    Map<String, Integer> numbers = new HashMap<>();
    List<Map<Integer, Double>> counts = new ArrayList<>();
    for (String text : texts) {
      counts.add(features(text, numbers));
    }
    int[] seen = new int[numbers.size()];
    counts.forEach(one -> one.keySet().forEach(f -> seen[f]++));
    List<Weights> all = counts.stream().map(one -> weighed(one, seen, texts.size())).toList();
    int most = Math.max(RARE, texts.size() / COMMON);
    List<List<Integer>> leaders = new ArrayList<>();
    for (int f = 0; f < seen.length; f++) {
      leaders.add(new ArrayList<>());
    }
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int r = 0; r < all.size(); r++) {
      Weights own = all.get(r);
      if (own.features.length == 0) {
        continue;
      }
      int leader = leader(all, r, leaders, alike);
      groups.computeIfAbsent(leader < 0 ? r : leader, k -> new ArrayList<>()).add(r);
      if (leader < 0) {
        for (int feature : own.features) {
          if (seen[feature] <= most) {
            leaders.get(feature).add(r);
          }
        }
      }
    }
    return groups.values().stream()
        .filter(g -> g.size() > 1)
        .sorted(Comparator.comparingInt((List<Integer> g) -> g.size()).reversed())
        .map(List::copyOf)
        .toList();
  }

  /** The most alike first text of a group; -1 for none. */
  private static int leader(List<Weights> all, int row, List<List<Integer>> leaders, double alike) {
    BitSet near = new BitSet();
    for (int feature : all.get(row).features) {
      leaders.get(feature).forEach(near::set);
    }
    int best = -1;
    double most = alike;
    for (int other = near.nextSetBit(0); other >= 0; other = near.nextSetBit(other + 1)) {
      double cosine = all.get(row).cosine(all.get(other));
      if (cosine > most || cosine == most && best < 0) {
        most = cosine;
        best = other;
      }
    }
    return best;
  }

  private static Map<Integer, Double> features(String text, Map<String, Integer> numbers) {
    Map<Integer, Double> counts = new TreeMap<>();
    for (String own : Words.of(text).all()) {
      // Numbers of orders and parts differ where the complaint is the same.
      String word = own.chars().allMatch(Character::isDigit) ? "0" : own;
      add(word, 1, counts, numbers);
      String framed = "<" + word + ">";
      for (int i = 0; i + 3 <= framed.length() && !Words.chinese(word); i++) {
        add("3:" + framed.substring(i, i + 3), 0.5, counts, numbers);
      }
    }
    return counts;
  }

  private static void add(
      String feature, double count, Map<Integer, Double> counts, Map<String, Integer> numbers) {
    int next = numbers.size();
    counts.merge(numbers.computeIfAbsent(feature, k -> next), count, Double::sum);
  }

  private static Weights weighed(Map<Integer, Double> counts, int[] seen, int texts) {
    int[] features = counts.keySet().stream().mapToInt(Integer::intValue).toArray();
    double[] values = counts.values().stream().mapToDouble(Double::doubleValue).toArray();
    double square = 0;
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.sqrt(values[k]) * (Math.log((1.0 + texts) / (1 + seen[features[k]])) + 1);
      square += values[k] * values[k];
    }
    for (int k = 0; k < values.length; k++) {
      values[k] /= Math.sqrt(square);
    }
    return new Weights(features, values);
  }
}
