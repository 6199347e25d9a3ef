package io.millwright.api.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a file was taken for and why: the evidence behind a table (schema inference with
 * provenance). Immutable and thread-safe.
 */
public final class ReadingReport {

  /** How the cells of a column of numbers are written (cell notation). */
  public enum Notation {
    /** As numbers alone; also the notation of columns that hold no numbers. */
    PLAIN,
    /** As numbers with the same unit behind or before each, which was left out. */
    WITH_UNIT,
    /** As times of day without a date, which became hours. */
    TIME_OF_DAY
  }

  /** What one column was taken for. */
  public static final class ColumnReading {

    private final String heading;
    private final Column column;
    private final String why;
    private final Notation notation;
    private final long rows;
    private final long empty;
    private final Map<String, Long> missing;
    private final long infinite;
    private final List<String> remarks;

    private ColumnReading(Builder from) {
      heading = Objects.requireNonNull(from.heading, "heading");
      column = Objects.requireNonNull(from.column, "column");
      why = Objects.requireNonNull(from.why, "why");
      notation = from.notation;
      rows = from.rows;
      empty = from.empty;
      infinite = from.infinite;
      missing = Collections.unmodifiableMap(new TreeMap<>(from.missing));
      remarks = List.copyOf(from.remarks);
    }

    /**
     * Starts a builder with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
      return new Builder();
    }

    /** {@return the heading as it stands in the file} */
    public String heading() {
      return heading;
    }

    /** {@return the column of the table} */
    public Column column() {
      return column;
    }

    /** {@return what in the file, or whose statement, made it so} */
    public String why() {
      return why;
    }

    /** {@return how its cells are written} */
    public Notation notation() {
      return notation;
    }

    /** {@return how many rows were read} */
    public long rows() {
      return rows;
    }

    /** {@return how many cells are empty} */
    public long empty() {
      return empty;
    }

    /** {@return the words that were taken for missing, and how often each stands} */
    public Map<String, Long> missing() {
      return missing;
    }

    /** {@return how many readings are infinite} */
    public long infinite() {
      return infinite;
    }

    /** {@return what a person should know about it, a sentence each; empty when all is plain} */
    public List<String> remarks() {
      return remarks;
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

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ColumnReading that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
      return parts().hashCode();
    }

    private List<Object> parts() {
      return List.of(heading, column, why, notation, rows, empty, missing, infinite, remarks);
    }

    /** A builder, for one thread at a time. */
    public static final class Builder {
      private @Nullable String heading;
      private @Nullable Column column;
      private @Nullable String why;
      private Notation notation = Notation.PLAIN;
      private long rows;
      private long empty;
      private Map<String, Long> missing = Map.of();
      private long infinite;
      private List<String> remarks = List.of();

      private Builder() {}

      /**
       * Sets {@link ColumnReading#heading}.
       *
       * @param value the heading as it stands in the file
       * @return this
       */
      public Builder heading(String value) {
        heading = Objects.requireNonNull(value, "heading");
        return this;
      }

      /**
       * Sets {@link ColumnReading#column}.
       *
       * @param value the column of the table
       * @return this
       */
      public Builder column(Column value) {
        column = Objects.requireNonNull(value, "column");
        return this;
      }

      /**
       * Sets {@link ColumnReading#why}.
       *
       * @param value what in the file, or whose statement, made it so
       * @return this
       */
      public Builder why(String value) {
        why = Objects.requireNonNull(value, "why");
        return this;
      }

      /**
       * Sets {@link ColumnReading#notation}.
       *
       * @param value how its cells are written; {@link Notation#PLAIN} unless set
       * @return this
       */
      public Builder notation(Notation value) {
        notation = Objects.requireNonNull(value, "notation");
        return this;
      }

      /**
       * Sets {@link ColumnReading#rows}.
       *
       * @param value how many rows were read
       * @return this
       */
      public Builder rows(long value) {
        rows = value;
        return this;
      }

      /**
       * Sets {@link ColumnReading#empty}.
       *
       * @param value how many cells are empty
       * @return this
       */
      public Builder empty(long value) {
        empty = value;
        return this;
      }

      /**
       * Sets {@link ColumnReading#missing}.
       *
       * @param value the words that were taken for missing, and how often each stands
       * @return this
       */
      public Builder missing(Map<String, Long> value) {
        missing = Objects.requireNonNull(value, "missing");
        return this;
      }

      /**
       * Sets {@link ColumnReading#infinite}.
       *
       * @param value how many readings are infinite
       * @return this
       */
      public Builder infinite(long value) {
        infinite = value;
        return this;
      }

      /**
       * Sets {@link ColumnReading#remarks}.
       *
       * @param value what a person should know about it, a sentence each; empty when all is plain
       * @return this
       */
      public Builder remarks(List<String> value) {
        remarks = Objects.requireNonNull(value, "remarks");
        return this;
      }

      /**
       * Checks the values and makes the object.
       *
       * @return the new object
       */
      public ColumnReading build() {
        return new ColumnReading(this);
      }
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
