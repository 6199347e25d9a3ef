package io.millwright.api.head;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The probabilities of labels that may hold together (multi-label classification).
 *
 * @param probabilities the probability of each label by itself
 * @param thresholds from which probability on each label is taken to hold
 */
public record LabelScores(Map<String, Double> probabilities, Map<String, Double> thresholds) {
  /** Copies. */
  public LabelScores {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
  }

  /**
   * The labels that are taken to hold.
   *
   * @return those whose probability reaches their threshold
   */
  public Set<String> chosen() {
    return probabilities.entrySet().stream()
        .filter(e -> e.getValue() >= thresholds.getOrDefault(e.getKey(), 0.5))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }
}
