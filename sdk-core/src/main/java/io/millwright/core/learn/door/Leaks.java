package io.millwright.core.learn.door;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns that give the answer away (target leakage): from one of them alone the target follows
 * without error, over rows enough that it is no chance. For a number: a column that rises or falls
 * strictly with the target. For classes: values, or intervals of a number, each with one class.
 */
final class Leaks<L> {

  private static final int ENOUGH = 20;
  private static final int EACH = 10;

  private final Layout<L> layout;
  private final boolean classes;

  Leaks(Layout<L> layout, boolean classes) {
    this.layout = layout;
    this.classes = classes;
  }

  /** Finds them; those that are trusted become remarks. */
  List<Finding> find(List<String> remarks) {
    List<Finding> leaks = new ArrayList<>();
    Table inputs = layout.inputs();
    for (int c = 0; c < inputs.schema().size(); c++) {
      Column column = inputs.schema().columns().get(c);
      if (!gives(inputs, c, column)) {
        continue;
      }
      if (layout.said().trusts(column.name())) {
        remarks.add("the target follows from " + column.name() + " alone, which is trusted");
      } else {
        leaks.add(
            new Finding(
                ErrorCode.BAD_VALUE,
                "column \"" + column.name() + "\"",
                "gives the answer away: the target follows from it alone, in all rows",
                "leave it out when it is not known before the answer, or trust it."));
      }
    }
    return leaks;
  }

  private boolean gives(Table inputs, int c, Column column) {
    List<Integer> rows = new ArrayList<>();
    for (int r = 0; r < inputs.rows(); r++) {
      if (layout.labels().get(r) != null && TableCheck.value(inputs, r, c) != null) {
        rows.add(r);
      }
    }
    if (rows.size() < ENOUGH || rows.size() * 10 < layout.learnt() * 9) {
      return false;
    }
    if (!classes) {
      return column.type().isNumeric() && follows(inputs, c, rows);
    }
    return column.type().isText()
        ? eachOneClass(inputs, c, rows)
        : column.type().isNumeric() && intervals(inputs, c, rows);
  }

  /** Whether a number rises or falls strictly with the target, ties only with ties. */
  private boolean follows(Table inputs, int c, List<Integer> rows) {
    double[] x = rows.stream().mapToDouble(r -> inputs.number(r, c)).toArray();
    double[] y =
        rows.stream()
            .mapToDouble(r -> layout.labels().get(r) instanceof Double d ? d : 0)
            .toArray();
    Integer[] order = TableCheck.order(x);
    int up = 0;
    int down = 0;
    for (int i = 1; i < order.length; i++) {
      double dx = x[order[i]] - x[order[i - 1]];
      double dy = y[order[i]] - y[order[i - 1]];
      if ((dx == 0) != (dy == 0)) {
        return false;
      }
      up += dy > 0 ? 1 : 0;
      down += dy < 0 ? 1 : 0;
    }
    return (up == 0) != (down == 0) && up + down >= ENOUGH;
  }

  /** Whether each text has one class, and there are no more texts than rows bear out. */
  private boolean eachOneClass(Table inputs, int c, List<Integer> rows) {
    Map<String, L> class1 = new HashMap<>();
    for (int r : rows) {
      String text = String.valueOf(inputs.label(r, c));
      L label = label(r);
      L before = class1.putIfAbsent(text, label);
      if (before != null && !before.equals(label)) {
        return false;
      }
    }
    return new HashSet<>(class1.values()).size() > 1
        && class1.size() * EACH <= rows.size()
        && enoughOfEach(rows);
  }

  /** Whether the classes lie side by side along a number, each in one interval. */
  private boolean intervals(Table inputs, int c, List<Integer> rows) {
    double[] x = rows.stream().mapToDouble(r -> inputs.number(r, c)).toArray();
    Integer[] order = TableCheck.order(x);
    Set<L> done = new HashSet<>();
    L now = null;
    for (int i = 0; i < order.length; i++) {
      L label = label(rows.get(order[i]));
      if (!label.equals(now)) {
        boolean tie = i > 0 && x[order[i]] == x[order[i - 1]];
        if (tie || !done.add(label)) {
          return false;
        }
        now = label;
      }
    }
    return done.size() > 1 && enoughOfEach(rows);
  }

  private boolean enoughOfEach(List<Integer> rows) {
    Map<L, Integer> counts = new HashMap<>();
    rows.forEach(r -> counts.merge(label(r), 1, Integer::sum));
    return counts.values().stream().allMatch(n -> n >= EACH);
  }

  private L label(int row) {
    @Nullable L label = layout.labels().get(row);
    if (label == null) {
      throw new IllegalStateException("row " + row + " has no label");
    }
    return label;
  }
}
