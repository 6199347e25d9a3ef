package io.millwright.cli.quality;

import io.millwright.cli.kit.DeskCommand;
import io.millwright.quality.InspectionCosts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What decisions about parts cost, as options. */
final class CostOptions {

  @Option(
      names = "--good",
      paramLabel = "CLASS",
      description = "The class without defect, for --costs.")
  @Nullable String good;

  @Option(
      names = "--costs",
      paramLabel = "ESCAPE:FALSE[:REVIEW]",
      split = ":",
      description =
          "What a defect that passes and a good part rejected cost, and what a person's look"
              + " costs.")
  List<Double> costs = List.of();

  /**
   * The costs, or empty where none are given.
   *
   * @param command who asks
   * @param usual the good class where none is named, or null
   */
  Optional<InspectionCosts> costs(DeskCommand command, @Nullable String usual) {
    if (costs.isEmpty()) {
      return Optional.empty();
    }
    String fine = good == null ? usual : good;
    if (costs.size() < 2 || costs.size() > 3 || fine == null) {
      throw command.misused(
          "--costs takes two or three numbers, and --good the class without defect");
    }
    InspectionCosts paid = InspectionCosts.of(fine, costs.get(0), costs.get(1));
    return Optional.of(costs.size() == 2 ? paid : paid.review(costs.get(2)));
  }
}
