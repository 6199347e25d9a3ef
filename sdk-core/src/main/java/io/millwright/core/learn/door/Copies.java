package io.millwright.core.learn.door;

import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are copies of earlier ones (duplicate records): equal in all inputs and in the target.
 * Left in, they stand among the rows that are learnt and among those that judge, and the figures
 * tell how well rows are remembered. Equal rows are not always copies: of a few settings with a few
 * levels every row comes again. So rows are taken for copies only where equal inputs come far more
 * often than the columns by themselves would have it, and bring the same target nearly always.
 */
final class Copies {

  /** So many times more pairs of equal inputs than by chance are no chance. */
  private static final double BEYOND_CHANCE = 5;

  /** How well equal inputs foretell the target (Cohen's kappa of a row and its repetition). */
  private static final double AGREEMENT = 0.9;

  /** Fewer different rows are a list of recipes, of which each may come as often as it likes. */
  private static final int DIFFERENT = 30;

  private Copies() {}

  /** The rows that are copies of earlier ones. */
  static <L> Set<Integer> rows(Table inputs, List<@Nullable L> labels) {
    Map<List<@Nullable Object>, List<Integer>> alike = new HashMap<>();
    List<Map<@Nullable Object, Integer>> counts = new ArrayList<>();
    inputs.schema().columns().forEach(c -> counts.add(new HashMap<>()));
    Map<L, Integer> targets = new HashMap<>();
    int n = 0;
    for (int r = 0; r < inputs.rows(); r++) {
      L label = labels.get(r);
      if (label == null) {
        continue;
      }
      n++;
      targets.merge(label, 1, Integer::sum);
      List<@Nullable Object> row = new ArrayList<>();
      for (int c = 0; c < inputs.schema().size(); c++) {
        Object value = TableCheck.value(inputs, r, c);
        row.add(value);
        counts.get(c).merge(String.valueOf(value), 1, Integer::sum);
      }
      alike.computeIfAbsent(row, x -> new ArrayList<>()).add(r);
    }
    if (alike.size() < DIFFERENT || alike.size() == n) {
      return Set.of();
    }
    double expected = 0.5 * n * (n - 1);
    for (Map<@Nullable Object, Integer> column : counts) {
      expected *= chance(column, n);
    }
    Set<Integer> copies = new TreeSet<>();
    double pairs = 0;
    int repeated = 0;
    for (List<Integer> rows : alike.values()) {
      pairs += 0.5 * rows.size() * (rows.size() - 1);
      repeated += rows.size() - 1;
      Map<L, Integer> first = new HashMap<>();
      for (int r : rows) {
        if (first.putIfAbsent(label(labels, r), r) != null) {
          copies.add(r);
        }
      }
    }
    double same = chance(targets, n);
    double agreement = ((double) copies.size() / repeated - same) / (1 - same);
    return pairs > BEYOND_CHANCE * expected && agreement >= AGREEMENT ? copies : Set.of();
  }

  /** How often two rows drawn at random have the same value. */
  private static double chance(Map<?, Integer> counts, int n) {
    double same = 0;
    for (int count : counts.values()) {
      same += (double) count / n * (count - 1) / Math.max(1, n - 1);
    }
    return same;
  }

  private static <L> L label(List<@Nullable L> labels, int row) {
    L label = labels.get(row);
    if (label == null) {
      throw new IllegalStateException("row " + row + " has no label");
    }
    return label;
  }

  /** What is said of them. */
  static String remark(Set<Integer> rows) {
    return rows.size()
        + " rows are copies of earlier ones, target and all, and are left out: they would stand on"
        + " both sides of the split and flatter the figures";
  }
}
