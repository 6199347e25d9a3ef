package io.millwright.api.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file was taken for and why: the evidence behind a table (schema inference with
 * provenance). Immutable and thread-safe.
 */
public final class ReadingReport {

  /**
   * What one column was taken for.
   *
   * @param heading the heading as it stands in the file
   * @param column the column of the table
   * @param why what in the file, or whose statement, made it so
   * @param rows how many rows were read
   * @param empty how many cells are empty
   * @param missing the words that were taken for missing, and how often each stands
   * @param infinite how many readings are infinite
   * @param remarks what a person should know about it, a sentence each; empty when all is plain
   */
  public record ColumnReading(
      String heading,
      Column column,
      String why,
      long rows,
      long empty,
      Map<String, Long> missing,
      long infinite,
      List<String> remarks) {

    /** Copies. */
    public ColumnReading {
      missing = java.util.Collections.unmodifiableMap(new TreeMap<>(missing));
      remarks = List.copyOf(remarks);
    }

    @Override
    public String toString() {
      return "`" + column.name() + "` read as " + word(column.type()) + ": " + why;
    }

    private static String word(ColumnType type) {
      return switch (type) {
        case NUMBER -> "number";
        case CATEGORY -> "category";
        case TEXT -> "text";
        case TIME -> "time";
        case AGE -> "age";
        case IMAGE -> "image";
      };
    }
  }

  /**
   * A row that was left out.
   *
   * @param line its first line in the file, counted from 1
   * @param why what was wrong with it
   */
  public record SkippedRow(long line, String why) {}

  private final Path file;
  private final String charset;
  private final String separator;
  private final String decimal;
  private final List<String> remarks;
  private final List<ColumnReading> columns;
  private final long rows;
  private final long skipped;
  private final List<SkippedRow> firstSkipped;
  private final long[] breaks;

  /**
   * A report.
   *
   * @param file the file
   * @param format charset, separator and decimal mark, in this order, each with the reason
   * @param remarks what a person should know about the file, a sentence each
   * @param columns the columns of the table, in order
   * @param rows how many rows were read
   * @param skipped how many rows were left out
   * @param firstSkipped the first of them
   * @param breaks pairs of a row, counted from 0, and its line, for each row that does not follow
   *     on the line after the row before; copied
   */
  public ReadingReport(
      Path file,
      List<String> format,
      List<String> remarks,
      List<ColumnReading> columns,
      long rows,
      long skipped,
      List<SkippedRow> firstSkipped,
      long[] breaks) {
    this.file = file;
    this.charset = format.get(0);
    this.separator = format.get(1);
    this.decimal = format.get(2);
    this.remarks = List.copyOf(remarks);
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.skipped = skipped;
    this.firstSkipped = List.copyOf(firstSkipped);
    this.breaks = breaks.clone();
  }

  /**
   * The file.
   *
   * @return its path
   */
  public Path file() {
    return file;
  }

  /**
   * The charset, and why.
   *
   * @return a few words, such as {@code GB18030: not UTF-8, and all pairs of bytes are Chinese}
   */
  public String charset() {
    return charset;
  }

  /**
   * The character between cells, and why.
   *
   * @return a few words
   */
  public String separator() {
    return separator;
  }

  /**
   * The decimal mark, and why.
   *
   * @return a few words
   */
  public String decimal() {
    return decimal;
  }

  /**
   * The columns of the table.
   *
   * @return what each was taken for, in order
   */
  public List<ColumnReading> columns() {
    return columns;
  }

  /**
   * The rows of the table.
   *
   * @return how many were read
   */
  public long rows() {
    return rows;
  }

  /**
   * The rows that were left out because they could not be read.
   *
   * @return how many
   */
  public long skipped() {
    return skipped;
  }

  /**
   * The first rows that were left out.
   *
   * @return some of them, each with its line
   */
  public List<SkippedRow> firstSkipped() {
    return firstSkipped;
  }

  /**
   * The line of a row in the file.
   *
   * @param row the row of the table, counted from 0
   * @return its first line, counted from 1
   */
  public long line(long row) {
    int low = 0;
    int high = breaks.length / 2;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (breaks[2 * middle] <= row) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return breaks.length == 0 ? row + 2 : breaks[2 * low + 1] + row - breaks[2 * low];
  }

  /**
   * What a person should know: only what was guessed where it could have been otherwise, taken for
   * missing, skipped or infinite.
   *
   * @return sentences; empty when all is plain
   */
  public List<String> remarks() {
    List<String> all = new ArrayList<>(remarks);
    columns.forEach(c -> all.addAll(c.remarks()));
    if (skipped > 0) {
      SkippedRow first = firstSkipped.get(0);
      all.add(
          skipped
              + (skipped == 1 ? " row was" : " rows were")
              + " skipped, first line "
              + first.line()
              + ": "
              + first.why());
    }
    return List.copyOf(all);
  }

  /** All of it, a line for each thing. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add(file + ": " + rows + " rows");
    lines.addAll(Arrays.asList("charset " + charset, "separator " + separator));
    lines.add("decimal mark " + decimal);
    columns.forEach(c -> lines.add(c.toString()));
    lines.addAll(remarks());
    return String.join("\n", lines);
  }
}
