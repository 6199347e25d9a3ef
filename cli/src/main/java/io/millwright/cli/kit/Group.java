package io.millwright.cli.kit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that only has subcommands. */
@Command(sortOptions = false)
public final class Group implements Runnable {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private Group() {}

  /**
   * A group without commands so far.
   *
   * @param name the word on the command line
   * @param description one sentence
   * @return picocli's object
   */
  public static CommandLine of(String name, String description) {
    CommandLine line = new CommandLine(new Group());
    line.getCommandSpec().name(name);
    line.getCommandSpec()
        .usageMessage()
        .description(description)
        .synopsisSubcommandLabel("COMMAND");
    return line;
  }

  /**
   * Adds a command's short form, which help does not list.
   *
   * @param line the whole command line
   * @param name the short form
   * @param command the command, an object of its own
   */
  public static void alias(CommandLine line, String name, Object command) {
    CommandLine added = command instanceof CommandLine already ? already : new CommandLine(command);
    added.getCommandSpec().usageMessage().hidden(true);
    line.addSubcommand(name, added);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which command?");
  }
}
