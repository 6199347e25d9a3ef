package io.millwright.api.spi;

import java.util.List;

/**
 * A subcommand that a plug-in adds to the command line: {@code millwright AREA NAME}. Implemented
 * by plug-ins and offered through {@link Parts#commands()}. All methods but {@link #run} always
 * return the same. Thread-safe.
 */
public interface PluginCommand {

  /**
   * The group that the command belongs to, one of Millwright's or the plug-in's own.
   *
   * @return lower-case letters, digits and dashes, beginning with a letter
   */
  String area();

  /**
   * The command's word within its area; a command that Millwright has itself is not replaced.
   *
   * @return lower-case letters, digits and dashes, beginning with a letter
   */
  String name();

  /**
   * What it does, for the help.
   *
   * @return one sentence
   */
  String description();

  /**
   * What the user can state.
   *
   * @return the options; the positional ones in their order
   */
  List<CommandOption> options();

  /**
   * Command lines for the help.
   *
   * @return without the leading {@code millwright}; none by default
   */
  default List<String> examples() {
    return List.of();
  }

  /**
   * Does the work. What it throws is shown to the user: a {@link
   * io.millwright.api.MillwrightException} by its message and with exit code 1, others with their
   * trace.
   *
   * @param context what the user stated, and where the answer goes; valid during the call
   * @throws InterruptedException when the process is asked to end
   */
  void run(CommandContext context) throws InterruptedException;
}
