package io.millwright.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads real DuckDB and PostgreSQL. */
class OtherDatabasesTest {

  private static DataSource duck() {
    Properties streaming = new Properties();
    streaming.put("jdbc_stream_results", "true");
    return (DataSource)
        Proxy.newProxyInstance(
            OtherDatabasesTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, args) -> DriverManager.getConnection("jdbc:duckdb:", streaming));
  }

  @Test
  void readsDuckDb() {
    Query query =
        Query.of(
            "duck",
            "select 170141183460469231731::hugeint % 1000 huge, 1.25::decimal(9,2) d, true b,"
                + " 'a'::enum('a','b') e, uuid() u, date '2026-02-03' on_day,"
                + " timestamp '2026-07-01 12:00:00.123456' seen,"
                + " timestamptz '2026-07-01 12:00:00+02:00' zoned, 'NaN'::double nan,"
                + " 42::utinyint small, null::int gone");
    Table table = Database.builder(duck()).zone(ZoneId.of("Europe/Berlin")).build().table(query);
    assertThat(table.schema().columns())
        .extracting(Column::type)
        .containsExactly(
            ColumnType.NUMBER,
            ColumnType.NUMBER,
            ColumnType.CATEGORY,
            ColumnType.CATEGORY,
            ColumnType.CATEGORY,
            ColumnType.TIME,
            ColumnType.TIME,
            ColumnType.TIME,
            ColumnType.NUMBER,
            ColumnType.NUMBER,
            ColumnType.NUMBER);
    assertThat(table.number(0, 0)).isEqualTo(731);
    assertThat(table.number(0, 1)).isEqualTo(1.25);
    assertThat(table.label(0, 2)).isEqualTo("true");
    assertThat(table.label(0, 3)).isEqualTo("a");
    assertThat(table.time(0, 5)).isEqualTo(Instant.parse("2026-02-03T00:00:00Z").toEpochMilli());
    assertThat(table.time(0, 6))
        .isEqualTo(Instant.parse("2026-07-01T10:00:00.123Z").toEpochMilli());
    assertThat(table.time(0, 7)).isEqualTo(Instant.parse("2026-07-01T10:00:00Z").toEpochMilli());
    assertThat(table.number(0, 8)).isNaN();
    assertThat(table.number(0, 9)).isEqualTo(42);
    assertThat(table.number(0, 10)).isNaN();
    assertThatThrownBy(
            () -> Database.of(duck()).table(Query.of("q", "select [1, 2] l, {'a': 1} s")))
        .hasMessageContainingAll("\"l\"", "\"s\"", "Maybe ");
  }

  @Test
  void streamsDuckDb() {
    double[] sum = new double[1];
    long rows =
        Database.of(duck())
            .batches(
                Query.of("many", "select range x from range(200000)"),
                10_000,
                t -> {
                  for (int r = 0; r < t.rows(); r++) {
                    sum[0] += t.number(r, 0);
                  }
                });
    assertThat(rows).isEqualTo(200_000);
    assertThat(sum[0]).isEqualTo(199_999.0 * 100_000);
  }

  @Test
  void readsPostgres() throws Exception {
    try (EmbeddedPostgres postgres = postgres()) {
      DataSource source = postgres.getPostgresDatabase();
      Query query =
          Query.builder(
                  "pg",
                  "select 'NaN'::numeric nan, 1.5::numeric(9,2) d, 7::int8 n, true b, 'x'::bpchar"
                      + " s, '{\"a\": 1}'::jsonb j, date '2026-02-03' \"day\", timestamp"
                      + " '2026-07-01 12:00:00' at, :at::timestamptz zoned, null::int gone, time"
                      + " '12:30' t where :n = 7")
              .with("at", Instant.parse("2026-07-01T10:00:00Z"))
              .with("n", 7)
              .build();
      Table table = Database.builder(source).zone(ZoneId.of("Asia/Shanghai")).build().table(query);
      assertThat(table.number(0, 0)).isNaN();
      assertThat(table.number(0, 1)).isEqualTo(1.5);
      assertThat(table.number(0, 2)).isEqualTo(7);
      assertThat(table.label(0, 3)).isEqualTo("true");
      assertThat(table.label(0, 5)).isEqualTo("{\"a\": 1}");
      assertThat(table.time(0, 6)).isEqualTo(Instant.parse("2026-02-03T00:00:00Z").toEpochMilli());
      assertThat(table.time(0, 7)).isEqualTo(Instant.parse("2026-07-01T04:00:00Z").toEpochMilli());
      assertThat(table.time(0, 8)).isEqualTo(Instant.parse("2026-07-01T10:00:00Z").toEpochMilli());
      assertThat(table.number(0, 9)).isNaN();
      assertThat(table.label(0, 10)).isEqualTo("12:30:00");
      Database database = Database.of(source);
      assertThatThrownBy(
              () -> database.table(Query.of("q", "select 'infinity'::timestamptz forever")))
          .hasMessageContainingAll("\"forever\"", "no time of a plant", "Maybe ");
      long[] rows = new long[1];
      database.batches(
          Query.of("many", "select g, g * 0.5 half from generate_series(1, 200000) g"),
          5_000,
          t -> rows[0] += t.rows());
      assertThat(rows[0]).isEqualTo(200_000);
    }
  }

  /** Rows of 1 kB, ten times the heap of the test in all, pass through a cursor. */
  @Test
  @Tag("thorough")
  void streamsPostgresInBoundedMemory() throws Exception {
    try (EmbeddedPostgres postgres = postgres()) {
      long count = 10 * Runtime.getRuntime().maxMemory() / 1024;
      long rows =
          Database.of(postgres.getPostgresDatabase())
              .batches(
                  Query.of(
                      "large",
                      "select g, repeat('x', 1000) || g s from generate_series(1, "
                          + count
                          + ") g"),
                  1_000,
                  t -> {});
      assertThat(rows).isEqualTo(count);
    }
  }

  /** PostgreSQL does not run as root; where it cannot be started, the tests are left out. */
  static EmbeddedPostgres postgres() {
    DriverManager.setLogWriter((PrintWriter) null);
    try {
      return EmbeddedPostgres.builder().start();
    } catch (Exception | LinkageError e) {
      return Assumptions.abort("PostgreSQL does not start here: " + e);
    }
  }
}
