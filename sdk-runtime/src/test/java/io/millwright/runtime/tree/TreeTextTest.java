package io.millwright.runtime.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeTextTest {

  private static final Schema SCHEMA =
      Schema.of(Column.number("torque", Unit.of("N.m")), Column.category("type"));

  private static TreeNode leaf(double value) {
    return new TreeNode.Leaf(List.of(value), 3);
  }

  private static TreeNode torque(double limit, TreeNode yes, TreeNode no) {
    return new TreeNode.Split("torque", limit, List.of(), true, yes, no, List.of(0.0), 9, 1);
  }

  @Test
  void aRuleNamesEachBoundOnce() {
    TreeNode type =
        new TreeNode.Split(
            "type", 0, List.of("L", "M"), true, leaf(4), leaf(5), List.of(0.0), 9, 1);
    TreeNode tree = torque(50, torque(44, torque(20, leaf(1), leaf(2)), leaf(3)), type);
    assertThat(TreeText.rules(tree, SCHEMA, List.of()))
        .containsExactly(
            "if torque <= 20 N.m: 1 (3 rows)",
            "if torque <= 44 N.m and torque > 20 N.m: 2 (3 rows)",
            "if torque <= 50 N.m and torque > 44 N.m: 3 (3 rows)",
            "if torque > 50 N.m and type is one of [L, M]: 4 (3 rows)",
            "if torque > 50 N.m and type is not one of [L, M]: 5 (3 rows)");
    assertThat(TreeText.rules(leaf(7), SCHEMA, List.of())).containsExactly("always: 7 (3 rows)");
  }
}
