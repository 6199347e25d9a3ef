package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.Table;
import io.millwright.maintenance.ShaftSpeed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The speed of a shaft over time, from a file. */
final class SpeedFile {

  /** By column, the unit that its cells or its heading may name. */
  private static final Map<String, List<String>> UNITS =
      Map.of("seconds", List.of("s"), "rpm", List.of("rpm", "r/min", "1/min"), "hz", List.of("Hz"));

  private SpeedFile() {}

  /**
   * Reads it: {@code seconds} with {@code rpm} or {@code hz}, or {@code seconds} alone, which are
   * the pulses of a tachometer, one a turn.
   */
  static ShaftSpeed read(Millwright millwright, Path file) {
    ReadTable read = millwright.tables().read(file, CsvFormat.guessed());
    for (ReadingReport.ColumnReading column : read.report().columns()) {
      String unit = column.column().unit().symbol();
      List<String> own = UNITS.getOrDefault(column.column().name(), List.of(unit));
      if (!unit.isEmpty() && !own.contains(unit)) {
        throw new MillwrightException(
            ErrorCode.BAD_FILE,
            file
                + ": column \""
                + column.heading()
                + "\" is in "
                + unit
                + (column.notation() == ReadingReport.Notation.TIME_OF_DAY
                    ? ", as times of day"
                    : "")
                + "\nMaybe convert it, since nothing is converted here");
      }
    }
    Table table = read.table();
    if (table.schema().indexOf("seconds") < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          file
              + " has no column 'seconds' but "
              + table.schema().names()
              + "\nMaybe name its columns seconds and rpm, or seconds alone for pulses of a"
              + " tachometer");
    }
    double[] seconds = table.numbers("seconds");
    if (table.schema().indexOf("hz") >= 0) {
      return ShaftSpeed.course(seconds, table.numbers("hz"));
    }
    if (table.schema().indexOf("rpm") < 0) {
      return ShaftSpeed.pulses(seconds, 1);
    }
    double[] hz = table.numbers("rpm");
    for (int i = 0; i < hz.length; i++) {
      hz[i] /= 60;
    }
    return ShaftSpeed.course(seconds, hz);
  }
}
