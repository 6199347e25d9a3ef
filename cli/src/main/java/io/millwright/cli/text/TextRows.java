package io.millwright.cli.text;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table as labelled texts.
 *
 * @param all the rows, in order
 */
record TextRows(List<Row> all) {

  /**
   * One row.
   *
   * @param text the text
   * @param other the second text, or empty
   * @param label the truth, or null
   * @param group what it belongs to
   */
  record Row(String text, String other, @Nullable String label, String group) {}

  static TextRows of(
      Table table,
      String text,
      @Nullable String other,
      @Nullable String target,
      @Nullable String group) {
    List<@Nullable String> texts = cells(table, text);
    List<@Nullable String> others = other == null ? List.of() : cells(table, other);
    List<@Nullable String> labels = target == null ? List.of() : cells(table, target);
    List<@Nullable String> groups = group == null ? List.of() : cells(table, group);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      String own = texts.get(r);
      rows.add(
          new Row(
              own == null ? "" : own,
              other == null ? "" : Objects.requireNonNullElse(others.get(r), ""),
              target == null ? null : labels.get(r),
              group == null ? "row " + r : String.valueOf(groups.get(r))));
    }
    return new TextRows(rows);
  }

  static List<@Nullable String> cells(Table table, String column) {
    int at = table.schema().indexOf(column);
    if (at < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "there is no column \"" + column + "\"\nMaybe name one of " + table.schema().names());
    }
    ColumnType type = table.schema().columns().get(at).type();
    List<@Nullable String> cells = new ArrayList<>();
    for (int r = 0; r < table.rows(); r++) {
      if (type.isText()) {
        cells.add(table.label(r, at));
      } else {
        double v = type.isNumeric() ? table.number(r, at) : table.time(r, at);
        cells.add(Double.isNaN(v) ? null : v == Math.rint(v) ? Long.toString((long) v) : "" + v);
      }
    }
    return cells;
  }

  /** Those whose label is one of some. */
  TextRows labelled(Set<String> labels) {
    return new TextRows(
        all.stream().filter(r -> r.label != null && labels.contains(r.label)).toList());
  }

  Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    for (Row row : all) {
      if (row.label != null) {
        counts.merge(row.label, 1, Integer::sum);
      }
    }
    return counts;
  }

  /** So many of each class, drawn by a key. */
  TextRows shots(int each, long key) {
    List<Row> drawn = new ArrayList<>(all);
    java.util.Collections.shuffle(drawn, new Random(key));
    Map<String, Integer> taken = new HashMap<>();
    return new TextRows(
        drawn.stream()
            .filter(r -> r.label != null && taken.merge(r.label, 1, Integer::sum) <= each)
            .toList());
  }
}
