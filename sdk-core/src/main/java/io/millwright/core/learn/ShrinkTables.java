package io.millwright.core.learn;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.api.head.Amount;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.runtime.bundle.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as samples of a model that was opened without its plug-in.
 *
 * @param model the model
 * @param target the column that is answered
 * @param group the column of what belongs together
 */
record ShrinkTables(Model model, String target, Optional<String> group) {

  /** So many answers tell two models apart. */
  private static final int MOST_JUDGED = 4000;

  /** One sequence that must be divided by time is cut into so many pieces. */
  private static final int PIECES = 20;

  private static final int FEW_GROUPS = 4;

  /** What is learnt again from: sequences for a model of windows, otherwise rows. */
  Samples<Table, Object> learnt(Table table) {
    Table inputs = inputs(table);
    List<Sample<Table, Object>> samples = new ArrayList<>();
    Map<String, List<Integer>> groups = groups(table);
    int window = model.preparation().plan().window();
    if (window == 0) {
      groups.forEach(
          (name, rows) -> {
            for (int r : rows) {
              Object label = label(table, r);
              if (label != null) {
                samples.add(
                    Sample.of(group.isEmpty() ? "row " + r : name, inputs.slice(r, r + 1), label));
              }
            }
          });
      return new Samples<>(samples);
    }
    boolean inTime = model.recipe().map(r -> r.split().by() == Split.By.TIME).orElse(false);
    int pieces = inTime || groups.size() < FEW_GROUPS ? PIECES : 1;
    for (int p = 0; p < pieces; p++) {
      for (Map.Entry<String, List<Integer>> g : groups.entrySet()) {
        List<Integer> rows = g.getValue();
        int from = (int) ((long) p * rows.size() / pieces);
        int to = (int) ((long) (p + 1) * rows.size() / pieces);
        if (from < to) {
          int begin = pieces > 1 ? Math.max(0, from - window + 1) : from;
          List<@Nullable Object> labels = new ArrayList<>();
          for (int i = begin; i < to; i++) {
            labels.add(i < from ? null : label(table, rows.get(i)));
          }
          String name = pieces > 1 ? g.getKey() + ", piece " + p : g.getKey();
          samples.add(new Sample<>(name, rows(inputs, rows.subList(begin, to)), labels));
        }
      }
    }
    return new Samples<>(samples);
  }

  /** What both models are judged on: each row with all that came before it in its sequence. */
  Samples<Table, Object> judged(Table table) {
    Table inputs = inputs(table);
    int window = model.preparation().plan().window();
    List<Sample<Table, Object>> samples = new ArrayList<>();
    int known = 0;
    for (int r = 0; r < table.rows(); r++) {
      known += label(table, r) == null ? 0 : 1;
    }
    int every = Math.max(1, (known + MOST_JUDGED - 1) / MOST_JUDGED);
    int at = 0;
    for (Map.Entry<String, List<Integer>> g : groups(table).entrySet()) {
      List<Integer> rows = g.getValue();
      for (int i = 0; i < rows.size(); i++) {
        Object label = label(table, rows.get(i));
        if (label != null && at++ % every == 0) {
          Table input =
              window == 0
                  ? inputs.slice(rows.get(i), rows.get(i) + 1)
                  : rows(inputs, rows.subList(0, i + 1));
          samples.add(Sample.of(g.getKey(), input, label));
        }
      }
    }
    return new Samples<>(samples);
  }

  private static Table rows(Table table, List<Integer> rows) {
    int first = rows.get(0);
    int last = rows.get(rows.size() - 1);
    return last - first + 1 == rows.size()
        ? table.slice(first, last + 1)
        : table.rows(rows.stream().mapToInt(Integer::intValue).toArray());
  }

  private Table inputs(Table table) {
    List<String> names = model.preparation().inputs().names();
    List<String> missing = new ArrayList<>(names);
    missing.add(target);
    group.ifPresent(missing::add);
    missing.removeAll(table.schema().names());
    if (!missing.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.WRONG_SHAPE,
          "the samples have no columns "
              + missing
              + "\nMaybe they are called otherwise: there are "
              + table.schema().names());
    }
    return table.select(names);
  }

  /** The rows of each group in their order; one group of all where none was named. */
  private Map<String, List<Integer>> groups(Table table) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    int column = group.map(g -> table.schema().indexOf(g)).orElse(-1);
    for (int r = 0; r < table.rows(); r++) {
      groups.computeIfAbsent(name(table, r, column), k -> new ArrayList<>()).add(r);
    }
    return groups;
  }

  private static String name(Table table, int row, int column) {
    if (column < 0) {
      return "all";
    }
    ColumnType type = table.schema().columns().get(column).type();
    return type.isText()
        ? String.valueOf(table.label(row, column))
        : type == ColumnType.TIME
            ? Long.toString(table.time(row, column))
            : Double.toString(table.number(row, column));
  }

  /** The truth of a row; null where it is not known. */
  private @Nullable Object label(Table table, int row) {
    int column = table.schema().indexOf(target);
    boolean text = table.schema().columns().get(column).type().isText();
    if (model.head().kind().equals("quantity")) {
      if (text) {
        throw new MillwrightException(
            ErrorCode.WRONG_SHAPE,
            "the model answers a number, but \""
                + target
                + "\" holds texts\nMaybe another column is the target");
      }
      double value = table.number(row, column);
      return Double.isFinite(value) ? Amount.of(value) : null;
    }
    if (text) {
      String label = table.label(row, column);
      return label == null || label.isBlank() ? null : label;
    }
    double value = table.number(row, column);
    if (!Double.isFinite(value)) {
      return null;
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? (Object) Long.toString((long) value)
        : Double.toString(value);
  }
}
