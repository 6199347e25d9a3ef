package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.maintenance.ShaftSpeed;
import java.nio.file.Path;

/** The speed of a shaft over time, from a file. */
final class SpeedFile {

  private SpeedFile() {}

  /**
   * Reads it: {@code seconds} with {@code rpm} or {@code hz}, or {@code seconds} alone, which are
   * the pulses of a tachometer, one a turn.
   */
  static ShaftSpeed read(Millwright millwright, Path file) {
    Table table = millwright.tables().read(file, CsvFormat.guessed()).table();
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
