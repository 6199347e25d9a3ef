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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarSequencingTest {

  /** Ten cars of six classes with five options: the example in CSPLib's description. */
  private static final String EXAMPLE =
      """
      % ten cars
      10 5 6
      1 2 1 2 1
      2 3 3 5 5
      0 1 1 0 1 1 0
      1 1 0 0 0 1 0
      2 2 0 1 0 0 1
      3 2 0 1 0 1 0
      4 2 1 0 1 0 0
      5 2 1 1 0 0 0
      """;

  @TempDir Path folder;

  @Test
  void findsASequenceOfTheExample() throws IOException {
    Path file = Files.writeString(folder.resolve("example.txt"), EXAMPLE);
    assertThat(ShopFiles.guess(file)).isEqualTo(Format.CAR_SEQUENCING);
    Shop shop = ShopFiles.read(file);
    assertThat(shop.operationCount()).isEqualTo(10);
    Schedule plan = Small.plan(shop.checked(), Objectives.makespan());
    assertThat(plan.makespan()).isEqualTo(10);
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2 1",
        "2 1 1 1 1 0 2 1",
        "2 1 1 1 2 0 1 1",
        "2 1 1 1 2 0 3 1",
        "2 1 1 1 2 0 2 2",
        "2 1 1 1 2 0 2 1 7",
        "-2 1 1 1 2 0 2 1"
      })
  void saysTheLineOfWhatIsWrong(String text) {
    assertThatThrownBy(() -> ShopFiles.parse("odd", text, Format.CAR_SEQUENCING))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("odd, line 1")
        .hasMessageContaining("Maybe");
  }

  @Test
  void sequencesAPublishedLine() {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set, so no public line is tried");
    Path file = Path.of(String.valueOf(data)).resolve("car-sequencing/easy/p10.txt");
    assumeTrue(Files.isRegularFile(file), file + " is not there");
    Shop shop = ShopFiles.read(file);
    assertThat(shop.operationCount()).isEqualTo(200);
    Schedule plan = Small.plan(shop, Objectives.makespan(), 30_000);
    assertThat(ScheduleChecker.check(shop, plan)).isEmpty();
  }
}
