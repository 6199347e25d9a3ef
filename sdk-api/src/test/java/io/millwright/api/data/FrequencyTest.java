package io.millwright.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.api.data.Frequency.Step;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a period is: most gaps say it, and what does not fit is named. */
class FrequencyTest {

  private static final LocalDate MONDAY = LocalDate.of(2022, 1, 3);

  private static List<String> every(long days, int count) {
    return Stream.iterate(MONDAY, d -> d.plusDays(days))
        .limit(count)
        .map(LocalDate::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, DAY, 1, '[7]'",
    "7, WEEK, 1, '[52]'",
    "14, WEEK, 2, '[26]'",
    "28, WEEK, 4, '[13]'"
  })
  void datesAreAsFarApartAsMostOfThem(int days, Step step, int units, String seasons) {
    List<String> labels = every(days, 40);
    Frequency frequency = Frequency.of(labels);
    assertThat(frequency.step()).isEqualTo(step);
    assertThat(frequency.every()).isEqualTo(units);
    assertThat(frequency.seasons()).hasToString(seasons);
    for (int i = 1; i < labels.size(); i++) {
      assertThat(frequency.number(labels.get(i))).isEqualTo(frequency.number(labels.get(0)) + i);
    }
    String last = frequency.label(frequency.number(labels.get(39)));
    assertThat(frequency.number(last)).isEqualTo(frequency.number(labels.get(39)));
  }

  @ParameterizedTest
  @CsvSource({"7, 3", "14, 7", "14, 3", "28, 10"})
  void aStrayDateIsNamed(int days, int beside) {
    List<String> labels = new ArrayList<>(every(days, 40));
    String stray = LocalDate.parse(labels.get(20)).plusDays(beside).toString();
    labels.add(stray);
    assertThatThrownBy(() -> Frequency.of(labels))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(stray)
        .hasMessageContaining("Maybe");
  }

  @Test
  void aDateFarFromItsMonthsDayIsNamedAndOneBesideItIsTheMonth() {
    List<String> months =
        new ArrayList<>(
            IntStream.range(0, 40)
                .mapToObj(i -> LocalDate.of(2021, 1, 1).plusMonths(i).toString())
                .toList());
    assertThat(Frequency.of(months)).isEqualTo(Frequency.MONTHLY);
    months.add("2022-02-02");
    assertThat(Frequency.of(months)).isEqualTo(Frequency.MONTHLY);
    months.add("2022-05-17");
    assertThatThrownBy(() -> Frequency.of(months))
        .hasMessageContaining("2022-05-17")
        .hasMessageContaining("month");
  }

  @Test
  void endsOfMonthsAndLastWorkingDaysAreMonths() {
    List<String> ends = new ArrayList<>();
    List<String> working = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      LocalDate end = LocalDate.of(2021, 1, 1).plusMonths(i + 1).minusDays(1);
      ends.add(end.toString());
      while (end.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0) {
        end = end.minusDays(1);
      }
      working.add(end.toString());
    }
    assertThat(Frequency.of(ends)).isEqualTo(Frequency.MONTHLY);
    assertThat(Frequency.of(working)).isEqualTo(Frequency.MONTHLY);
  }

  @Test
  void workingDaysHaveAWeekOfFive() {
    List<String> days =
        every(1, 60).stream()
            .filter(d -> LocalDate.parse(d).getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
            .toList();
    Frequency frequency = Frequency.of(days);
    assertThat(frequency).isEqualTo(Frequency.WORKDAYS);
    assertThat(frequency.number("2022-01-10")).isEqualTo(frequency.number("2022-01-07") + 1);
    assertThatThrownBy(() -> frequency.number("2022-01-08")).hasMessageContaining("2022-01-08");
  }

  @ParameterizedTest
  @CsvSource({"15, MINUTE, 15, '[96, 672]'", "60, HOUR, 1, '[24, 168]'", "240, HOUR, 4, '[6, 42]'"})
  void timesToo(int minutes, Step step, int units, String seasons) {
    List<String> labels =
        Stream.iterate(LocalDateTime.of(2026, 1, 5, 0, 0), t -> t.plusMinutes(minutes))
            .limit(400)
            .map(t -> t.truncatedTo(ChronoUnit.MINUTES).toString())
            .toList();
    Frequency frequency = Frequency.of(labels);
    assertThat(frequency.step()).isEqualTo(step);
    assertThat(frequency.every()).isEqualTo(units);
    assertThat(frequency.seasons()).hasToString(seasons);
    assertThat(frequency.number(labels.get(399))).isEqualTo(frequency.number(labels.get(0)) + 399);
    assertThat(frequency.label(frequency.number(labels.get(399)))).isEqualTo(labels.get(399));
  }

  @Test
  void timesWithAnOffsetAreOneHourApartWhenClocksAreSetBack() {
    List<String> labels =
        List.of(
            "2026-10-25T01:00+02:00",
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T03:00+01:00");
    Frequency frequency = Frequency.of(labels);
    assertThat(frequency).isEqualTo(Frequency.HOURLY);
    for (int i = 1; i < 4; i++) {
      assertThat(frequency.number(labels.get(i))).isEqualTo(frequency.number(labels.get(0)) + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "202112, 202201, MONTH, 2021-12",
    "2024年1月, 2024年2月, MONTH, 2024-01",
    "２０２４年１月, ２０２４年２月, MONTH, 2024-01",
    "2024/01, 2024/02, MONTH, 2024-01",
    "01.2024, 02.2024, MONTH, 2024-01",
    "1982 Apr, 1982 May, MONTH, 1982-04",
    "Apr-2024, May-2024, MONTH, 2024-04",
    "Feb 2024, März 2024, MONTH, 2024-02",
    "Sep-23, Okt-23, MONTH, 2023-09",
    "KW05/2024, KW06/2024, WEEK, 2024-W05",
    "W52 2023, W1 2024, WEEK, 2023-W52",
    "2024 KW5, 2024 KW6, WEEK, 2024-W05",
    "2024年1月1日, 2024年1月2日, DAY, 2024-01-01",
    "20240101, 20240102, DAY, 2024-01-01",
    "31.12.2023, 01.01.2024, DAY, 2023-12-31",
    "44197, 44228, MONTH, 2021-01",
    "44200, 44207, WEEK, 2021-W01",
    "2024年第1季度, 2024年第2季度, QUARTER, 2024-Q1",
    "Q1 2024, Q2 2024, QUARTER, 2024-Q1",
    "2024年, 2025年, YEAR, 2024",
    "100201, 100202, COUNT, 100201"
  })
  void periodsAreWrittenInManyWays(String one, String two, Step step, String label) {
    Frequency frequency = Frequency.of(List.of(one, two));
    assertThat(frequency.step()).isEqualTo(step);
    assertThat(frequency.label(frequency.number(one))).isEqualTo(label);
    assertThat(frequency.number(two)).isEqualTo(frequency.number(one) + 1);
  }

  @Test
  void whatIsNoPeriodIsToldHowPeriodsAreWritten() {
    Schema schema = Schema.of(Column.text("id"), Column.text("month"), Column.number("n"));
    TableBuilder rows = Table.builder(schema, 3);
    List.of("2024-01", "2024-02", "next year").forEach(month -> rows.add("a", month, 1.0));
    Table table = rows.build();
    assertThatThrownBy(
            () -> SeriesTables.ofLong(table, "id", "month", "n", Optional.of(Frequency.MONTHLY)))
        .hasMessageContaining("\"next year\" is no")
        .hasMessageContaining("write periods like 2026-07,");
  }

  @ParameterizedTest
  @CsvSource({"44197, 44198", "2024-01-01, 2024-W05", "13/14/2024, 14/14/2024"})
  void whatCanBeReadInTwoWaysIsAsked(String one, String two) {
    assertThatThrownBy(() -> Frequency.of(List.of(one, two)))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("Maybe");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.24,DAY,2024-02-01", "01.02.24,DAY,2024-02-01", "3-Feb-24,DAY,2024-02-03",
    "3 Feb 2024,DAY,2024-02-03", "Feb-24,MONTH,2024-02", "Feb 24,MONTH,2024-02",
    "1-Feb-99,DAY,1999-02-01", "1706745600,DAY,2024-02-01", "1706749200,HOUR,2024-02-01T01:00",
    "1706749200000,HOUR,2024-02-01T01:00", "002.2024,MONTH,2024-02", "45323.0,DAY,2024-02-01"
  })
  void yearsOfTwoDigitsNamesAndSecondsAreRead(String text, Step step, String label) {
    Frequency frequency = new Frequency(step, List.of());
    assertThat(frequency.label(frequency.number(text))).isEqualTo(label);
    assertThat(Frequency.isLabel(text)).isTrue();
  }

  @Test
  void secondsSince1970AreTimes() {
    List<String> hours =
        IntStream.range(0, 40).mapToObj(i -> "" + (1_706_749_200L + 3600L * i)).toList();
    assertThat(Frequency.of(hours)).isEqualTo(Frequency.HOURLY);
    List<String> days =
        IntStream.range(0, 40).mapToObj(i -> (1_706_745_600L + 86400L * i) + "000").toList();
    assertThat(Frequency.of(days)).isEqualTo(Frequency.DAILY);
    // Midnight of another zone: which day that is depends on it.
    List<String> local =
        IntStream.range(0, 40).mapToObj(i -> "" + (1_706_742_000L + 86400L * i)).toList();
    assertThatThrownBy(() -> Frequency.of(local))
        .hasMessageContaining("2024-01-31T23:00")
        .hasMessageContaining("write dates");
    assertThatThrownBy(() -> Frequency.of(List.of("03/04/26", "04/04/26")))
        .hasMessageContaining("--dates 'dd/MM/yy'");
  }

  @Test
  void datesOfNoGridAreAsked() {
    assertThatThrownBy(
            () -> Frequency.of(List.of("2024-01-01", "2024-01-05", "2024-02-17", "2024-03-02")))
        .hasMessageContaining("state the frequency");
  }

  @Test
  void seriesOfOtherWeekdaysAreWeeksAll() {
    Schema schema =
        Schema.of(
            Column.category("id"), Column.category("period"), Column.number("value", Unit.NONE));
    TableBuilder table = Table.builder(schema, 60);
    for (String monday : every(7, 30)) {
      table.add("a", monday, 1.0);
      table.add("b", LocalDate.parse(monday).plusDays(3).toString(), 2.0);
    }
    List<Series> all =
        SeriesTables.ofLong(table.build(), "id", "period", "value", Optional.empty());
    assertThat(all).allMatch(s -> s.frequency().equals(Frequency.WEEKLY) && s.known() == 30);
  }
}
