package io.millwright.api.learn;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How a decision threshold is chosen on held-out samples (decision threshold): the answer is "yes"
 * when the probability of all classes but one, the negative class, reaches the threshold. The
 * threshold travels in the bundle.
 */
public sealed interface Decision {

  /**
   * The label of the negative class.
   *
   * @return the label, such as {@code none} or {@code good}
   */
  String negative();

  /**
   * The threshold with the least cost; and when a person may decide instead, at a cost but rightly,
   * the band of probabilities around it in which that is cheapest.
   *
   * @param negative the label of the negative class
   * @param missed what it costs to say no to a sample of another class
   * @param falseAlarm what it costs to say yes to a sample of the negative class
   * @param review what it costs to have a person look, or empty when nobody will
   */
  record ByCost(String negative, double missed, double falseAlarm, OptionalDouble review)
      implements Decision {
    /**
     * Without review.
     *
     * @param negative the label of the negative class
     * @param missed what it costs to say no to a sample of another class
     * @param falseAlarm what it costs to say yes to a sample of the negative class
     */
    public ByCost(String negative, double missed, double falseAlarm) {
      this(negative, missed, falseAlarm, OptionalDouble.empty());
    }

    /** Checks. */
    public ByCost {
      if (review.isPresent()) {
        Checks.positive("review", review.getAsDouble());
      }
      Objects.requireNonNull(negative, "negative");
      Checks.positive("missed", missed);
      Checks.positive("falseAlarm", falseAlarm);
    }
  }

  /**
   * The threshold with the largest F1, the harmonic mean of precision and recall of "yes".
   *
   * @param negative the label of the negative class
   */
  record ByF1(String negative) implements Decision {
    /** Checks. */
    public ByF1 {
      Objects.requireNonNull(negative, "negative");
    }
  }
}
