package io.millwright.connect.excel;

import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.Table;
import io.millwright.api.spi.TableFormat;
import io.millwright.runtime.tables.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A sheet of an Excel workbook (Office Open XML spreadsheet, ECMA-376), read by the rules of text
 * files: identifiers stay texts letter for letter, dates become times, the evidence is reported.
 * Cells hold what was last computed; formulas are not computed again. Immutable and thread-safe;
 * the file must not change while it is read.
 */
public final class ExcelSheet {

  private final Path file;
  private final Optional<String> name;
  private final int heading;

  private ExcelSheet(Path file, Optional<String> name, int heading) {
    this.file = Objects.requireNonNull(file, "file");
    this.name = name;
    this.heading = heading;
  }

  /**
   * The first sheet of a workbook that is not hidden.
   *
   * @param file an {@code .xlsx} file
   * @return the sheet; nothing is read yet
   */
  public static ExcelSheet first(Path file) {
    return new ExcelSheet(file, Optional.empty(), 0);
  }

  /**
   * A sheet by its name.
   *
   * @param file an {@code .xlsx} file
   * @param name what stands on its tab
   * @return the sheet; nothing is read yet
   */
  public static ExcelSheet of(Path file, String name) {
    return new ExcelSheet(file, Optional.of(name), 0);
  }

  /**
   * The names of the sheets of a workbook.
   *
   * @param file an {@code .xlsx} file
   * @return the names in the order of the tabs
   * @throws io.millwright.api.MillwrightException as {@link #read}
   */
  public static List<String> names(Path file) {
    return SheetRows.names(file);
  }

  /**
   * A format that a plug-in hands to its host, which then reads the first sheet of {@code .xlsx}
   * files wherever it reads tables.
   *
   * @return the format
   */
  public static TableFormat format() {
    return new Workbooks();
  }

  /**
   * The same sheet with the headings in another row than its first one that is not empty.
   *
   * @param row counted from 1, as Excel shows it
   * @return the sheet
   */
  public ExcelSheet headedBy(int row) {
    if (row < 1) {
      throw new IllegalArgumentException("rows are counted from 1, but the heading is " + row);
    }
    return new ExcelSheet(file, name, row);
  }

  /**
   * Reads all rows.
   *
   * @param format what is known of the columns; the decimal mark of numbers that stand as texts is
   *     a point unless stated
   * @return the table and how it was read; lines are the rows that Excel shows
   * @throws io.millwright.api.MillwrightException with {@link
   *     io.millwright.api.ErrorCode#BAD_FILE}, naming the row, or {@link
   *     io.millwright.api.ErrorCode#IO_FAILED}
   */
  public ReadTable read(CsvFormat format) {
    return Tables.read(new SheetRows(file, name, heading), format);
  }

  /**
   * Reads all rows in tables of one schema, one after the other. The texts of the workbook, which
   * it keeps once for all sheets, are in memory; rows are not.
   *
   * @param format as {@link #read}
   * @param rows how many rows a table has, the last one excepted
   * @param batches takes each table
   * @return how it was read
   * @throws io.millwright.api.MillwrightException as {@link #read}
   */
  public ReadingReport batches(CsvFormat format, int rows, Consumer<? super Table> batches) {
    return Tables.batches(new SheetRows(file, name, heading), format, rows, batches);
  }

  /** The file, the sheet and where its headings stand. */
  @Override
  public String toString() {
    return file
        + name.map(n -> ", sheet \"" + n + "\"").orElse(", first sheet")
        + (heading == 0 ? "" : ", headings in row " + heading);
  }

  /** Reads first sheets for a host. */
  private static final class Workbooks implements TableFormat {
    @Override
    public String name() {
      return "Excel workbook";
    }

    @Override
    public Set<String> endings() {
      return Set.of("xlsx");
    }

    @Override
    public Table read(Path file) {
      return first(file).read(CsvFormat.guessed()).table();
    }
  }
}
