package io.millwright.runtime.tables;

import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableReader;
import java.util.function.Consumer;

/** The door of this room. */
public final class Tables {

  private Tables() {}

  /**
   * Reads all rows of a source into a table, by the rules of text files.
   *
   * @param source the rows
   * @param format what is known of them; the decimal mark is a point unless stated
   * @return the table and how it was read
   * @throws io.millwright.api.MillwrightException as {@link TableReader#read}
   */
  public static ReadTable read(RowSource source, CsvFormat format) {
    CsvFormat pointed = SourceRows.pointed(format);
    return new CsvReading(new SourceRows(source, pointed), pointed).table(null);
  }

  /**
   * Reads the rows of a source in tables of one schema, one after the other.
   *
   * @param source the rows
   * @param format as {@link #read(RowSource, CsvFormat)}
   * @param rows how many rows a table has, the last one excepted
   * @param batches takes each table
   * @return how it was read
   * @throws io.millwright.api.MillwrightException as {@link TableReader#batches}
   */
  public static ReadingReport batches(
      RowSource source, CsvFormat format, int rows, Consumer<? super Table> batches) {
    if (rows < 1) {
      throw new IllegalArgumentException("a batch has at least 1 row, not " + rows);
    }
    CsvFormat pointed = SourceRows.pointed(format);
    return new CsvReading(new SourceRows(source, pointed), pointed).batches(rows, batches);
  }

  /** A reader of CSV files and query results; immutable and thread-safe. */
  public static TableReader reader() {
    return new DefaultTableReader();
  }

  /**
   * Whether a label says that its row adds up others, such as Total, Summe or 合计.
   *
   * @param label a cell
   * @return true for such a word, however it is written
   */
  public static boolean isTotal(String label) {
    return OddLine.isTotal(label);
  }
}
