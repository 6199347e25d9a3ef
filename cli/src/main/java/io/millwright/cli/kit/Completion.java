package io.millwright.cli.kit;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Writes what a shell needs to complete words with the Tab key: all commands, those of plug-ins
 * included, their options and the words an option may have.
 */
@Command(
    name = "completion",
    sortOptions = false,
    description = {
      "Prints the script by which a shell completes commands and options with the Tab key.",
      "Print it again after an upgrade, or after a plug-in with commands was added."
    },
    footer = {
      "",
      "Examples:",
      "  source <(millwright completion bash)                  for this shell",
      "  millwright completion bash > /etc/bash_completion.d/millwright",
      "  millwright completion zsh > ~/.millwright.zsh         then source it in ~/.zshrc"
    })
public final class Completion implements Callable<Integer> {

  /** A shell that completes words. */
  enum Shell {
    bash,
    zsh
  }

  private final HostOptions options;

  @Spec @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "bash|zsh", description = "The shell.")
  @Nullable Shell shell;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /**
   * The command.
   *
   * @param options the options that all commands share
   */
  public Completion(HostOptions options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    CommandSpec own = Objects.requireNonNull(spec);
    String script = script(own.root().commandLine(), Objects.requireNonNull(shell));
    PrintWriter out = own.commandLine().getOut();
    out.print(
        options.json
            ? Json.text(Map.of("command", "completion", "shell", shell.name(), "script", script))
                + "\n"
            : script);
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** Zsh completes by scripts of bash once it is told to (zshcompsys, bashcompinit). */
  private static String script(CommandLine top, Shell shell) {
    String script = AutoComplete.bash(top.getCommandName(), top).replace("\r\n", "\n");
    return shell == Shell.bash
        ? script
        : "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
            + script;
  }
}
