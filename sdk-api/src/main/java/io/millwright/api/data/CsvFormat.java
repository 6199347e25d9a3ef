package io.millwright.api.data;

import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a text file is written (its dialect and locale), as far as it is known, and how much of it
 * may be read. What is not stated is guessed from the file and said in the {@link ReadingReport};
 * where two readings are plausible, the file is refused and both are named. Immutable and
 * thread-safe.
 */
public final class CsvFormat {

  /** What becomes of a row that cannot be read. */
  public enum BadRow {
    /** The file is refused, naming the line. */
    REFUSE,
    /** The row is left out, counted and named in the report. */
    SKIP
  }

  private final Optional<Character> separator;
  private final Optional<Charset> charset;
  private final Optional<Character> decimal;
  private final Optional<Character> thousands;
  private final Set<String> missing;
  private final List<String> dates;
  private final Optional<ZoneId> zone;
  private final Map<String, ColumnType> types;
  private final Optional<ColumnType> rest;
  private final BadRow onBadRow;
  private final int mostRows;
  private final long mostCells;
  private final int mostColumns;
  private final int mostCategories;

  private CsvFormat(Builder b) {
    separator = b.separator;
    charset = b.charset;
    decimal = b.decimal;
    thousands = b.thousands;
    missing = Set.copyOf(b.missing);
    dates = List.copyOf(b.dates);
    zone = b.zone;
    types = Map.copyOf(b.types);
    rest = b.rest;
    onBadRow = b.onBadRow;
    mostRows = b.mostRows;
    mostCells = b.mostCells;
    mostColumns = b.mostColumns;
    mostCategories = b.mostCategories;
  }

  /**
   * A format of which nothing is stated: everything is guessed.
   *
   * @return the format
   */
  public static CsvFormat guessed() {
    return builder().build();
  }

  /**
   * Starts a format of which nothing is stated.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from this format.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.separator = separator;
    b.charset = charset;
    b.decimal = decimal;
    b.thousands = thousands;
    b.missing.addAll(missing);
    b.dates.addAll(dates);
    b.zone = zone;
    b.types.putAll(types);
    b.rest = rest;
    b.onBadRow = onBadRow;
    b.mostRows = mostRows;
    b.mostCells = mostCells;
    b.mostColumns = mostColumns;
    b.mostCategories = mostCategories;
    return b;
  }

  /**
   * The character between cells.
   *
   * @return the separator; empty to find it out
   */
  public Optional<Character> separator() {
    return separator;
  }

  /**
   * The charset.
   *
   * @return the charset; empty to find it out
   */
  public Optional<Charset> charset() {
    return charset;
  }

  /**
   * The decimal mark.
   *
   * @return a point or a comma; empty to find it out
   */
  public Optional<Character> decimal() {
    return decimal;
  }

  /**
   * The mark between thousands.
   *
   * @return the mark; empty to find it out
   */
  public Optional<Character> thousands() {
    return thousands;
  }

  /**
   * Words that stand for a missing value in every column, besides the usual ones that do so among
   * numbers and times.
   *
   * @return the words, in lower case
   */
  public Set<String> missing() {
    return missing;
  }

  /**
   * Patterns of dates and times, as {@link DateTimeFormatter} has them.
   *
   * @return the patterns; empty to find them out
   */
  public List<String> dates() {
    return dates;
  }

  /**
   * The zone of times that carry no offset.
   *
   * @return the zone; empty to keep such times as they are written
   */
  public Optional<ZoneId> zone() {
    return zone;
  }

  /**
   * What columns hold.
   *
   * @return the types that are stated, by the name or the whole heading of the column
   */
  public Map<String, ColumnType> types() {
    return types;
  }

  /**
   * What all other columns hold.
   *
   * @return the type of columns for which none is stated; empty to find it out for each
   */
  public Optional<ColumnType> rest() {
    return rest;
  }

  /**
   * What becomes of a row that cannot be read.
   *
   * @return refused or skipped
   */
  public BadRow onBadRow() {
    return onBadRow;
  }

  /**
   * The most rows of a table.
   *
   * @return a number of rows
   */
  public int mostRows() {
    return mostRows;
  }

  /**
   * The most cells of a table.
   *
   * @return a number of cells
   */
  public long mostCells() {
    return mostCells;
  }

  /**
   * The most columns of a file.
   *
   * @return a number of columns
   */
  public int mostColumns() {
    return mostColumns;
  }

  /**
   * The most different labels of a column of categories.
   *
   * @return a number of labels
   */
  public int mostCategories() {
    return mostCategories;
  }

  /** States what is known of a file. Not thread-safe. */
  public static final class Builder {
    private Optional<Character> separator = Optional.empty();
    private Optional<Charset> charset = Optional.empty();
    private Optional<Character> decimal = Optional.empty();
    private Optional<Character> thousands = Optional.empty();
    private final Set<String> missing = new LinkedHashSet<>();
    private final List<String> dates = new ArrayList<>();
    private Optional<ZoneId> zone = Optional.empty();
    private final Map<String, ColumnType> types = new LinkedHashMap<>();
    private Optional<ColumnType> rest = Optional.empty();
    private BadRow onBadRow = BadRow.REFUSE;
    private int mostRows = 50_000_000;
    private long mostCells = 500_000_000L;
    private int mostColumns = 10_000;
    private int mostCategories = 100_000;

    private Builder() {}

    /**
     * States the character between cells.
     *
     * @param mark the separator, no quote and no line end
     * @return this
     */
    public Builder separator(char mark) {
      if (mark == '"' || mark == '\n' || mark == '\r') {
        throw new IllegalArgumentException("the separator cannot be a quote or a line end");
      }
      separator = Optional.of(mark);
      return this;
    }

    /**
     * States the charset.
     *
     * @param set the charset, such as GB18030
     * @return this
     */
    public Builder charset(Charset set) {
      charset = Optional.of(set);
      return this;
    }

    /**
     * States the decimal mark.
     *
     * @param mark a point or a comma
     * @return this
     */
    public Builder decimal(char mark) {
      if (mark != '.' && mark != ',') {
        throw new IllegalArgumentException("a decimal mark is . or , but not \"" + mark + "\"");
      }
      decimal = Optional.of(mark);
      return this;
    }

    /**
     * States the mark between thousands. A point or comma here makes the other one the decimal mark
     * unless that is stated too.
     *
     * @param mark a point, a comma, a blank of any width or an apostrophe
     * @return this
     */
    public Builder thousands(char mark) {
      if (mark != '.' && mark != ',' && mark != '\'' && mark != '\u2019' && !blank(mark)) {
        throw new IllegalArgumentException(
            "a mark between thousands is one of . , ' or a blank, but not \"" + mark + "\"");
      }
      thousands = Optional.of(mark);
      return this;
    }

    private static boolean blank(char c) {
      return c == ' ' || c == '\u00A0' || c == '\u202F' || c == '\u2009';
    }

    /**
     * States words that stand for a missing value, in every column and in any case of letters.
     *
     * @param words the words, such as {@code -999}
     * @return this
     */
    public Builder missing(String... words) {
      for (String word : words) {
        missing.add(word.strip().toLowerCase(Locale.ROOT));
      }
      return this;
    }

    /**
     * States how dates and times are written.
     *
     * @param patterns patterns of {@link DateTimeFormatter}, such as {@code dd.MM.yyyy HH:mm}
     * @return this
     * @throws IllegalArgumentException when one is no pattern
     */
    public Builder dates(String... patterns) {
      for (String pattern : patterns) {
        try {
          Objects.requireNonNull(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
        } catch (IllegalArgumentException | DateTimeException e) {
          throw new IllegalArgumentException(
              "\"" + pattern + "\" is no pattern of dates: " + e.getMessage(), e);
        }
        dates.add(pattern);
      }
      return this;
    }

    /**
     * States the zone of times that carry no offset.
     *
     * @param where the zone, such as Europe/Berlin
     * @return this
     */
    public Builder zone(ZoneId where) {
      zone = Optional.of(where);
      return this;
    }

    /**
     * States what columns hold.
     *
     * @param type the type, not {@link ColumnType#IMAGE}
     * @param columns names or whole headings; those that a file lacks do no harm
     * @return this
     */
    public Builder columns(ColumnType type, String... columns) {
      if (type == ColumnType.IMAGE) {
        throw new IllegalArgumentException("a text file holds no images");
      }
      for (String column : columns) {
        types.put(column, type);
      }
      return this;
    }

    /**
     * States what all columns hold for which nothing else is stated.
     *
     * @param type the type, not {@link ColumnType#IMAGE}
     * @return this
     */
    public Builder rest(ColumnType type) {
      if (type == ColumnType.IMAGE) {
        throw new IllegalArgumentException("a text file holds no images");
      }
      rest = Optional.of(type);
      return this;
    }

    /**
     * Says what becomes of a row that cannot be read.
     *
     * @param what refused or skipped
     * @return this
     */
    public Builder onBadRow(BadRow what) {
      onBadRow = Objects.requireNonNull(what, "what");
      return this;
    }

    /**
     * Bounds the rows of a table. Batches have no such bound.
     *
     * @param most at least 1
     * @return this
     */
    public Builder mostRows(int most) {
      mostRows = (int) positive(most);
      return this;
    }

    /**
     * Bounds the cells of a table. Batches have no such bound.
     *
     * @param most at least 1
     * @return this
     */
    public Builder mostCells(long most) {
      mostCells = positive(most);
      return this;
    }

    /**
     * Bounds the columns of a file.
     *
     * @param most at least 1
     * @return this
     */
    public Builder mostColumns(int most) {
      mostColumns = (int) positive(most);
      return this;
    }

    /**
     * Bounds the different labels of a column of categories.
     *
     * @param most at least 1
     * @return this
     */
    public Builder mostCategories(int most) {
      mostCategories = (int) positive(most);
      return this;
    }

    private static long positive(long most) {
      if (most < 1) {
        throw new IllegalArgumentException("a bound is at least 1, not " + most);
      }
      return most;
    }

    /**
     * The format.
     *
     * @return the format
     * @throws IllegalArgumentException when decimal mark, mark between thousands and separator are
     *     not different
     */
    public CsvFormat build() {
      if (decimal.isPresent() && decimal.equals(thousands)) {
        throw new IllegalArgumentException(
            "\"" + decimal.get() + "\" cannot be decimal mark and mark between thousands");
      }
      return new CsvFormat(this);
    }
  }
}
