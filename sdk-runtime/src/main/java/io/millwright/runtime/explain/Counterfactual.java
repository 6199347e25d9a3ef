package io.millwright.runtime.explain;

import java.util.List;
import java.util.Objects;

/**
 * The least change of an input that changes the answer as wanted (counterfactual explanation;
 * Wachter, Mittelstadt and Russell 2018).
 *
 * @param before the explained number of the input
 * @param after the explained number after the changes
 * @param changes what changes, costliest first
 * @param cost what the changes cost together, in usual spreads of their columns
 * @param plausible whether the changed row is as near to rows of the background as these are to one
 *     another (95 % of them)
 */
public record Counterfactual(
    double before, double after, List<Change> changes, double cost, boolean plausible) {

  /**
   * One column's change.
   *
   * @param column the column
   * @param from its value before, with its unit
   * @param to its value after, with its unit
   * @param by how far a number moves, in its unit; NaN for a label
   * @param cost what it costs
   */
  public record Change(String column, String from, String to, double by, double cost) {
    /** Checks. */
    public Change {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
    }
  }

  /** Copies. */
  public Counterfactual {
    changes = List.copyOf(changes);
  }
}
