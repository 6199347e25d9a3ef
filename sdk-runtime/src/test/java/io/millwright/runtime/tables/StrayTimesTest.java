package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.ReadTable;
import io.millwright.api.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates far from all others, and dates that stand for none. */
class StrayTimesTest {

  @TempDir Path folder;

  private ReadTable read(int rows, IntFunction<String> cell) throws IOException {
    StringBuilder csv = new StringBuilder("when,x\n");
    for (int i = 0; i < rows; i++) {
      csv.append(cell.apply(i)).append(',').append(i % 7).append(".5\n");
    }
    Path file = Files.writeString(folder.resolve("t.csv"), csv);
    return Tables.reader().read(file, CsvFormat.guessed());
  }

  private static String day(int days) {
    return LocalDate.of(2022, 1, 1).plusDays(days).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2202-03-04", "2032-03-04", "1902-03-04", "2202-03-04 12:00"})
  void aMistypedYearIsNamedWithItsLine(String stray) throws IOException {
    for (int rows : new int[] {40, 1000}) {
      String hour = stray.length() > 10 ? " 08:00" : "";
      ReadTable read = read(rows, i -> i == 17 ? stray : day(i) + hour);
      assertThat(read.report().remarks())
          .hasSize(1)
          .allMatch(r -> r.contains("\"" + stray + "\" in line 19 is far from all other dates"))
          .allMatch(r -> r.contains("2022-01-01 to " + day(rows - 1)));
      assertThat(read.table().labels("when").get(17)).startsWith(stray.substring(0, 10));
    }
  }

  @Test
  void theBeginningOfAClockIsNamedHoweverOften() throws IOException {
    ReadTable read = read(200, i -> i % 5 == 2 ? "1970-01-01" : day(i));
    assertThat(read.report().remarks())
        .hasSize(1)
        .allMatch(r -> r.contains("\"1970-01-01\" in line 4 and 39 more"));
  }

  @Test
  void datesThatRunOrAreSpreadAreLeftAlone() throws IOException {
    for (long key = 0; key < 20; key++) {
      Random random = new Random(key);
      assertThat(read(100, i -> day(random.nextInt(3650))).report().remarks()).isEmpty();
      assertThat(read(100, i -> day((int) Math.exp(9 * random.nextDouble()))).report().remarks())
          .isEmpty();
      assertThat(read(100, i -> day(i / 50 * 2000 + i)).report().remarks()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999-12-31", "0001-01-01", "0000-00-00", "9999-12-31T23:59:59"})
  void datesThatStandForNoneAreMissing(String none) throws IOException {
    String hour = none.length() > 10 ? "T08:00:00" : "";
    ReadTable read = read(60, i -> i % 2 == 1 ? none : day(i) + hour);
    assertThat(read.table().time(1, 0)).isEqualTo(Table.NO_TIME);
    assertThat(read.table().time(2, 0)).isNotEqualTo(Table.NO_TIME);
    assertThat(read.report().remarks())
        .containsExactly(
            "`when` read as time, 30 of 60 cells are \"" + none + "\", taken for missing");
  }
}
