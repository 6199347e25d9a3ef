package io.millwright.quality.internal.backbone;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Scores of classes as probabilities, by one temperature (Guo et al. 2017), and label sets with a
 * measured cover, by adaptive conformal scores (Romano, Sesia and Candes 2020, without
 * randomisation) of images held out. Immutable; the array is not to be changed.
 *
 * @param inverse one over the temperature
 * @param held the conformal scores of images held out, increasing
 */
record Calibrated(double inverse, double[] held) {

  private static final double LEAST = 0.05;
  private static final double MOST = 200;

  /** Fits to the scores of images held out. */
  static Calibrated fit(double[][] scores, int[] truth) {
    // The log loss is convex in the inverse temperature: golden section on its logarithm.
    double low = Math.log(LEAST);
    double high = Math.log(MOST);
    double golden = (Math.sqrt(5) - 1) / 2;
    for (int i = 0; i < 80; i++) {
      double a = high - golden * (high - low);
      double b = low + golden * (high - low);
      if (loss(scores, truth, Math.exp(a)) <= loss(scores, truth, Math.exp(b))) {
        high = b;
      } else {
        low = a;
      }
    }
    double inverse = Math.exp((low + high) / 2);
    double[] held = new double[truth.length];
    for (int i = 0; i < held.length; i++) {
      double[] p = probabilities(scores[i], inverse);
      held[i] = before(p, truth[i]) + p[truth[i]] / 2;
    }
    Arrays.sort(held);
    return new Calibrated(inverse, held);
  }

  private static double loss(double[][] scores, int[] truth, double inverse) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      sum -= Math.log(Math.max(1e-12, probabilities(scores[i], inverse)[truth[i]]));
    }
    return sum;
  }

  double[] probabilities(double[] scores) {
    return probabilities(scores, inverse);
  }

  private static double[] probabilities(double[] scores, double inverse) {
    double most = Arrays.stream(scores).max().orElse(0);
    double[] p = new double[scores.length];
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(inverse * (scores[k] - most));
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  /** The probability of all classes before one, in falling order. */
  private static double before(double[] p, int label) {
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      if (p[k] > p[label] || (p[k] == p[label] && k < label)) {
        sum += p[k];
      }
    }
    return sum;
  }

  /** The classes by falling probability. */
  static List<Integer> order(double[] p) {
    List<Integer> order = new ArrayList<>();
    for (int k = 0; k < p.length; k++) {
      order.add(k);
    }
    order.sort(Comparator.comparingDouble(k -> -p[k]));
    return order;
  }

  Uncertainties sets(double[] p, List<String> labels) {
    return new Sets(this, p.clone(), labels);
  }

  /** The largest score that a set of a level admits; infinite where too few were held out. */
  private double most(double level) {
    int rank = (int) Math.ceil(level * (held.length + 1));
    return rank > held.length ? Double.POSITIVE_INFINITY : held[Math.max(0, rank - 1)];
  }

  /** Label sets of one answer. */
  private record Sets(Calibrated calibrated, double[] p, List<String> labels)
      implements Uncertainties {

    @Override
    public Uncertainty at(double level) {
      double most = calibrated.most(level);
      List<String> set = new ArrayList<>();
      for (int k : order(p)) {
        if (set.isEmpty() || before(p, k) + p[k] / 2 <= most) {
          set.add(labels.get(k));
        }
      }
      return new Uncertainty.LabelSet(level, set);
    }

    @Override
    public double[] quantiles(double... probabilities) {
      double[] none = new double[probabilities.length];
      Arrays.fill(none, Double.NaN);
      return none;
    }

    @Override
    public String toString() {
      return "90 % label set " + at(0.9);
    }
  }
}
