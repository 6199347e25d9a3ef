package io.millwright.cli.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.fake.FakeMillwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir Path folder;

  private List<UnitHistory> units(String csv, @Nullable String time, String... running)
      throws IOException {
    HistoryOptions options = new HistoryOptions();
    options.csv = Files.writeString(folder.resolve("h.csv"), csv);
    options.unitColumn = "press";
    options.timeColumn = time;
    options.running = List.of(running);
    try (FakeMillwright host = new FakeMillwright(w -> {}, new ArrayList<>(), new ArrayList<>())) {
      return options.units(host.tables(), w -> {});
    }
  }

  @Test
  void rowsOfUnitsAreGatheredAndPutInTheOrderOfTheirTimes() throws IOException {
    List<UnitHistory> units =
        units("press,stroke,heat\n007,2,20\n7,1,5\n007,1,10\n007,10,30\n7,2,6\n", "stroke", "7");
    assertThat(units).extracting(UnitHistory::unit).containsExactly("007", "7");
    assertThat(units.get(0).readings().schema().names()).containsExactly("heat");
    assertThat(units.get(0).readings().numbers("heat")).containsExactly(10, 20, 30);
    assertThat(units)
        .extracting(UnitHistory::end)
        .containsExactly(UnitHistory.End.FAILED, UnitHistory.End.RUNNING);
  }

  @Test
  void timesMayBeDates() throws IOException {
    List<UnitHistory> units =
        units("press,day,heat\na,2026-02-01,2\na,2026-01-15,1\na,2026-03-01,3\n", "day");
    assertThat(units.get(0).readings().numbers("heat")).containsExactly(1, 2, 3);
  }

  @Test
  void withoutATimeColumnTheRowsAreInOrder() throws IOException {
    List<UnitHistory> units = units("press,heat\na,3\na,1\n", null);
    assertThat(units.get(0).readings().numbers("heat")).containsExactly(3, 1);
  }

  @Test
  void rowsThatAColumnNumbersInAnotherOrderAreRefusedWhereNoneOrdersThem() throws IOException {
    String mixed = "press,stroke,heat\na,2,5\na,1,4\na,3,7\nb,1,5\nb,2,6\nb,3,7\n";
    assertThatThrownBy(() -> units(mixed, null))
        .hasMessageContaining("unit a")
        .hasMessageContaining("--time-column stroke")
        .hasMessageContaining("--ignore stroke");
    assertThat(units(mixed, "stroke").get(0).readings().numbers("heat")).containsExactly(4, 5, 7);
    // One unit newest first, the other oldest first; and all newest first by their dates.
    assertThatThrownBy(
            () -> units("press,n,heat\na,3,5\na,2,4\na,1,7\nb,1,5\nb,2,6\nb,3,7\n", null))
        .hasMessageContaining("--time-column n");
    assertThatThrownBy(
            () -> units("press,day,heat\na,2026-03-01,5\na,2026-02-01,4\na,2026-01-01,7\n", null))
        .hasMessageContaining("--time-column day");
    // An allowance that runs down, and readings that go up and down.
    assertThat(units("press,left,heat\na,500,5\na,499,4\na,498,7\n", null)).hasSize(1);
    assertThat(units("press,heat\na,3.5\na,1\na,2\na,2.25\n", null)).hasSize(1);
  }

  /** Units of 12 to 19 cycles with a noisy reading and one column, as each row's cycle gives it. */
  private static String fleet(IntBinaryOperator column, boolean newestFirst, long seed) {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("press,n,heat\n");
    for (int u = 0; u < 6; u++) {
      int life = 12 + (u * 5 + 3) % 8;
      for (int i = 0; i < life; i++) {
        int cycle = newestFirst ? life - i : i + 1;
        csv.append("p" + u + "," + column.applyAsInt(cycle, life) + ",");
        csv.append(20 + cycle + random.nextGaussian()).append('\n');
      }
    }
    return csv.toString();
  }

  @Test
  void aFileThatIsNewestFirstIsRefusedAndReadByItsColumn() throws IOException {
    String backwards = fleet((cycle, life) -> cycle, true, 1);
    assertThatThrownBy(() -> units(backwards, null))
        .hasMessageContaining("backwards by \"n\", from 15 down to 1 for unit p0")
        .hasMessageContaining("--time-column n")
        .hasMessageContaining("--ignore n");
    double[] heat = units(backwards, "n").get(0).readings().numbers("heat");
    assertThat(heat[0]).isLessThan(heat[heat.length - 1] - 8);
    // Every second cycle, ends that differ, and one unit alone.
    String gaps = fleet((cycle, life) -> cycle * (cycle + 1) / 2, true, 2);
    assertThatThrownBy(() -> units(gaps, null)).hasMessageContaining("--time-column n");
    String clock = fleet((cycle, life) -> 1000 * life + 60 * cycle, true, 3);
    assertThatThrownBy(() -> units(clock, null)).hasMessageContaining("--time-column n");
    assertThatThrownBy(() -> units("press,n,heat\na,3,5\na,2,4\na,1,7\n", null))
        .hasMessageContaining("--time-column n");
    String left = fleet((cycle, life) -> life - cycle, false, 4);
    assertThatThrownBy(() -> units(left, null)).hasMessageContaining("--ignore n");
  }

  @Test
  void countersThatRiseAndAllowancesThatRunDownAreReadings() throws IOException {
    assertThat(units(fleet((cycle, life) -> cycle, false, 1), null)).hasSize(6);
    assertThat(units(fleet((cycle, life) -> 7000 + 3 * cycle, false, 2), null)).hasSize(6);
    assertThat(units(fleet((cycle, life) -> 500 - cycle, false, 3), null)).hasSize(6);
  }

  @Test
  void shuffledRowsAreRefused() throws IOException {
    List<String> lines = new ArrayList<>(fleet((cycle, life) -> cycle, true, 5).lines().toList());
    String header = lines.remove(0);
    Collections.shuffle(lines, new Random(6));
    String shuffled = header + "\n" + String.join("\n", lines);
    assertThatThrownBy(() -> units(shuffled, null)).hasMessageContaining("--time-column n");
    assertThat(units(shuffled, "n")).hasSize(6);
  }

  @Test
  void whatCannotBeAHistoryIsRefusedByItsPlace() {
    assertThatThrownBy(() -> units("press,stroke,heat\na,1,1\na,1,2\n", "stroke"))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("rows 1 and 2")
        .hasMessageContaining("twice")
        .hasMessageContaining("\nMaybe ");
    assertThatThrownBy(() -> units("press,stroke,heat\na,1,1\na,,2\n", "stroke"))
        .hasMessageContaining("row 2 has no stroke");
    assertThatThrownBy(() -> units("press,heat\na,1\n", "stroke"))
        .hasMessageContaining("no column \"stroke\"")
        .hasMessageContaining("--time-column");
    assertThatThrownBy(() -> units("press,heat\na,1\n", null, "b"))
        .hasMessageContaining("no unit [b]")
        .hasMessageContaining("Maybe one of [a]");
    assertThatThrownBy(() -> units("press,stroke\na,1\n", "stroke"))
        .hasMessageContaining("no readings");
    assertThatThrownBy(() -> units("press,heat\n", null)).isInstanceOf(MillwrightException.class);
  }
}
