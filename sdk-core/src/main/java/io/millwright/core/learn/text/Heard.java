package io.millwright.core.learn.text;

import io.millwright.api.learn.Loss;
import java.util.Arrays;

/**
 * What a candidate said of held-out texts, as logits, and how good that is once its sharpness is
 * set (temperature scaling, Guo et al. 2017).
 *
 * @param name who said it
 * @param logits for each text a number for each output
 * @param sharpness what logits are multiplied by
 * @param losses for each text the loss then
 */
record Heard(String name, double[][] logits, double sharpness, double[] losses) {

  private static final double TINY = 1e-9;
  private static final int STEPS = 24;

  static Heard of(String name, double[][] logits, float[][] targets, Loss loss) {
    boolean classes = loss instanceof Loss.CrossEntropy;
    // Golden section on the logarithm of the sharpness: the loss is convex in the sharpness.
    double low = Math.log(0.05);
    double high = Math.log(20);
    double ratio = (Math.sqrt(5) - 1) / 2;
    for (int step = 0; step < STEPS; step++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (doubted(logits, targets, Math.exp(left), classes)
          <= doubted(logits, targets, Math.exp(right), classes)) {
        high = right;
      } else {
        low = left;
      }
    }
    double sharpness = Math.exp((low + high) / 2);
    return new Heard(name, logits, sharpness, losses(logits, targets, sharpness, classes));
  }

  /**
   * The mean loss where one more text of {@code n + 2} is something else (the smoothed targets of
   * Platt 1999): so nothing is held for more certain than that many texts can tell.
   */
  private static double doubted(
      double[][] logits, float[][] targets, double sharpness, boolean classes) {
    double doubt = 1.0 / (logits.length + 2);
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double[] p = probabilities(logits[i], sharpness, classes);
      sum += (1 - doubt) * loss(p, targets[i], classes) + doubt * other(p, targets[i], classes);
    }
    return sum / Math.max(1, logits.length);
  }

  /** The loss where something else was right: any other class, or each label the other way. */
  private static double other(double[] p, float[] target, boolean classes) {
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      if (!classes && !Float.isNaN(target[k])) {
        sum -= Math.log(Math.max(TINY, target[k] > 0.5 ? 1 - p[k] : p[k]));
      } else if (classes && k != (int) target[0]) {
        sum -= Math.log(Math.max(TINY, p[k])) / (p.length - 1);
      }
    }
    return sum;
  }

  double loss() {
    return mean(losses);
  }

  /** The mean gain of other losses over some, and the standard error of that mean. */
  static double[] gain(double[] losses, double[] others) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < losses.length; i++) {
      double d = losses[i] - others[i];
      mean += d / losses.length;
      squares += d * d / losses.length;
    }
    double variance = Math.max(0, squares - mean * mean);
    return new double[] {mean, Math.sqrt(variance / Math.max(1, losses.length - 1))};
  }

  static double mean(double[] all) {
    return Arrays.stream(all).average().orElse(Double.NaN);
  }

  static double[] losses(double[][] logits, float[][] targets, double sharpness, boolean classes) {
    double[] losses = new double[logits.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = loss(probabilities(logits[i], sharpness, classes), targets[i], classes);
    }
    return losses;
  }

  /** The loss of probabilities. */
  static double loss(double[] p, float[] target, boolean classes) {
    if (classes) {
      return -Math.log(Math.max(TINY, p[(int) target[0]]));
    }
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      if (!Float.isNaN(target[k])) {
        sum -= Math.log(Math.max(TINY, target[k] > 0.5 ? p[k] : 1 - p[k]));
      }
    }
    return sum;
  }

  /** Probabilities of logits: a softmax over classes, or a sigmoid for each label. */
  static double[] probabilities(double[] logits, double sharpness, boolean classes) {
    double[] p = new double[logits.length];
    if (!classes) {
      for (int k = 0; k < p.length; k++) {
        p[k] = 1 / (1 + Math.exp(-sharpness * logits[k]));
      }
      return p;
    }
    double most = Arrays.stream(logits).max().orElse(0);
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(sharpness * (logits[k] - most));
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }
}
