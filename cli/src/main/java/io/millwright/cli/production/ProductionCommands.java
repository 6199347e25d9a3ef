package io.millwright.cli.production;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import picocli.CommandLine;

/** The area production. */
public final class ProductionCommands {

  private ProductionCommands() {}

  /**
   * Adds the area, and the short forms of its commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    line.addSubcommand(
        Group.of("production", "Flow and bottlenecks of lines, and how to divide the work.")
            .addSubcommand("flow", new FlowCommand(desk, options))
            .addSubcommand("load", new LoadCommand(desk, options))
            .addSubcommand("allocate", new AllocateCommand(desk, options))
            .addSubcommand("plan-demand", new PlanDemandCommand(desk, options))
            .addSubcommand("balance", new BalanceCommand(desk, options)));
    Group.alias(line, "flow", new FlowCommand(desk, options));
    Group.alias(line, "load", new LoadCommand(desk, options));
    Group.alias(line, "allocate", new AllocateCommand(desk, options));
    Group.alias(line, "plan-demand", new PlanDemandCommand(desk, options));
    Group.alias(line, "balance", new BalanceCommand(desk, options));
  }
}
