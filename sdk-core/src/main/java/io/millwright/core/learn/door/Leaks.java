package io.millwright.core.learn.door;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Columns that give the answer away (target leakage): from one of them alone the target follows but
 * for rounding and a slip here and there, over rows enough that it is no chance. For a number: a
 * column along which the targets rise or fall on a line, straight or bent. For classes: values, or
 * intervals of a number, each with one class.
 */
final class Leaks<L> {

  private static final int ENOUGH = 20;
  private static final int EACH = 10;

  /** So much of the range of nearly all targets is a matter of rounding. */
  private static final double ROUNDING = 0.005;

  /** The rank correlation of what rises or falls all along, but for a few slips. */
  private static final double RISES = 0.97;

  /** Of so many rows of classes one may be a slip. */
  private static final int FIT = 200;

  /** In such a share of rows a slip may hide that a column gives the answer away. */
  private static final double FEW_ROWS = 0.02;

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
                "gives the answer away: the target follows from it alone, but for rounding and"
                    + " slips",
                "leave it out when it is not known before the answer (--ignore "
                    + column.name()
                    + "), or take it all the same: trusting(\""
                    + column.name()
                    + "\") in a program, --trust "
                    + column.name()
                    + " on the command line."));
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

  /**
   * Whether a number gives the target: by the straight line between its neighbours to both sides,
   * so closely that hardly more than rounding is left, in all but a few rows.
   */
  private boolean follows(Table inputs, int c, List<Integer> rows) {
    double[] x = rows.stream().mapToDouble(r -> inputs.number(r, c)).toArray();
    double[] y =
        rows.stream()
            .mapToDouble(r -> layout.labels().get(r) instanceof Double d ? d : 0)
            .toArray();
    double[] sorted = y.clone();
    Arrays.sort(sorted);
    int tail = sorted.length / 20;
    double range = sorted[sorted.length - 1 - tail] - sorted[tail];
    if (Arrays.stream(sorted).distinct().count() < ENOUGH
        || Arrays.stream(x).distinct().count() < ENOUGH
        || !(range > 0)) {
      return false;
    }
    Integer[] order = TableCheck.order(x);
    int off = 0;
    for (int i = 1; i < order.length - 1; i++) {
      double before = x[order[i - 1]];
      double width = x[order[i + 1]] - before;
      double share = width > 0 ? (x[order[i]] - before) / width : 0.5;
      double between = (1 - share) * y[order[i - 1]] + share * y[order[i + 1]];
      off += Math.abs(y[order[i]] - between) > ROUNDING * range ? 1 : 0;
    }
    return off <= FEW_ROWS * order.length && monotone(order, y);
  }

  /** Whether targets rise or fall all along (Spearman 1904); what turns back is a law, no leak. */
  private static boolean monotone(Integer[] order, double[] y) {
    double[] along = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
    Integer[] rank = TableCheck.order(along);
    double n = along.length;
    double squares = 0;
    for (int i = 0; i < rank.length; i++) {
      squares += (double) (rank[i] - i) * (rank[i] - i);
    }
    return Math.abs(1 - 6 * squares / (n * (n * n - 1))) > RISES;
  }

  /** Whether each text has one class, and there are no more texts than rows bear out. */
  private boolean eachOneClass(Table inputs, int c, List<Integer> rows) {
    Map<String, Map<L, Integer>> counts = new HashMap<>();
    rows.forEach(
        r ->
            counts
                .computeIfAbsent(String.valueOf(inputs.label(r, c)), t -> new HashMap<>())
                .merge(label(r), 1, Integer::sum));
    Set<L> leading = new HashSet<>();
    int right = 0;
    for (Map<L, Integer> of : counts.values()) {
      Map.Entry<L, Integer> most = Collections.max(of.entrySet(), Map.Entry.comparingByValue());
      leading.add(most.getKey());
      right += most.getValue();
    }
    return leading.size() > 1
        && counts.size() * EACH <= rows.size()
        && enoughOfEach(rows)
        && rows.size() - right <= exceptions(rows);
  }

  /** Whether the classes lie side by side along a number, each in one interval. */
  private boolean intervals(Table inputs, int c, List<Integer> rows) {
    double[] x = rows.stream().mapToDouble(r -> inputs.number(r, c)).toArray();
    Integer[] order = TableCheck.order(x);
    Map<L, Integer> counts = new LinkedHashMap<>();
    rows.forEach(r -> counts.merge(label(r), 1, Integer::sum));
    if (!enoughOfEach(rows)) {
      return false;
    }
    if (counts.size() == 2) {
      return split(x, order, rows, counts) <= exceptions(rows);
    }
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
    return done.size() > 1;
  }

  /** How many rows stand on the wrong side of the best border between two classes. */
  private int split(double[] x, Integer[] order, List<Integer> rows, Map<L, Integer> counts) {
    L first = counts.keySet().iterator().next();
    int all = counts.getOrDefault(first, 0);
    int below = 0;
    int best = rows.size();
    for (int i = 0; i < order.length - 1; i++) {
      below += label(rows.get(order[i])).equals(first) ? 1 : 0;
      if (x[order[i]] < x[order[i + 1]]) {
        int wrong = (i + 1 - below) + (all - below);
        best = Math.min(best, Math.min(wrong, rows.size() - wrong));
      }
    }
    return best;
  }

  /** So many rows may not fit, by a slip: a few, and few of the rarest class. */
  private int exceptions(List<Integer> rows) {
    Map<L, Integer> counts = new HashMap<>();
    rows.forEach(r -> counts.merge(label(r), 1, Integer::sum));
    int rarest = Collections.min(counts.values());
    return Math.min(rows.size() / FIT, rarest / EACH);
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
