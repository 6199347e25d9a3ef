package io.millwright.cli.maintenance;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import picocli.CommandLine;

/** The area maintenance. */
public final class MaintenanceCommands {

  private MaintenanceCommands() {}

  /**
   * Adds the area, and the short forms of its commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    line.addSubcommand(
        Group.of("maintenance", "Remaining life, failure risk, health, reliability and policies.")
            .addSubcommand(life("life", desk, options))
            .addSubcommand(failure(desk, options))
            .addSubcommand("health", new HealthCommand(desk, options))
            .addSubcommand("diagnose", new DiagnoseCommand(desk, options))
            .addSubcommand("sensors", new SensorsCommand(desk, options))
            .addSubcommand("state", new StateCommand(desk, options))
            .addSubcommand("life-data", new MaintenanceLifeData(desk, options))
            .addSubcommand("fault-tree", new FaultTreeCommand(desk, options))
            .addSubcommand("notes", new NotesCommand(desk, options))
            .addSubcommand("policy", new PolicyCommand(desk, options)));
    Group.alias(line, "rul", life("rul", desk, options));
    Group.alias(line, "failure", failure(desk, options));
  }

  private static CommandLine life(String name, Desk desk, HostOptions options) {
    return Group.of(name, "Remaining useful life of units, from the histories of their readings.")
        .addSubcommand("train", new RulTrain(desk, options))
        .addSubcommand("predict", new RulPredict(desk, options))
        .addSubcommand("evaluate", new RulEvaluate(desk, options));
  }

  private static CommandLine failure(Desk desk, HostOptions options) {
    return Group.of("failure", "The risk that a machine fails soon, from rows of readings.")
        .addSubcommand("train", new FailureTrain(desk, options))
        .addSubcommand("predict", new FailurePredict(desk, options))
        .addSubcommand("evaluate", new FailureEvaluate(desk, options));
  }
}
