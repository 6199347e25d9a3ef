package io.millwright.cli.kit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column as texts. */
public final class Cells {
  private Cells() {}

  /** The cells of a column, of whatever type; null where one is missing. */
  public static List<@Nullable String> of(Table table, String column) {
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
}
