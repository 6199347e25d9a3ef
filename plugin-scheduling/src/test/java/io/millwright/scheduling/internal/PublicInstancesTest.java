package io.millwright.scheduling.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.api.Budget;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopFiles;
import io.millwright.scheduling.ShopFiles.Format;
import io.millwright.scheduling.internal.model.Floor;
import io.millwright.scheduling.internal.model.Goal;
import io.millwright.scheduling.internal.model.Plan;
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public instances, where they lie beside the project. */
class PublicInstancesTest {

  private static Path folder(String name) {
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set, so the public instances are not tried");
    Path folder = Path.of(String.valueOf(data)).resolve(name).resolve("instances");
    assumeTrue(Files.isDirectory(folder), folder + " is not there");
    return folder;
  }

  @ParameterizedTest
  @CsvSource({
    "jobshop, JOB_SHOP, 116",
    "flexible-jobshop, FLEXIBLE_JOB_SHOP, 34",
    "flowshop, FLOW_SHOP, 60"
  })
  void everyInstanceReadsAsAValidShop(String name, Format format, int count) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder(name))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(count);
    for (Path file : files) {
      if (Files.size(file) < 300_000) {
        assertThat(ShopFiles.read(file, format).findings()).as("%s", file).isEmpty();
      }
    }
  }

  private static double gap(
      String name, String file, Format format, double known, long iterations) {
    Shop shop = ShopFiles.read(folder(name).resolve(file), format).checked();
    Search search =
        new Search(
            shop,
            List.of(Objectives.makespan()),
            Budget.iterations(iterations).untilTarget(known),
            1,
            2,
            Runnable::run,
            null);
    Plan plan = search.run(() -> false, p -> {});
    Floor floor = search.floor();
    Schedule schedule =
        new Timetable(floor, new Goal(List.of(Objectives.makespan()), floor)).schedule(plan);
    assertThat(ScheduleChecker.check(shop, schedule)).isEmpty();
    return 100 * (schedule.makespan() / known - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "jobshop, la21.txt, JOB_SHOP, 1046, 300000, 1.5",
    "jobshop, ta01.txt, JOB_SHOP, 1231, 300000, 1.5",
    "flexible-jobshop, mk01.txt, FLEXIBLE_JOB_SHOP, 40, 40000, 2.6",
    "flexible-jobshop, mk08.txt, FLEXIBLE_JOB_SHOP, 523, 40000, 0.1",
    "flowshop, ta001.txt, FLOW_SHOP, 1278, 300, 0.5",
    "flowshop, ta031.txt, FLOW_SHOP, 2724, 100, 0.5"
  })
  void fewIterationsComeNearTheBestKnown(
      String name, String file, Format format, double known, long iterations, double within) {
    assertThat(gap(name, file, format, known, iterations)).isBetween(0.0, within);
  }

  @Test
  @Tag("thorough")
  void largeReentrantShopsArePlanned() {
    assertThat(gap("jobshop", "dct-short-1000-100000-2.txt", Format.JOB_SHOP, 600_000, 2_000))
        .isBetween(0.0, 25.0);
  }
}
