package io.millwright.connect.jdbc;

import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named SQL query with named parameters ({@code :from}) and what is known of its columns. The
 * name stands in messages; values of parameters never do. Immutable and thread-safe.
 */
public final class Query {

  private final String name;
  private final String sql;
  private final Map<String, @Nullable Object> parameters;
  private final Map<String, ColumnType> types;
  private final Map<String, Unit> units;

  private Query(Builder b) {
    name = b.name;
    sql = b.sql;
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(b.parameters));
    types = Map.copyOf(b.types);
    units = Map.copyOf(b.units);
  }

  /**
   * A query without parameters.
   *
   * @param name what to call it in messages
   * @param sql one SELECT
   * @return the query
   */
  public static Query of(String name, String sql) {
    return builder(name, sql).build();
  }

  /**
   * Starts a query.
   *
   * @param name what to call it in messages
   * @param sql one SELECT; {@code :name} stands for a parameter outside quotes and comments
   * @return a builder
   */
  public static Builder builder(String name, String sql) {
    return new Builder(name, sql);
  }

  /** {@return what it is called in messages} */
  public String name() {
    return name;
  }

  /** {@return the SQL as it was given} */
  public String sql() {
    return sql;
  }

  Map<String, @Nullable Object> parameters() {
    return parameters;
  }

  /** The types that are stated, by the label of the column. */
  Map<String, ColumnType> types() {
    return types;
  }

  Map<String, Unit> units() {
    return units;
  }

  /** The name and the SQL; no value of a parameter. */
  @Override
  public String toString() {
    return name + ": " + sql;
  }

  /** States a query. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final String sql;
    private final Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    private final Map<String, ColumnType> types = new LinkedHashMap<>();
    private final Map<String, Unit> units = new LinkedHashMap<>();

    private Builder(String name, String sql) {
      this.name = Objects.requireNonNull(name, "name");
      this.sql = Objects.requireNonNull(sql, "sql");
    }

    /**
     * Gives a parameter its value, which the driver sends apart from the SQL.
     *
     * @param parameter its name without the colon
     * @param value a text, number, boolean, UUID, date or time, an {@link java.time.Instant} among
     *     them; null for NULL
     * @return this
     */
    public Builder with(String parameter, @Nullable Object value) {
      parameters.put(parameter, value);
      return this;
    }

    /**
     * States what columns become. Numbers may become texts or categories, digit by digit, texts
     * categories; anything else is for CAST in the query.
     *
     * @param type not {@link ColumnType#IMAGE}
     * @param columns their labels
     * @return this
     */
    public Builder columns(ColumnType type, String... columns) {
      if (type == ColumnType.IMAGE) {
        throw new IllegalArgumentException("a query gives no images");
      }
      for (String column : columns) {
        types.put(column, type);
      }
      return this;
    }

    /**
     * States in what unit a column of numbers is.
     *
     * @param column its label
     * @param unit the unit
     * @return this
     */
    public Builder unit(String column, Unit unit) {
      units.put(column, Objects.requireNonNull(unit, "unit"));
      return this;
    }

    /** {@return the query} */
    public Query build() {
      return new Query(this);
    }
  }
}
