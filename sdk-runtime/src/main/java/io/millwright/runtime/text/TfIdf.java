package io.millwright.runtime.text;

import java.util.Arrays;
import java.util.List;

/**
 * Term frequency times inverse document frequency, fitted to texts: {@code (1 + ln count) (1 +
 * ln((1 + n) / (1 + df)))}, each vector brought to length 1 (Salton and Buckley 1988). Immutable
 * and thread-safe.
 */
public final class TfIdf {

  /** No model keeps more n-grams; the rarest go first. */
  static final int MOST = 1 << 17;

  private final Grams grams;
  private final int[] keys;
  private final float[] weights;

  TfIdf(Grams grams, int[] keys, float[] weights) {
    this.grams = grams;
    this.keys = keys;
    this.weights = weights;
    if (keys.length != weights.length || keys.length > MOST) {
      throw new IllegalArgumentException(keys.length + " keys with " + weights.length + " weights");
    }
    for (int i = 0; i < keys.length; i++) {
      if ((i > 0 && keys[i - 1] >= keys[i]) || !(weights[i] >= 0) || weights[i] > 100) {
        throw new IllegalArgumentException("key " + i + " is out of order, or its weight is wrong");
      }
    }
  }

  /**
   * Counts the n-grams of texts.
   *
   * @param least in how many texts an n-gram must stand to be kept
   */
  public static TfIdf fit(Grams grams, List<String> texts, int least) {
    int[] all = new int[1024];
    int n = 0;
    for (String text : texts) {
      int[] own = grams.of(text);
      for (int i = 0; i < own.length; i++) {
        if (i == 0 || own[i] != own[i - 1]) {
          if (n == all.length) {
            all = Arrays.copyOf(all, Math.addExact(n, n >> 1));
          }
          all[n++] = own[i];
        }
      }
    }
    Arrays.sort(all, 0, n);
    int[] counts = new int[n];
    int[] keys = new int[n];
    int kinds = 0;
    for (int i = 0; i < n; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        keys[kinds++] = all[i];
      }
      counts[kinds - 1]++;
    }
    int floor = floor(counts, kinds, least);
    int kept = 0;
    float[] weights = new float[kinds];
    for (int k = 0; k < kinds; k++) {
      if (counts[k] >= floor) {
        keys[kept] = keys[k];
        weights[kept++] = (float) (1 + Math.log((1.0 + texts.size()) / (1.0 + counts[k])));
      }
    }
    return new TfIdf(grams, Arrays.copyOf(keys, kept), Arrays.copyOf(weights, kept));
  }

  private static int floor(int[] counts, int kinds, int least) {
    int floor = Math.max(1, least);
    while (true) {
      int f = floor;
      if (Arrays.stream(counts, 0, kinds).filter(c -> c >= f).count() <= MOST) {
        return floor;
      }
      floor++;
    }
  }

  /** The number of n-grams that it knows. */
  public int size() {
    return keys.length;
  }

  Grams grams() {
    return grams;
  }

  int[] keys() {
    return keys;
  }

  float[] weights() {
    return weights;
  }

  /** The vector of a text, of length 1; all zeros where no n-gram is known. */
  public Sparse of(String text) {
    return of(grams.of(text));
  }

  private Sparse of(int[] own) {
    int[] at = new int[own.length];
    float[] value = new float[own.length];
    int n = 0;
    double squares = 0;
    for (int i = 0; i < own.length; ) {
      int to = i + 1;
      while (to < own.length && own[to] == own[i]) {
        to++;
      }
      int place = Arrays.binarySearch(keys, own[i]);
      if (place >= 0) {
        double v = (1 + Math.log(to - i)) * weights[place];
        at[n] = place;
        value[n++] = (float) v;
        squares += v * v;
      }
      i = to;
    }
    float scale = n == 0 ? 0 : (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < n; i++) {
      value[i] *= scale;
    }
    return new Sparse(Arrays.copyOf(at, n), Arrays.copyOf(value, n));
  }

  /** The share of a text's different n-grams that it knows; 0 for a text without any. */
  public double known(String text) {
    int[] own = Arrays.stream(grams.of(text)).distinct().toArray();
    long known = Arrays.stream(own).filter(k -> Arrays.binarySearch(keys, k) >= 0).count();
    return own.length == 0 ? 0 : (double) known / own.length;
  }
}
