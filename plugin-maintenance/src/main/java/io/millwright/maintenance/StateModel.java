package io.millwright.maintenance;

import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import java.util.List;
import java.util.Map;

/** A classifier of multivariate sequences, several labels at once. Immutable and thread-safe. */
public interface StateModel extends Trained<Table, ComponentStates> {

  /**
   * The components and their states.
   *
   * @return the states of each component, in order
   */
  Map<String, List<String>> components();

  /**
   * What was chosen for each component, among what, and by which held-out figures.
   *
   * @return a sentence for each component
   */
  Map<String, String> choices();
}
