package io.millwright.quality.internal.comparison;

import io.millwright.quality.internal.backbone.Ridge;
import java.util.Arrays;
import java.util.List;

/**
 * Which class a region has, by kernel ridge regression with a Gaussian kernel on standardised
 * traits (Saunders, Gammerman and Vovk 1998): each class against all others; and how far people
 * draw a box beyond it. The class of an empty name is no defect. Immutable; arrays are not to be
 * changed.
 *
 * @param labels the classes
 * @param middle the mean of each trait
 * @param scale the standard deviation of each trait, above 0
 * @param known the standardised traits of the regions that were learnt from
 * @param weights for each of those its weight for each class and each side of the box
 * @param level the mean of each class's targets, and the usual margin of each side
 */
record Kinds(
    List<String> labels,
    double[] middle,
    double[] scale,
    double[][] known,
    double[][] weights,
    double[] level) {

  /** More regions than these are thinned evenly. */
  static final int MOST = 1200;

  /** The sides of a box: left, top, right, bottom. */
  static final int SIDES = 4;

  private static final double WIDTH = 0.5;
  private static final double PENALTY = 0.1;
  private static final double STEEP = 4;
  private static final double LEAST_SCALE = 1e-3;

  /**
   * Fits.
   *
   * @param traits of each region
   * @param truth its class
   * @param drawn how far its box reaches beyond it at each side, or the usual margins where it has
   *     none
   * @param labels all classes
   * @param margins the usual margins
   */
  static Kinds fit(
      List<double[]> traits,
      List<String> truth,
      List<double[]> drawn,
      List<String> labels,
      List<Double> margins) {
    int classes = labels.size();
    int outputs = classes + SIDES;
    int step = Math.max(1, (traits.size() + MOST - 1) / MOST);
    int n = (traits.size() + step - 1) / step;
    double[] middle = new double[Traits.COUNT];
    double[] scale = new double[Traits.COUNT];
    for (int j = 0; j < Traits.COUNT; j++) {
      double squares = 0;
      for (double[] t : traits) {
        middle[j] += t[j] / traits.size();
        squares += t[j] * t[j] / traits.size();
      }
      scale[j] = Math.sqrt(Math.max(0, squares - middle[j] * middle[j])) + LEAST_SCALE;
    }
    double[][] known = new double[n][];
    double[][] targets = new double[n][outputs];
    double[] level = new double[outputs];
    for (int i = 0; i < n; i++) {
      known[i] = standard(traits.get(i * step), middle, scale);
      for (int k = 0; k < classes; k++) {
        targets[i][k] = labels.get(k).equals(truth.get(i * step)) ? 1 : -1;
        level[k] += targets[i][k] / n;
      }
      System.arraycopy(drawn.get(i * step), 0, targets[i], classes, SIDES);
    }
    for (int e = 0; e < SIDES; e++) {
      level[classes + e] = margins.get(e);
    }
    double[][] kernel = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        kernel[i][j] = kernel(known[i], known[j]);
      }
      kernel[i][i] += PENALTY;
    }
    Ridge.factor(kernel);
    double[][] weights = new double[n][outputs];
    for (int k = 0; k < outputs; k++) {
      double[] alpha = new double[n];
      for (int i = 0; i < n; i++) {
        alpha[i] = targets[i][k] - level[k];
      }
      Ridge.solve(kernel, alpha);
      for (int i = 0; i < n; i++) {
        weights[i][k] = alpha[i];
      }
    }
    return new Kinds(labels, middle, scale, known, weights, level);
  }

  private static double[] standard(double[] traits, double[] middle, double[] scale) {
    double[] z = new double[Traits.COUNT];
    for (int j = 0; j < z.length; j++) {
      z[j] = (traits[j] - middle[j]) / scale[j];
    }
    return z;
  }

  private static double kernel(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return Math.exp(-WIDTH * sum / a.length);
  }

  /** A score of each class between 0 and 1. */
  double[] scores(double[] traits) {
    double[] scores = Arrays.copyOf(outputs(traits), labels.size());
    for (int c = 0; c < scores.length; c++) {
      scores[c] = 1 / (1 + Math.exp(-STEEP * scores[c]));
    }
    return scores;
  }

  /** How far a box is drawn beyond a region at each side, in pixels. */
  List<Double> margins(double[] traits) {
    double[] all = outputs(traits);
    return Arrays.stream(all, labels.size(), all.length).boxed().toList();
  }

  private double[] outputs(double[] traits) {
    double[] z = standard(traits, middle, scale);
    double[] all = level.clone();
    for (int i = 0; i < known.length; i++) {
      double k = kernel(z, known[i]);
      for (int c = 0; c < all.length; c++) {
        all[c] += k * weights[i][c];
      }
    }
    return all;
  }
}
