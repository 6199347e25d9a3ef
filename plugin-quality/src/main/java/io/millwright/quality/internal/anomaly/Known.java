package io.millwright.quality.internal.anomaly;

import java.util.Arrays;

/** What is known of good cells by their place. Immutable, thread-safe. */
sealed interface Known permits Memory, Normals {

  /** How many of the strangest cells make an image's score. */
  int STRANGEST = 5;

  /**
   * How strange each cell of an image is, at least 0.
   *
   * @param image the image's projected cells, row by row
   */
  double[] distances(float[][] image);

  /** The same as a bundle keeps it, so that a model answers alike before and after. */
  Known rounded();

  /**
   * The score of an image: the mean of its strangest cells beyond the median of all, or as they
   * are, where images of good parts are alike in how strange they are as a whole.
   *
   * @param strangest how many cells count
   */
  static double score(double[] distances, int strangest, boolean beyondMedian) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int i = 0; i < strangest; i++) {
      sum += sorted[sorted.length - 1 - i];
    }
    return sum / strangest - (beyondMedian ? sorted[sorted.length / 2] : 0);
  }

  /** Distances less their median, at least 0. */
  static double[] beyondMedian(double[] distances) {
    double[] all = distances.clone();
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    for (int p = 0; p < all.length; p++) {
      all[p] = Math.max(0, all[p] - median);
    }
    return all;
  }
}
