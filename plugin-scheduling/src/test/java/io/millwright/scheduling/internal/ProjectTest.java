package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopFiles;
import io.millwright.scheduling.ShopFiles.Format;
import io.millwright.scheduling.internal.model.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects with scarce resources: precedence and pools alone. */
class ProjectTest {

  /** Two activities of three fit beside each other, whichever; the second has a successor. */
  private static final String SMALL =
      """
      6 1
      4
      0 0 3 2 3
        4
      5 2 1 6
      4 2 1 5
      6 2 1 6
      2 3 1 6
      0 0 0
      """;

  @Test
  void readsAndPlansASmallOne() {
    Shop shop = ShopFiles.parse("small", SMALL, Format.PROJECT);
    assertThat(shop.findings()).isEmpty();
    assertThat(shop.operationCount()).isEqualTo(6);
    Schedule plan = Small.plan(shop, Objectives.makespan());
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    assertThat((double) plan.makespan()).isEqualTo(Small.least(shop, Objectives.makespan()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "2 1 4 1 1 0",
        "1 1 4 3 5 0",
        "1 1 4 3 x 0",
        "1 1 4 -3 1 0",
        "1 1 4 3 1 1 2",
        "1 1 4 3 1 0 9",
        "1 1 4 3 1 99999999999"
      })
  void saysTheLineOfWhatIsWrong(String text) {
    assertThatThrownBy(() -> ShopFiles.parse("odd", text, Format.PROJECT))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("odd, line 1")
        .hasMessageContaining("Maybe");
  }

  /** Every list's schedule keeps pools and precedence, justified or not, and never gets longer. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void drawnProjectsArePlannedAsWellAsByEnumeration(long seed) {
    Draws draws = Draws.of(seed, 0);
    StringBuilder text = new StringBuilder("6 2 3 2\n");
    for (int i = 0; i < 6; i++) {
      text.append(draws.below(6)).append(' ').append(draws.below(4)).append(' ');
      text.append(draws.below(3)).append(' ');
      int behind = i + 2 + draws.below(3);
      text.append(behind <= 6 ? "1 " + behind : "0").append('\n');
    }
    Shop shop = ShopFiles.parse("drawn", text.toString(), Format.PROJECT);
    Schedule plan = Small.plan(shop, Objectives.makespan());
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
    assertThat((double) plan.makespan()).isEqualTo(Small.least(shop, Objectives.makespan()));
  }

  @Test
  void aCycleIsFoundWithTheShop() {
    Shop shop = ShopFiles.parse("round", "2 0 3 1 2 3 1 1", Format.PROJECT);
    assertThat(shop.findings()).isNotEmpty();
  }

  @Test
  void plansPublishedProjectsNearTheirOptima() throws IOException {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set, so the public projects are not tried");
    Path folder = Path.of(String.valueOf(data)).resolve("rcpsp");
    assumeTrue(Files.isDirectory(folder), folder + " is not there");
    Map<String, Integer> optimum = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("bounds.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals("j30")) {
        optimum.put(cells[1], Integer.parseInt(cells[3]));
      }
    }
    double sum = 0;
    List<String> names = List.of("j30_1_1", "j30_5_2", "j30_13_3", "j30_25_4", "j30_41_5");
    for (String name : names) {
      Shop shop = ShopFiles.read(folder.resolve("j30").resolve(name + ".rcp"));
      Schedule plan = Small.plan(shop, Objectives.makespan());
      assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
      int least = optimum.get(name);
      assertThat(plan.makespan()).isGreaterThanOrEqualTo(least);
      sum += (plan.makespan() - least) / (double) least;
    }
    assertThat(sum / names.size()).isLessThan(0.03);
  }
}
