package io.millwright.personalization.internal.recommend;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Likeness of attributes (cosine of inverse document frequencies): the method that reaches items
 * which nobody ordered yet.
 */
final class Likeness implements Scorer {

  private static final double RECENCY = 0.8;

  private final int[][] words;
  private final int[][] itemsOf;
  private final double[] idf;
  private final double[] norm;

  private Likeness(int[][] words, int[][] itemsOf, double[] idf, double[] norm) {
    this.words = words;
    this.itemsOf = itemsOf;
    this.idf = idf;
    this.norm = norm;
  }

  static Likeness fit(List<String> items, Map<String, Set<String>> attributes) {
    Map<String, Integer> numbers = new HashMap<>();
    int[][] words = new int[items.size()][];
    for (int i = 0; i < words.length; i++) {
      words[i] =
          attributes.getOrDefault(items.get(i), Set.of()).stream()
              .sorted()
              .mapToInt(w -> numbers.computeIfAbsent(w, k -> numbers.size()))
              .toArray();
    }
    int[] count = new int[numbers.size()];
    for (int[] own : words) {
      for (int w : own) {
        count[w]++;
      }
    }
    int[][] itemsOf = new int[count.length][];
    double[] idf = new double[count.length];
    for (int w = 0; w < count.length; w++) {
      itemsOf[w] = new int[count[w]];
      idf[w] = Math.log1p((double) items.size() / count[w]);
    }
    double[] norm = new double[words.length];
    Arrays.fill(count, 0);
    for (int i = 0; i < words.length; i++) {
      for (int w : words[i]) {
        itemsOf[w][count[w]++] = i;
        norm[i] += idf[w] * idf[w];
      }
      norm[i] = Math.sqrt(norm[i]);
    }
    return new Likeness(words, itemsOf, idf, norm);
  }

  @Override
  public String name() {
    return "attributes";
  }

  @Override
  public void score(int[] history, float[] into) {
    Arrays.fill(into, 0);
    Map<Integer, Double> liked = new HashMap<>();
    double weight = 1;
    for (int t = history.length - 1; t >= 0 && weight > 1e-3; t--) {
      int i = history[t];
      for (int w : words[i]) {
        liked.merge(w, weight * idf[w] / norm[i], Double::sum);
      }
      weight *= RECENCY;
    }
    for (int w = 0; w < itemsOf.length; w++) {
      Double value = liked.get(w);
      if (value != null) {
        for (int i : itemsOf[w]) {
          into[i] += (float) (value * idf[w] / norm[i]);
        }
      }
    }
  }
}
