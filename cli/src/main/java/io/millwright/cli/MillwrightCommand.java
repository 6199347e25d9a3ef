package io.millwright.cli;

import io.millwright.api.MillwrightException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "Exit codes: 0 done, 1 data, model or installation stand in the way, 2 wrong command line,",
      "130 stopped by Ctrl-C, 143 by SIGTERM.",
      "",
      "Try:  millwright rul train          a model of remaining life from a simulated plant",
      "      millwright schedule shop.json a plan for a shop floor",
      "      millwright doctor             what is installed, and what is missing"
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
   * The command line.
   *
   * @param desk what the commands work with
   * @return picocli's object, ready to execute
   */
  public static CommandLine line(Desk desk) {
    MillwrightCommand top = new MillwrightCommand();
    HostOptions options = top.options;
    CommandLine line = new CommandLine(top);
    line.addSubcommand(
        group("rul", "Remaining useful life of units, from the histories of their readings.")
            .addSubcommand("train", new RulTrain(desk, options))
            .addSubcommand("predict", new RulPredict(desk, options))
            .addSubcommand("evaluate", new RulEvaluate(desk, options)));
    line.addSubcommand(
        group("failure", "The risk that a machine fails soon, from rows of readings.")
            .addSubcommand("train", new FailureTrain(desk, options))
            .addSubcommand("predict", new FailurePredict(desk, options))
            .addSubcommand("evaluate", new FailureEvaluate(desk, options)));
    line.addSubcommand("learn", new LearnCommand(desk, options));
    line.addSubcommand("forecast", new ForecastCommand(desk, options));
    line.addSubcommand("stock", new StockCommand(desk, options));
    line.addSubcommand(
        group("inspect", "Defects seen on images of parts.")
            .addSubcommand("train", new InspectTrain(desk, options))
            .addSubcommand("predict", new InspectPredict(desk, options)));
    line.addSubcommand(
        group("quality", "Control charts, gauge studies and acceptance sampling.")
            .addSubcommand("spc", new QualitySpc(desk, options))
            .addSubcommand("gauge", new QualityGauge(desk, options))
            .addSubcommand("sampling", new QualitySampling(desk, options)));
    line.addSubcommand(
        group("maintenance", "Reliability from life data.")
            .addSubcommand("life-data", new MaintenanceLifeData(desk, options)));
    line.addSubcommand(
        "schedule",
        new CommandLine(new SchedulePlan(desk, options))
            .addSubcommand("check", new ScheduleCheck(desk, options)));
    line.addSubcommand(
        group("store", "Models in a folder: numbered versions, and aliases that point to them.")
            .addSubcommand("list", new StoreCommands.ListAll(desk, options))
            .addSubcommand("put", new StoreCommands.Put(desk, options))
            .addSubcommand("history", new StoreCommands.History(desk, options))
            .addSubcommand("promote", new StoreCommands.Promote(desk, options))
            .addSubcommand("rollback", new StoreCommands.RollBack(desk, options))
            .addSubcommand("delete", new StoreCommands.Delete(desk, options))
            .addSubcommand("check", new StoreCommands.Check(desk, options))
            .addSubcommand("repair", new StoreCommands.Repair(desk, options)));
    line.addSubcommand("info", new InfoCommand(desk, options));
    line.addSubcommand("doctor", new HostCommands.Doctor(desk, options));
    line.addSubcommand("engines", new EngineCommands.Engines(desk, options));
    line.addSubcommand("convert", new EngineCommands.Convert(desk, options));
    line.addSubcommand("plugins", new HostCommands.Plugins(desk, options));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler((wrong, args) -> misused(wrong, options));
    line.setExecutionExceptionHandler((thrown, at, parsed) -> explain(thrown, at, options));
    return line;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which command?");
  }

  private static CommandLine group(String name, String description) {
    CommandLine line = new CommandLine(new Group());
    line.getCommandSpec().name(name);
    line.getCommandSpec()
        .usageMessage()
        .description(description)
        .synopsisSubcommandLabel("COMMAND");
    return line;
  }

  private static int misused(CommandLine.ParameterException wrong, HostOptions options) {
    CommandLine at = wrong.getCommandLine();
    PrintWriter err = at.getErr();
    String command = at.getCommandSpec().qualifiedName(" ");
    err.println(Shown.plain("millwright: " + wrong.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("Try '" + command + " --help'.");
    err.flush();
    if (options.json) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("code", "USAGE");
      error.put("message", String.valueOf(wrong.getMessage()));
      at.getOut().println(Shown.plain(Json.text(Map.of("error", error))));
      at.getOut().flush();
    }
    return CommandLine.ExitCode.USAGE;
  }

  private static int explain(Exception thrown, CommandLine at, HostOptions options) {
    boolean known = thrown instanceof MillwrightException;
    String message = known ? String.valueOf(thrown.getMessage()) : thrown.toString();
    PrintWriter err = at.getErr();
    err.println(Shown.plain("millwright: " + message));
    if (options.stacktrace || !known) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      err.print(Shown.plain(trace.toString().replace("\r\n", "\n")));
    }
    err.flush();
    if (options.json) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("code", thrown instanceof MillwrightException m ? m.code().id() : "UNEXPECTED");
      error.put("message", message);
      error.put("findings", findings(thrown));
      at.getOut().println(Shown.plain(Json.text(Map.of("error", error))));
      at.getOut().flush();
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static List<Map<String, String>> findings(Exception thrown) {
    return thrown instanceof MillwrightException m
        ? m.findings().stream()
            .map(
                f ->
                    Map.of(
                        "code", f.code().id(),
                        "place", f.place(),
                        "message", f.message(),
                        "remedy", f.remedy()))
            .toList()
        : List.of();
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

  /** A command that only has subcommands. */
  @Command(sortOptions = false)
  static final class Group implements Runnable {
    @Spec @Nullable CommandSpec spec;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;

    @Override
    public void run() {
      throw new CommandLine.ParameterException(
          Objects.requireNonNull(spec).commandLine(), "Which command?");
    }
  }
}
