package io.millwright.cli.text;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.mcp.McpCommand;
import picocli.CommandLine;

/** The commands on texts. */
public final class TextCommands {

  private TextCommands() {}

  /**
   * Adds them.
   *
   * @param line the whole command line
   * @param model the area of models
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, CommandLine model, Desk desk, HostOptions options) {
    model.addSubcommand("classify-text", new ClassifyText(desk, options));
    model.addSubcommand("ask", new AskText(desk, options));
    Group.alias(line, "answer", new AskText(desk, options));
    line.addSubcommand("mcp", new McpCommand(desk, options));
    model.addSubcommand("find-entities", new FindEntities(desk, options));
  }
}
