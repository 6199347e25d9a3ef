package io.millwright.connect.arrow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.connect.ColumnarOptions;
import io.millwright.connect.internal.Batch;
import io.millwright.connect.internal.Columns;
import io.millwright.connect.internal.LocalTimes;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private ArrowFile(
      Path path,
      Set<String> chosen,
      Map<String, ColumnType> types,
      Map<String, Unit> units,
      LocalTimes times,
      int mostRows) {
    this.path = path;
    this.chosen = chosen;
    this.types = types;
    this.units = units;
    this.times = times;
    this.mostRows = mostRows;
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
  public static final class Builder extends ColumnarOptions<Builder> {
    private final Path path;

    private Builder(Path path) {
      this.path = Objects.requireNonNull(path, "path");
    }

    @Override
    protected Builder self() {
      return this;
    }

    /** {@return the file; nothing is read yet} */
    public ArrowFile build() {
      return new ArrowFile(
          path, chosen(), types(), units(), new LocalTimes(zone(), repeated()), mostRows());
    }
  }
}
