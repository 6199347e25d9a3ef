package io.millwright.runtime.tree;

import io.millwright.api.data.Table;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A node of a decision tree: a split into two, or a leaf with an answer. Immutable and thread-safe.
 */
public sealed interface TreeNode {

  /**
   * The answer of rows that end here: the mean target, or the share of each class.
   *
   * @return one number, or one for each class
   */
  List<Double> values();

  /**
   * How many rows were learnt from here.
   *
   * @return the number of rows
   */
  int rows();

  /**
   * A leaf.
   *
   * @param values the answer
   * @param rows how many rows were learnt from
   */
  record Leaf(List<Double> values, int rows) implements TreeNode {
    /** Copies. */
    public Leaf {
      values = List.copyOf(values);
    }
  }

  /**
   * A question: is a number at most a limit, or a label one of some?
   *
   * @param column the column that is asked
   * @param limit the limit of a number; NaN for labels
   * @param labels the labels that go to {@code yes}; empty for a number
   * @param missingYes whether rows without a value, and labels never seen, go to {@code yes}
   * @param yes where rows go for which it is so
   * @param no where the others go
   * @param values the answer without the question
   * @param rows how many rows were learnt from
   * @param gain how much of the sum of squares the question explains
   */
  record Split(
      String column,
      double limit,
      List<String> labels,
      boolean missingYes,
      TreeNode yes,
      TreeNode no,
      List<Double> values,
      int rows,
      double gain)
      implements TreeNode {
    /** Copies. */
    public Split {
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(yes, "yes");
      Objects.requireNonNull(no, "no");
      labels = List.copyOf(new TreeSet<>(labels));
      values = List.copyOf(values);
    }

    /**
     * Where a row goes.
     *
     * @param table the table
     * @param row the row
     * @return whether it goes to {@code yes}
     */
    boolean goesYes(Table table, int row) {
      int c = table.schema().indexOf(column);
      if (labels.isEmpty()) {
        double v = c < 0 ? Double.NaN : table.number(row, c);
        return Double.isNaN(v) ? missingYes : v <= limit;
      }
      String label = c < 0 ? null : table.label(row, c);
      return label == null ? missingYes : labels.contains(label);
    }
  }

  /**
   * The answer of a row.
   *
   * @param table the table
   * @param row the row, counted from 0
   * @return the answer of the leaf that it ends in
   */
  default List<Double> of(Table table, int row) {
    TreeNode node = this;
    while (node instanceof Split split) {
      node = split.goesYes(table, row) ? split.yes : split.no;
    }
    return node.values();
  }

  /**
   * How many leaves there are below this node.
   *
   * @return at least 1
   */
  default int leaves() {
    return this instanceof Split s ? s.yes.leaves() + s.no.leaves() : 1;
  }

  /**
   * How many questions the longest way asks.
   *
   * @return 0 for a leaf
   */
  default int depth() {
    return this instanceof Split s ? 1 + Math.max(s.yes.depth(), s.no.depth()) : 0;
  }
}
