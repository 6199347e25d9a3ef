package io.millwright.core.learn.tree;

import java.util.Arrays;

/**
 * Features in few steps (histogram binning): each value is replaced by the number of the run of
 * values that it lies in, at most 255 runs for each feature, cut where as many items lie in each.
 * Immutable after it was made; shared by threads.
 */
public final class Binned {

  private static final int MOST_BINS = 255;
  private static final int LEAST_BINS = 16;

  /** So many runs of all features together, that histograms of many leaves have room. */
  private static final int MOST_ALTOGETHER = 1 << 18;

  private final int items;
  private final byte[][] codes;
  private final float[][] cuts;

  private Binned(int items, byte[][] codes, float[][] cuts) {
    this.items = items;
    this.codes = codes;
    this.cuts = cuts;
  }

  /**
   * Bins a matrix.
   *
   * @param rows {@code [items, width]}
   * @param items the number of items
   * @param width the number of features
   */
  public static Binned of(float[] rows, int items, int width) {
    int most = Math.max(LEAST_BINS, Math.min(MOST_BINS, MOST_ALTOGETHER / Math.max(1, width)));
    byte[][] codes = new byte[width][items];
    float[][] cuts = new float[width][];
    float[] column = new float[items];
    for (int f = 0; f < width; f++) {
      for (int i = 0; i < items; i++) {
        column[i] = rows[i * width + f];
      }
      float[] sorted = column.clone();
      Arrays.sort(sorted);
      cuts[f] = cuts(sorted, most);
      for (int i = 0; i < items; i++) {
        codes[f][i] = (byte) code(cuts[f], column[i]);
      }
    }
    return new Binned(items, codes, cuts);
  }

  /** Where a feature is cut: a value at most a cut lies before it. */
  private static float[] cuts(float[] sorted, int most) {
    float[] cuts = new float[most - 1];
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    int n = 0;
    int since = 0;
    double each = distinct <= most ? 0 : (double) sorted.length / most;
    for (int i = 1; i < sorted.length && n < cuts.length; i++) {
      if (sorted[i] != sorted[i - 1] && i - since >= each) {
        cuts[n++] = middle(sorted[i - 1], sorted[i]);
        since = i;
      }
    }
    return Arrays.copyOf(cuts, n);
  }

  private static float middle(float low, float high) {
    float half = (float) (0.5 * ((double) low + high));
    return half < high ? half : low;
  }

  private static int code(float[] cuts, float value) {
    int low = 0;
    int high = cuts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value <= cuts[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The number of items. */
  public int items() {
    return items;
  }

  /** The number of features. */
  public int width() {
    return codes.length;
  }

  int bins(int feature) {
    return cuts[feature].length + 1;
  }

  byte[] codes(int feature) {
    return codes[feature];
  }

  /** The largest value of a run and those before it, a little more. */
  float cut(int feature, int bin) {
    return cuts[feature][bin];
  }
}
