package io.millwright.api.spi;

import java.util.Objects;

/**
 * One option or positional parameter of a {@link PluginCommand}, as data.
 *
 * @param name lower-case letters, digits and dashes, without leading dashes
 * @param label the word for the value in the help, such as {@code FILE}; empty for a flag
 * @param description one sentence
 * @param use how it is given
 */
public record CommandOption(String name, String label, String description, Use use) {

  /** How an option is given. */
  public enum Use {
    /** {@code --name}, without a value. */
    FLAG,
    /** {@code --name VALUE}, may be absent. */
    OPTIONAL,
    /** {@code --name VALUE}, must be there. */
    REQUIRED,
    /** {@code VALUE} by its position, must be there. */
    POSITIONAL
  }

  /** Checks. */
  public CommandOption {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(use, "use");
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "the option \"" + name + "\" must be lower-case letters, digits and dashes");
    }
    if (label.isEmpty() != (use == Use.FLAG)) {
      throw new IllegalArgumentException(
          "the option " + name + ": a value and no flag has a label");
    }
  }

  /**
   * An option without a value.
   *
   * @param name as in {@link CommandOption}
   * @param description one sentence
   * @return the option
   */
  public static CommandOption flag(String name, String description) {
    return new CommandOption(name, "", description, Use.FLAG);
  }

  /**
   * An option that may be absent.
   *
   * @param name as in {@link CommandOption}
   * @param label as in {@link CommandOption}
   * @param description one sentence, with what holds when it is absent
   * @return the option
   */
  public static CommandOption optional(String name, String label, String description) {
    return new CommandOption(name, label, description, Use.OPTIONAL);
  }

  /**
   * An option that must be there.
   *
   * @param name as in {@link CommandOption}
   * @param label as in {@link CommandOption}
   * @param description one sentence
   * @return the option
   */
  public static CommandOption required(String name, String label, String description) {
    return new CommandOption(name, label, description, Use.REQUIRED);
  }

  /**
   * A parameter by its position.
   *
   * @param name under which the command asks for it
   * @param label as in {@link CommandOption}
   * @param description one sentence
   * @return the parameter
   */
  public static CommandOption positional(String name, String label, String description) {
    return new CommandOption(name, label, description, Use.POSITIONAL);
  }
}
