package io.millwright.api.head;

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
record ClassUncertainties(Scores scores, List<String> labels, List<Double> ownScores)
    implements Uncertainties {

  ClassUncertainties {
    labels = List.copyOf(labels);
    ownScores = List.copyOf(ownScores);
  }

  static ClassUncertainties of(Scores scores, double[] probabilities, List<String> labels) {
    if (probabilities.length != labels.size() || labels.isEmpty()) {
      throw new IllegalArgumentException(
          labels.size() + " labels with " + probabilities.length + " probabilities");
    }
    Integer[] order = order(probabilities);
    List<String> ordered = new ArrayList<>(order.length);
    List<Double> own = new ArrayList<>(order.length);
    double before = 0;
    for (int k : order) {
      ordered.add(labels.get(k));
      own.add(before + probabilities[k] / 2);
      before += probabilities[k];
    }
    return new ClassUncertainties(scores, ordered, own);
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
    return new Uncertainty.LabelSet(level, labels.subList(0, size(level)));
  }

  private int size(double level) {
    double threshold = scores.upper(level);
    int size = 1;
    while (size < ownScores.size() && ownScores.get(size) <= threshold) {
      size++;
    }
    return size;
  }

  @Override
  public double[] quantiles(double... probabilities) {
    double[] none = new double[probabilities.length];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  @Override
  public String toString() {
    return "90 % label set " + labels.subList(0, size(0.9));
  }
}
