package io.millwright.cli.host;

import io.millwright.api.EngineReport;
import io.millwright.api.Finding;
import io.millwright.api.HostReport;
import io.millwright.api.Millwright;
import io.millwright.cli.kit.Completion;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Documents;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What is installed here, and what is wrong with it. */
public final class HostCommands {
  private HostCommands() {}

  /**
   * Adds the commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    line.addSubcommand("doctor", new Doctor(desk, options));
    line.addSubcommand("engines", new Engines(desk, options));
    line.addSubcommand("plugins", new Plugins(desk, options));
    line.addSubcommand("completion", new Completion(options));
  }

  /** Everything about this installation. */
  @Command(
      name = "doctor",
      sortOptions = false,
      description = {
        "Lists what computes, devices, native libraries, plug-ins and versions, and what is missing"
            + " with the way out.",
        "Exit code 1 when something is wrong."
      },
      footer = {"", "Examples:", "  millwright doctor", "  millwright doctor --device gpu --json"})
  static final class Doctor extends DeskCommand {
    Doctor(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(Millwright millwright) {
      HostReport report = millwright.report();
      EngineReport engines = report.engines();
      Reply reply = new Reply(name());
      reply.line("Millwright", report.version()).line("Java", report.java());
      reply.line("Trains on", engines.training()).line("Predicts", "on " + engines.prediction());
      reply.line("Device", engines.device());
      reply.line("Rules", "version " + engines.ruleTable());
      engines.reasons().forEach(reason -> reply.line("", reason));
      for (EngineReport.Candidate engine : engines.candidates()) {
        reply.line("Engine", Documents.described(engine));
      }
      for (EngineReport.Setting setting : engines.settings()) {
        reply.line(
            "Setting", setting.name() + "=" + setting.value() + ", from " + setting.origin());
      }
      for (HostReport.PluginStatus plugin : report.plugins()) {
        reply.line("Plug-in", HostCommands.described(plugin));
      }
      for (Finding finding : report.findings()) {
        reply.line("Finding", finding.toString());
      }
      if (report.findings().isEmpty()) {
        reply.line("Findings", "none");
      } else {
        reply.failed();
      }
      return reply
          .put("version", report.version())
          .put("java", report.java())
          .put("training", engines.training())
          .put("prediction", engines.prediction())
          .put("device", engines.device())
          .put("ruleTable", engines.ruleTable())
          .put("reasons", engines.reasons())
          .put("engines", engines.candidates().stream().map(Documents::of).toList())
          .put("settings", engines.settings().stream().map(Doctor::document).toList())
          .put("plugins", report.plugins().stream().map(HostCommands::document).toList())
          .put("findings", report.findings().stream().map(Documents::of).toList());
    }

    private static Map<String, Object> document(EngineReport.Setting setting) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", setting.name());
      document.put("value", setting.value());
      document.put("origin", setting.origin());
      return document;
    }
  }

  /** The engines and the rules. */
  @Command(
      name = "engines",
      sortOptions = false,
      description = {
        "Lists the engines, what each can do here, which one the rules choose and why.",
        "Exit code 1 when nothing trains."
      },
      footer = {
        "",
        "Examples:",
        "  millwright engines",
        "  millwright engines --engine TensorFlow     what if TensorFlow is demanded"
      })
  static final class Engines extends DeskCommand {
    Engines(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(Millwright millwright) {
      EngineReport engines = millwright.report().engines();
      Reply reply = new Reply(name());
      for (EngineReport.Candidate engine : engines.candidates()) {
        reply.line(Documents.described(engine));
      }
      reply.line("Trains on", engines.training() + ", " + engines.device());
      reply.line("Predicts", "on " + engines.prediction());
      reply.line("Rules", "version " + engines.ruleTable());
      engines.reasons().forEach(reason -> reply.line("", reason));
      if (engines.training().equals("none")) {
        reply.failed();
      }
      return reply
          .put("training", engines.training())
          .put("prediction", engines.prediction())
          .put("device", engines.device())
          .put("ruleTable", engines.ruleTable())
          .put("reasons", engines.reasons())
          .put("engines", engines.candidates().stream().map(Documents::of).toList());
    }
  }

  /** The plug-ins. */
  @Command(
      name = "plugins",
      sortOptions = false,
      description = "Lists the plug-ins, what they answer, and why one does not run.",
      footer = {"", "Examples:", "  millwright plugins --plugin-folder plugins"})
  static final class Plugins extends DeskCommand {
    Plugins(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(Millwright millwright) {
      List<HostReport.PluginStatus> plugins = millwright.plugins();
      Reply reply = new Reply(name());
      plugins.forEach(plugin -> reply.line(described(plugin)));
      if (plugins.isEmpty()) {
        reply.line("no plug-ins");
      }
      if (plugins.stream().anyMatch(plugin -> !plugin.running())) {
        reply.failed();
      }
      return reply.put("plugins", plugins.stream().map(HostCommands::document).toList());
    }
  }

  private static String described(HostReport.PluginStatus plugin) {
    return plugin.name()
        + (plugin.running() ? "" : ", not running: " + plugin.detail())
        + (plugin.tasks().isEmpty() ? "" : ": " + String.join(", ", plugin.tasks()))
        + " ("
        + plugin.source()
        + ")";
  }

  private static Map<String, @Nullable Object> document(HostReport.PluginStatus plugin) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("name", plugin.name());
    document.put("source", plugin.source());
    document.put("running", plugin.running());
    document.put("tasks", plugin.tasks());
    document.put("detail", plugin.detail());
    return document;
  }
}
