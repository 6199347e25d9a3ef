package io.millwright.maintenance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The estimated states of the components of a machine, from one sequence.
 *
 * @param components the state of each component, in the order of the model
 */
public record ComponentStates(Map<String, ComponentState> components) {

  /** Copies. */
  public ComponentStates {
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
  }
}
