package io.millwright.quality.internal.backbone;

import java.util.ArrayList;
import java.util.List;

/**
 * Linear heads on the layers of a backbone: one on the finest layer, one on the two finest, and so
 * on to all, whose scores are added. Each learns +1 for the class and -1 for the others by ridge
 * regression on standardised features, from every view of an image; an answer is the mean over the
 * views. Immutable; arrays are not to be changed.
 *
 * @param ends how many features each head sees, increasing
 * @param middle the mean of each feature in training
 * @param scale the standard deviation of each feature in training
 * @param weights for each head and class the weights of its features, and an intercept behind them
 */
record LinearHead(List<Integer> ends, double[] middle, double[] scale, List<double[][]> weights) {

  /** The penalty of the ridge, as a part of the mean of the kernel's diagonal. */
  private static final double PENALTY = 0.1;

  /** Rare samples that weigh much are learnt by heart with less. */
  private static final double BALANCED_PENALTY = 1;

  /** Beyond this many rows the views of an image are averaged before the heads are fitted. */
  private static final int MOST_ROWS = 1600;

  private static final double LEAST_SCALE = 1e-6;

  LinearHead {
    ends = List.copyOf(ends);
    weights = List.copyOf(weights);
  }

  /**
   * Fits.
   *
   * @param views for each image its views, each a row of features
   * @param truth the class of each image
   * @param classes how many there are
   * @param ends how many features each head sees
   * @param balanced whether every class counts the same
   */
  static LinearHead fit(
      List<float[][]> views, int[] truth, int classes, List<Integer> ends, boolean balanced) {
    int width = views.get(0)[0].length;
    double[] middle = new double[width];
    double[] scale = new double[width];
    long rows = 0;
    for (float[][] image : views) {
      for (float[] row : image) {
        rows++;
        for (int j = 0; j < width; j++) {
          middle[j] += row[j];
          scale[j] += (double) row[j] * row[j];
        }
      }
    }
    for (int j = 0; j < width; j++) {
      middle[j] /= rows;
      scale[j] =
          Math.sqrt(Math.max(0, scale[j] / rows - middle[j] * middle[j]))
              + LEAST_SCALE * Math.max(1, Math.abs(middle[j]));
    }
    LinearHead standard = new LinearHead(ends, middle, scale, List.of());
    boolean averaged = rows > MOST_ROWS;
    List<double[]> x = new ArrayList<>();
    List<double[]> y = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    int[] frequency = new int[classes];
    for (int t : truth) {
      frequency[t]++;
    }
    for (int i = 0; i < views.size(); i++) {
      double[] target = new double[classes];
      java.util.Arrays.fill(target, -1);
      target[truth[i]] = 1;
      double count =
          balanced ? (double) truth.length / classes / Math.max(1, frequency[truth[i]]) : 1;
      double[][] all = standard.standardised(views.get(i));
      if (averaged) {
        x.add(mean(all));
        y.add(target);
        counts.add(count);
      } else {
        for (double[] row : all) {
          x.add(row);
          y.add(target);
          counts.add(count);
        }
      }
    }
    double[][] targets = y.toArray(new double[0][]);
    double[] weights = counts.stream().mapToDouble(c -> c).toArray();
    List<double[][]> heads = new ArrayList<>();
    for (int end : ends) {
      double[][] part =
          x.stream().map(row -> java.util.Arrays.copyOf(row, end)).toArray(double[][]::new);
      heads.add(Ridge.fit(part, targets, weights, balanced ? BALANCED_PENALTY : PENALTY));
    }
    return new LinearHead(ends, middle, scale, heads);
  }

  private double[][] standardised(float[][] views) {
    double[][] all = new double[views.length][middle.length];
    for (int v = 0; v < views.length; v++) {
      for (int j = 0; j < middle.length; j++) {
        all[v][j] = (views[v][j] - middle[j]) / scale[j];
      }
    }
    return all;
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    return mean;
  }

  /** The mean score of each class over heads and views. */
  double[] scores(float[][] views) {
    double[] x = mean(standardised(views)); // The heads are linear: the mean goes before them.
    double[] scores = new double[weights.get(0).length];
    for (int h = 0; h < ends.size(); h++) {
      for (int k = 0; k < scores.length; k++) {
        double[] own = weights.get(h)[k];
        scores[k] += (Ridge.dot(own, x, ends.get(h)) + own[ends.get(h)]) / ends.size();
      }
    }
    return scores;
  }

  /** How far an image is from those of training: the root mean square of standardised features. */
  double strangeness(float[][] views) {
    double[] x = mean(standardised(views));
    return Math.sqrt(Ridge.dot(x, x, x.length) / x.length);
  }
}
