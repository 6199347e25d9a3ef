package io.millwright.cli;

import io.millwright.cli.kit.Desk;

/** The {@code millwright} command. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code: 0 when it did what was asked, 1 when
   * data, model or installation stood in the way, 2 when the command line was wrong.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(MillwrightCommand.line(Desk.ofThisProcess(), args).execute(args));
  }
}
