package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers that stand for a missing value: found by evidence, said, and never where there is none.
 */
class MissingCodesTest {

  private static final int ROWS = 200;

  @TempDir Path folder;

  /** What clean columns look like; none may be asked about, let alone changed. */
  private static final Map<String, Function<Random, String>> CLEAN =
      Map.ofEntries(
          Map.entry("temperature", r -> text(20 + 3 * r.nextGaussian())),
          Map.entry("frost", r -> text(-5 + 8 * r.nextGaussian())),
          Map.entry("whole", r -> "" + r.nextInt(120)),
          Map.entry("poisson", r -> "" + (int) (-3 * Math.log(r.nextDouble()))),
          Map.entry("lognormal", r -> text(Math.exp(4 + 2 * r.nextGaussian()))),
          Map.entry("pareto", r -> text(10 / Math.pow(r.nextDouble(), 1.2))),
          Map.entry("money", r -> text(Math.round(100 * Math.exp(7 * r.nextDouble())) / 100.0)),
          Map.entry("price", r -> (1 + r.nextInt(40)) + ".99"),
          Map.entry("saturated", r -> "" + Math.min(4095, (int) (3000 + 900 * r.nextGaussian()))),
          Map.entry("nines", r -> "" + Math.min(9999, (int) (8000 + 2000 * r.nextGaussian()))),
          Map.entry("percent", r -> text(Math.min(99, 90 + 8 * r.nextGaussian()))),
          Map.entry("codes", r -> "" + List.of(1, 2, 3, 7, 9).get(r.nextInt(5))),
          Map.entry("signs", r -> "" + (r.nextInt(3) - 1)),
          Map.entry("errors", r -> "" + List.of(0, 101, 404, 500, 999).get(r.nextInt(5))),
          Map.entry("zip", r -> "" + (10000 + r.nextInt(90000))),
          Map.entry("year", r -> "" + (1970 + r.nextInt(55))),
          Map.entry("walk", r -> text(1000 * r.nextGaussian())),
          Map.entry("setpoint", r -> r.nextInt(10) == 0 ? "999" : "" + (900 + r.nextInt(99))),
          Map.entry("flag", r -> "" + r.nextInt(2)),
          Map.entry("loss", r -> text(r.nextInt(20) == 0 ? -999 * r.nextDouble() : 50)),
          Map.entry("tiny", r -> text(1e-4 * r.nextDouble() - 1)));

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private ReadTable read(List<String> cells, CsvFormat format) throws IOException {
    StringBuilder csv = new StringBuilder("x,y\n");
    cells.forEach(c -> csv.append(c).append(",a\n"));
    return Tables.reader().read(Files.writeString(folder.resolve("t.csv"), csv), format);
  }

  private static List<String> cells(long key, Function<Random, String> of, String code, int every) {
    Random random = new Random(key);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String cell = of.apply(random);
      cells.add(every > 0 && i % every == 3 ? code : cell);
    }
    return cells;
  }

  @Test
  void cleanColumnsAreLeftAlone() throws IOException {
    for (Map.Entry<String, Function<Random, String>> kind : CLEAN.entrySet()) {
      for (long key = 1; key <= 20; key++) {
        ReadTable read = read(cells(key, kind.getValue(), "", 0), CsvFormat.guessed());
        assertThat(read.report().remarks()).as(kind.getKey() + " " + key).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-999,temperature",
    "-9999,temperature",
    "-999.0,temperature",
    "-999.25,frost",
    "9999,frost",
    "-99999,walk",
    "-9999,lognormal",
    "-999,poisson",
    "-999,flag",
    "-9999,money",
    "1e30,frost",
    "-999.99,percent",
    "9999.99,temperature",
    "-32768,frost",
    "65535,temperature",
    "-999,pareto",
    "-9999,year"
  })
  void aCodeIsTakenForMissingAndSaid(String code, String kind) throws IOException {
    for (int every : new int[] {5, 40}) {
      List<String> cells = cells(3, CLEAN.get(kind), code, every);
      ReadTable read = read(cells, CsvFormat.guessed());
      double[] values = read.table().numbers("x");
      for (int i = 0; i < ROWS; i++) {
        assertThat(Double.isNaN(values[i])).isEqualTo(i % every == 3);
      }
      assertThat(read.report().remarks())
          .anyMatch(
              r ->
                  r.contains("\"" + code + "\" in " + (ROWS / every) + " of 200 cells")
                      && r.contains("line 5")
                      && r.contains("taken for missing")
                      && r.contains("--type 'x=number'"));
      assertThat(read.report().columns().get(0).missing()).containsEntry(code, 1L * ROWS / every);
      // Who states numbers, means numbers.
      CsvFormat numbers = CsvFormat.builder().columns(ColumnType.NUMBER, "x").build();
      assertThat(read(cells, numbers).table().numbers("x")).doesNotContain(Double.NaN);
      Schema schema = Schema.of(Column.number("x"));
      Table asked =
          Tables.reader().read(folder.resolve("t.csv"), schema, CsvFormat.guessed()).table();
      assertThat(asked.numbers("x")).isEqualTo(values);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1,70,9", "999,20,4", "9999,whole,0", "99,3,1", "-1.0,300,20"})
  void whatMayBeAValueIsAskedFor(String code, String around, int spread) throws IOException {
    Function<Random, String> of =
        around.equals("whole")
            ? CLEAN.get("whole")
            : r -> text(Double.parseDouble(around) + spread * (r.nextDouble() - 0.5));
    ReadTable read = read(cells(4, of, code, 20), CsvFormat.guessed());
    assertThat(read.table().numbers("x")).contains(Double.parseDouble(code));
    assertThat(read.report().remarks())
        .anyMatch(
            r ->
                r.contains("\"" + code + "\" in 10 of 200 cells")
                    && r.contains("read as a number")
                    && r.contains("--missing=" + code));
    CsvFormat stated = CsvFormat.builder().missing(code).build();
    assertThat(Arrays.stream(read(cells(4, of, code, 20), stated).table().numbers("x")))
        .filteredOn(v -> v.isNaN())
        .hasSize(10);
  }

  @Test
  void aSingleOneIsAskedForAndUnitsAndCommasDoNotHideIt() throws IOException {
    List<String> alone = cells(5, CLEAN.get("temperature"), "", 0);
    alone.set(7, "-999");
    assertThat(read(alone, CsvFormat.guessed()).table().numbers("x")[7]).isNaN();
    List<String> one = cells(5, CLEAN.get("poisson"), "", 0);
    one.set(7, "-999");
    assertThat(read(one, CsvFormat.guessed()).report().remarks())
        .hasSize(1)
        .allMatch(r -> r.contains("\"-999\" in 1 of 200 cells, first in line 9"));
    List<String> commas =
        cells(6, CLEAN.get("temperature"), "-999,0", 20).stream()
            .map(c -> "\"" + c.replace('.', ',') + "\"")
            .toList();
    assertThat(read(commas, CsvFormat.guessed()).table().numbers("x")).contains(Double.NaN);
    List<String> units =
        cells(6, CLEAN.get("temperature"), "-999", 20).stream().map(c -> c + " °C").toList();
    assertThat(read(units, CsvFormat.guessed()).table().numbers("x")).contains(Double.NaN);
  }

  @Test
  void oneOddValueDoesNotHideACode() throws IOException {
    List<String> cells = cells(8, CLEAN.get("frost"), "9999", 20);
    cells.set(50, "5000");
    ReadTable read = read(cells, CsvFormat.guessed());
    assertThat(read.report().remarks()).anyMatch(r -> r.contains("\"9999\" in 10 of 200"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-999.0", "-999.00", "-999"})
  void aStatedCodeMatchesHoweverItIsWritten(String cell) throws IOException {
    CsvFormat stated = CsvFormat.builder().missing("-999").build();
    ReadTable read = read(List.of("1.5", cell, "2.5"), stated);
    assertThat(read.table().numbers("x")).containsExactly(1.5, Double.NaN, 2.5);
  }
}
