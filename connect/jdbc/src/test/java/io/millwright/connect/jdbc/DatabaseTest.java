package io.millwright.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.data.UnitHistory;
import io.millwright.connect.RepeatedHour;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads a real H2 database in memory. */
class DatabaseTest {

  private final JdbcDataSource source = new JdbcDataSource();
  private Connection open;
  private Database database;

  @BeforeEach
  void opens() throws SQLException {
    source.setURL(
        "jdbc:h2:mem:"
            + System.nanoTime()
            + ";DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE");
    open = source.getConnection();
    database = Database.of(source);
  }

  @AfterEach
  void closes() throws SQLException {
    open.close();
  }

  private void sql(String... lines) throws SQLException {
    try (Statement statement = open.createStatement()) {
      for (String line : lines) {
        statement.execute(line);
      }
    }
  }

  private static void refused(ErrorCode code, Runnable call, String... words) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(words)
        .hasMessageMatching("(?s).*\n *Maybe .*");
  }

  @Test
  void eachTypeBecomesItsColumn() throws SQLException {
    sql(
        "create table t (i int, big bigint, d decimal(20, 6), f double precision, b boolean, "
            + "s varchar(40), u uuid, on_day date, at timestamp(6), zoned timestamp with time zone, "
            + "e enum('hot', 'cold'), c clob)",
        "insert into t values (1, 9007199254740992, 12345.678901, 1e300, true, '007',"
            + "'123e4567-e89b-12d3-a456-426614174000', '2026-10-25', '2026-07-01 12:00:00.123456',"
            + "'2026-07-01 12:00:00+02:00', 'cold', 'long')",
        "insert into t values (null, null, null, null, null, null, null, null, null, null, null,"
            + " null)");
    Table table = database.table(Query.of("all types", "select * from t"));
    assertThat(table.schema().columns())
        .extracting(Column::type)
        .containsExactly(
            ColumnType.NUMBER,
            ColumnType.NUMBER,
            ColumnType.NUMBER,
            ColumnType.NUMBER,
            ColumnType.CATEGORY,
            ColumnType.CATEGORY,
            ColumnType.CATEGORY,
            ColumnType.TIME,
            ColumnType.TIME,
            ColumnType.TIME,
            ColumnType.CATEGORY,
            ColumnType.CATEGORY);
    assertThat(table.number(0, 0)).isEqualTo(1);
    assertThat(table.number(0, 1)).isEqualTo(9007199254740992.0);
    assertThat(table.number(0, 2)).isEqualTo(12345.678901);
    assertThat(table.number(0, 3)).isEqualTo(1e300);
    assertThat(table.label(0, 4)).isEqualTo("true");
    assertThat(table.label(0, 5)).isEqualTo("007");
    assertThat(table.label(0, 6)).isEqualTo("123e4567-e89b-12d3-a456-426614174000");
    assertThat(table.time(0, 7)).isEqualTo(LocalDate.of(2026, 10, 25).toEpochDay() * 86_400_000);
    assertThat(table.time(0, 8))
        .isEqualTo(Instant.parse("2026-07-01T12:00:00.123Z").toEpochMilli());
    assertThat(table.time(0, 9)).isEqualTo(Instant.parse("2026-07-01T10:00:00Z").toEpochMilli());
    for (int c = 0; c < 12; c++) {
      switch (table.schema().columns().get(c).type()) {
        case NUMBER -> assertThat(table.number(1, c)).isNaN();
        case TIME -> assertThat(table.time(1, c)).isEqualTo(Table.NO_TIME);
        default -> assertThat(table.label(1, c)).isNull();
      }
    }
  }

  @Test
  void anIdentifierOfManyDigitsIsRefusedAsANumberAndKeptAsAText() throws SQLException {
    sql("create table t (id bigint, n numeric(25))", "insert into t values (9007199254740993, 1)");
    refused(
        ErrorCode.BAD_VALUE,
        () -> database.table(Query.of("orders", "select id from t")),
        "query \"orders\", row 1, column \"id\" holds 9007199254740993",
        "columns(TEXT, \"id\")");
    Query asText =
        Query.builder("orders", "select id, n from t").columns(ColumnType.TEXT, "id").build();
    assertThat(database.table(asText).label(0, 0)).isEqualTo("9007199254740993");
    sql("update t set n = 1234567890123456789012345");
    refused(
        ErrorCode.BAD_VALUE,
        () -> database.table(Query.of("orders", "select n from t")),
        "1234567890123456789012345");
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSE, 2026-07-01 12:00:00, 2026-07-01T10:00:00Z",
    "REFUSE, 2026-10-25 02:30:00, twice",
    "REFUSE, 2026-03-29 02:30:00, went forward",
    "EARLIER, 2026-10-25 02:30:00, 2026-10-25T00:30:00Z",
    "LATER, 2026-10-25 02:30:00, 2026-10-25T01:30:00Z",
    "LATER, 2026-03-29 02:30:00, went forward"
  })
  void localTimesAreThoseOfTheStatedZone(RepeatedHour repeated, String local, String expected)
      throws SQLException {
    sql("create table t (at timestamp)", "insert into t values ('" + local + "')");
    Database berlin =
        Database.builder(source).zone(ZoneId.of("Europe/Berlin")).repeatedHour(repeated).build();
    Query query = Query.of("stamps", "select at from t");
    if (expected.endsWith("Z")) {
      assertThat(berlin.table(query).time(0, 0)).isEqualTo(Instant.parse(expected).toEpochMilli());
    } else {
      refused(ErrorCode.BAD_VALUE, () -> berlin.table(query), "column \"at\"", expected);
    }
  }

  @Test
  void parametersAreSentApartFromTheSqlAndFoundOutsideQuotesAlone() throws SQLException {
    sql("create table t (s varchar(80), at timestamp with time zone, n int)");
    sql(
        "insert into t values (':no --', '2026-01-01 00:00:00+00', 1), ('b', '2026-02-01 00:00:00+00', 2)");
    Query query =
        Query.builder(
                "hostile",
                "select n, ':x' as \"a:y\" from t where s = :s /* :z */ and at < :to -- :w\n and n = :n")
            .with("s", ":no --")
            .with("to", Instant.parse("2026-01-02T00:00:00Z"))
            .with("n", 1)
            .build();
    assertThat(database.table(query).rows()).isEqualTo(1);
    Query injected =
        Query.builder("hostile", "select n from t where s = :s").with("s", "' or '1' = '1").build();
    assertThat(database.table(injected).rows()).isZero();
    assertThat(NamedSql.parse("select a::text, $q$ :x $q$, b[1:2] from t where c = :c and d = :c"))
        .isEqualTo(
            new NamedSql(
                "select a::text, $q$ :x $q$, b[1:2] from t where c = ? and d = ?",
                List.of("c", "c")));
    refused(
        ErrorCode.BAD_OPTION,
        () -> database.table(Query.of("q", "select n from t where n = :n")),
        "has no value for [n]");
    refused(
        ErrorCode.BAD_OPTION,
        () -> database.table(Query.builder("q", "select n from t").with("secret", 1).build()),
        "does not name [secret]");
  }

  @Test
  void aQueryChangesNothingAndLeavesTheConnectionAsItWas() throws SQLException {
    sql("create table t (n int)", "insert into t values (1)");
    database.table(Query.of("delete", "select n from final table (update t set n = 7)"));
    assertThat(database.table(Query.of("q", "select n from t")).number(0, 0)).isEqualTo(1);
  }

  @Test
  void whatBecomesNoColumnIsRefusedAllAtOnce() throws SQLException {
    sql("create table t (b varbinary(9), a int array, n int, s varchar(9))");
    Query query =
        Query.builder("odd", "select b, a, n, n, s from t")
            .columns(ColumnType.TIME, "s")
            .unit("speed", Unit.of("m/s"))
            .build();
    refused(
        ErrorCode.WRONG_TYPE,
        () -> database.table(query),
        "\"b\"",
        "\"a\"",
        "has no name of its own",
        "is stated to hold TIME",
        "\"speed\"",
        "CAST");
    refused(
        ErrorCode.IO_FAILED,
        () -> database.table(Query.of("bad", "select nothing from nowhere")),
        "query \"bad\" failed",
        "SQL state");
  }

  @Test
  void textsThatLookLikeCategoriesBecomeThemInATableAndWhenStatedInBatches() throws SQLException {
    sql(
        "create table t as select x n, 'k' || mod(x, 3) kind, 'serial ' || x serial from"
            + " system_range(1, 100)");
    Table table = database.table(Query.of("q", "select * from t"));
    assertThat(table.schema().column("kind").type()).isEqualTo(ColumnType.CATEGORY);
    assertThat(table.schema().column("serial").type()).isEqualTo(ColumnType.TEXT);
    List<Table> batches = new ArrayList<>();
    Query stated =
        Query.builder("q", "select * from t order by n")
            .columns(ColumnType.CATEGORY, "kind")
            .unit("n", Unit.of("mm"))
            .build();
    assertThat(database.batches(stated, 30, batches::add)).isEqualTo(100);
    assertThat(batches).extracting(Table::rows).containsExactly(30, 30, 30, 10);
    assertThat(batches).extracting(Table::schema).containsOnly(batches.get(0).schema());
    assertThat(batches.get(3).schema().column("n").unit()).isEqualTo(Unit.of("mm"));
    assertThat(batches.get(3).label(9, 2)).isEqualTo("serial 100");
  }

  @Test
  void tooManyRowsAndAnInterruptStopAQuery() {
    Database small = Database.builder(source).mostRows(10).fetchSize(3).build();
    Query ten = Query.of("ten", "select x from system_range(1, 10)");
    assertThat(small.table(ten).rows()).isEqualTo(10);
    Query eleven = Query.of("eleven", "select x from system_range(1, 11)");
    refused(ErrorCode.OUT_OF_RANGE, () -> small.table(eleven), "more than 10 rows");
    assertThat(small.batches(eleven, 4, t -> {})).isEqualTo(11);
    Thread.currentThread().interrupt();
    try {
      refused(ErrorCode.JOB_CANCELLED, () -> small.table(ten), "row 0");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void orderedRowsBecomeHistoriesAcrossBatches() throws SQLException {
    sql(
        "create table t as select 'pump ' || (x / 3000) unit, mod(x, 3000) age, x * 0.5 temp,"
            + " case when mod(x, 3000) = 2999 and x < 6000 then 1 else 0 end failed"
            + " from system_range(0, 8999)");
    HistoryColumns columns = HistoryColumns.of("unit", "age").failing("failed");
    List<UnitHistory> units =
        database.histories(Query.of("pumps", "select * from t order by unit, age"), columns);
    assertThat(units).extracting(UnitHistory::unit).containsExactly("pump 0", "pump 1", "pump 2");
    assertThat(units)
        .extracting(UnitHistory::end)
        .containsExactly(UnitHistory.End.FAILED, UnitHistory.End.FAILED, UnitHistory.End.RUNNING);
    for (int k = 0; k < 3; k++) {
      assertThat(units.get(k).length()).isEqualTo(3000);
      assertThat(units.get(k).readings().schema().names()).containsExactly("temp");
      assertThat(units.get(k).readings().number(2999, 0)).isEqualTo((3000 * k + 2999) * 0.5);
    }
    refused(
        ErrorCode.BAD_VALUE,
        () -> database.histories(Query.of("q", "select * from t order by age, unit"), columns),
        "row 4 belongs to unit \"pump 0\", whose rows ended before",
        "ORDER BY unit, age");
    refused(
        ErrorCode.BAD_VALUE,
        () -> database.histories(Query.of("q", "select * from t order by unit, age desc"), columns),
        "row 2 of unit \"pump 0\" has the age 2998.0 after 2999.0");
    refused(
        ErrorCode.MISSING_COLUMN,
        () -> database.histories(Query.of("q", "select * from t"), HistoryColumns.of("U", "age")),
        "no column \"U\"",
        "unit");
    refused(
        ErrorCode.MISSING_VALUE,
        () ->
            database.histories(
                Query.of("q", "select 'a' unit, cast(null as int) age, 1 temp"),
                HistoryColumns.of("unit", "age")),
        "row 1 has no \"age\"");
  }

  @Test
  void rowsBecomeSeries() {
    Query demand =
        Query.of(
            "demand",
            "select 'bolt' item, dateadd(month, x, date '2026-01-01') m, x * 10 sold from"
                + " system_range(0, 5)");
    List<Series> series = database.series(demand, "item", "m", "sold", Optional.empty());
    assertThat(series).hasSize(1);
    assertThat(series.get(0).toArray()).containsExactly(0, 10, 20, 30, 40, 50);
    assertThat(series.get(0).frequency().step()).isEqualTo(Frequency.Step.MONTH);
  }
}
