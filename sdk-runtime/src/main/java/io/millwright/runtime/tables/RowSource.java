package io.millwright.runtime.tables;

import java.nio.file.Path;
import java.util.List;

/**
 * A source of rows of texts under headings (a data source in the sense of tabular readers), judged
 * and read by the rules of text files: lines of JSON, a sheet of a workbook. Connectors implement
 * it; {@link Tables} reads it. It is read twice and must give the same rows both times. For one
 * reading.
 */
public interface RowSource {

  /** {@return where the rows come from, for messages} */
  Path file();

  /** {@return what kind of file it is, for the report, such as {@code lines of JSON}} */
  String kind();

  /**
   * Reads all rows, from the first on.
   *
   * @param sink takes them
   * @throws io.millwright.api.MillwrightException with {@link io.millwright.api.ErrorCode#BAD_FILE}
   *     or {@link io.millwright.api.ErrorCode#IO_FAILED}
   */
  void read(Sink sink);

  /** Takes the rows of a source. */
  interface Sink {

    /**
     * Hears of the headings, once before the first row.
     *
     * @param line the line or row of the source in which they stand, counted from 1
     * @param names the headings; may carry a unit in brackets
     */
    void headings(long line, List<String> names);

    /**
     * The decimal mark that is stated for texts, in which a source writes its numbers too.
     *
     * @return a point or a comma
     */
    char decimal();

    /**
     * Takes a row.
     *
     * @param line the line or row of the source, counted from 1
     * @param cells a text for each heading, empty when missing; numbers with the {@link #decimal}
     *     mark
     */
    void row(long line, List<String> cells);
  }
}
