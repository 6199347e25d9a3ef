package io.millwright.cli.kit;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.CommandOption;
import io.millwright.api.spi.PluginCommand;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Brings the commands of plug-ins to the command line. Plug-ins are started for it only when the
 * words on the command line are none of Millwright's own commands, or when a list of commands is
 * asked for, by a person or for a shell.
 */
public final class PluginCommands {

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*");

  private PluginCommands() {}

  /**
   * Whether a command line needs the commands of plug-ins.
   *
   * @param line the commands known so far; it parses the words, and its options are filled
   * @param args the words
   * @return true for an unknown command, for the help of all commands or of an area, and for the
   *     completion of a shell
   */
  public static boolean neededBy(CommandLine line, String... args) {
    try {
      ParseResult result = line.parseArgs(args);
      while (result.hasSubcommand()) {
        result = result.subcommand();
      }
      CommandSpec asked = result.commandSpec();
      return result.isUsageHelpRequested()
          ? groups(asked)
          : asked.userObject() instanceof Completion;
    } catch (CommandLine.UnmatchedArgumentException e) {
      return groups(e.getCommandLine().getCommandSpec());
    } catch (CommandLine.ParameterException e) {
      return false;
    }
  }

  private static boolean groups(CommandSpec spec) {
    return spec.parent() == null || spec.userObject() instanceof Group;
  }

  /**
   * Starts the plug-ins and adds their commands. One that cannot be added is named on standard
   * error and left out.
   *
   * @param line gets the commands
   * @param desk what the commands work with
   * @param stated the options by which the plug-ins are found
   * @param options the options that the added commands share with all others
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions stated, HostOptions options) {
    try (Millwright millwright = desk.opener().open(stated)) {
      for (PluginCommand command : millwright.commands()) {
        try {
          add(line, desk, options, command);
        } catch (RuntimeException e) {
          line.getErr()
              .println(Shown.plain("millwright: a command of a plug-in is left out: " + e));
        }
      }
    } catch (MillwrightException e) {
      // What stands in the way of Millwright is told by the command that is run.
      line.getErr().println(Shown.plain("millwright: no commands of plug-ins: " + e.getMessage()));
    }
  }

  private static void add(CommandLine line, Desk desk, HostOptions options, PluginCommand command) {
    String area = word(command.area());
    String name = word(command.name());
    CommandSpec spec =
        CommandSpec.forAnnotatedObject(new PluginDeskCommand(desk, options, area, name));
    spec.name(name).usageMessage().description(escaped(command.description())).sortOptions(false);
    List<String> examples = command.examples();
    if (!examples.isEmpty()) {
      String[] footer = new String[examples.size() + 2];
      footer[0] = "";
      footer[1] = "Examples:";
      for (int i = 0; i < examples.size(); i++) {
        footer[i + 2] = "  millwright " + escaped(examples.get(i));
      }
      spec.usageMessage().footer(footer);
    }
    int position = 0;
    for (CommandOption option : command.options()) {
      if (option.use() == CommandOption.Use.POSITIONAL) {
        spec.addPositional(
            PositionalParamSpec.builder()
                .index(Integer.toString(position++))
                .arity("1")
                .type(String.class)
                .paramLabel(option.label())
                .description(escaped(option.description()))
                .build());
      } else {
        spec.addOption(option(option));
      }
    }
    CommandLine known = line.getSubcommands().get(area);
    if (known == null) {
      known = Group.of(area, "Commands of the plug-in area " + area + ".");
      line.addSubcommand(known);
    }
    if (!(known.getCommandSpec().userObject() instanceof Group)
        || known.getCommandSpec().usageMessage().hidden()
        || known.getSubcommands().containsKey(name)) {
      throw new IllegalArgumentException("'" + area + " " + name + "' is already a command");
    }
    known.addSubcommand(name, new CommandLine(spec));
  }

  private static OptionSpec option(CommandOption option) {
    OptionSpec.Builder builder =
        OptionSpec.builder("--" + option.name())
            .description(escaped(option.description()))
            .required(option.use() == CommandOption.Use.REQUIRED);
    return option.use() == CommandOption.Use.FLAG
        ? builder.arity("0").type(boolean.class).build()
        : builder.arity("1").type(String.class).paramLabel(option.label()).build();
  }

  private static String word(@Nullable String word) {
    if (!WORD.matcher(Objects.requireNonNull(word, "the name of a command")).matches()) {
      throw new IllegalArgumentException(
          "the word '" + word + "' is not of lower-case letters, digits and dashes");
    }
    return word;
  }

  /** Descriptions are formats for picocli. */
  private static String escaped(String text) {
    return Shown.plain(text).replace("%", "%%").replace("@|", "@ |");
  }
}
