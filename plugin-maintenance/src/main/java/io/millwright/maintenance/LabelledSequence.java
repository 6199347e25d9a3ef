package io.millwright.maintenance;

import io.millwright.api.data.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A labelled multivariate sequence: the readings of one cycle or stretch of operation, and the
 * known states of the components.
 *
 * @param readings a row for each time step, in order; columns of numbers count, NaN for missing;
 *     sequences may differ in length
 * @param states the state of each component, such as {@code valve} to {@code 90}; not empty
 * @param specimen the machine, block or test that it belongs to: sequences of one specimen are
 *     never divided between learning and judging; empty when unknown
 */
public record LabelledSequence(Table readings, Map<String, String> states, String specimen) {

  /** Checks and copies. */
  public LabelledSequence {
    Objects.requireNonNull(readings, "readings");
    Objects.requireNonNull(specimen, "specimen");
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    if (states.isEmpty()) {
      throw new IllegalArgumentException("a sequence of " + specimen + " has no state");
    }
  }
}
