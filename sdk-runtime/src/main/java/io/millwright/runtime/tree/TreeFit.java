package io.millwright.runtime.tree;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Grows decision trees (CART): at each node the question that makes the sum of squared errors
 * smallest, which for shares of classes is Gini's impurity. Several targets share one tree. The
 * same rows give the same tree.
 */
public final class TreeFit {

  private final Table rows;
  private final double[][] targets;
  private final int most;
  private final int leaf;
  private final List<Feature> features;

  /** One column in a form that is quick to sort. */
  private record Feature(Column column, double[] numbers, int[] labels, List<String> names) {}

  private TreeFit(Table rows, List<String> columns, double[][] targets, int most, int leaf) {
    this.rows = rows;
    this.targets = targets;
    this.most = most;
    this.leaf = leaf;
    this.features = columns.stream().map(this::feature).toList();
  }

  private Feature feature(String name) {
    Column column = rows.schema().column(name);
    if (column.type().isNumeric()) {
      return new Feature(column, rows.numbers(name), new int[0], List.of());
    }
    List<String> names = rows.distinct(name);
    int c = rows.schema().indexOf(name);
    int[] labels = new int[rows.rows()];
    for (int r = 0; r < labels.length; r++) {
      String label = rows.label(r, c);
      labels[r] = label == null ? -1 : names.indexOf(label);
    }
    return new Feature(column, new double[0], labels, names);
  }

  /**
   * Grows a tree.
   *
   * @param rows the rows to learn from
   * @param columns the columns that may be asked: numbers, ages, categories and texts
   * @param targets for each row its target: one number, or a 1 at its class
   * @param depth how many questions a way may ask, at least 1
   * @param leaf how many rows a leaf must have, at least 1
   * @return the tree
   * @throws MillwrightException with {@link ErrorCode#TOO_FEW_DATA} without rows
   */
  public static TreeNode grow(
      Table rows, List<String> columns, double[][] targets, int depth, int leaf) {
    if (rows.rows() == 0 || targets.length != rows.rows()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          rows.rows() + " rows with " + targets.length + " targets\nMaybe give one target a row");
    }
    TreeFit fit = new TreeFit(rows, columns, targets, depth, leaf);
    int[] all = new int[rows.rows()];
    Arrays.setAll(all, i -> i);
    return fit.node(all, 0);
  }

  /**
   * Prunes from below: a question goes where the rows of a second table, which the tree did not
   * learn from, are answered no better with it (reduced-error pruning, Quinlan 1987).
   *
   * @param tree the tree
   * @param held rows that it did not learn from
   * @param targets their targets
   * @param margin the share of a node's error that a question must save, such as 0.002
   * @return the pruned tree
   */
  public static TreeNode prune(TreeNode tree, Table held, double[][] targets, double margin) {
    int[] all = new int[held.rows()];
    Arrays.setAll(all, i -> i);
    return prune(tree, held, targets, all, margin);
  }

  private static TreeNode prune(
      TreeNode node, Table held, double[][] targets, int[] here, double margin) {
    if (!(node instanceof TreeNode.Split s)) {
      return node;
    }
    int[] yes = Arrays.stream(here).filter(r -> s.goesYes(held, r)).toArray();
    int[] no = Arrays.stream(here).filter(r -> !s.goesYes(held, r)).toArray();
    TreeNode y = prune(s.yes(), held, targets, yes, margin);
    TreeNode n = prune(s.no(), held, targets, no, margin);
    TreeNode kept =
        new TreeNode.Split(
            s.column(),
            s.limit(),
            s.labels(),
            s.missingYes(),
            y,
            n,
            s.values(),
            s.rows(),
            s.gain());
    TreeNode leaf = new TreeNode.Leaf(s.values(), s.rows());
    double without = error(leaf, held, targets, here);
    return error(kept, held, targets, here) < without * (1 - margin) ? kept : leaf;
  }

  private static double error(TreeNode node, Table held, double[][] targets, int[] here) {
    double sum = 0;
    for (int r : here) {
      List<Double> values = node.of(held, r);
      for (int k = 0; k < values.size(); k++) {
        double e = targets[r][k] - values.get(k);
        sum += e * e;
      }
    }
    return sum;
  }

  private TreeNode node(int[] here, int depth) {
    List<Double> values = mean(here);
    if (depth >= most || here.length < 2 * leaf) {
      return new TreeNode.Leaf(values, here.length);
    }
    @Nullable Question best = null;
    for (Feature feature : features) {
      @Nullable Question q = feature.names.isEmpty() ? number(feature, here) : label(feature, here);
      if (q != null && (best == null || q.gain > best.gain)) {
        best = q;
      }
    }
    if (best == null || !(best.gain > 1e-12 * here.length)) {
      return new TreeNode.Leaf(values, here.length);
    }
    Question chosen = best;
    int[] yes = Arrays.stream(here).filter(chosen::yes).toArray();
    int[] no = Arrays.stream(here).filter(r -> !chosen.yes(r)).toArray();
    return new TreeNode.Split(
        chosen.feature.column.name(),
        chosen.limit,
        chosen.labels(),
        chosen.missingYes,
        node(yes, depth + 1),
        node(no, depth + 1),
        values,
        here.length,
        chosen.gain);
  }

  private List<Double> mean(int[] here) {
    double[] sum = new double[targets[0].length];
    for (int r : here) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += targets[r][k] / here.length;
      }
    }
    return Arrays.stream(sum).boxed().toList();
  }

  /** A question that could be asked. */
  private record Question(
      Feature feature, double limit, boolean[] ofYes, boolean missingYes, double gain) {
    boolean yes(int row) {
      if (feature.names.isEmpty()) {
        double v = feature.numbers[row];
        return Double.isNaN(v) ? missingYes : v <= limit;
      }
      int label = feature.labels[row];
      return label < 0 ? missingYes : ofYes[label];
    }

    List<String> labels() {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < ofYes.length; i++) {
        if (ofYes[i]) {
          labels.add(feature.names.get(i));
        }
      }
      return labels;
    }
  }

  private @Nullable Question number(Feature feature, int[] here) {
    int[] known = Arrays.stream(here).filter(r -> !Double.isNaN(feature.numbers[r])).toArray();
    if (known.length < 2 * leaf) {
      return null;
    }
    Integer[] order = Arrays.stream(known).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(r -> feature.numbers[r]));
    int k = targets[0].length;
    double[] whole = new double[k];
    for (int r : known) {
      for (int t = 0; t < k; t++) {
        whole[t] += targets[r][t];
      }
    }
    double base = squares(whole, known.length);
    double[] left = new double[k];
    double bestGain = 0;
    double limit = Double.NaN;
    for (int i = 0; i < order.length - 1; i++) {
      for (int t = 0; t < k; t++) {
        left[t] += targets[order[i]][t];
      }
      double v = feature.numbers[order[i]];
      double next = feature.numbers[order[i + 1]];
      if (v == next || i + 1 < leaf || order.length - i - 1 < leaf) {
        continue;
      }
      double gain = squares(left, i + 1) + rest(whole, left, order.length - i - 1) - base;
      if (gain > bestGain) {
        bestGain = gain;
        limit = middle(v, next);
      }
    }
    if (Double.isNaN(limit)) {
      return null;
    }
    double at = limit;
    boolean missingYes =
        Arrays.stream(known).filter(r -> feature.numbers[r] <= at).count() * 2 >= known.length;
    return new Question(feature, limit, new boolean[0], missingYes, bestGain);
  }

  /** Between two values, at the shortest decimal there. */
  private static double middle(double low, double high) {
    double half = low + (high - low) / 2;
    for (int digits = 0; digits < 12; digits++) {
      double unit = Math.pow(10, digits);
      double round = Math.rint(half * unit) / unit;
      if (round >= low && round < high) {
        return round;
      }
    }
    return half < high ? half : low;
  }

  /** Labels in the order of their mean targets along the first direction; one cut of that order. */
  private @Nullable Question label(Feature feature, int[] here) {
    int m = feature.names.size();
    int k = targets[0].length;
    double[][] sums = new double[m][k];
    int[] counts = new int[m];
    double[] whole = new double[k];
    int all = 0;
    for (int r : here) {
      int l = feature.labels[r];
      if (l >= 0) {
        counts[l]++;
        all++;
        for (int t = 0; t < k; t++) {
          sums[l][t] += targets[r][t];
          whole[t] += targets[r][t];
        }
      }
    }
    double base = squares(whole, all);
    @Nullable Question best = null;
    for (int t = 0; t < (k == 2 ? 1 : k); t++) {
      int of = t;
      int[] order =
          IntStream.range(0, m)
              .filter(l -> counts[l] > 0)
              .boxed()
              .sorted(Comparator.comparingDouble(l -> sums[l][of] / counts[l]))
              .mapToInt(Integer::intValue)
              .toArray();
      double[] left = new double[k];
      int on = 0;
      boolean[] yes = new boolean[m];
      for (int i = 0; i < order.length - 1; i++) {
        yes[order[i]] = true;
        on += counts[order[i]];
        for (int u = 0; u < k; u++) {
          left[u] += sums[order[i]][u];
        }
        if (on < leaf || all - on < leaf) {
          continue;
        }
        double gain = squares(left, on) + rest(whole, left, all - on) - base;
        if (gain > 0 && (best == null || gain > best.gain)) {
          best = new Question(feature, Double.NaN, yes.clone(), on * 2 >= all, gain);
        }
      }
    }
    return best;
  }

  private static double squares(double[] sums, int count) {
    double square = 0;
    for (double s : sums) {
      square += s * s;
    }
    return count == 0 ? 0 : square / count;
  }

  private static double rest(double[] whole, double[] left, int count) {
    double square = 0;
    for (int t = 0; t < whole.length; t++) {
      square += (whole[t] - left[t]) * (whole[t] - left[t]);
    }
    return square / count;
  }
}
