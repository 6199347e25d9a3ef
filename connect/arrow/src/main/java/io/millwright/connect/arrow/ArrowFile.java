package io.millwright.connect.arrow;

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
 * A file of the Arrow IPC format as a table: the file format (Feather version 2) or the stream
 * format, as it lies on disk, plain or with buffers in LZ4 or Zstandard. Columns encoded by a
 * dictionary are read as what it holds; lists, structures, raw bytes and views become none.
 *
 * <p>Memory holds one record batch and the dictionaries. No native library, nothing outside the
 * heap, no options of the virtual machine. Immutable and thread-safe; the file must not change
 * while it is read.
 */
public final class ArrowFile {

  private final Path path;
  private final Set<String> chosen;
  private final Map<String, ColumnType> types;
  private final Map<String, Unit> units;
  private final LocalTimes times;
  private final int mostRows;

  private ArrowFile(Builder b) {
    path = b.path;
    chosen = Set.copyOf(b.chosen);
    types = Map.copyOf(b.types);
    units = Map.copyOf(b.units);
    times = new LocalTimes(b.zone, b.repeated);
    mostRows = b.mostRows;
  }

  /**
   * All columns of a file.
   *
   * @param path the file
   * @return the file; nothing is read yet
   */
  public static ArrowFile of(Path path) {
    return builder(path).build();
  }

  /**
   * Starts with a file.
   *
   * @param path the file
   * @return a builder
   */
  public static Builder builder(Path path) {
    return new Builder(path);
  }

  /**
   * The columns, without reading rows.
   *
   * @return the schema of {@link #batches}
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE} when it is no Arrow file; {@link
   *     ErrorCode#WRONG_TYPE} or {@link ErrorCode#MISSING_COLUMN} for columns that become nothing;
   *     {@link ErrorCode#IO_FAILED}
   */
  public Schema schema() {
    try (Ipc ipc = Ipc.open(path)) {
      return plan(ipc).schema();
    }
  }

  /**
   * All rows as one table. A column of texts of which nothing is stated becomes a category by the
   * rule of text files; one that a dictionary encodes is a category.
   *
   * @return the table
   * @throws MillwrightException as {@link #schema}; {@link ErrorCode#BAD_VALUE} for a cell that
   *     becomes nothing; {@link ErrorCode#OUT_OF_RANGE} for too many rows, or a record batch that
   *     needs more than a quarter of the heap
   */
  public Table table() {
    try (Ipc ipc = Ipc.open(path)) {
      Plan plan = plan(ipc);
      List<Table> whole = new ArrayList<>();
      plan.read(ipc, times, new Batch(plan.schema(), Integer.MAX_VALUE, whole::add), mostRows);
      return whole.isEmpty()
          ? Table.builder(plan.schema(), 0).build()
          : Columns.judged(whole.get(0), plan.guessed());
    }
  }

  /**
   * All rows as tables of one schema, one after the other. Columns of texts stay texts unless they
   * are stated to be categories or encoded by a dictionary.
   *
   * @param rows how many rows a table has, the last one excepted
   * @param batches takes each table, in the order of the file
   * @return how many rows there were
   * @throws MillwrightException as {@link #table}; batches before were given already
   */
  public long batches(int rows, Consumer<? super Table> batches) {
    if (rows < 1) {
      throw new IllegalArgumentException("a batch has at least 1 row, not " + rows);
    }
    try (Ipc ipc = Ipc.open(path)) {
      Plan plan = plan(ipc);
      return plan.read(ipc, times, new Batch(plan.schema(), rows, batches), Long.MAX_VALUE);
    }
  }

  private Plan plan(Ipc ipc) {
    return Plan.of(ipc, chosen, types, units);
  }

  /** The file. */
  @Override
  public String toString() {
    return path.toString();
  }

  /** States what is read of a file and how. Not thread-safe. */
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
     * @param names their names
     * @return this
     */
    public Builder only(String... names) {
      chosen.addAll(List.of(names));
      return this;
    }

    /**
     * States what columns become. Whole numbers may become texts or categories, digit by digit,
     * texts categories.
     *
     * @param type not {@link ColumnType#IMAGE}
     * @param columns their names
     * @return this
     */
    public Builder columns(ColumnType type, String... columns) {
      if (type == ColumnType.IMAGE) {
        throw new IllegalArgumentException("an Arrow file gives no images");
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
     * States the zone of time stamps without one.
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

    /** {@return the file; nothing is read yet} */
    public ArrowFile build() {
      return new ArrowFile(this);
    }
  }
}
