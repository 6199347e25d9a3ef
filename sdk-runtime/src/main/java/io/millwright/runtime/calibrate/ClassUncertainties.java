package io.millwright.runtime.calibrate;

import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Label sets of one prediction: adaptive prediction sets (Romano, Sesia and Candes 2020). A label's
 * score is the probability of the labels before it and half of its own, the mean of the random
 * share that the paper takes, so that the same input always gives the same set; a score need not be
 * random to be calibrated. The most probable label always belongs.
 */
final class ClassUncertainties implements Uncertainties {

  private final Scores scores;
  private final List<String> ordered = new ArrayList<>();
  private final double[] ownScores;

  ClassUncertainties(Scores scores, double[] probabilities, List<String> labels) {
    if (probabilities.length != labels.size() || labels.isEmpty()) {
      throw new IllegalArgumentException(
          labels.size() + " labels with " + probabilities.length + " probabilities");
    }
    this.scores = scores;
    Integer[] order = order(probabilities);
    ownScores = new double[order.length];
    double before = 0;
    for (int k = 0; k < order.length; k++) {
      double p = probabilities[order[k]];
      ordered.add(labels.get(order[k]));
      ownScores[k] = before + p / 2;
      before += p;
    }
  }

  private static Integer[] order(double[] probabilities) {
    Integer[] order = new Integer[probabilities.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -probabilities[i]));
    return order;
  }

  /** The score of a class. */
  static double score(double[] probabilities, int label) {
    double before = 0;
    for (int k : order(probabilities)) {
      if (k == label) {
        break;
      }
      before += probabilities[k];
    }
    return before + probabilities[label] / 2;
  }

  @Override
  public Uncertainty at(double level) {
    QuantityUncertainties.open("level", level);
    double threshold = scores.upper(level);
    int size = 1;
    while (size < ownScores.length && ownScores[size] <= threshold) {
      size++;
    }
    return new Uncertainty.LabelSet(level, ordered.subList(0, size));
  }

  @Override
  public double[] quantiles(double... probabilities) {
    double[] none = new double[probabilities.length];
    Arrays.fill(none, Double.NaN);
    return none;
  }
}
