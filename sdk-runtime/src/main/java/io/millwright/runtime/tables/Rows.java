package io.millwright.runtime.tables;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.CsvFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Rows of texts under headings while they are read, as often as needed. Not thread-safe. */
interface Rows {

  /** Where they come from. */
  Path file();

  /** The headings; known once the rows were read. */
  List<Header> headers();

  /** Whether semicolons stand between cells, which makes a decimal comma likely. */
  boolean semicolons();

  /** The charset and what made it so, for the report. */
  String charset();

  /** What stands between cells and what made it so, for the report. */
  String separator();

  /** What a person should know of the file as a whole. */
  Optional<String> remark(CsvFormat stated);

  /** Reads all rows. */
  void read(Sink sink);

  /** What is wrong in a line. */
  default MillwrightException bad(long line, String what, String maybe) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, file() + ", line " + line + ": " + what + "\nMaybe " + maybe);
  }

  /** Takes the rows of a file. */
  interface Sink {
    /** Hears of the headings before the first row. */
    void start(List<Header> found);

    /** Takes a row with as many cells as there are headings. */
    void row(long line, List<String> cells);

    /** Hears of a row that is left out. */
    void skip(long line, String why);
  }
}
