package io.millwright.cli.scheduling;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import picocli.CommandLine;

/** The area scheduling. */
public final class SchedulingCommands {

  private SchedulingCommands() {}

  /**
   * Adds the area, and the short forms of its commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    line.addSubcommand(
        Group.of("scheduling", "Plans for shop floors, their check, and learned dispatching.")
            .addSubcommand("plan", new SchedulePlan(desk, options))
            .addSubcommand("check", new ScheduleCheck(desk, options))
            .addSubcommand(dispatch(desk, options)));
    Group.alias(line, "dispatch", dispatch(desk, options));
    Group.alias(
        line,
        "schedule",
        new CommandLine(new SchedulePlan(desk, options))
            .addSubcommand("check", new ScheduleCheck(desk, options)));
  }

  private static CommandLine dispatch(Desk desk, HostOptions options) {
    return Group.of("dispatch", "Learned dispatching: policies that decide at once.")
        .addSubcommand("train", new DispatchTrain(desk, options))
        .addSubcommand("run", new DispatchRun(desk, options))
        .addSubcommand("live", new DispatchLive(desk, options));
  }
}
