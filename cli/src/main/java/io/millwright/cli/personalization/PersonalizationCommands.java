package io.millwright.cli.personalization;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import picocli.CommandLine;

/** The area personalisation. */
public final class PersonalizationCommands {

  private PersonalizationCommands() {}

  /**
   * Adds the area, and the short forms of its commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    line.addSubcommand(
        Group.of("personalization", "Recommendations, configurations, and effects of campaigns.")
            .addSubcommand("recommend", new RecommendCommand(desk, options))
            .addSubcommand("configure", new ConfigureCommand(desk, options))
            .addSubcommand("uplift", new UpliftCommand(desk, options)));
    Group.alias(line, "recommend", new RecommendCommand(desk, options));
    Group.alias(line, "configure", new ConfigureCommand(desk, options));
    Group.alias(line, "uplift", new UpliftCommand(desk, options));
  }
}
