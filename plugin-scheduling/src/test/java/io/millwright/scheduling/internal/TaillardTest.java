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
import io.millwright.scheduling.internal.model.Timetable;
import io.millwright.scheduling.internal.search.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Shops drawn anew by the generator and the seeds of Taillard, "Benchmarks for basic scheduling
 * problems" (European Journal of Operational Research 64, 1993), whose optima are published, so
 * that the search is held by them without any data folder.
 */
class TaillardTest {

  /** The generator of Bratley, Fox and Schrage (1983), by Schrage's division. */
  private static final class Draws {
    private long state;

    Draws(long seed) {
      state = seed;
    }

    /** Of {@code low} to {@code high}, both included. */
    int next(int low, int high) {
      long k = state / 127_773;
      state = 16_807 * (state % 127_773) - k * 2_836;
      state += state < 0 ? 2_147_483_647 : 0;
      return low + (int) (state / 2_147_483_647.0 * (high - low + 1));
    }
  }

  /** Processing times are drawn machine after machine. */
  private static String flowShop(int jobs, int machines, long seed) {
    int[][] times = new int[jobs][machines];
    Draws draws = new Draws(seed);
    for (int m = 0; m < machines; m++) {
      for (int j = 0; j < jobs; j++) {
        times[j][m] = draws.next(1, 99);
      }
    }
    StringBuilder text = new StringBuilder(jobs + " " + machines + "\n");
    for (int[] job : times) {
      for (int m = 0; m < machines; m++) {
        text.append(m).append(' ').append(job[m]).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Times job after job; then each job's machines are shuffled by exchanges from the first on. */
  private static String jobShop(int jobs, int machines, long timeSeed, long machineSeed) {
    Draws times = new Draws(timeSeed);
    Draws orders = new Draws(machineSeed);
    StringBuilder text = new StringBuilder(jobs + " " + machines + "\n");
    for (int j = 0; j < jobs; j++) {
      int[] machine = new int[machines];
      for (int m = 0; m < machines; m++) {
        machine[m] = m;
      }
      for (int m = 0; m < machines; m++) {
        int other = orders.next(m, machines - 1);
        int swap = machine[m];
        machine[m] = machine[other];
        machine[other] = swap;
      }
      for (int m = 0; m < machines; m++) {
        text.append(machine[m]).append(' ').append(times.next(1, 99)).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String text(String name, long first, long second) {
    return name.startsWith("ta0") && second == 0
        ? flowShop(name.equals("ta031") ? 50 : 20, 5, first)
        : jobShop(15, 15, first, second);
  }

  @ParameterizedTest
  @CsvSource({
    // name, format, seeds, optimum, iterations, percent
    "ta001, FLOW_SHOP, 873654221, 0, 1278, 300, 0.5",
    "ta031, FLOW_SHOP, 1328042058, 0, 2724, 100, 0.5",
    "ta01, JOB_SHOP, 840612802, 398197754, 1231, 300000, 1.5"
  })
  void fewIterationsComeNearTheOptimum(
      String name,
      Format format,
      long first,
      long second,
      double optimum,
      long iterations,
      double within) {
    Shop shop = ShopFiles.parse(name, text(name, first, second), format).checked();
    Search search =
        new Search(
            shop,
            List.of(Objectives.makespan()),
            Budget.iterations(iterations).untilTarget(optimum),
            1,
            2,
            Runnable::run,
            null);
    var plan = search.run(() -> false, p -> {});
    Floor floor = search.floor();
    Schedule schedule =
        new Timetable(floor, new Goal(List.of(Objectives.makespan()), floor)).schedule(plan);
    assertThat(ScheduleChecker.check(shop, schedule)).isEmpty();
    assertThat(100 * (schedule.makespan() / optimum - 1)).isBetween(0.0, within);
  }

  @Test
  void theGeneratorGivesThePublishedInstances() throws IOException {
    // The first times of ta001, as printed everywhere.
    assertThat(flowShop(20, 5, 873654221).split("\\s+"))
        .startsWith("20", "5", "0", "54", "1", "79");
    String data = System.getenv("MILLWRIGHT_DATA");
    assumeTrue(data != null, "MILLWRIGHT_DATA is not set");
    for (String[] row :
        new String[][] {
          {"flowshop", "ta001", "873654221", "0"},
          {"flowshop", "ta031", "1328042058", "0"},
          {"jobshop", "ta01", "840612802", "398197754"}
        }) {
      Path file = Path.of(data, row[0], "instances", row[1] + ".txt");
      assumeTrue(Files.isRegularFile(file), file + " is not there");
      assertThat(text(row[1], Long.parseLong(row[2]), Long.parseLong(row[3])).strip().split("\\s+"))
          .as(row[1])
          .isEqualTo(Files.readString(file).strip().split("\\s+"));
    }
  }
}
