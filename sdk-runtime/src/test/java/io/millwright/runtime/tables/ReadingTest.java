package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.ReadingReport;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a file is taken for: each kind of soiled file, its right reading, and what is said of it.
 */
class ReadingTest {

  private static final CsvFormat GUESSED = CsvFormat.guessed();

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("table.csv"), bytes);
  }

  private ReadTable read(String text) throws IOException {
    return Tables.reader().read(file(text), GUESSED);
  }

  private ReadTable read(String text, CsvFormat format) throws IOException {
    return Tables.reader().read(file(text), format);
  }

  private void refused(String text, CsvFormat format, String... parts) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Tables.reader().read(file, format))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContainingAll(parts)
        .hasMessageContaining("\nMaybe ");
  }

  private static ColumnType type(ReadTable read, String column) {
    return read.table().schema().column(column).type();
  }

  @Test
  void identifiersStayTexts() throws IOException {
    ReadTable read =
        read(
            """
            article,long,pieces
            007,123456789012345678,1
            7,123456789012345679,2
            12,1,3
            """);
    assertThat(read.table().labels("article")).containsExactly("007", "7", "12");
    assertThat(read.table().labels("long"))
        .containsExactly("123456789012345678", "123456789012345679", "1");
    assertThat(type(read, "pieces")).isEqualTo(ColumnType.NUMBER);
    assertThat(read.report().remarks()).hasSize(2).allMatch(r -> r.contains("letter for letter"));
    // What plainly measures something may begin with a zero.
    assertThat(read("force [kN],share\n007,00.5\n12,1.5\n").table().numbers("force"))
        .containsExactly(7, 12);
    ReadTable stated =
        read("id,x\n1,2\n2,3\n", CsvFormat.builder().columns(ColumnType.TEXT, "id").build());
    assertThat(type(stated, "id")).isEqualTo(ColumnType.TEXT);
    assertThat(stated.table().labels("id")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n/a", "NA", "NaN", "null", "-", "#DIV/0!", "无", "缺失"})
  void knownWordsAmongNumbersAreMissingAndSaid(String word) throws IOException {
    ReadTable read = read("temp,die\n80.3,A\n" + word + ",B\n61.3,A\n");
    assertThat(read.table().numbers("temp")).containsExactly(80.3, Double.NaN, 61.3);
    assertThat(read.report().remarks())
        .containsExactly(
            "`temp` read as number, 1 of 3 cells is \"" + word + "\", taken for missing");
    assertThat(read.report().columns().get(0).missing()).containsEntry(word, 1L);
  }

  @Test
  void anotherWordAmongNumbersIsRefusedWithLineAndCell() throws IOException {
    String text = "t,die\n80.3,A\n70.5,B\nfailed,A\n61.3,A\n";
    refused(text, GUESSED, "line 4", "\"t\"", "\"failed\"", "3 of 4");
    CsvFormat missing = CsvFormat.builder().missing("FAILED").build();
    assertThat(read(text, missing).table().numbers("t"))
        .containsExactly(80.3, 70.5, Double.NaN, 61.3);
    CsvFormat labels = CsvFormat.builder().columns(ColumnType.CATEGORY, "t").build();
    assertThat(read(text, labels).table().labels("t")).contains("failed", "80.3");
    CsvFormat skip = CsvFormat.builder().onBadRow(CsvFormat.BadRow.SKIP).build();
    ReadTable skipped = read(text, skip);
    assertThat(skipped.table().numbers("t")).containsExactly(80.3, 70.5, 61.3);
    assertThat(skipped.report().skipped()).isEqualTo(1);
    assertThat(skipped.report().firstSkipped().get(0).line()).isEqualTo(4);
    assertThat(skipped.report().line(2)).isEqualTo(5);
    assertThat(skipped.report().remarks().get(0)).contains("1 row was skipped", "line 4");
  }

  @Test
  void aWordForMissingAmongLabelsIsALabelUnlessStated() throws IOException {
    ReadTable read = read("mode,x\nheat,1\nnone,2\nnone,3\n");
    assertThat(read.table().labels("mode")).containsExactly("heat", "none", "none");
    assertThat(read.report().remarks().get(0)).contains("\"none\" (2 cells) is kept as a label");
    CsvFormat stated = CsvFormat.builder().missing("none").build();
    assertThat(read("mode,x\nheat,1\nnone,2\n", stated).table().labels("mode"))
        .containsExactly("heat", null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,5|1.5",
        "1.302,5|1302.5",
        "1'302,5|1302.5",
        "1 302,5|1302.5",
        "-1.302.500,25|-1302500.25",
        ",5|0.5"
      })
  void aDecimalCommaIsSeenFromTheNumbers(String cell, double value) throws IOException {
    ReadTable read = read("x;die\n0,25;A\n" + cell + ";B\n");
    assertThat(read.table().numbers("x")).containsExactly(0.25, value);
    assertThat(read.report().decimal()).startsWith(",");
    assertThat(read.report().remarks().get(0)).contains("decimal mark is the comma", "0.25");
  }

  @Test
  void twoPlausibleReadingsAreRefusedAndBothNamed() throws IOException {
    String quoted = "m,pieces\na,\"1,302\"\nb,\"1,294\"\nc,302\n";
    refused(quoted, GUESSED, "line 2", "1302", "1.302", "--thousands");
    refused("m;pieces\na;1.302\nb;1.294\n", GUESSED, "1302", "1.302");
    refused("m,x,y\na,1.5,\"2,5\"\n", GUESSED, "2,5", "1.5");
    CsvFormat thousands = CsvFormat.builder().thousands(',').build();
    assertThat(read(quoted, thousands).table().numbers("pieces")).containsExactly(1302, 1294, 302);
    CsvFormat decimal = CsvFormat.builder().decimal(',').build();
    assertThat(read(quoted, decimal).table().numbers("pieces")).containsExactly(1.302, 1.294, 302);
    // Another column shows the decimal mark, or the number itself its thousands.
    ReadTable shown = read("x,pieces\n1.5,\"1,302\"\n");
    assertThat(shown.table().numbers("pieces")).containsExactly(1302);
    assertThat(shown.report().remarks().get(0)).contains("\"1,302\" (line 2) is 1302");
    assertThat(read("pieces,m\n\"1,302,000\",a\n\"1,302\",b\n").table().numbers("pieces"))
        .containsExactly(1_302_000, 1302);
    assertThat(read("x,m\n1.302,a\n2.718,b\n").table().numbers("x")).containsExactly(1.302, 2.718);
  }

  @Test
  void chinesePlantDataAreAtHome() throws IOException {
    String text =
        """
        月份,温度（℃）,压力［MPa］,状态
        2024年1月,８０．５,１,正常
        2024年2月,-3.5,2,合格
        2024年12月,无,3,停机
        """;
    ReadTable read = Tables.reader().read(file(text.getBytes(Charset.forName("GB18030"))), GUESSED);
    assertThat(read.report().charset()).startsWith("GB18030");
    assertThat(read.table().schema().columns().subList(1, 3))
        .containsExactly(Column.number("温度", Unit.of("Cel")), Column.number("压力", Unit.of("MPa")));
    assertThat(read.table().numbers("温度")).containsExactly(80.5, -3.5, Double.NaN);
    assertThat(read.table().labels("月份")).containsExactly("2024-01", "2024-02", "2024-12");
    assertThat(read.table().labels("状态")).containsExactly("正常", "合格", "停机");
    assertThat(String.join("\n", read.report().remarks())).contains("GB18030", "2024-01", "无");
    assertThat(read("article,2024年1月,2024年2月\na,1,2\n").table().schema().names())
        .containsExactly("article", "2024-01", "2024-02");
    // European bytes stand alone, so they are no Chinese: the charset must be stated.
    byte[] western = "t,\u00D6l\n1,\u00FCber\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = file(western);
    assertThatThrownBy(() -> Tables.reader().read(file, GUESSED))
        .hasMessageContainingAll("UTF-8", "GB18030", "Maybe");
    CsvFormat stated = CsvFormat.builder().charset(StandardCharsets.ISO_8859_1).build();
    assertThat(Tables.reader().read(file, stated).table().labels("\u00D6l"))
        .containsExactly("\u00FCber");
  }

  @Test
  void koreanIsToldFromChineseAndJapaneseIsNeither() throws IOException {
    String korean = "온도,상태,비고\n80.5,정상,베어링 교체 완료\n91,불량,펌프 누유 확인 후 재가동\n";
    ReadTable read =
        Tables.reader().read(file(korean.getBytes(Charset.forName("EUC-KR"))), GUESSED);
    assertThat(read.report().charset()).contains("guess");
    assertThat(read.table().schema().names()).containsExactly("온도", "상태", "비고");
    assertThat(read.table().labels("상태")).containsExactly("정상", "불량");
    Path few = file("온도,y\n1,2\n".getBytes(Charset.forName("EUC-KR")));
    assertThatThrownBy(() -> Tables.reader().read(few, GUESSED))
        .hasMessageContainingAll("GB18030", "EUC-KR", "Maybe");
    Path japanese = file("ラベル,メモ\n1,モーターのベアリングをこうかん\n".getBytes(Charset.forName("EUC-JP")));
    assertThatThrownBy(() -> Tables.reader().read(japanese, GUESSED))
        .hasMessageContainingAll("UTF-8", "Maybe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void marksAtTheBeginningOfAFileShowItsCharset(String charset) throws IOException {
    byte[] bytes = "\uFEFFa,b\n1,\u00E4\n".getBytes(Charset.forName(charset));
    ReadTable read = Tables.reader().read(file(bytes), GUESSED);
    assertThat(read.table().schema().names()).containsExactly("a", "b");
    assertThat(read.table().labels("b")).containsExactly("\u00E4");
    byte[] bare = "a,b\n1,2\n".getBytes(Charset.forName(charset));
    assertThat(Tables.reader().read(file(bare), GUESSED).table().numbers("b")).containsExactly(2);
  }

  @Test
  void twoLettersOfAEuropeanHeadingAreNoChineseCharacter() throws IOException {
    Path file = file("Größe,y\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Tables.reader().read(file, GUESSED))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContainingAll("windows-1252", "Maybe");
    Path rare = file("阈值,y\n1,2\n".getBytes(Charset.forName("GB18030")));
    assertThat(Tables.reader().read(rare, GUESSED).table().schema().columns().get(0).name())
        .isEqualTo("阈值");
  }

  @Test
  void aFirstLineThatStatesTheSeparatorIsObeyed() throws IOException {
    Table table = read("sep=;\nname;x\na;1,5\nb;2,5\n").table();
    assertThat(table.labels("name")).containsExactly("a", "b");
    assertThat(table.numbers("x")).containsExactly(1.5, 2.5);
    CsvFormat stated = CsvFormat.guessed().toBuilder().separator(',').build();
    assertThat(read("SEP=;\nx,y\n1,2\n", stated).table().rows()).isEqualTo(1);
    assertThat(read("sep=,\nx\n2\n").table().schema().columns()).hasSize(1);
  }

  @Test
  void aRowOfReadingsIsNoHeading() throws IOException {
    refused("5.1,3.5,100\n4.9,3.0,101\n", GUESSED, "line 1", "5.1", "no line of headings");
    refused("80.3\n80.1\n", GUESSED, "line 1", "80.3");
    assertThat(read("0,1,2\n4,5,6\n").table().rows()).isEqualTo(1);
    assertThat(read("month,1001,1002\n2026-01,5,6\n").table().rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7-", "(7)"})
  void numbersWithAMarkAreLabelsAndSaid(String cell) throws IOException {
    ReadTable read = read("x,y\n" + (cell + ",1\n").repeat(30));
    assertThat(read.table().schema().column("x").type().isNumeric()).isFalse();
    assertThat(String.join("\n", read.report().remarks())).contains("`x`", "30 of 30", cell);
    assertThat(read("x,y\n" + "10mm,1\n".repeat(30)).report().remarks()).isEmpty();
  }

  @Test
  void gapsInASingleColumnStay() throws IOException {
    ReadTable read = read("d\n10.5\n\n\n9.5\n\n");
    assertThat(read.table().numbers("d")).containsExactly(10.5, Double.NaN, Double.NaN, 9.5);
    assertThat(read.report().line(3)).isEqualTo(5);
    // With a second column an empty line is no row.
    assertThat(read("t,d\n1,10.5\n\n2,\n").table().numbers("d")).containsExactly(10.5, Double.NaN);
    assertThat(read("d\n10,5\n9,25\n").table().numbers("d")).containsExactly(10.5, 9.25);
  }

  @Test
  void infiniteReadingsAreSaid() throws IOException {
    ReadTable read = read("t,p\n70.1,5\nInfinity,5\n-inf,1\n");
    assertThat(read.table().numbers("t"))
        .containsExactly(70.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(read.report().remarks())
        .containsExactly("`t`: 2 readings are infinite, first in line 3");
  }

  @Test
  void raggedRowsAreRefusedOrSkippedAndCounted() throws IOException {
    String text = "a,b\n1,2\n3\n4,5,6\n7,8\n";
    refused(text, GUESSED, "line 3", "1 cells under 2 headings");
    ReadTable read = read(text, CsvFormat.builder().onBadRow(CsvFormat.BadRow.SKIP).build());
    assertThat(read.table().numbers("a")).containsExactly(1, 7);
    assertThat(read.report().skipped()).isEqualTo(2);
    assertThat(read.report().line(1)).isEqualTo(5);
  }

  @Test
  void datesAndTimesAreFoundByAllCells() throws IOException {
    Table iso = read("d,t\n2026-10-25,2026-10-25 13:30\n2026-10-26,2026-10-25T14:00:05\n").table();
    assertThat(iso.labels("d")).containsExactly("2026-10-25", "2026-10-26");
    assertThat(iso.labels("t")).containsExactly("2026-10-25T13:30", "2026-10-25T14:00:05");
    assertThat(iso.row(0).values().get(0)).isEqualTo(Instant.parse("2026-10-25T00:00:00Z"));
    assertThat(read("d\n2026年1月5日\n2026年12月31日\n").table().labels("d"))
        .containsExactly("2026-01-05", "2026-12-31");
    assertThat(read("d\n3.4.2026\n5.4.2026\n").table().labels("d").get(0)).isEqualTo("2026-04-03");
    assertThat(read("d\n3/4/2026\n13/4/2026\n").table().labels("d").get(0)).isEqualTo("2026-04-03");
    refused("d\n03/04/2026\n05/04/2026\n", GUESSED, "day or the month", "--dates");
    CsvFormat us = CsvFormat.builder().dates("MM/dd/yyyy").build();
    assertThat(read("d\n03/04/2026\n", us).table().labels("d")).containsExactly("2026-03-04");
    refused("d\n2026-01-01\nlater\n2026-01-03\n", GUESSED, "line 3", "later", "2026-01-01");
    CsvFormat months = CsvFormat.builder().dates("yyyyMM").build();
    assertThat(read("m,x\n202512,1\n202601,2\n", months).table().labels("m"))
        .containsExactly("2025-12-01", "2026-01-01");
  }

  @Test
  void offsetsMakeInstantsThatDoNotClashInOctober() throws IOException {
    ReadTable read =
        read("t,x\n2026-10-25T02:00+02:00,1\n2026-10-25T02:00+01:00,2\n2026-10-25T03:00+01:00,3\n");
    assertThat(read.table().labels("t"))
        .containsExactly("2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00");
    assertThat(read.report().remarks().get(0)).contains("offsets", "UTC");
    refused("t\n2026-10-25T02:00+02:00\n2026-10-25T02:00\n", GUESSED, "line 3", "offset");
  }

  @Test
  void aStatedZoneTellsTheRepeatedHourByTheOrderOfRows() throws IOException {
    CsvFormat berlin = CsvFormat.builder().zone(ZoneId.of("Europe/Berlin")).build();
    String hours = "t,x\n2026-10-25 01:00,1\n2026-10-25 02:00,2\n2026-10-25 02:00,3\n";
    assertThat(read(hours + "2026-10-25 03:00,4\n", berlin).table().labels("t"))
        .containsExactly(
            "2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00");
    refused("t\n2026-03-29 02:30\n2026-03-29 03:30\n", berlin, "line 2", "does not exist");
    refused(
        "t,id\n2026-10-25 01:00,a\n2026-10-25 01:00,b\n2026-10-25 02:00,a\n",
        berlin,
        "two instants");
    // Dates without a time of day are days, whatever the zone.
    assertThat(read("t\n2026-10-25\n", berlin).table().labels("t")).containsExactly("2026-10-25");
  }

  @Test
  void boundsAreSaidAndCanBeRaised() throws IOException {
    StringBuilder rows = new StringBuilder("a,b\n");
    for (int i = 0; i < 100; i++) {
      rows.append(i).append(",L").append(i).append('\n');
    }
    String text = rows.toString();
    Path file = file(text);
    for (CsvFormat.Builder low :
        List.of(
            CsvFormat.builder().mostRows(99),
            CsvFormat.builder().mostCells(199),
            CsvFormat.builder().columns(ColumnType.CATEGORY, "b").mostCategories(99))) {
      assertThatThrownBy(() -> Tables.reader().read(file, low.build()))
          .isInstanceOfSatisfying(
              MillwrightException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_RANGE))
          .hasMessageContaining("Maybe");
    }
    refused("a,b,c\n1,2,3\n", CsvFormat.builder().mostColumns(2).build(), "3 headings");
    file(text);
    assertThat(Tables.reader().read(file, CsvFormat.builder().mostRows(100).build()).table().rows())
        .isEqualTo(100);
    List<Table> batches = new ArrayList<>();
    ReadingReport report =
        Tables.reader().batches(file, CsvFormat.builder().mostRows(1).build(), 40, batches::add);
    assertThat(batches.stream().map(Table::rows)).containsExactly(40, 40, 20);
    assertThat(batches.get(2).numbers("a")[19]).isEqualTo(99);
    assertThat(report.rows()).isEqualTo(100);
  }

  @Test
  void aSchemaTakesMissingWordsForNumbersAndKeepsLabels() throws IOException {
    Schema schema = Schema.of(Column.number("x"), Column.category("code"), Column.time("t"));
    Path file = file("code,t,x\n007,2026-01-01,n/a\n-,,1.5\n");
    ReadTable read = Tables.reader().read(file, schema, GUESSED);
    assertThat(read.table().numbers("x")).containsExactly(Double.NaN, 1.5);
    assertThat(read.table().labels("code")).containsExactly("007", "-");
    assertThat(read.table().times("t")[1]).isEqualTo(Table.NO_TIME);
    assertThat(read.report().remarks()).hasSize(1);
  }

  @Test
  void whatCannotBeReadTwiceIsRefused() {
    assertThatThrownBy(() -> Tables.reader().read(folder, GUESSED))
        .hasMessageContaining("no regular file");
  }

  @ParameterizedTest
  @CsvSource({
    "12,PLAIN",
    "-3,PLAIN",
    "1.5,POINT",
    "0.302,POINT",
    "1302.500,POINT",
    "1.302,EITHER_POINT",
    "1e5,PLAIN",
    "1e999,INFINITE",
    "inf,INFINITE",
    "1d,WORD",
    "0x10,WORD",
    "1.2.3,WORD",
    "A7,WORD",
    "-,WORD",
    "+,WORD",
    ".,WORD",
    "1..2,WORD",
    "12-,PLAIN",
    "2-,WORD",
    "(1.5),POINT",
    "1 2,WORD",
    "5.,POINT",
    "1e,WORD",
    "1 302,PLAIN"
  })
  void cellsAreNumbersOrNot(String cell, NumberText.Kind kind) {
    assertThat(NumberText.kind(cell)).isEqualTo(kind);
  }
}
