package io.millwright.cli;

import io.millwright.cli.host.HostCommands;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Failures;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.PluginCommands;
import io.millwright.cli.maintenance.MaintenanceCommands;
import io.millwright.cli.model.ModelCommands;
import io.millwright.cli.personalization.PersonalizationCommands;
import io.millwright.cli.production.ProductionCommands;
import io.millwright.cli.quality.QualityCommands;
import io.millwright.cli.scheduling.SchedulingCommands;
import io.millwright.cli.store.StoreCommands;
import io.millwright.cli.supplychain.SupplyChainCommands;
import io.millwright.cli.trust.TrustCommands;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command with all its subcommands. */
@Command(
    name = "millwright",
    versionProvider = MillwrightCommand.Versions.class,
    description = "Industrial AI from the command line: trains, judges, keeps and uses models.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 done, 1 data, model or installation stand in the way,",
      "2 wrong command line, 130 stopped by Ctrl-C, 143 by SIGTERM.",
      "",
      "Short forms: rul, failure, inspect, chart, schedule, forecast, stock, flow,",
      "load, allocate, plan-demand, balance, recommend, configure, answer, uplift,",
      "info, convert, explain, watch, audit, sign, verify, serve-log, replay, card,",
      "comply.",
      "",
      "Try:",
      "  millwright maintenance life train      a model from a simulated plant",
      "  millwright scheduling plan shop.json   a plan for a shop floor",
      "  millwright doctor                      what is installed, what is missing"
    })
public final class MillwrightCommand implements Runnable {

  @Spec @Nullable CommandSpec spec;

  @Mixin HostOptions options = new HostOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  private MillwrightCommand() {}

  /**
   * The command line, with the commands of plug-ins when the words need them.
   *
   * @param desk what the commands work with
   * @param args the words that will be executed
   * @return picocli's object, ready to execute
   */
  public static CommandLine line(Desk desk, String... args) {
    MillwrightCommand probe = new MillwrightCommand();
    boolean plugins = PluginCommands.neededBy(ownCommands(probe, desk), args);
    MillwrightCommand top = new MillwrightCommand();
    CommandLine line = ownCommands(top, desk);
    if (plugins) {
      PluginCommands.addTo(line, desk, probe.options, top.options);
    }
    return line;
  }

  /** The value of an option may be called as a command is: {@code --plugin-folder plugins}. */
  private static void valuesMayBeWords(CommandLine line) {
    line.getCommandSpec().parser().allowSubcommandsAsOptionParameters(true);
    line.getSubcommands().values().forEach(MillwrightCommand::valuesMayBeWords);
  }

  private static CommandLine ownCommands(MillwrightCommand top, Desk desk) {
    HostOptions options = top.options;
    CommandLine line = new CommandLine(top);
    MaintenanceCommands.addTo(line, desk, options);
    QualityCommands.addTo(line, desk, options);
    SchedulingCommands.addTo(line, desk, options);
    SupplyChainCommands.addTo(line, desk, options);
    ProductionCommands.addTo(line, desk, options);
    PersonalizationCommands.addTo(line, desk, options);
    ModelCommands.addTo(line, desk, options);
    StoreCommands.addTo(line, desk, options);
    TrustCommands.addTo(line, desk, options);
    HostCommands.addTo(line, desk, options);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler((wrong, args) -> Failures.misused(wrong, options));
    line.setExecutionExceptionHandler(
        (thrown, at, parsed) -> Failures.explain(thrown, at, options));
    valuesMayBeWords(line);
    return line;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which command?");
  }

  /** The version of the jar. */
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = MillwrightCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "millwright " + (version == null ? "unpacked" : version),
        "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vendor")
      };
    }
  }
}
