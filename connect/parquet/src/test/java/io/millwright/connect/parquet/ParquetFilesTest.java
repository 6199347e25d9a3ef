package io.millwright.connect.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.data.Unit;
import io.millwright.connect.RepeatedHour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DuckDB writes what is read here, and reads what is written. */
class ParquetFilesTest {

  @TempDir Path folder;

  private static void duck(String... lines) {
    try (Connection open = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = open.createStatement()) {
      for (String line : lines) {
        statement.execute(line);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double asked(String sql) {
    try (Connection open = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = open.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getDouble(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path copied(String select, String options) {
    Path file = folder.resolve("made.parquet");
    duck("copy (" + select + ") to '" + file + "' (format parquet" + options + ")");
    return file;
  }

  private static void refused(ErrorCode code, Runnable call, String... words) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContainingAll(words)
        .hasMessageMatching("(?s).*\\n *Maybe .*");
  }

  @ParameterizedTest
  @CsvSource({"uncompressed, V1", "snappy, V1", "gzip, V1", "zstd, V1", "lz4_raw, V2", "zstd, V2"})
  void eachTypeAndCodecIsRead(String codec, String version) {
    Path file =
        copied(
            "select 1::tinyint t, 70000::int i, 9007199254740992::bigint b, 4000000000::uinteger u,"
                + " 18446744073709549568::ubigint ub, 1.5::float f, 1e300 d, 12.345::decimal(9,3)"
                + " d9, 12.5::decimal(18,1) d18, 1.25::decimal(30,2) d30, true ok, '007' id,"
                + " 'a'::enum('a','b') e, uuid '123e4567-e89b-12d3-a456-426614174000' uu,"
                + " date '2026-02-03' on_day, timestamp '2026-07-01 12:00:00.123456' seen,"
                + " timestamptz '2026-07-01 12:00:00+02:00' zoned, time '12:30:15' clock,"
                + " timestamp_ns '2026-07-01 12:00:00.123456789' nanos, {'x': 1, 'y': 'p'} s union"
                + " all select null, null, null, null, null, null, null, null, null, null, null,"
                + " null, null, null, null, null, null, null, null, null",
            ", compression " + codec + ", parquet_version " + version);
    Table table = ParquetFiles.builder(file).zone(ZoneId.of("Europe/Berlin")).build().table();
    assertThat(table.schema().names())
        .containsExactly(
            "t", "i", "b", "u", "ub", "f", "d", "d9", "d18", "d30", "ok", "id", "e", "uu", "on_day",
            "seen", "zoned", "clock", "nanos", "s.x", "s.y");
    double[] numbers = {
      1, 70000, 9007199254740992.0, 4e9, 18446744073709549568.0, 1.5, 1e300, 12.345, 12.5, 1.25
    };
    for (int c = 0; c < numbers.length; c++) {
      assertThat(table.number(0, c)).isEqualTo(numbers[c]);
      assertThat(table.number(1, c)).isNaN();
    }
    assertThat(table.labels("ok")).containsExactly("true", null);
    assertThat(table.labels("id")).containsExactly("007", null);
    assertThat(table.labels("e")).containsExactly("a", null);
    assertThat(table.labels("uu")).containsExactly("123e4567-e89b-12d3-a456-426614174000", null);
    assertThat(table.labels("on_day")).containsExactly("2026-02-03", null);
    // A time stamp without zone is of the zone that was stated.
    assertThat(table.times("seen")[0])
        .isEqualTo(Instant.parse("2026-07-01T10:00:00.123Z").toEpochMilli());
    assertThat(table.times("zoned")[0])
        .isEqualTo(Instant.parse("2026-07-01T10:00:00Z").toEpochMilli());
    assertThat(table.times("nanos")[0])
        .isEqualTo(Instant.parse("2026-07-01T10:00:00.123Z").toEpochMilli());
    assertThat(table.labels("clock")).containsExactly("12:30:15", null);
    assertThat(table.number(0, 19)).isEqualTo(1);
    assertThat(table.labels("s.y")).containsExactly("p", null);
  }

  private static Table mixed(int rows) {
    Schema schema =
        Schema.of(
            Column.number("temp", Unit.of("Cel")),
            Column.category("kind"),
            Column.text("note"),
            Column.time("at"),
            Column.age("age"));
    TableBuilder table = Table.builder(schema, rows);
    Random random = new Random(7);
    for (int r = 0; r < rows; r++) {
      table.add(
          r % 7 == 0 ? null : random.nextGaussian(),
          r % 5 == 0 ? null : "k" + r % 3,
          "Notiz " + r + " 正常",
          r % 11 == 0 ? null : Instant.ofEpochMilli(1_700_000_000_000L + r),
          r);
    }
    return table.build();
  }

  @Test
  void whatIsWrittenComesBackEqualAndOthersReadIt() throws IOException {
    Table table = mixed(10_000);
    Path file = folder.resolve("out.parquet");
    Files.writeString(file, "an older file");
    ParquetOutput.write(file, table);
    assertThat(ParquetFiles.of(file).table()).isEqualTo(table);
    assertThat(ParquetFiles.of(file).schema()).isEqualTo(table.schema());
    assertThat(asked("select count(*) from '" + file + "'")).isEqualTo(10_000);
    assertThat(asked("select count(distinct kind) from '" + file + "'")).isEqualTo(3);
    double sum = Arrays.stream(table.numbers("temp")).filter(v -> !Double.isNaN(v)).sum();
    assertThat(asked("select sum(temp) from '" + file + "'"))
        .isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(asked("select epoch_ms(\"at\") from '" + file + "' where age = 1"))
        .isEqualTo(1_700_000_000_001.0);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void emptyAndOddTablesAreWritten() {
    Path file = folder.resolve("none.parquet");
    Table none = mixed(0);
    ParquetOutput.write(file, none);
    assertThat(ParquetFiles.of(file).table()).isEqualTo(none);
    ParquetOutput.write(file, mixed(1));
    assertThat(ParquetFiles.of(file).table()).isEqualTo(mixed(1));
    Schema image = Schema.of(Column.image("photo"));
    refused(
        ErrorCode.WRONG_TYPE,
        () -> ParquetOutput.write(file, Table.builder(image, 0).build()),
        "\"photo\"");
    refused(
        ErrorCode.IO_FAILED,
        () -> ParquetOutput.write(folder.resolve("no/such.parquet"), none),
        "cannot write");
  }

  @Test
  void aFolderOfPartitionsIsOneTable() throws IOException {
    Path data = folder.resolve("data");
    duck(
        "copy (select range x, 2024 + range % 2 as year, case range % 3 when 0 then null when 1"
            + " then 'L 1' else 'ü=2' end line from range(600)) to '"
            + data
            + "' (format parquet, partition_by (year, line))");
    Files.writeString(data.resolve("_SUCCESS"), "");
    Files.writeString(data.resolve("._x.parquet"), "no data");
    ParquetFiles files = ParquetFiles.of(data);
    Table table = files.table();
    assertThat(table.rows()).isEqualTo(600);
    assertThat(table.schema().columns())
        .containsExactly(Column.number("x"), Column.number("year"), Column.category("line"));
    for (int r = 0; r < table.rows(); r++) {
      long x = (long) table.number(r, 0);
      assertThat(table.number(r, 1)).isEqualTo(2024.0 + x % 2);
      assertThat(table.label(r, 2)).isEqualTo(x % 3 == 0 ? null : x % 3 == 1 ? "L 1" : "ü=2");
    }
    assertThat(ParquetFiles.builder(data).only("year").build().table().schema().names())
        .containsExactly("year");
    duck(
        "copy (select 'x' other) to '"
            + data
            + "/year=2024/line=L%201/z.parquet' (format parquet)");
    refused(ErrorCode.BAD_FILE, files::table, "z.parquet has the columns [");
    refused(
        ErrorCode.BAD_FILE,
        () -> ParquetFiles.of(Files.createTempDirectory(folder, "e")).table(),
        "holds no file");
  }

  private interface Risky {
    void run() throws IOException;
  }

  private static void refused(ErrorCode code, Risky call, String word) {
    refused(
        code,
        (Runnable)
            () -> {
              try {
                call.run();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
        new String[] {word});
  }

  @Test
  void whatBecomesNoColumnIsRefusedUnlessLeftOut() {
    Path file =
        copied(
            "select 1 n, [1, 2] l, 'a'::blob raw, 9007199254740993::bigint id,"
                + " timestamp '2026-10-25 02:30:00' seen",
            "");
    refused(ErrorCode.WRONG_TYPE, () -> ParquetFiles.of(file).schema(), "l.list.element");
    assertThat(ParquetFiles.builder(file).only("n").build().table().number(0, 0)).isEqualTo(1);
    refused(
        ErrorCode.BAD_VALUE,
        () -> ParquetFiles.builder(file).only("id").build().table(),
        "row 1, column \"id\" holds 9007199254740993");
    Table texts =
        ParquetFiles.builder(file)
            .only("id", "raw", "n")
            .columns(ColumnType.TEXT, "id", "raw")
            .unit("n", Unit.of("mm"))
            .build()
            .table();
    assertThat(texts.labels("id")).containsExactly("9007199254740993");
    assertThat(texts.labels("raw")).containsExactly("a");
    assertThat(texts.schema().column("n").unit()).isEqualTo(Unit.of("mm"));
    ParquetFiles.Builder berlin =
        ParquetFiles.builder(file).only("seen").zone(ZoneId.of("Europe/Berlin"));
    refused(ErrorCode.BAD_VALUE, () -> berlin.build().table(), "twice");
    assertThat(berlin.repeatedHour(RepeatedHour.LATER).build().table().times("seen")[0])
        .isEqualTo(Instant.parse("2026-10-25T01:30:00Z").toEpochMilli());
    refused(
        ErrorCode.MISSING_COLUMN,
        () -> ParquetFiles.builder(file).only("N").build().table(),
        "\"N\"");
    refused(
        ErrorCode.OUT_OF_RANGE,
        () ->
            ParquetFiles.builder(copied("select range x from range(11)", ""))
                .mostRows(10)
                .build()
                .table(),
        "11 rows");
  }

  @Test
  void foldersThatNameDatesAreTimes() throws IOException {
    Path data = folder.resolve("days");
    duck(
        "copy (select range x, date '2026-02-27' + range::int % 3 as day from range(6)"
            + " union all select 6, null) to '"
            + data
            + "' (format parquet, partition_by (day))");
    Table table = ParquetFiles.of(data).table();
    assertThat(table.schema().column("day").type()).isEqualTo(ColumnType.TIME);
    for (int r = 0; r < table.rows(); r++) {
      int x = (int) table.number(r, 0);
      String[] days = {"2026-02-27", "2026-02-28", "2026-03-01"};
      assertThat(table.labels("day").get(r)).isEqualTo(x == 6 ? null : days[x % 3]);
    }
    Table texts = ParquetFiles.builder(data).columns(ColumnType.TEXT, "day").build().table();
    assertThat(texts.labels("day")).contains("2026-03-01");
    refused(
        ErrorCode.WRONG_TYPE,
        () -> ParquetFiles.builder(data).columns(ColumnType.NUMBER, "day").build().table(),
        "is TIME by the names of folders");
  }

  @Test
  void damagedFilesAreRefusedAndReadNothingElse() throws IOException {
    Path file = folder.resolve("good.parquet");
    ParquetOutput.write(file, mixed(500));
    byte[] good = Files.readAllBytes(file);
    Path bad = folder.resolve("bad.parquet");
    for (int length : new int[] {0, 3, 12, good.length / 2, good.length - 1}) {
      Files.write(bad, Arrays.copyOf(good, length));
      refused(ErrorCode.BAD_FILE, () -> ParquetFiles.of(bad).table(), "no readable Parquet");
    }
    Files.writeString(bad, "a,b\n1,2\n3,4\n5,6\n");
    refused(
        ErrorCode.BAD_FILE,
        () -> ParquetFiles.of(bad).table(),
        "bad.parquet is no readable Parquet file: Expected magic number");
    refused(
        ErrorCode.IO_FAILED,
        () -> ParquetFiles.of(folder.resolve("gone.parquet")).table(),
        "cannot read");
    Random random = new Random(3);
    int noticed = 0;
    for (int k = 0; k < 200; k++) {
      byte[] changed = good.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(bad, changed);
      try {
        ParquetFiles.of(bad).table();
      } catch (MillwrightException e) {
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(50);
  }

  @Test
  void batchesHaveOneSchemaAndAllRows() {
    stream(200_000);
  }

  /** Ten million rows; run with a heap of 256 MiB to see that memory is bounded. */
  @Test
  @Tag("thorough")
  void tenMillionRowsPass() {
    stream(10_000_000);
  }

  private void stream(int rows) {
    Path file =
        copied("select range x, range * 0.5 y, 'k' || range % 9 kind from range(" + rows + ")", "");
    ParquetFiles files = ParquetFiles.builder(file).columns(ColumnType.CATEGORY, "kind").build();
    double[] sum = new double[1];
    List<Schema> schemas = new ArrayList<>();
    Path out = folder.resolve("again.parquet");
    try (ParquetOutput again = ParquetOutput.open(out, files.schema())) {
      long read =
          files.batches(
              30_000,
              batch -> {
                for (int r = 0; r < batch.rows(); r++) {
                  sum[0] += batch.number(r, 1);
                }
                if (!schemas.contains(batch.schema())) {
                  schemas.add(batch.schema());
                }
                again.add(batch);
              });
      assertThat(read).isEqualTo(rows);
    }
    assertThat(sum[0]).isEqualTo((rows - 1.0) * rows / 4);
    assertThat(schemas).hasSize(1);
    assertThat(asked("select sum(x) from '" + out + "'")).isEqualTo((rows - 1.0) * rows / 2);
  }
}
