package io.millwright.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeriesTest {

  private static final Schema LONG =
      Schema.of(
          Column.category("id"), Column.category("period"), Column.number("value", Unit.NONE));

  @ParameterizedTest
  @EnumSource(Frequency.Step.class)
  void labelsAndNumbersAreOneAndTheSame(Frequency.Step step) {
    Frequency frequency = new Frequency(step, List.of());
    Random random = new Random(3);
    long begin = frequency.number(step == Frequency.Step.COUNT ? "5" : "2019-12-20");
    for (int i = 0; i < 500; i++) {
      long number = begin + random.nextInt(4000);
      assertThat(frequency.number(frequency.label(number))).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "YEAR, 2026, 2027",
    "QUARTER, 2026-Q4, 2027-Q1",
    "MONTH, 2026-12, 2027-01",
    "WEEK, 2026-W53, 2027-W01",
    "WEEK, 2025-W52, 2026-W01",
    "DAY, 2024-02-28, 2024-02-29",
    "HOUR, 2024-02-29T23:00, 2024-03-01T00:00",
    "COUNT, 9, 10"
  })
  void periodsFollowEachOther(Frequency.Step step, String one, String next) {
    Frequency frequency = new Frequency(step, List.of());
    assertThat(frequency.label(frequency.number(one) + 1)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "YEAR, 1999, 2001",
    "COUNT, 7, 8",
    "QUARTER, 2020-Q1, 2020Q3",
    "QUARTER, 1956-01, 1956-04",
    "MONTH, 1998-01, 1998-02",
    "MONTH, 2020-01-31, 2020-02-29",
    "WEEK, 2020-W01, 2020-W02",
    "WEEK, 2020-01-06, 2020-01-13",
    "DAY, 2020-01-06, 2020-01-07",
    "HOUR, 2020-01-06T01:00, 2020-01-06 02:00:00",
    "QUARTER, 2020-03-31, 2020-06-30",
    "YEAR, 2019-12-31, 2020-12-31"
  })
  void frequenciesAreSeenFromLabels(Frequency.Step step, String one, String two) {
    assertThat(Frequency.of(List.of(one, two)).step()).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource({
    "MONTH, 2026-13",
    "QUARTER, 2026-Q5",
    "WEEK, 2025-W53",
    "DAY, 2025-02-30",
    "HOUR, 2025-02-03T24:00",
    "COUNT, seven",
    "YEAR, last"
  })
  void whatIsNoPeriodIsRefused(Frequency.Step step, String label) {
    assertThatThrownBy(() -> new Frequency(step, List.of()).number(label))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_VALUE))
        .hasMessageContaining(label)
        .hasMessageContaining("\nMaybe");
  }

  @Test
  void missingPeriodsBecomeNaN() {
    Table table =
        Table.builder(LONG, 4)
            .add("b", "2020-05", 5.0)
            .add("a", "2020-01", 1.0)
            .add("a", "2020-04", 4.0)
            .add("a", "2020-02", Double.NaN)
            .build();
    List<Series> all = SeriesTables.ofLong(table, "id", "period", "value", Optional.empty());
    assertThat(all).extracting(Series::id).containsExactly("b", "a");
    Series a = all.get(1);
    // The table's present is May, which a does not reach.
    assertThat(a.toArray()).containsExactly(1, Double.NaN, Double.NaN, 4, Double.NaN);
    assertThat(a.known()).isEqualTo(2);
    assertThat(a.silent()).isEqualTo(1);
    assertThat(a.missingMeansZero().toArray()).containsExactly(1, 0, 0, 4, 0);
    assertThat(a.label(3)).isEqualTo("2020-04");
    assertThat(a.first(1).toArray()).containsExactly(1);
  }

  private static Table months(int series, int months, String id, String stray) {
    TableBuilder table = Table.builder(LONG, series * months + 1);
    for (int s = 0; s < series; s++) {
      for (int m = 0; m < months; m++) {
        String label = Frequency.MONTHLY.label(Frequency.MONTHLY.number("2021-05") + m);
        boolean mistyped = id.equals("s" + s) && m == months / 2;
        table.add("s" + s, mistyped ? stray : label, 100.0 + m);
      }
    }
    return table.build();
  }

  @ParameterizedTest
  @CsvSource({
    "1,20,2202-03",
    "1,36,2202-03",
    "4,36,2202-03",
    "4,36,2032-03",
    "40,36,2025-04",
    "4,36,1202-03",
    "3,36,1921-05"
  })
  void aPeriodFarFromAllOthersIsNamedAndNoPresent(int count, int months, String stray) {
    Table table = months(count, months, "s0", stray);
    assertThatThrownBy(() -> SeriesTables.ofLong(table, "id", "period", "value", Optional.empty()))
        .hasMessageContaining("series s0")
        .hasMessageContaining("the period " + stray + " is far from all others")
        .hasMessageContaining("correct it");
    List<String> said = new ArrayList<>();
    List<Series> all =
        SeriesTables.ofLong(table, "id", "period", "value", Optional.empty(), said::add);
    assertThat(said)
        .hasSize(1)
        .allMatch(s -> s.contains("series s0") && s.contains(stray))
        .allMatch(s -> s.contains("go from 2021-05 to 202"));
    assertThat(all).allMatch(s -> s.silent() == 0 && s.length() == months);
    assertThat(all.get(0).known()).isEqualTo(months - 1);
  }

  @Test
  void twoStrayPeriodsAndDaysAreNamedToo() {
    TableBuilder table = Table.builder(LONG, 120);
    LocalDate first = LocalDate.of(2024, 1, 1);
    for (int d = 0; d < 120; d++) {
      table.add("a", first.plusDays(d == 50 ? 30_000 : d == 70 ? 70_000 : d).toString(), 1.0);
    }
    table.add("a", first.plusDays(120).toString(), Double.NaN);
    table.add("a", "2300-01-01", Double.NaN);
    List<String> said = new ArrayList<>();
    List<Series> all =
        SeriesTables.ofLong(table.build(), "id", "period", "value", Optional.empty(), said::add);
    assertThat(said).hasSize(2).allMatch(s -> s.contains("go from 2024-01-01 to 2024-04-29"));
    assertThat(all.get(0).length()).isEqualTo(120);
  }

  @Test
  void whatGoesOnAloneIsNoStray() {
    List<String> said = new ArrayList<>();
    // Resumed after half a year; a series of its own years later; a ledger with long silences.
    for (String last : List.of("2024-11", "2024-05")) {
      Table table = months(1, 36, "s0", last);
      SeriesTables.ofLong(table, "id", "period", "value", Optional.empty(), said::add);
    }
    TableBuilder ledger = Table.builder(LONG, 40);
    for (String month : List.of("2015-01", "2015-02", "2016-07", "2019-03", "2019-04", "2023-09")) {
      ledger.add("a", month, 1.0).add("b", month, 2.0);
    }
    ledger.add("a", "2025-12", 1.0);
    Optional<Frequency> monthly = Optional.of(Frequency.MONTHLY);
    SeriesTables.ofLong(ledger.build(), "id", "period", "value", monthly, said::add);
    assertThat(said).isEmpty();
  }

  @Test
  void aRowOfAWideTableFarFromAllOthersIsLeftOut() {
    Schema columns = Schema.of(Column.category("month"), Column.number("a"), Column.number("b"));
    TableBuilder table = Table.builder(columns, 24);
    for (int m = 0; m < 24; m++) {
      String label = Frequency.MONTHLY.label(Frequency.MONTHLY.number("2021-05") + m);
      table.add(m == 10 ? "2202-03" : label, 1.0 * m, 2.0 * m);
    }
    List<String> said = new ArrayList<>();
    List<Series> all = SeriesTables.ofColumns(table.build(), Optional.empty(), said::add);
    assertThat(said).hasSize(2).allMatch(s -> s.contains("2202-03"));
    assertThat(all).allMatch(s -> s.length() == 24 && s.silent() == 0);
  }

  @Test
  void repeatedPeriodsAreNamedAllAtOnce() {
    Table table =
        Table.builder(LONG, 4)
            .add("a", "2020-01", 1.0)
            .add("a", "2020-01", 2.0)
            .add("b", "2020-03", 1.0)
            .add("b", "2020-03", 1.0)
            .build();
    assertThatThrownBy(() -> SeriesTables.ofLong(table, "id", "period", "value", Optional.empty()))
        .hasMessageContaining("series a")
        .hasMessageContaining("series b")
        .hasMessageContaining("2020-03");
  }

  @Test
  void aSlipAmongPeriodsIsNamedWithItsRow() {
    Table table =
        Table.builder(LONG, 4)
            .add("a", "2020-01", 1.0)
            .add("a", "2020-02", 2.0)
            .add("b", "2020-13", 3.0)
            .add("b", "2020-02", 4.0)
            .build();
    assertThatThrownBy(() -> SeriesTables.ofLong(table, "id", "period", "value", Optional.empty()))
        .hasMessageContaining("row 3, series b")
        .hasMessageContaining("\"2020-13\" is no month")
        .hasMessageContaining("Maybe");
    Schema rows =
        Schema.of(
            Column.category("series"),
            Column.number("2020-01", Unit.NONE),
            Column.number("2020-02", Unit.NONE),
            Column.number("2020-3O", Unit.NONE));
    Table wide = Table.builder(rows, 1).add("T1", 0.0, 2.0, 3.0).build();
    assertThatThrownBy(() -> SeriesTables.ofRows(wide, Optional.empty()))
        .hasMessageContaining("series T1")
        .hasMessageContaining("\"2020-3O\" is no month");
  }

  @Test
  void wideTablesAreReadBothWays() {
    Schema columns =
        Schema.of(
            Column.category("Quarter"),
            Column.number("Beer", Unit.NONE),
            Column.number("Gas", Unit.NONE));
    Table table =
        Table.builder(columns, 2)
            .add("1956-01", 284.0, 5.0)
            .add("1956-04", 213.0, Double.NaN)
            .build();
    List<Series> all = SeriesTables.ofColumns(table, Optional.empty());
    assertThat(all.get(0).frequency()).isEqualTo(Frequency.QUARTERLY);
    assertThat(all.get(0).toArray()).containsExactly(284, 213);
    assertThat(all.get(1).toArray()).containsExactly(5, Double.NaN);
    Schema rows =
        Schema.of(
            Column.category("series"),
            Column.number("2020-01", Unit.NONE),
            Column.number("2020-02", Unit.NONE));
    Table wide = Table.builder(rows, 1).add("T1", 0.0, 2.0).build();
    assertThat(SeriesTables.ofRows(wide, Optional.empty()).get(0).toArray()).containsExactly(0, 2);
  }

  @Test
  void wrongTablesSayWhatTheyHave() {
    Table table = Table.builder(LONG, 1).add("a", "soon", 1.0).build();
    assertThatThrownBy(() -> SeriesTables.ofLong(table, "id", "period", "value", Optional.empty()))
        .hasMessageContaining("soon");
    assertThatThrownBy(() -> SeriesTables.ofLong(table, "id", "when", "value", Optional.empty()))
        .hasMessageContaining("when")
        .hasMessageContaining("period");
    assertThatThrownBy(
            () -> SeriesTables.ofLong(table, "period", "id", "id", Optional.of(Frequency.MONTHLY)))
        .hasMessageContaining("is no number");
    assertThatThrownBy(
            () -> Series.of("x", Frequency.MONTHLY, "2020-01", 1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("2020-02");
  }
}
