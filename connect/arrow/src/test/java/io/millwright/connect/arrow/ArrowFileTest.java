package io.millwright.connect.arrow;

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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads files that Apache Arrow's own library for Java wrote ({@code types-*.arrow}, version
 * 19.0.0: two record batches of 8 rows, in which row 2 and row 5 are missing), and writes what that
 * library was seen to read.
 */
class ArrowFileTest {

  private static final String[] WANTED = {
    "t", "s", "i", "b", "u1", "u2", "u4", "u8", "f", "d", "dec", "ok", "id", "large", "day",
    "dayms", "seen", "zoned", "sec", "clock", "clockus", "gone", "alloy"
  };

  @TempDir Path folder;

  private Path given(String name) {
    Path file = folder.resolve(name);
    try (InputStream in = ArrowFileTest.class.getResourceAsStream(name)) {
      Files.write(file, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
  @ValueSource(strings = {"plain", "stream", "lz4", "zstd"})
  void eachTypeAndFormatIsRead(String how) {
    ArrowFile file =
        ArrowFile.builder(given("types-" + how + ".arrow"))
            .only(WANTED)
            .zone(ZoneId.of("Europe/Berlin"))
            .columns(ColumnType.TEXT, "u8", "id")
            .unit("d", Unit.of("Cel"))
            .build();
    Table table = file.table();
    assertThat(table.rows()).isEqualTo(16);
    assertThat(table.schema().names()).containsExactlyInAnyOrder(WANTED);
    assertThat(table.schema().column("d").unit()).isEqualTo(Unit.of("Cel"));
    for (int row : new int[] {1, 9}) { // the same row of each batch
      double[] numbers = {
        -49, -300, 70_000, 9007199254740991.0, 200, 60_000, 4e9, 2.5, 5e299, -12345678901233.125
      };
      String[] names = {"t", "s", "i", "b", "u1", "u2", "u4", "f", "d", "dec"};
      for (int c = 0; c < names.length; c++) {
        assertThat(table.number(row, table.schema().indexOf(names[c])))
            .as(names[c])
            .isEqualTo(numbers[c]);
      }
      assertThat(table.labels("u8").get(row)).isEqualTo("18446744073709549568");
      assertThat(table.labels("ok").get(row)).isEqualTo("true");
      assertThat(table.labels("ok").get(row - 1)).isEqualTo("false");
      assertThat(table.labels("id").get(row)).isEqualTo("001");
      assertThat(table.labels("large").get(row)).isEqualTo("ü");
      assertThat(table.labels("alloy").get(row)).isEqualTo("bronze");
      assertThat(table.labels("clock").get(row)).isEqualTo("12:30:15");
      assertThat(table.labels("clockus").get(row)).isEqualTo("12:30:15.000123");
      long day = Instant.parse("2026-02-03T00:00:00Z").toEpochMilli();
      assertThat(table.times("day")[row]).isEqualTo(day);
      assertThat(table.times("dayms")[row]).isEqualTo(day);
      // A time stamp without zone is of the zone that was stated.
      assertThat(table.times("seen")[row])
          .isEqualTo(Instant.parse("2026-07-01T10:00:00.123Z").toEpochMilli());
      assertThat(table.times("zoned")[row])
          .isEqualTo(Instant.parse("2026-07-01T12:00:00.123Z").toEpochMilli());
      assertThat(table.times("sec")[row])
          .isEqualTo(Instant.parse("1969-12-31T22:59:59Z").toEpochMilli());
    }
    for (int row : new int[] {2, 5, 10, 13}) {
      for (Column column : table.schema().columns()) {
        int c = table.schema().indexOf(column.name());
        boolean missing =
            column.type().isText()
                ? table.label(row, c) == null
                : column.type() == ColumnType.TIME
                    ? table.time(row, c) == Table.NO_TIME
                    : Double.isNaN(table.number(row, c));
        assertThat(missing).as(column.name()).isTrue();
      }
    }
    assertThat(table.schema().column("alloy").type()).isEqualTo(ColumnType.CATEGORY);
    List<Integer> sizes = new ArrayList<>();
    assertThat(file.batches(7, t -> sizes.add(t.rows()))).isEqualTo(16);
    assertThat(sizes).containsExactly(7, 7, 2);
    assertThat(file.schema()).isEqualTo(file.schema());
  }

  @Test
  void whatBecomesNothingIsRefusedByNameAllAtOnce() {
    Path file = given("types-plain.arrow");
    refused(
        ErrorCode.WRONG_TYPE,
        () -> ArrowFile.of(file).schema(),
        "\"list\"",
        "\"st\"",
        "\"raw\"",
        "Struct_");
    refused(
        ErrorCode.MISSING_COLUMN,
        () -> ArrowFile.builder(file).only("heat").build().schema(),
        "\"heat\"");
    refused(
        ErrorCode.WRONG_TYPE,
        () -> ArrowFile.builder(file).only("id").columns(ColumnType.TIME, "id").build().table(),
        "\"id\"");
    refused(
        ErrorCode.BAD_VALUE,
        () -> ArrowFile.builder(given("digits.arrow")).build().table(),
        "row 1",
        "\"digits\"",
        "9007199254740993");
  }

  private static Table mixed(int rows) {
    Schema schema =
        new Schema(
            List.of(
                new Column("温度", ColumnType.NUMBER, Unit.of("Cel")),
                Column.category("line"),
                new Column("remark", ColumnType.TEXT, Unit.NONE),
                new Column("at", ColumnType.TIME, Unit.NONE),
                Column.age("age")));
    TableBuilder table = Table.builder(schema, rows);
    Random random = new Random(5);
    for (int r = 0; r < rows; r++) {
      table.number(0, r % 11 == 0 ? Double.NaN : random.nextGaussian());
      table.text(1, r % 7 == 0 ? null : "L" + r % 3);
      table.text(2, r % 5 == 0 ? null : "备注 " + r);
      table.time(3, r % 13 == 0 ? Table.NO_TIME : 1_700_000_000_000L + r);
      table.number(4, r);
      table.endRow();
    }
    return table.build();
  }

  @Test
  void whatIsWrittenReadsBackAsAnEqualTable() {
    for (int rows : new int[] {0, 1, 16_384, 40_001}) {
      Path file = folder.resolve("mixed-" + rows + ".arrow");
      Table table = mixed(rows);
      ArrowOutput.write(file, table);
      assertThat(ArrowFile.of(file).table()).isEqualTo(table);
      assertThat(folder.resolve("mixed-" + rows + ".arrow.part")).doesNotExist();
    }
    refused(
        ErrorCode.OUT_OF_RANGE,
        () ->
            ArrowFile.builder(folder.resolve("mixed-40001.arrow")).mostRows(40_000).build().table(),
        "40000 rows");
    assertThatThrownBy(
            () ->
                ArrowFile.of(folder.resolve("mixed-1.arrow"))
                    .batches(
                        1,
                        t -> {
                          throw new IndexOutOfBoundsException("the caller's own");
                        }))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("the caller's own");
  }

  /** The bytes that Apache Arrow's library was seen to read and to find whole (validateFull). */
  @Test
  void theBytesAreThoseThatTheLibraryOfArrowReads() throws Exception {
    Path file = folder.resolve("mixed.arrow");
    ArrowOutput.write(file, mixed(100));
    assertThat(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))))
        .isEqualTo("cb6874f5abd51ccdf1cb434f5b499c042dbc57ecdef4154dd914b6868272fef0");
  }

  @Test
  void aLocalHourThatAutumnRepeatsIsRefusedUnlessStated() {
    Path file = given("digits.arrow");
    ArrowFile.Builder builder =
        ArrowFile.builder(file).only("twice").zone(ZoneId.of("Europe/Berlin"));
    refused(ErrorCode.BAD_VALUE, () -> builder.build().table(), "\"twice\"", "was twice");
    assertThat(builder.repeatedHour(RepeatedHour.LATER).build().table().times("twice")[0])
        .isEqualTo(Instant.parse("2026-10-25T01:30:00Z").toEpochMilli());
  }

  /** Whatever is changed, a file is read or refused, in bounded time and memory. */
  @ParameterizedTest
  @ValueSource(strings = {"plain", "stream", "lz4", "zstd"})
  void damagedFilesAreReadOrRefused(String how) throws IOException {
    byte[] whole = Files.readAllBytes(given("types-" + how + ".arrow"));
    Path file = folder.resolve("damaged.arrow");
    Random random = new Random(how.hashCode());
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] bytes =
          i % 5 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      try {
        ArrowFile.builder(file).only(WANTED).columns(ColumnType.TEXT, "u8").build().table();
      } catch (MillwrightException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 499);
    refused(ErrorCode.IO_FAILED, () -> ArrowFile.of(folder).schema(), "cannot read");
    Files.writeString(file, "FEA1 and more");
    refused(ErrorCode.BAD_FILE, () -> ArrowFile.of(file).schema(), "Feather version 1");
    Files.writeString(file, "");
    refused(ErrorCode.BAD_FILE, () -> ArrowFile.of(file).schema(), "no readable Arrow file");
  }
}
