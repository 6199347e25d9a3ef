package io.millwright.cli.kit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;

/** Cells of a table as texts, whatever their column holds. */
public final class Texts {
  private Texts() {}

  /** A cell; a whole number without its point. */
  public static String at(Table table, String column, int row) {
    String text = null;
    boolean numeric =
        table.schema().columns().stream()
            .anyMatch(c -> c.name().equals(column) && c.type() == ColumnType.NUMBER);
    if (numeric) {
      double v = table.numbers(column)[row];
      if (!Double.isNaN(v)) {
        text = v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : "" + v;
      }
    } else {
      text = table.labels(column).get(row);
    }
    if (text == null) {
      throw new MillwrightException(
          ErrorCode.MISSING_VALUE,
          "row " + (row + 1) + " has no " + column + "\nMaybe leave the row out");
    }
    return text;
  }
}
