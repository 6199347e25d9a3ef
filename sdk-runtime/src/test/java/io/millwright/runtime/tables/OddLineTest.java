package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are no rows: totals, units, titles, headings again, a separator behind the last. */
class OddLineTest {

  private static final int ROWS = 40;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  private ReadTable read(String text) throws IOException {
    return Tables.reader().read(file(text), CsvFormat.guessed());
  }

  private void refused(String text, CsvFormat format, String... parts) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Tables.reader().read(file, format))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE);
              assertThat(e.getMessage()).contains(parts);
            });
  }

  /** Rows of a machine, pieces and weight, and how they add up. */
  private static final class Report {
    final StringBuilder text = new StringBuilder("machine,pieces,weight\n");
    double pieces;
    double weight;

    Report(int rows) {
      Random random = new Random(5);
      for (int i = 0; i < rows; i++) {
        int made = 50 + random.nextInt(900);
        double kg = Math.rint(100 * (20 + 9 * random.nextGaussian())) / 100;
        text.append(String.format(Locale.ROOT, "M%d,%d,%.2f%n", i % 4, made, kg));
        pieces += made;
        weight += kg;
      }
    }

    String with(String name, double share) {
      return text
          + String.format(Locale.ROOT, "%s,%.1f,%.2f%n", name, pieces / share, weight / share);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Total", "Summe:", "合计", "总计", "", "All machines"})
  void aLastLineOfSumsIsNoRow(String name) throws IOException {
    ReadTable read = read(new Report(ROWS).with(name, 1));
    assertThat(read.table().rows()).isEqualTo(ROWS);
    assertThat(read.report().skipped()).isEqualTo(1);
    assertThat(read.report().remarks())
        .anyMatch(r -> r.contains("line 42 holds the sum of the rows above: left out"));
    List<Table> batches = new ArrayList<>();
    Tables.reader()
        .batches(file(new Report(ROWS).with(name, 1)), CsvFormat.guessed(), 10, batches::add);
    assertThat(batches.stream().mapToInt(Table::rows).sum()).isEqualTo(ROWS);
  }

  @Test
  void aLastLineOfMeansIsNoRowWhereItSaysSo() throws IOException {
    assertThat(read(new Report(ROWS).with("平均", ROWS)).table().rows()).isEqualTo(ROWS);
    // A machine that is as good as the mean may be there.
    assertThat(read(new Report(ROWS).with("M2", ROWS)).table().rows()).isEqualTo(ROWS + 1);
  }

  @Test
  void whatDoesNotAddUpStaysAndIsSaid() throws IOException {
    ReadTable read = read(new Report(ROWS).text + "Total,12,13\n");
    assertThat(read.table().rows()).isEqualTo(ROWS + 1);
    assertThat(read.report().remarks())
        .anyMatch(r -> r.contains("\"Total\" may mean a total; delete it if so"));
  }

  @Test
  void smallNumbersThatAddUpByChanceStay() throws IOException {
    String few = "a,b\n1,2\n2,3\n3,5\n";
    assertThat(read(few).table().rows()).isEqualTo(3);
    String zeros = "a,b\n" + "0,0\n".repeat(20);
    assertThat(read(zeros).table().rows()).isEqualTo(20);
    // Only one column adds up.
    StringBuilder one = new StringBuilder("a,b\n");
    for (int i = 0; i < 10; i++) {
      one.append(i).append(",7\n");
    }
    assertThat(read(one + "45,7\n").table().rows()).isEqualTo(11);
  }

  @Test
  void aWordWhereNumbersStandNamesItsLine() throws IOException {
    String rows = "1,20.5\n2,21.5\n3,22.5\n";
    refused("n,temp\n,°C\n" + rows, CsvFormat.guessed(), "line 2", "\"temp [°C]\"");
    refused("n,temp\n" + rows + "n,temp\n" + rows, CsvFormat.guessed(), "line 5", "repeats");
    refused("n,temp\n" + rows + "Total,64.5\n", CsvFormat.guessed(), "line 5", "delete it");
    refused("n,temp\n4,<0.01\n" + rows, CsvFormat.guessed(), "line 2", "write the limit itself");
    refused("n,temp\n4,hot\n" + rows, CsvFormat.guessed(), "line 2", "--missing 'hot'");
  }

  @Test
  void aTitleAboveTheHeadingsIsNamedEvenWhereBadRowsAreSkipped() throws IOException {
    String text = "# exported by the line\n\nn,temp\n1,20.5\n2,21.5\n";
    refused(text, CsvFormat.guessed(), "line 3", "are a title: delete them");
    refused(
        text,
        CsvFormat.builder().onBadRow(CsvFormat.BadRow.SKIP).build(),
        "line 3",
        "are a title: delete them");
  }

  @Test
  void aSeparatorBehindEachLineIsNoColumn() throws IOException {
    ReadTable read = read("n;temp;\n1;20,5;\n2;21,5; \n3;22,5\n");
    assertThat(read.table().schema().size()).isEqualTo(2);
    assertThat(read.table().numbers("temp")).containsExactly(20.5, 21.5, 22.5);
    refused("n;temp;\n1;20,5;\n2;21,5;7\n", CsvFormat.guessed(), "line 3", "\"7\"", "column 3");
    refused("n;;temp\n1;2;3\n", CsvFormat.guessed(), "heading 2 is empty");
  }

  @ParameterizedTest
  @CsvSource({
    "20.32-, -20.32",
    "(20.32), -20.32",
    "'1,234.50-', -1234.5",
    "( 17 ), -17",
    "12-, -12"
  })
  void aMinusBehindOrBracketsAroundAreBelowZero(String cell, double value) throws IOException {
    ReadTable read = read("x;y\n1.5;1\n\"" + cell + "\";2\n3.25;3\n");
    assertThat(read.table().numbers("x")).containsExactly(1.5, value, 3.25);
    assertThat(read.report().remarks())
        .anyMatch(r -> r.contains("\"" + cell + "\"") && r.contains("below zero"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2-", "(2)", "(a)", "007-", "--", "12--", "-12-", "1.-2-"})
  void whatMayBeAGradeOrANameIsNoNumber(String cell) {
    assertThat(NumberText.turned(cell)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1704067200000000, 2024-01-01T00:00:00Z",
    "1704067200000000000, 2024-01-01T00:00:00Z",
    "1704067200.25, 2024-01-01T00:00:00.250Z",
    "2024/1/5 上午 08:15:00, 2024-01-05T08:15:00Z",
    "2024/1/5 下午 8:15, 2024-01-05T20:15:00Z",
    "2024-01-05 下午12:05, 2024-01-05T12:05:00Z",
    "2024-01-05 24:00, 2024-01-06T00:00:00Z",
    "31.12.2023 24:00:00, 2024-01-01T00:00:00Z"
  })
  void timesOfMachinesAndOfChineseSpreadsheetsAreRead(String cell, String instant)
      throws IOException {
    ReadTable read = read("time,x\n" + (cell + ",1\n").repeat(5));
    assertThat(read.table().schema().column("time").type()).isEqualTo(ColumnType.TIME);
    assertThat(Instant.ofEpochMilli(read.table().time(0, 0))).hasToString(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-01-05 24:01", "2024-01-05 25:00", "2024/1/5 上午 13:00"})
  void hoursThatDoNotExistAreNoTimes(String cell) throws IOException {
    ReadTable read = read("time,x\n" + (cell + ",1\n").repeat(5));
    assertThat(read.table().schema().column("time").type().isText()).isTrue();
  }

  @Test
  void yearsOfAnotherEraAreSaid() throws IOException {
    assertThat(read("day,x\n" + "2567-03-04,1\n".repeat(5)).report().remarks())
        .anyMatch(r -> r.contains("far future") && r.contains("543"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PK\u0003\u0004 and more", "%PDF-1.7", "<html><body>", "<?xml version"})
  void whatIsNoTextTableIsSaid(String begins) throws IOException {
    refused(begins + "\n" + "1\n", CsvFormat.guessed(), "is no text table but a");
  }
}
