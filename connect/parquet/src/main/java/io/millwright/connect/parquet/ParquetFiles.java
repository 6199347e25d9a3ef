package io.millwright.connect.parquet;

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

  private ParquetFiles(
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
  public static final class Builder extends ColumnarOptions<Builder> {
    private final Path path;

    private Builder(Path path) {
      this.path = Objects.requireNonNull(path, "path");
    }

    @Override
    protected Builder self() {
      return this;
    }

    /** {@return the files; nothing is read yet} */
    public ParquetFiles build() {
      return new ParquetFiles(
          path, chosen(), types(), units(), new LocalTimes(zone(), repeated()), mostRows());
    }
  }
}
