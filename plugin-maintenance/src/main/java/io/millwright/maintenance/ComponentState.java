package io.millwright.maintenance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The estimated state of one component.
 *
 * @param state the most probable state
 * @param probabilities the probability of each state, with a temperature found on held-out
 *     specimens (Guo et al. 2017)
 * @param possible the states that cannot be told apart at 90 %: a conformal prediction set whose
 *     threshold comes from held-out specimens; the most probable first, never empty
 */
public record ComponentState(
    String state, Map<String, Double> probabilities, List<String> possible) {

  /** Copies. */
  public ComponentState {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    possible = List.copyOf(possible);
  }
}
