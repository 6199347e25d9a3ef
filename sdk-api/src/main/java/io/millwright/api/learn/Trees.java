package io.millwright.api.learn;

/**
 * Decision trees, one or many, whose leaves' values are added up (tree ensemble; Breiman et al.
 * 1984, Friedman 2001). Takes a vector. A node asks whether one feature is at most a threshold and
 * goes on to the left where it is so, to the right otherwise, and where the feature is NaN; a leaf
 * has one value, which belongs to one output, or one for each output.
 *
 * <p>Trees are grown, not descended to: no engine trains them, and wherever they are part of a
 * network it is computed in plain Java. Nodes of all trees stand one after the other, each tree in
 * the order node, left part, right part (pre-order); {@code docs/bundle-format.md} says how they
 * are stored.
 *
 * @param units the number of outputs
 * @param trees how many trees there are; where leaves have one value, tree number t, counted from
 *     0, adds to output t modulo {@code units}
 * @param nodes how many nodes all trees have together, at least one each and at most 2^22; nodes
 *     behind the last tree are not used
 * @param joint whether a leaf has a value for each output
 */
public record Trees(int units, int trees, int nodes, boolean joint) implements Layer {

  /** The most nodes of all trees together. */
  public static final int MOST_NODES = 1 << 22;

  /** Checks. */
  public Trees {
    if (units < 1 || trees < 1 || nodes < trees || nodes > MOST_NODES) {
      throw new IllegalArgumentException(
          units
              + " outputs, "
              + trees
              + " trees and "
              + nodes
              + " nodes, but there must be one of each at least, no more trees than nodes, and at"
              + " most "
              + MOST_NODES
              + " nodes");
    }
  }

  /**
   * How many values a leaf has.
   *
   * @return 1, or one for each output
   */
  public int width() {
    return joint ? units : 1;
  }
}
