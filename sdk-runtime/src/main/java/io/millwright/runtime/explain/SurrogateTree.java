package io.millwright.runtime.explain;

import io.millwright.api.data.Schema;
import io.millwright.runtime.tree.TreeNode;
import io.millwright.runtime.tree.TreeText;
import java.util.List;
import java.util.Objects;

/**
 * A small decision tree that answers as a model does (global surrogate; Craven and Shavlik 1996).
 *
 * @param tree the tree, of the explained number
 * @param schema the columns that it asks
 * @param fidelity the share of the variance of the model's answers that it explains, on rows that
 *     it was not grown from
 * @param rows how many rows it was grown from
 */
public record SurrogateTree(TreeNode tree, Schema schema, double fidelity, int rows) {

  /** Checks. */
  public SurrogateTree {
    Objects.requireNonNull(tree, "tree");
    Objects.requireNonNull(schema, "schema");
  }

  /**
   * The tree as rules.
   *
   * @return one line for each leaf
   */
  public List<String> rules() {
    return TreeText.rules(tree, schema, List.of());
  }

  /**
   * The tree as a flow chart in Mermaid's language.
   *
   * @return the text
   */
  public String mermaid() {
    return TreeText.mermaid(tree, schema, List.of());
  }
}
