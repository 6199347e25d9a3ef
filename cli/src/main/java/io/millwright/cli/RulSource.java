package io.millwright.cli;

import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import io.millwright.samples.plant.PressFleet;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where histories come from: the simulated plant, or turbofan files. Filled by picocli. */
final class RulSource {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A folder of turbofan files as NASA published them, plain or gzip. Default: a simulated"
              + " press shop.")
  @Nullable Path data;

  @Option(
      names = "--subset",
      paramLabel = "NAME",
      split = ",",
      description = "Which of them, such as FD001,FD003. Default: all that are there, one by one.")
  List<String> subsets = List.of();

  @Option(
      names = "--plant",
      paramLabel = "N",
      description = "Which simulated plant. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long plant;

  /** Histories that belong together; nothing is read before it is asked for. */
  record Part(
      String title,
      String stem,
      boolean hasTest,
      Supplier<Fleet> train,
      Supplier<List<KnownLife>> test,
      Supplier<List<UnitHistory>> running) {}

  boolean simulated() {
    return data == null;
  }

  List<Part> parts() {
    if (data == null) {
      PressFleet fleet = PressFleet.standard(plant);
      return List.of(
          new Part(
              "a simulated press shop",
              "press-shop",
              true,
              fleet::train,
              fleet::test,
              () -> fleet.test().stream().map(KnownLife::history).toList()));
    }
    TurbofanFiles files = new TurbofanFiles(Objects.requireNonNull(data));
    List<String> chosen = subsets.isEmpty() ? files.subsets() : subsets;
    return chosen.stream()
        .map(
            subset ->
                new Part(
                    "turbofan engines, subset " + subset,
                    "turbofan-" + subset,
                    files.hasTest(subset),
                    () -> files.train(subset),
                    () -> files.test(subset),
                    () -> files.running(subset)))
        .toList();
  }
}
