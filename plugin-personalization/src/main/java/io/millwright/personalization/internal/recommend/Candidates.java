package io.millwright.personalization.internal.recommend;

import java.util.Arrays;
import java.util.List;

/**
 * The items that any method puts near the top for one history, with what every method says about
 * them: the input of the ranker.
 *
 * @param items the candidates' numbers, rising
 * @param features for each candidate the features, row-major
 * @param width how many features a candidate has
 */
record Candidates(int[] items, float[] features, int width) {

  /** So many of the best of each method become candidates. */
  static final int EACH = 40;

  /** How many features a candidate has. */
  static int width(List<Scorer> scorers) {
    return 2 * scorers.size() + 2;
  }

  /**
   * Finds the candidates.
   *
   * @param banned items that must not be recommended
   */
  static Candidates of(List<Scorer> scorers, int[] history, boolean[] banned) {
    int n = banned.length;
    float[][] scores = new float[scorers.size()][n];
    float[] largest = new float[scorers.size()];
    boolean[] in = new boolean[n];
    int count = 0;
    for (int s = 0; s < scores.length; s++) {
      float[] score = scores[s];
      scorers.get(s).score(history, score);
      int[] best = best(score, banned, EACH);
      for (int i : best) {
        if (!in[i]) {
          in[i] = true;
          count++;
        }
      }
      largest[s] = best.length == 0 ? 0 : score[best[0]];
    }
    int width = width(scorers);
    int[] items = new int[count];
    float[] features = new float[count * width];
    int k = 0;
    for (int i = 0; i < n; i++) {
      if (in[i]) {
        items[k] = i;
        int at = k * width;
        for (int s = 0; s < scores.length; s++) {
          features[at++] = scores[s][i];
          features[at++] = largest[s] > 0 ? scores[s][i] / largest[s] : 0;
        }
        int last = history.length - 1;
        int times = 0;
        for (int past : history) {
          times += past == i ? 1 : 0;
        }
        features[at++] = last + 1f;
        features[at] = times;
        k++;
      }
    }
    return new Candidates(items, features, width);
  }

  /** The best items with a score above 0, the best first; equal ones by number. */
  static int[] best(float[] score, boolean[] banned, int most) {
    long[] heap = new long[most];
    int size = 0;
    for (int i = 0; i < score.length; i++) {
      if (score[i] > 0 && !banned[i]) {
        long code = (long) Float.floatToIntBits(score[i]) << 32 | (Integer.MAX_VALUE - i);
        if (size < most) {
          heap[size] = code;
          int c = size++;
          while (c > 0 && heap[(c - 1) / 2] > heap[c]) {
            swap(heap, c, (c - 1) / 2);
            c = (c - 1) / 2;
          }
        } else if (code > heap[0]) {
          heap[0] = code;
          int p = 0;
          while (true) {
            int c = 2 * p + 1;
            if (c >= size) {
              break;
            }
            if (c + 1 < size && heap[c + 1] < heap[c]) {
              c++;
            }
            if (heap[p] <= heap[c]) {
              break;
            }
            swap(heap, p, c);
            p = c;
          }
        }
      }
    }
    long[] sorted = Arrays.copyOf(heap, size);
    Arrays.sort(sorted);
    int[] best = new int[size];
    for (int k = 0; k < size; k++) {
      best[k] = Integer.MAX_VALUE - (int) sorted[size - 1 - k];
    }
    return best;
  }

  private static void swap(long[] a, int i, int j) {
    long t = a[i];
    a[i] = a[j];
    a[j] = t;
  }
}
