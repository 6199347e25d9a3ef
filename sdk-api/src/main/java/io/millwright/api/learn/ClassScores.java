package io.millwright.api.learn;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The probabilities of classes.
 *
 * @param labels the classes
 * @param probabilities the probability of each, summing to 1
 * @param threshold the model's decision threshold, when it has one
 */
public record ClassScores(
    List<String> labels, List<Double> probabilities, Optional<Threshold> threshold) {

  /**
   * A decision threshold.
   *
   * @param negative the label of the negative class
   * @param value the least probability of all other classes together that means "yes"
   */
  public record Threshold(String negative, double value) {
    /** Checks. */
    public Threshold {
      Objects.requireNonNull(negative, "negative");
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "threshold is " + value + ", but must lie between 0 and 1");
      }
    }
  }

  /** Copies and checks. */
  public ClassScores {
    labels = List.copyOf(labels);
    probabilities = List.copyOf(probabilities);
    Objects.requireNonNull(threshold, "threshold");
    if (labels.isEmpty() || labels.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          labels.size() + " labels with " + probabilities.size() + " probabilities");
    }
  }

  /**
   * Scores without a decision.
   *
   * @param labels the classes
   * @param probabilities the probability of each, summing to 1
   */
  public ClassScores(List<String> labels, List<Double> probabilities) {
    this(labels, probabilities, Optional.empty());
  }

  /**
   * One class for certain: what is known of a training sample.
   *
   * @param label the class
   * @return the scores
   */
  public static ClassScores certain(String label) {
    return new ClassScores(List.of(label), List.of(1.0));
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

  /**
   * Whether the probability of all classes but the negative one reaches the threshold.
   *
   * @return the decision, or empty when the model has no threshold
   */
  public Optional<Boolean> alarm() {
    return threshold.map(t -> 1 - of(t.negative()) >= t.value());
  }
}
