package io.millwright.cli.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.api.data.Series;
import io.millwright.cli.fake.FakeMillwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemandSourceTest {
  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();

  private List<Series> series(DemandSource source, String csv) throws IOException {
    source.csv = Files.writeString(folder.resolve("d.csv"), csv);
    try (FakeMillwright host = new FakeMillwright(w -> {}, new ArrayList<>(), new ArrayList<>())) {
      return source.series(host, said::add);
    }
  }

  @Test
  void rowsNeedNoNameOfTheColumnOfIds() throws IOException {
    DemandSource source = new DemandSource();
    source.layout = DemandSource.Layout.rows;
    String csv = "article,202401,202402,202403,202404\n007,1,2,3,4\n7,5,6,7,8\n";
    assertThat(series(source, csv)).extracting(Series::id).containsExactly("007", "7");
    assertThat(series(new DemandSource(), csv)).extracting(Series::id).containsExactly("007", "7");
  }

  @Test
  void aDateOnAnotherDayThanThoseOfTheOtherMonthsIsNamed() throws IOException {
    DemandSource source = new DemandSource();
    source.id = "article";
    source.period = "day";
    source.value = "pieces";
    StringBuilder csv = new StringBuilder("article,day,pieces\n");
    for (int m = 0; m < 24; m++) {
      csv.append(
          String.format(
              Locale.ROOT, "a,%d-%02d-%02d,5\n", 2024 + m / 12, m % 12 + 1, m == 7 ? 2 : 1));
    }
    assertThat(series(source, csv.toString())).hasSize(1);
    assertThat(said).anyMatch(s -> s.contains("2024-08-02") && s.contains("taken for 2024-08"));
    said.clear();
    StringBuilder ends = new StringBuilder("article,day,pieces\n");
    for (int m = 0; m < 48; m++) {
      ends.append("a,")
          .append(LocalDate.of(2020, 1, 1).plusMonths(m + 1).minusDays(1))
          .append(",5\n");
    }
    assertThat(series(source, ends.toString())).hasSize(1);
    assertThat(said).isEmpty();
    assertThat(source.quantity()).isEqualTo("pieces");
  }

  private static DemandSource longSource() {
    DemandSource source = new DemandSource();
    source.id = "article";
    source.period = "month";
    source.value = "pieces";
    return source;
  }

  private static String monthly(String[] ids, int months, Function<LocalDate, String> label) {
    StringBuilder csv = new StringBuilder("article;month;pieces\n");
    for (String id : ids) {
      for (int m = 0; m < months; m++) {
        csv.append(id).append(';').append(label.apply(LocalDate.of(2024, 1, 1).plusMonths(m)));
        csv.append(';').append(100 + m % 7).append('\n');
      }
    }
    return csv.toString();
  }

  @Test
  void aStrayYearIsSaidAndSetsNoPresent() throws IOException {
    String csv = monthly(new String[] {"a", "b"}, 24, LocalDate::toString);
    List<Series> all = series(longSource(), csv.replaceFirst("2025-03-01", "2205-03-01"));
    assertThat(all).allMatch(s -> s.silent() == 0 && s.length() == 24);
    assertThat(said).anyMatch(s -> s.contains("series a") && s.contains("2205-03"));
  }

  @Test
  void aMonthBelowZeroIsNamed() throws IOException {
    String csv = monthly(new String[] {"a", "b"}, 24, LocalDate::toString);
    series(longSource(), csv.replaceFirst("2025-03-01;100", "2025-03-01;-5"));
    assertThat(said).anyMatch(s -> s.contains("series a is below zero in 2025-03 (-5)"));
  }

  @Test
  void aMonthThatIsNotOverIsNamed() throws IOException {
    String csv = monthly(new String[] {"a", "b"}, 24, LocalDate::toString);
    series(longSource(), csv);
    assertThat(said).isEmpty();
    series(longSource(), csv + "a;2026-01-01;3\nb;2026-01-01;1\n");
    assertThat(said).anyMatch(s -> s.contains("2026-01 may not be over yet: it has 4.000 in all"));
  }

  @Test
  void headingsThatAreNoPeriodsAreNamed() throws IOException {
    assertThatThrownBy(
            () -> series(new DemandSource(), "id,group,2024-01,2024-02,2024-03\na,x,1,2,3\n"))
        .hasMessageContaining("3 headings are periods")
        .hasMessageContaining("\"group\"");
    assertThatThrownBy(() -> series(new DemandSource(), "id,01/02/2024,01/03/2024\na,1,2\n"))
        .hasMessageContaining("01/02/2024")
        .hasMessageContaining("the day or the month stands first");
    series(new DemandSource(), "month,a,b,Total\n2024-01,1,2,3\n2024-02,1,2,3\n2024-03,1,2,3\n");
    assertThat(said).anyMatch(s -> s.contains("\"Total\" looks like a sum"));
  }

  @Test
  void shortYearsNamesOfMonthsAndSecondsAreMonths() throws IOException {
    for (String pattern : List.of("dd.MM.yy", "d-MMM-yy", "d MMM yyyy", "MMM-yy", "epoch")) {
      DateTimeFormatter of =
          DateTimeFormatter.ofPattern(pattern.equals("epoch") ? "yy" : pattern, Locale.ENGLISH);
      String csv =
          monthly(
              new String[] {"a"},
              24,
              d ->
                  pattern.equals("epoch")
                      ? Long.toString(d.atStartOfDay().toEpochSecond(ZoneOffset.UTC))
                      : d.format(of));
      List<Series> all = series(longSource(), csv);
      assertThat(all.get(0).length()).as(pattern).isEqualTo(24);
      assertThat(all.get(0).label(13)).as(pattern).isEqualTo("2025-02");
      assertThat(said.toString().contains("`month` taken for seconds since 1970"))
          .isEqualTo(pattern.equals("epoch"));
      said.clear();
    }
    String csv =
        monthly(new String[] {"a"}, 24, d -> d.format(DateTimeFormatter.ofPattern("MM/dd/yy")));
    assertThatThrownBy(() -> series(longSource(), csv)).hasMessageContaining("--dates '");
    DemandSource stated =
        CommandLine.populateCommand(
            new DemandSource(),
            "--id=article",
            "--period=month",
            "--value=pieces",
            "--dates=MM/dd/yy");
    assertThat(series(stated, csv).get(0).label(13)).isEqualTo("2025-02");
  }

  @Test
  void periodsInDigitsAreLabels() throws IOException {
    StringBuilder days = new StringBuilder("article,month,pieces\n");
    StringBuilder months = new StringBuilder("article,month,pieces\n");
    for (int m = 0; m < 24; m++) {
      int year = 2024 + m / 12;
      int month = m % 12 + 1;
      days.append(String.format(Locale.ROOT, "a,%d%02d01,5%n", year, month));
      months.append(String.format(Locale.ROOT, "a,%d%02d,5%n", year, month));
    }
    for (StringBuilder csv : List.of(days, months)) {
      List<Series> all = series(longSource(), csv.toString());
      assertThat(all).hasSize(1);
      assertThat(all.get(0).values()).hasSize(24);
      assertThat(all.get(0).frequency().label(all.get(0).start())).isEqualTo("2024-01");
    }
    assertThat(said).isEmpty();
  }

  @Test
  void namesThatDifferOnlyInHowTheyAreWrittenAreSaid() throws IOException {
    StringBuilder csv = new StringBuilder("article,month,pieces\n");
    for (String name : List.of("M\u00fcller", "Mu\u0308ller", "A1", "a1", "B2")) {
      for (int m = 1; m < 7; m++) {
        csv.append(name).append(",2024-0").append(m).append(",5\n");
      }
    }
    csv.append("合计,2024-05,25\n合计,2024-06,25\n");
    assertThat(series(longSource(), csv.toString())).hasSize(6);
    assertThat(said)
        .hasSize(3)
        .anyMatch(s -> s.contains("合计") && s.contains("leave its rows out"))
        .anyMatch(s -> s.contains("\"A1\" (2 characters) and \"a1\" (2 characters)"))
        .anyMatch(s -> s.contains("ller\" (6 characters)") && s.contains("(7 characters)"));
    said.clear();
    series(longSource(), "article,month,pieces\na,2024-01,1\na,2024-02,2\nb,2024-01,3\n");
    assertThat(said).isEmpty();
  }

  @Test
  void headingsThatAreNotFoundAreAskedForWithTheirOptions() {
    String dated = "产品,月份,数量\na,2024-01,5\na,2024-02,6\nb,2024-01,7\nb,2024-02,8\n";
    assertThatThrownBy(() -> series(new DemandSource(), dated))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("--id \"产品\" --period \"月份\" --value \"数量\"");
    String counted = "when,what,much\n202401,a,5\n202402,a,6\n202401,b,7\n";
    assertThatThrownBy(() -> series(new DemandSource(), counted))
        .hasMessageContaining("--id \"what\" --period \"when\" --value \"much\"");
  }
}
