package io.millwright.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a model says of a part by its image (image classification result).
 *
 * @param label the most probable class
 * @param probabilities the calibrated probability of each class, most probable first, summing to 1
 * @param decision what to do with the part
 */
public record Verdict(String label, Map<String, Double> probabilities, Decision decision) {

  /** What to do with a part. */
  public enum Decision {
    /** Let it pass: the probability of any defect stays below the threshold. */
    PASS,
    /** Take it out. */
    REJECT,
    /** Have a person look: deciding either way would cost more than that. */
    REVIEW,
    /** The model was trained without costs and only tells classes apart. */
    NONE
  }

  /** Copies. */
  public Verdict {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(decision, "decision");
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  /**
   * The probability of the most probable class.
   *
   * @return 0 to 1
   */
  public double probability() {
    return probabilities.getOrDefault(label, 0.0);
  }
}
