package io.millwright.core.learn.door;

import io.millwright.api.DataReport;
import io.millwright.api.Finding;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at training data before anything is learnt from them. */
final class TableCheck<L> {

  private static final int MOST_NAMED = 5;
  private static final int FEW = 10;
  private static final int RANGES = 10;
  private static final int LEVELS = 10;

  private final Layout<L> layout;
  private final boolean classes;
  private final List<String> remarks = new ArrayList<>();

  TableCheck(Layout<L> layout, boolean classes) {
    this.layout = layout;
    this.classes = classes;
  }

  DataReport report() {
    List<Finding> leaks = new Leaks<>(layout, classes).find(remarks);
    int rows = layout.whole().rows();
    remarks.addAll(layout.withheld());
    if (layout.unknown() > 0) {
      remarks.add(layout.unknown() + " rows have no target and are not learnt from");
    }
    leftOut();
    missing();
    remarks.addAll(Strangers.in(layout.inputs()));
    repeated();
    if (classes) {
      balance();
    } else {
      ranges();
    }
    groups();
    remarks.addAll(new Drift<>(layout, classes).remarks());
    if (layout.groups().isEmpty()) {
      remarks.addAll(GroupHints.in(layout));
    }
    if (layout.said().window().isEmpty() && layout.groups().isEmpty()) {
      remarks.addAll(new MoreData<>(layout, classes).remark());
    }
    return new DataReport(rows, layout.learnt(), remarks, leaks);
  }

  private void leftOut() {
    if (!layout.leftOut().isEmpty()) {
      remarks.add(
          "left out of the inputs: "
              + layout.leftOut().stream()
                  .map(c -> c.name() + " (" + c.type().name().toLowerCase(Locale.ROOT) + ")")
                  .collect(Collectors.joining(", ")));
    }
  }

  private void missing() {
    Table inputs = layout.inputs();
    for (Column column : inputs.schema().columns()) {
      if (column.type() == ColumnType.CATEGORY) {
        spellings(
            "labels of " + column.name(),
            inputs.labels(column.name()).stream().filter(l -> l != null).distinct().toList());
      }
    }
    Map<String, Double> missing = new LinkedHashMap<>();
    List<String> constant = new ArrayList<>();
    for (int c = 0; c < inputs.schema().size(); c++) {
      Column column = inputs.schema().columns().get(c);
      int absent = 0;
      Object first = null;
      boolean varies = false;
      for (int r = 0; r < inputs.rows(); r++) {
        Object value = value(inputs, r, c);
        if (value == null) {
          absent += infinite(inputs, r, c) ? 0 : 1; // which is said by itself
        } else if (first == null) {
          first = value;
        } else {
          varies |= !value.equals(first);
        }
      }
      if (absent > 0) {
        missing.put(column.name(), (double) absent / inputs.rows());
      }
      if (!varies) {
        constant.add(column.name());
      }
    }
    if (!missing.isEmpty()) {
      remarks.add(
          "values are missing, and are filled in, in "
              + named(
                  missing.entrySet().stream()
                      .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                      .map(e -> e.getKey() + " (" + percent(e.getValue()) + ")")
                      .toList()));
    }
    if (!constant.isEmpty()) {
      remarks.add("the same in all rows, so of no use: " + named(constant));
    }
  }

  /** A cell, or null when it is missing or no finite number. */
  static @Nullable Object value(Table table, int row, int column) {
    ColumnType type = table.schema().columns().get(column).type();
    if (type.isText()) {
      return table.label(row, column);
    }
    if (type == ColumnType.TIME) {
      long time = table.time(row, column);
      return time == Table.NO_TIME ? null : (Object) time;
    }
    double value = table.number(row, column);
    return Double.isFinite(value) ? (Object) value : null;
  }

  private static boolean infinite(Table table, int row, int column) {
    return table.schema().columns().get(column).type().isNumeric()
        && Double.isInfinite(table.number(row, column));
  }

  private void repeated() {
    if (layout.said().window().isPresent()) {
      return; // a machine that stands still repeats its readings
    }
    Table inputs = layout.inputs();
    Map<List<@Nullable Object>, L> seen = new HashMap<>();
    int repeated = 0;
    int contradicting = 0;
    for (int r = 0; r < inputs.rows(); r++) {
      L label = layout.labels().get(r);
      if (label == null) {
        continue;
      }
      List<@Nullable Object> row = new ArrayList<>();
      for (int c = 0; c < inputs.schema().size(); c++) {
        row.add(value(inputs, r, c));
      }
      L before = seen.putIfAbsent(row, label);
      if (before != null) {
        repeated += before.equals(label) ? 1 : 0;
        contradicting += before.equals(label) ? 0 : 1;
      }
    }
    if (repeated > 0) {
      remarks.add(
          repeated
              + " rows repeat an earlier one; where rows are divided at random they make the"
              + " figures look better than they are");
    }
    if (contradicting > 0) {
      remarks.add(contradicting + " rows have the inputs of an earlier one and another target");
    }
  }

  private void balance() {
    Map<L, Integer> counts = counts(layout.labels());
    List<Map.Entry<L, Integer>> sorted = new ArrayList<>(counts.entrySet());
    sorted.sort(Comparator.comparing(e -> -e.getValue()));
    remarks.add(
        "classes: "
            + named(
                sorted.stream()
                    .map(
                        e ->
                            e.getKey()
                                + " "
                                + e.getValue()
                                + " ("
                                + percent((double) e.getValue() / layout.learnt())
                                + ")")
                    .toList()));
    spellings("classes", counts.keySet().stream().map(String::valueOf).toList());
    List<String> thin =
        sorted.stream()
            .filter(e -> e.getValue() < FEW)
            .map(e -> e.getKey() + " (" + e.getValue() + ")")
            .toList();
    if (!thin.isEmpty()) {
      remarks.add("too few rows to learn or judge by, fewer than " + FEW + ": " + named(thin));
    }
  }

  /** Labels that people would take for one. */
  private void spellings(String what, List<String> labels) {
    Map<String, List<String>> alike = new TreeMap<>();
    for (String label : labels) {
      alike
          .computeIfAbsent(
              label.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT),
              x -> new ArrayList<>())
          .add("\"" + label + "\"");
    }
    List<String> several =
        alike.values().stream()
            .filter(of -> of.size() > 1)
            .map(of -> String.join(" and ", of))
            .toList();
    if (!several.isEmpty()) {
      remarks.add(what + " that differ by capitals or blanks alone: " + named(several));
    }
  }

  private static <K> Map<K, Integer> counts(List<@Nullable K> values) {
    Map<K, Integer> counts = new LinkedHashMap<>();
    for (K value : values) {
      if (value != null) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Where in its range the target is seldom: tenths between its outermost hundredths. */
  private void ranges() {
    double[] values =
        layout.labels().stream().mapToDouble(l -> l instanceof Double d ? d : Double.NaN).toArray();
    Strangers.of("the target", values, remarks);
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      return;
    }
    levels(sorted);
    if (!layout.said().trusts(layout.target())
        && Answer.floor(layout.whole().numbers(layout.target())) == 0) {
      remarks.add(
          "the target is never below 0, so answers and intervals stop there; trust it where it can"
              + " be negative");
    }
    if (sorted.length < 10 * FEW) {
      remarks.add("only " + sorted.length + " rows to learn from");
      return;
    }
    double low = sorted[sorted.length / 100];
    double high = sorted[sorted.length - 1 - sorted.length / 100];
    if (!(high > low)) {
      remarks.add("the target is the same in nearly all rows");
      return;
    }
    int[] counts = new int[RANGES];
    for (double v : sorted) {
      if (v >= low && v <= high) {
        counts[Math.min(RANGES - 1, (int) ((v - low) / (high - low) * RANGES))]++;
      }
    }
    List<String> thin = new ArrayList<>();
    for (int i = 0; i < RANGES; i++) {
      if (counts[i] < Math.max(FEW, sorted.length / 100)) {
        double width = (high - low) / RANGES;
        thin.add(
            String.format(
                Locale.ROOT,
                "%.4g to %.4g (%d)",
                low + i * width,
                low + (i + 1) * width,
                counts[i]));
      }
    }
    boolean levels = whole(sorted) && high - low < 2 * RANGES;
    if (!thin.isEmpty() && !levels) {
      remarks.add("few rows where the target is " + named(thin));
    }
  }

  private void groups() {
    if (layout.groups().isEmpty()) {
      return;
    }
    Map<String, List<Integer>> rows = layout.rowsOfGroups();
    int[] sizes = rows.values().stream().mapToInt(List::size).sorted().toArray();
    int median = sizes[sizes.length / 2];
    remarks.add(
        sizes.length + " groups of " + sizes[0] + " to " + sizes[sizes.length - 1] + " rows");
    List<String> thin =
        rows.entrySet().stream()
            .filter(e -> e.getValue().size() * 10 < median)
            .map(e -> e.getKey() + " (" + e.getValue().size() + ")")
            .toList();
    if (!thin.isEmpty()) {
      remarks.add("thin groups: " + named(thin));
    }
    List<String> empty =
        rows.entrySet().stream()
            .filter(e -> e.getValue().stream().allMatch(r -> layout.labels().get(r) == null))
            .map(Map.Entry::getKey)
            .toList();
    if (!empty.isEmpty()) {
      remarks.add("groups without any target: " + named(empty));
    }
  }

  private static boolean whole(double[] values) {
    return Arrays.stream(values).allMatch(v -> v == Math.rint(v));
  }

  /** A number of few levels may be a class. */
  private void levels(double[] sorted) {
    double[] different = Arrays.stream(sorted).distinct().toArray();
    if (whole(sorted) && different.length <= LEVELS && sorted.length >= different.length * FEW) {
      remarks.add(
          "the target has "
              + different.length
              + " values only ("
              + named(Arrays.stream(different).mapToObj(Strangers::text).toList())
              + ") and is learnt as a number; where they are names of classes, learn classes");
    }
  }

  private static String named(List<String> all) {
    return String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())))
        + (all.size() > MOST_NAMED ? " and " + (all.size() - MOST_NAMED) + " more" : "");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  /** The ranks of values, ties by their place; for what only depends on order. */
  static Integer[] order(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    return order;
  }
}
