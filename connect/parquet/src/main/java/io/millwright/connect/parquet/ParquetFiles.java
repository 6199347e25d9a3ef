package io.millwright.connect.parquet;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.connect.RepeatedHour;
import io.millwright.connect.internal.Batch;
import io.millwright.connect.internal.Columns;
import io.millwright.connect.internal.LocalTimes;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A Parquet file, or a folder of them, as one table (Apache Parquet format; folders named {@code
 * key=value} as Hive partitions, whose keys become columns). Hadoop is not needed. Fields of
 * structures become columns with a point in their name; lists, maps and raw bytes become none.
 *
 * <p>Memory holds the pages of one row group of the wanted columns, beside what is made of them: a
 * file written with row groups of 128 MiB needs that much. Immutable and thread-safe; files must
 * not change while they are read.
 */
public final class ParquetFiles {

  private final Path path;
  private final Set<String> chosen;
  private final Map<String, ColumnType> types;
  private final Map<String, Unit> units;
  private final LocalTimes times;
  private final int mostRows;

  private ParquetFiles(Builder b) {
    path = b.path;
    chosen = Set.copyOf(b.chosen);
    types = Map.copyOf(b.types);
    units = Map.copyOf(b.units);
    times = new LocalTimes(b.zone, b.repeated);
    mostRows = b.mostRows;
  }

  /**
   * All columns of a file or folder.
   *
   * @param path a file, or a folder of files that end in {@code .parquet}, at any depth
   * @return the files; nothing is read yet
   */
  public static ParquetFiles of(Path path) {
    return builder(path).build();
  }

  /**
   * Starts with a file or folder.
   *
   * @param path a file, or a folder of files that end in {@code .parquet}, at any depth
   * @return a builder
   */
  public static Builder builder(Path path) {
    return new Builder(path);
  }

  /**
   * The columns, from the footers alone.
   *
   * @return the schema of {@link #batches}
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, naming the file, when one is no
   *     Parquet or has other columns than the first; {@link ErrorCode#WRONG_TYPE} or {@link
   *     ErrorCode#MISSING_COLUMN} for columns that become nothing; {@link ErrorCode#IO_FAILED}
   */
  public Schema schema() {
    return plan().schema();
  }

  /**
   * All rows as one table, files in the order of their names. A column of texts of which nothing is
   * stated becomes a category by the rule of text files.
   *
   * @return the table
   * @throws MillwrightException as {@link #schema}; {@link ErrorCode#BAD_VALUE} for a cell that
   *     becomes nothing; {@link ErrorCode#OUT_OF_RANGE} for too many rows
   */
  public Table table() {
    Plan plan = plan();
    if (plan.rows() > mostRows) {
      throw new MillwrightException(
          ErrorCode.OUT_OF_RANGE,
          path
              + " holds "
              + plan.rows()
              + " rows, but at most "
              + mostRows
              + " are read into one table\nMaybe read it in batches, or raise the bound");
    }
    if (plan.rows() == 0) {
      return Table.builder(plan.schema(), 0).build();
    }
    List<Table> whole = new ArrayList<>();
    plan.read(times, new Batch(plan.schema(), (int) plan.rows(), whole::add));
    return Columns.judged(whole.get(0), plan.guessed());
  }

  /**
   * All rows as tables of one schema, one after the other. Columns of texts stay texts unless they
   * are stated to be categories.
   *
   * @param rows how many rows a table has, the last one excepted
   * @param batches takes each table, files in the order of their names
   * @return how many rows there were
   * @throws MillwrightException as {@link #table}; batches before were given already
   */
  public long batches(int rows, Consumer<? super Table> batches) {
    if (rows < 1) {
      throw new IllegalArgumentException("a batch has at least 1 row, not " + rows);
    }
    Plan plan = plan();
    plan.read(times, new Batch(plan.schema(), rows, batches));
    return plan.rows();
  }

  private Plan plan() {
    return Plan.of(path, chosen, types, units);
  }

  /** The file or folder. */
  @Override
  public String toString() {
    return path.toString();
  }

  /** States what is read of files and how. Not thread-safe. */
  public static final class Builder {
    private final Path path;
    private final Set<String> chosen = new HashSet<>();
    private final Map<String, ColumnType> types = new LinkedHashMap<>();
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private ZoneId zone = ZoneOffset.UTC;
    private RepeatedHour repeated = RepeatedHour.REFUSE;
    private int mostRows = 50_000_000;

    private Builder(Path path) {
      this.path = Objects.requireNonNull(path, "path");
    }

    /**
     * Reads these columns alone; all when none is named.
     *
     * @param names their names, keys of partitions among them
     * @return this
     */
    public Builder only(String... names) {
      chosen.addAll(List.of(names));
      return this;
    }

    /**
     * States what columns become. Whole numbers may become texts or categories, digit by digit, raw
     * bytes texts in UTF-8, texts categories.
     *
     * @param type not {@link ColumnType#IMAGE}
     * @param columns their names
     * @return this
     */
    public Builder columns(ColumnType type, String... columns) {
      if (type == ColumnType.IMAGE) {
        throw new IllegalArgumentException("a Parquet file gives no images");
      }
      for (String column : columns) {
        types.put(column, type);
      }
      return this;
    }

    /**
     * States in what unit a column of numbers is.
     *
     * @param column its name
     * @param unit the unit
     * @return this
     */
    public Builder unit(String column, Unit unit) {
      units.put(column, Objects.requireNonNull(unit, "unit"));
      return this;
    }

    /**
     * States the zone of time stamps that are not adjusted to UTC.
     *
     * @param where the zone; UTC when nothing is stated
     * @return this
     */
    public Builder zone(ZoneId where) {
      zone = Objects.requireNonNull(where, "where");
      return this;
    }

    /**
     * States what a local time means that autumn repeats.
     *
     * @param which refused unless stated
     * @return this
     */
    public Builder repeatedHour(RepeatedHour which) {
      repeated = Objects.requireNonNull(which, "which");
      return this;
    }

    /**
     * Bounds the rows of a table. Batches have no such bound.
     *
     * @param most at least 1; 50 million unless stated
     * @return this
     */
    public Builder mostRows(int most) {
      if (most < 1) {
        throw new IllegalArgumentException("a table may have at least 1 row, not " + most);
      }
      mostRows = most;
      return this;
    }

    /** {@return the files; nothing is read yet} */
    public ParquetFiles build() {
      return new ParquetFiles(this);
    }
  }
}
