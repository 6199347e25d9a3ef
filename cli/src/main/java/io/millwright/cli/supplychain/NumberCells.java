package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import java.nio.file.Path;

/** Reads numbers out of a file's columns that may not be there, with errors that name the place. */
final class NumberCells {

  private NumberCells() {}

  /**
   * A number.
   *
   * @param otherwise what stands for a missing one; NaN where it must be there
   * @param remedy what to do about a missing one, as the rest of a sentence that starts with
   *     "Maybe"
   */
  static double of(
      Path file, Table table, int row, String column, double otherwise, String remedy) {
    int at = table.schema().names().indexOf(column);
    if (at >= 0 && table.schema().columns().get(at).type() != ColumnType.NUMBER) {
      throw new MillwrightException(
          ErrorCode.WRONG_TYPE,
          file
              + ": "
              + column
              + " is "
              + table.schema().columns().get(at).type()
              + ", not a number");
    }
    double value = at < 0 ? Double.NaN : table.number(row, at);
    value = Double.isNaN(value) ? otherwise : value;
    if (Double.isNaN(value)) {
      throw new MillwrightException(
          ErrorCode.MISSING_VALUE,
          file + " row " + (row + 1) + ": " + column + " is missing\nMaybe " + remedy);
    }
    return value;
  }
}
