package io.millwright.connect.internal;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this SDK leaves in a file of the columns that its format has no words for: types and units.
 */
public final class Written {

  private static final String PREFIX = "millwright.column.";

  private Written() {}

  /** What is left in a file of these columns. */
  public static Map<String, String> of(Schema schema) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Column column : schema.columns()) {
      all.put(PREFIX + column.name(), column.type() + " " + column.unit().symbol());
    }
    return all;
  }

  /** What was left in a file of a column; null when nothing readable was. */
  public static @Nullable Column column(Map<String, String> meta, String name) {
    String said = meta.get(PREFIX + name);
    int blank = said == null ? -1 : said.indexOf(' ');
    if (said == null || blank < 0) {
      return null;
    }
    try {
      ColumnType type = ColumnType.valueOf(said.substring(0, blank));
      String symbol = said.substring(blank + 1);
      boolean unit = type.isNumeric() && !symbol.equals(Unit.NONE.symbol());
      return type == ColumnType.IMAGE
          ? null
          : new Column(name, type, unit ? Unit.of(symbol) : Unit.NONE);
    } catch (IllegalArgumentException e) {
      // Whoever wrote it: the column then is what the file says.
      return null;
    }
  }
}
