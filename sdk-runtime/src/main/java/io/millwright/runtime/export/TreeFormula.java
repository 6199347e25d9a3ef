package io.millwright.runtime.export;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.runtime.tree.TreeNode;
import java.util.ArrayList;
import java.util.List;

/** A decision tree as a formula. */
final class TreeFormula {

  private TreeFormula() {}

  static Formula of(TreeNode tree, Schema inputs, List<String> classes) {
    int wanted = Math.max(1, classes.size());
    if (tree.values().size() != wanted) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "the tree gives "
              + tree.values().size()
              + " numbers, but "
              + classes.size()
              + " classes were named\nMaybe name one for each number, or none for a tree of"
              + " numbers");
    }
    for (Column column : inputs.columns()) {
      if (column.type() != ColumnType.NUMBER && column.type() != ColumnType.CATEGORY) {
        throw Refusal.of("column \"" + column.name() + "\" holds " + column.type());
      }
    }
    Formula formula = new Formula(inputs.columns(), classes);
    formula.about(
        "A decision tree of " + tree.leaves() + " leaves, learnt from " + tree.rows() + " rows");
    formula.about("No interval: a tree measures none");
    formula.output("answered", Term.num(1));
    if (classes.isEmpty()) {
      formula.output("value", node(tree, inputs, 0));
      return formula;
    }
    List<Term> all = new ArrayList<>();
    for (int k = 0; k < wanted; k++) {
      all.add(node(tree, inputs, k));
    }
    List<Term> p = formula.stage(all);
    formula.output("choice", ModelFormula.largest(p));
    for (int k = 0; k < wanted; k++) {
      formula.output("probability_" + k, p.get(k));
    }
    return formula;
  }

  private static Term node(TreeNode node, Schema inputs, int k) {
    if (!(node instanceof TreeNode.Split split)) {
      return Term.num(node.values().get(k));
    }
    int column = inputs.indexOf(split.column());
    if (column < 0) {
      throw MillwrightException.of(
          "the tree",
          List.of(
              Finding.of(
                  ErrorCode.MISSING_COLUMN,
                  "column \"" + split.column() + "\"",
                  "is asked for, but is none of " + inputs.names())));
    }
    List<Term.Test> yes = new ArrayList<>();
    if (split.labels().isEmpty()) {
      Term x = new Term.Input(column);
      // What NULL and NaN compare to differs among languages: they are asked for first.
      Term.Test missing = new Term.Missing(x);
      Term.Test less = new Term.AtMost(x, Term.num(split.limit()));
      yes.add(
          split.missingYes()
              ? new Term.Any(List.of(missing, less))
              : new Term.Not(
                  new Term.Any(List.of(missing, new Term.Less(Term.num(split.limit()), x)))));
    } else {
      split.labels().forEach(label -> yes.add(new Term.Label(column, label)));
      if (split.missingYes()) {
        yes.add(new Term.NoLabel(column));
      }
    }
    return new Term.If(
        new Term.Any(yes), node(split.yes(), inputs, k), node(split.no(), inputs, k));
  }
}
