package io.millwright.cli.text;

import io.millwright.api.data.Table;
import io.millwright.cli.kit.Cells;
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
    List<@Nullable String> texts = Cells.of(table, text);
    List<@Nullable String> others = other == null ? List.of() : Cells.of(table, other);
    List<@Nullable String> labels = target == null ? List.of() : Cells.of(table, target);
    List<@Nullable String> groups = group == null ? List.of() : Cells.of(table, group);
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
