package io.millwright.quality.internal.anomaly;

import java.util.Arrays;

/** What is known of good cells by their place. Immutable, thread-safe. */
sealed interface Known permits Memory, Normals {

  /** How many of the strangest cells make an image's score. */
  int STRANGEST = 5;

  /**
   * How strange each cell of an image is beyond the median of all, at least 0.
   *
   * @param image the image's projected cells, row by row
   */
  double[] strange(float[][] image);

  /** The score of an image: the mean of its strangest cells. */
  static double score(double[] strange) {
    double[] sorted = strange.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int i = 0; i < STRANGEST; i++) {
      sum += sorted[sorted.length - 1 - i];
    }
    return sum / STRANGEST;
  }

  /** Distances less their median, at least 0. */
  static double[] beyondMedian(double[] all) {
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    for (int p = 0; p < all.length; p++) {
      all[p] = Math.max(0, all[p] - median);
    }
    return all;
  }
}
