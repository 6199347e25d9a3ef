package io.millwright.cli.kit;

import io.millwright.api.Millwright;
import java.io.Console;
import java.util.Objects;

/**
 * What the commands work with, so that tests can put something else in its place.
 *
 * @param opener makes the Millwright of one command
 * @param terminal whether a person watches progress on a terminal
 */
public record Desk(Opener opener, boolean terminal) {

  /** Makes the Millwright of one command. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Makes it.
     *
     * @param builder what the options of the command line ask for
     * @return an instance; the command closes it
     */
    Millwright open(HostOptions builder);
  }

  /** Checks. */
  public Desk {
    Objects.requireNonNull(opener, "opener");
  }

  /**
   * The real one.
   *
   * @return Millwright from the class path, and a terminal when there is one
   */
  public static Desk ofThisProcess() {
    return new Desk(HostOptions::open, watched());
  }

  /** From Java 22 on there is always a console, which can say itself whether it is a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean watched() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
