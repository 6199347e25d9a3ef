package io.millwright.cli.quality;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import picocli.CommandLine;

/** The area quality. */
public final class QualityCommands {

  private QualityCommands() {}

  /**
   * Adds the area, and the short forms of its commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    line.addSubcommand(
        Group.of(
                "quality",
                "Defects on images, control charts, gauge studies, acceptance sampling, causes and"
                    + " advice.")
            .addSubcommand(inspect(desk, options))
            .addSubcommand("spc", new QualitySpc(desk, options))
            .addSubcommand("gauge", new QualityGauge(desk, options))
            .addSubcommand("sampling", new QualitySampling(desk, options))
            .addSubcommand(
                Group.of("detect", "Where labelled defects are, from boxes and masks.")
                    .addSubcommand("train", new DetectTrain(desk, options))
                    .addSubcommand("predict", new DetectPredict(desk, options)))
            .addSubcommand(
                Group.of("compare", "How parts differ from a golden template.")
                    .addSubcommand("train", new CompareTrain(desk, options))
                    .addSubcommand("predict", new ComparePredict(desk, options)))
            .addSubcommand("anomaly", new QualityAnomaly(desk, options))
            .addSubcommand("causes", new QualityCauses(desk, options))
            .addSubcommand("advise", new QualityAdvise(desk, options))
            .addSubcommand("texts", new QualityTextsCommand(desk, options)));
    Group.alias(line, "inspect", inspect(desk, options));
    Group.alias(line, "chart", new QualitySpc(desk, options));
  }

  private static CommandLine inspect(Desk desk, HostOptions options) {
    return Group.of("inspect", "Defects seen on images of parts.")
        .addSubcommand("train", new InspectTrain(desk, options))
        .addSubcommand("predict", new InspectPredict(desk, options))
        .addSubcommand("watch", new InspectWatch(desk, options));
  }
}
