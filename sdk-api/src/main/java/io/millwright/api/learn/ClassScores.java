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
   * @param review the band of that probability in which a person should decide, or empty when none
   *     was asked for
   */
  public record Threshold(String negative, double value, Optional<Band> review) {
    /** Checks. */
    public Threshold {
      Objects.requireNonNull(negative, "negative");
      Objects.requireNonNull(review, "review");
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "threshold is " + value + ", but must lie between 0 and 1");
      }
    }

    /**
     * A threshold without a band.
     *
     * @param negative the label of the negative class
     * @param value the least probability of all other classes together that means "yes"
     */
    public Threshold(String negative, double value) {
      this(negative, value, Optional.empty());
    }
  }

  /**
   * A band of probabilities.
   *
   * @param low its lower end, which belongs to it
   * @param high its upper end, which does not
   */
  public record Band(double low, double high) {
    /** Checks. */
    public Band {
      if (!(low >= 0 && low <= high && high <= 1)) {
        throw new IllegalArgumentException(
            "band from " + low + " to " + high + ", but must lie between 0 and 1");
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
   * Whether a person should decide: the probability of all classes but the negative one lies in the
   * threshold's band.
   *
   * @return false for a model without a band
   */
  public boolean review() {
    return threshold
        .flatMap(t -> t.review().map(b -> inside(b, 1 - of(t.negative()))))
        .orElse(false);
  }

  private static boolean inside(Band band, double probability) {
    return probability >= band.low() && probability < band.high();
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
