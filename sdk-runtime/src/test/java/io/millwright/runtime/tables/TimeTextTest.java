package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to write dates: taken where there is one reading, else refused or said with the way out. */
class TimeTextTest {

  private static final LocalDate FIRST = LocalDate.of(2024, 11, 20);

  @TempDir Path folder;

  private ReadTable read(String heading, List<String> cells, CsvFormat format) throws IOException {
    StringBuilder csv = new StringBuilder(heading + ";x\n");
    cells.forEach(c -> csv.append(c).append(";1,5\n"));
    return Tables.reader().read(Files.writeString(folder.resolve("t.csv"), csv), format);
  }

  private static List<String> days(String pattern, int step) {
    DateTimeFormatter of = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    return IntStream.range(0, 60)
        .mapToObj(i -> FIRST.plusDays((long) i * step).format(of))
        .toList();
  }

  private static List<String> iso(int step) {
    return IntStream.range(0, 60)
        .mapToObj(i -> FIRST.plusDays((long) i * step).toString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dd.MM.yy",
        "d.M.yy",
        "dd/MM/yy",
        "d/M/yy",
        "MM/dd/yy",
        "M/d/yy",
        "dd-MM-yy",
        "yy-MM-dd",
        "yy/MM/dd",
        "yy.MM.dd",
        "d-MMM-yy",
        "dd-MMM-yy",
        "d-MMM-yyyy",
        "dd MMM yyyy",
        "d. MMM yyyy",
        "MMM d, yyyy",
        "MMMM d, yyyy",
        "d MMMM yyyy",
        "yyyy-MMM-dd",
        "dd/MMM/yy",
        "dd.MMM.yyyy"
      })
  void datesOfManyFormsAreTimes(String pattern) throws IOException {
    for (int step : new int[] {1, 7}) {
      ReadTable read = read("when", days(pattern, step), CsvFormat.guessed());
      assertThat(read.table().schema().column("when").type()).isEqualTo(ColumnType.TIME);
      assertThat(read.table().labels("when")).isEqualTo(iso(step));
      assertThat(read.report().remarks())
          .anyMatch(r -> pattern.contains("MMM") || r.contains("the year in two digits"));
    }
  }

  @Test
  void hoursInTwoHalvesAreTimes() throws IOException {
    List<String> cells = List.of("03/31/2026 1:45 PM", "03/31/2026 12:05 AM", "4/1/26 9:00 am");
    assertThat(read("when", cells.subList(0, 2), CsvFormat.guessed()).table().labels("when"))
        .containsExactly("2026-03-31T13:45", "2026-03-31T00:05");
  }

  @ParameterizedTest
  @CsvSource({"dd/MM/yy,d/M/yy", "d-M-yy,M-d-yy", "yy-MM-dd,yy-MM-dd"})
  void whereSeveralOrdersArePossibleTheWayOutIsSaid(String pattern, String option)
      throws IOException {
    DateTimeFormatter of = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    List<String> cells =
        IntStream.range(0, 24)
            .mapToObj(i -> LocalDate.of(2024, 1, 1).plusMonths(i).format(of))
            .toList();
    ReadTable labels = read("when", cells, CsvFormat.guessed());
    assertThat(labels.table().schema().column("when").type().isText()).isTrue();
    assertThat(labels.report().remarks())
        .anyMatch(r -> r.contains("--dates '") && r.contains(option));
    Schema wanted = Schema.of(Column.time("when"));
    Path file = folder.resolve("t.csv");
    assertThatThrownBy(() -> Tables.reader().read(file, wanted, CsvFormat.guessed()))
        .hasMessageContaining("--dates '")
        .hasMessageContaining(option);
    CsvFormat stated = CsvFormat.builder().dates(pattern).build();
    ReadTable read = Tables.reader().read(file, wanted, stated);
    assertThat(read.table().labels("when").get(13)).isEqualTo("2025-02-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.10.12", "12-05-11", "3/4/12", "1.2.10", "10-20-30"})
  void namesThatLookLikeDatesStayLabels(String name) throws IOException {
    List<String> cells = List.of(name, name.replace('1', '2'), name, name);
    ReadTable read = read("version", cells, CsvFormat.guessed());
    assertThat(read.table().schema().column("version").type().isText()).isTrue();
    assertThat(read.table().labels("version").get(0)).isEqualTo(name);
  }

  @Test
  void digitsAreTimesWhereTheyAreWanted() throws IOException {
    Function<Integer, Long> second = i -> 1_704_067_200L + 900L * i;
    for (long times : new long[] {1, 1000}) {
      List<String> cells =
          IntStream.range(0, 20).mapToObj(i -> Long.toString(second.apply(i) * times)).toList();
      ReadTable named = read("timestamp", cells, CsvFormat.guessed());
      assertThat(named.table().labels("timestamp").get(1)).isEqualTo("2024-01-01T00:15");
      assertThat(named.report().remarks())
          .anyMatch(r -> r.contains("seconds since 1970, 2024-01-01T00:00:00Z"));
      ReadTable plain = read("t", cells, CsvFormat.guessed());
      assertThat(plain.table().schema().column("t").type()).isEqualTo(ColumnType.NUMBER);
      assertThat(plain.report().remarks()).anyMatch(r -> r.contains("--type 't=time'"));
      ReadTable stated =
          read("t", cells, CsvFormat.builder().columns(ColumnType.TIME, "t").build());
      assertThat(stated.table().time(1, 0)).isEqualTo(1000 * second.apply(1));
    }
    List<String> tight = days("yyyyMMdd", 1);
    assertThat(read("Datum", tight, CsvFormat.guessed()).table().labels("Datum")).isEqualTo(iso(1));
    assertThat(read("lot", tight, CsvFormat.guessed()).report().remarks())
        .noneMatch(r -> r.contains("lot"));
  }

  @Test
  void countersAndNumbersOfThingsAreNoTimes() throws IOException {
    List<String> ids =
        IntStream.range(0, 30).mapToObj(i -> "" + (1_704_067_200L - 7L * i)).toList();
    ReadTable read = read("article", ids, CsvFormat.guessed());
    assertThat(read.table().schema().column("article").type()).isEqualTo(ColumnType.NUMBER);
    assertThat(read.report().remarks()).noneMatch(r -> r.contains("article"));
    List<String> cycles = IntStream.range(0, 30).mapToObj(i -> "" + i).toList();
    assertThat(read("time", cycles, CsvFormat.guessed()).table().numbers("time")[3]).isEqualTo(3);
  }

  @Test
  void aCellThatIsNoDateNamesTheWaysOut() throws IOException {
    List<String> cells = List.of("01.02.2024", "31.02.2024", "03.02.2024");
    assertThatThrownBy(() -> read("when", cells, CsvFormat.guessed()))
        .hasMessageContaining("--missing '31.02.2024'")
        .hasMessageContaining("--dates");
  }
}
