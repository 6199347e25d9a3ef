package io.millwright.api.learn;

import java.util.List;

/**
 * The probabilities of classes.
 *
 * @param labels the classes
 * @param probabilities the probability of each, summing to 1
 */
public record ClassScores(List<String> labels, List<Double> probabilities) {

  /** Copies and checks. */
  public ClassScores {
    labels = List.copyOf(labels);
    probabilities = List.copyOf(probabilities);
    if (labels.isEmpty() || labels.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          labels.size() + " labels with " + probabilities.size() + " probabilities");
    }
  }

  /**
   * The most probable class; of equally probable ones the first.
   *
   * @return its label
   */
  public String best() {
    int best = 0;
    for (int i = 1; i < labels.size(); i++) {
      if (probabilities.get(i) > probabilities.get(best)) {
        best = i;
      }
    }
    return labels.get(best);
  }

  /**
   * The probability of a class.
   *
   * @param label its label
   * @return its probability; 0 for a label that is not among the classes
   */
  public double of(String label) {
    int index = labels.indexOf(label);
    return index < 0 ? 0 : probabilities.get(index);
  }
}
