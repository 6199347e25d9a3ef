package io.millwright.connect.jdbc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.SeriesTables;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.UnitHistory;
import io.millwright.connect.RepeatedHour;
import io.millwright.connect.internal.Columns;
import io.millwright.connect.internal.LocalTimes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database behind JDBC, read by named queries. Each query takes one connection of the data
 * source, runs in a transaction that is rolled back, and fetches a bounded number of rows at a
 * time, as far as the driver does: PostgreSQL and H2 do, DuckDB with the property {@code
 * jdbc_stream_results=true}, MySQL with {@code useCursorFetch=true}.
 *
 * <p>Integers and decimals become numbers; a whole number that a double cannot hold to its last
 * digit is refused, since it is an identifier. Booleans become categories {@code true} and {@code
 * false}. TIMESTAMP WITH TIME ZONE is an instant, DATE and TIMESTAMP are local: of UTC, or of the
 * zone that is stated. Times are kept in milliseconds. NULL is a missing value.
 *
 * <p>Immutable; thread-safe where the data source is. An interrupt stops a query between rows with
 * {@link ErrorCode#JOB_CANCELLED}.
 */
public final class Database {

  private static final int ROWS_BETWEEN_CHECKS = 1024;
  private static final int ROWS_OF_HISTORIES = 4096;

  private final DataSource source;
  private final LocalTimes times;
  private final int fetchSize;
  private final int timeout;
  private final long mostRows;

  private Database(Builder b) {
    source = b.source;
    times = new LocalTimes(b.zone, b.repeated);
    fetchSize = b.fetchSize;
    timeout = b.timeout;
    mostRows = b.mostRows;
  }

  /**
   * A database whose local times are those of UTC.
   *
   * @param source where connections come from, best a pool
   * @return the database
   */
  public static Database of(DataSource source) {
    return builder(source).build();
  }

  /**
   * Starts a database.
   *
   * @param source where connections come from, best a pool
   * @return a builder
   */
  public static Builder builder(DataSource source) {
    return new Builder(source);
  }

  /**
   * All rows as one table. A column of texts of which nothing is stated becomes a category where it
   * has at most 1,000 different values, at most nine tenths of the rows from 20 rows on, and at
   * most 60 characters on average: the rule for text files.
   *
   * @param query what to read
   * @return the table
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} and what the database said; {@link
   *     ErrorCode#WRONG_TYPE}, {@link ErrorCode#BAD_VALUE} or {@link ErrorCode#MISSING_COLUMN} for
   *     columns and cells that become nothing; {@link ErrorCode#OUT_OF_RANGE} for too many rows
   */
  public Table table(Query query) {
    return run(
        query,
        (result, cells) -> {
          TableBuilder rows = Table.builder(cells.schema(), fetchSize);
          while (next(query, result, cells.row())) {
            if (cells.row() >= mostRows) {
              throw new MillwrightException(
                  ErrorCode.OUT_OF_RANGE,
                  "query \""
                      + query.name()
                      + "\" gives more than "
                      + mostRows
                      + " rows\nMaybe read it in batches, or raise the bound");
            }
            cells.add(result, rows);
          }
          return Columns.judged(rows.build(), cells.guessed());
        });
  }

  /**
   * All rows as tables of one schema, one after the other, in bounded memory. Columns of texts stay
   * texts unless they are stated to be categories: a batch cannot know the others.
   *
   * @param query what to read
   * @param rows how many rows a table has, the last one excepted
   * @param batches takes each table, in the order of the result
   * @return how many rows there were
   * @throws MillwrightException as {@link #table}; batches before were given already
   */
  public long batches(Query query, int rows, Consumer<? super Table> batches) {
    if (rows < 1) {
      throw new IllegalArgumentException("a batch has at least 1 row, not " + rows);
    }
    return run(
        query,
        (result, cells) -> {
          TableBuilder batch = Table.builder(cells.schema(), rows);
          int filled = 0;
          while (next(query, result, cells.row())) {
            cells.add(result, batch);
            if (++filled == rows) {
              batches.accept(batch.build());
              batch = Table.builder(cells.schema(), rows);
              filled = 0;
            }
          }
          if (filled > 0) {
            batches.accept(batch.build());
          }
          return cells.row();
        });
  }

  /**
   * The histories of all units, one after the other; memory holds one unit, some thousand rows and
   * the names of all.
   *
   * @param query ordered by unit, then by what grows within it
   * @param columns which column is what; the others are readings, typed as in {@link #batches}
   * @param units takes each history, in the order of the result
   * @throws MillwrightException as {@link #table}; with {@link ErrorCode#BAD_VALUE} when rows are
   *     not in that order, and {@link ErrorCode#MISSING_VALUE} for a row without unit or order
   */
  public void histories(Query query, HistoryColumns columns, Consumer<? super UnitHistory> units) {
    Histories histories = new Histories(query, columns, units);
    batches(query, ROWS_OF_HISTORIES, histories::take);
    histories.end();
  }

  /**
   * The histories of all units.
   *
   * @param query ordered by unit, then by what grows within it
   * @param columns which column is what
   * @return the histories in the order of the result
   * @throws MillwrightException as the other method
   */
  public List<UnitHistory> histories(Query query, HistoryColumns columns) {
    List<UnitHistory> all = new ArrayList<>();
    histories(query, columns, all::add);
    return List.copyOf(all);
  }

  /**
   * Series of a query with one row for each value.
   *
   * @param query what to read
   * @param id the column that names the series
   * @param period the column of the period: a date, a time, or a label
   * @param value the column of the value
   * @param frequency how often values come; empty to see it from the periods
   * @return the series, as {@link SeriesTables#ofLong} makes them
   * @throws MillwrightException as {@link #table} and {@link SeriesTables#ofLong}
   */
  public List<Series> series(
      Query query, String id, String period, String value, Optional<Frequency> frequency) {
    return SeriesTables.ofLong(table(query), id, period, value, frequency);
  }

  /** What is done with an open result. */
  private interface Reading<T> {
    T read(ResultSet result, Cells cells) throws SQLException;
  }

  private <T> T run(Query query, Reading<T> reading) {
    NamedSql named = NamedSql.of(query);
    try (Connection connection = source.getConnection()) {
      boolean auto = connection.getAutoCommit();
      // Without a transaction PostgreSQL sends all rows at once.
      connection.setAutoCommit(false);
      try (Ending end = () -> ended(connection, auto);
          PreparedStatement statement =
              connection.prepareStatement(
                  named.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
        statement.setFetchSize(fetchSize);
        if (timeout > 0) {
          statement.setQueryTimeout(timeout);
        }
        for (int i = 0; i < named.names().size(); i++) {
          statement.setObject(i + 1, sent(query.parameters().get(named.names().get(i))));
        }
        try (ResultSet result = statement.executeQuery()) {
          return reading.read(result, new Cells(query, times, result.getMetaData()));
        }
      }
    } catch (SQLException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "query \""
              + query.name()
              + "\" failed: "
              + e.getMessage()
              + " (SQL state "
              + e.getSQLState()
              + ")\nMaybe try the SQL in the database's own tool, or check the connection",
          e);
    }
  }

  /** Closes without another exception than the database's. */
  private interface Ending extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  private static void ended(Connection connection, boolean auto) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(auto);
  }

  private static @Nullable Object sent(@Nullable Object value) {
    return value instanceof Instant i ? i.atOffset(ZoneOffset.UTC) : value;
  }

  private static boolean next(Query query, ResultSet result, long row) throws SQLException {
    if (row % ROWS_BETWEEN_CHECKS == 0 && Thread.currentThread().isInterrupted()) {
      throw new MillwrightException(
          ErrorCode.JOB_CANCELLED,
          "query \"" + query.name() + "\" was interrupted at row " + row + "\nMaybe run it again");
    }
    return result.next();
  }

  /** States how a database is read. Not thread-safe. */
  public static final class Builder {
    private final DataSource source;
    private ZoneId zone = ZoneOffset.UTC;
    private RepeatedHour repeated = RepeatedHour.REFUSE;
    private int fetchSize = 1_000;
    private int timeout;
    private long mostRows = 50_000_000;

    private Builder(DataSource source) {
      this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * States the zone of the clock that wrote columns of TIMESTAMP without zone.
     *
     * @param where the zone, such as Europe/Berlin; UTC when nothing is stated
     * @return this
     */
    public Builder zone(ZoneId where) {
      zone = Objects.requireNonNull(where, "where");
      return this;
    }

    /**
     * States what a local time means that autumn repeats. One that spring leaves out is always
     * refused.
     *
     * @param which refused unless stated
     * @return this
     */
    public Builder repeatedHour(RepeatedHour which) {
      repeated = Objects.requireNonNull(which, "which");
      return this;
    }

    /**
     * Hints how many rows the driver fetches at a time.
     *
     * @param rows at least 1; 1,000 unless stated
     * @return this
     */
    public Builder fetchSize(int rows) {
      if (rows < 1) {
        throw new IllegalArgumentException("at least 1 row is fetched, not " + rows);
      }
      fetchSize = rows;
      return this;
    }

    /**
     * Bounds the time until the database must have begun to answer.
     *
     * @param most rounded up to seconds; zero for no bound, which is so unless stated
     * @return this
     */
    public Builder timeout(Duration most) {
      timeout = Math.toIntExact(most.plusMillis(999).toSeconds());
      return this;
    }

    /**
     * Bounds the rows of a table. Batches and histories have no such bound.
     *
     * @param most at least 1; 50 million unless stated
     * @return this
     */
    public Builder mostRows(long most) {
      if (most < 1) {
        throw new IllegalArgumentException("a table may have at least 1 row, not " + most);
      }
      mostRows = most;
      return this;
    }

    /** {@return the database; nothing is connected yet} */
    public Database build() {
      return new Database(this);
    }
  }
}
