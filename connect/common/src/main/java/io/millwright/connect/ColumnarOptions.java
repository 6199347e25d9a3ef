package io.millwright.connect;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Unit;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * States what is read of a columnar file, such as one of Arrow or Parquet, and how (projection and
 * type mapping). The connectors extend it. Not thread-safe.
 *
 * @param <B> the builder that extends it
 */
public abstract class ColumnarOptions<B extends ColumnarOptions<B>> {

  private final Set<String> chosen = new HashSet<>();
  private final Map<String, ColumnType> types = new LinkedHashMap<>();
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private ZoneId zone = ZoneOffset.UTC;
  private RepeatedHour repeated = RepeatedHour.REFUSE;
  private int mostRows = 50_000_000;

  /** All columns, as the file says what they are. */
  protected ColumnarOptions() {}

  /** {@return the builder itself, for the next call} */
  protected abstract B self();

  /**
   * Reads these columns alone; all when none is named.
   *
   * @param names their names, keys of partitions among them
   * @return this
   */
  public B only(String... names) {
    chosen.addAll(List.of(names));
    return self();
  }

  /**
   * States what columns become. Whole numbers may become texts or categories, digit by digit, texts
   * categories, raw bytes of Parquet texts in UTF-8.
   *
   * @param type not {@link ColumnType#IMAGE}
   * @param columns their names
   * @return this
   */
  public B columns(ColumnType type, String... columns) {
    if (type == ColumnType.IMAGE) {
      throw new IllegalArgumentException("a columnar file gives no images");
    }
    for (String column : columns) {
      types.put(column, type);
    }
    return self();
  }

  /**
   * States in what unit a column of numbers is.
   *
   * @param column its name
   * @param unit the unit
   * @return this
   */
  public B unit(String column, Unit unit) {
    units.put(column, Objects.requireNonNull(unit, "unit"));
    return self();
  }

  /**
   * States the zone of time stamps that say none (Parquet: that are not adjusted to UTC).
   *
   * @param where the zone; UTC when nothing is stated
   * @return this
   */
  public B zone(ZoneId where) {
    zone = Objects.requireNonNull(where, "where");
    return self();
  }

  /**
   * States what a local time means that autumn repeats.
   *
   * @param which refused unless stated
   * @return this
   */
  public B repeatedHour(RepeatedHour which) {
    repeated = Objects.requireNonNull(which, "which");
    return self();
  }

  /**
   * Bounds the rows of a table. Batches have no such bound.
   *
   * @param most at least 1; 50 million unless stated
   * @return this
   */
  public B mostRows(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a table may have at least 1 row, not " + most);
    }
    mostRows = most;
    return self();
  }

  /** {@return the names of {@link #only}; empty for all} */
  protected final Set<String> chosen() {
    return Set.copyOf(chosen);
  }

  /** {@return what columns become, by their names, as far as stated} */
  protected final Map<String, ColumnType> types() {
    return Map.copyOf(types);
  }

  /** {@return the units of columns, by their names, as far as stated} */
  protected final Map<String, Unit> units() {
    return Map.copyOf(units);
  }

  /** {@return the zone of {@link #zone(ZoneId)}} */
  protected final ZoneId zone() {
    return zone;
  }

  /** {@return what {@link #repeatedHour} states} */
  protected final RepeatedHour repeated() {
    return repeated;
  }

  /** {@return the bound of {@link #mostRows(int)}} */
  protected final int mostRows() {
    return mostRows;
  }
}
