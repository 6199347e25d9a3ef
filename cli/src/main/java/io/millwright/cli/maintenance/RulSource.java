package io.millwright.cli.maintenance;

import io.millwright.api.data.TableReader;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.KnownLife;
import io.millwright.samples.plant.PressFleet;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
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

  /** Histories of a file; with {@code --data} as well the command line is wrong. */
  List<Part> parts(HistoryOptions histories, TableReader reader, Consumer<String> say) {
    if (histories.csv == null) {
      return parts();
    }
    String name = histories.csv.getFileName().toString();
    Supplier<List<UnitHistory>> units = () -> histories.units(reader, say);
    return List.of(
        new Part(
            name,
            name.replaceFirst("\\.[^.]*$", ""),
            false,
            () -> new Fleet(units.get()),
            () ->
                units.get().stream().filter(RulSource::ended).map(RulSource::atTwoThirds).toList(),
            units));
  }

  private static boolean ended(UnitHistory unit) {
    return unit.end() == UnitHistory.End.FAILED && unit.length() > 1;
  }

  /** A unit whose end is known, asked at two thirds of its life. */
  static KnownLife atTwoThirds(UnitHistory unit) {
    int cut = Math.max(1, unit.length() * 2 / 3);
    return new KnownLife(unit.first(cut), unit.length() - cut);
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
