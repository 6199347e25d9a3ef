package io.millwright.cli.kit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns found by their usual headings where no option names them. */
public final class Headings {
  private Headings() {}

  /**
   * The name of a column.
   *
   * @param table the table
   * @param stated what the option names, or null where it was not given
   * @param option the option, for the message
   * @param usual headings in the order of preference, whatever their case
   * @throws MillwrightException with {@link ErrorCode#MISSING_COLUMN} when there is none
   */
  public static String column(
      Table table, @Nullable String stated, String option, List<String> usual) {
    List<String> names = table.schema().columns().stream().map(Column::name).toList();
    for (String wanted : stated == null ? usual : List.of(stated)) {
      for (String name : names) {
        if (stated == null ? name.strip().equalsIgnoreCase(wanted) : name.equals(wanted)) {
          return name;
        }
      }
    }
    throw new MillwrightException(
        ErrorCode.MISSING_COLUMN,
        "there is no column "
            + (stated == null ? "\"" + String.join("\", \"", usual) + "\"" : "\"" + stated + "\"")
            + "\nMaybe name it by "
            + option
            + ", one of "
            + names);
  }
}
