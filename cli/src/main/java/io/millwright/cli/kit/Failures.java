package io.millwright.cli.kit;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.runtime.support.IoReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Says why a command did not do what was asked, and which exit code that is. */
public final class Failures {

  private static final int MOST_CAUSES = 10;

  private Failures() {}

  /** The command line was wrong. */
  public static int misused(CommandLine.ParameterException wrong, HostOptions options) {
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

  /** Data, model or installation stood in the way. */
  public static int explain(Exception thrown, CommandLine at, HostOptions options) {
    boolean refused = refused(thrown);
    boolean known = thrown instanceof MillwrightException || refused;
    String message = known ? plainly(thrown) : thrown.toString();
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
      error.put(
          "code",
          thrown instanceof MillwrightException m
              ? m.code().id()
              : refused ? ErrorCode.BAD_OPTION.id() : "UNEXPECTED");
      error.put("message", message);
      error.put("findings", findings(thrown));
      at.getOut().println(Shown.plain(Json.text(Map.of("error", error))));
      at.getOut().flush();
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The message, where it repeats a failure of a file with its reason in words. */
  private static String plainly(Exception thrown) {
    String message = String.valueOf(thrown.getMessage());
    int depth = 0;
    for (Throwable cause = thrown.getCause();
        cause != null && depth < MOST_CAUSES;
        cause = cause.getCause()) {
      if (cause instanceof IOException || cause instanceof UncheckedIOException) {
        message = message.replace(cause.toString(), IoReason.of((Exception) cause));
      }
      depth++;
    }
    return message;
  }

  /**
   * Whether a public type refused a value. Programs get an IllegalArgumentException for that; a
   * person typed the value.
   */
  private static boolean refused(Exception thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return thrown instanceof IllegalArgumentException
        && trace.length > 0
        && trace[0].getClassName().startsWith("io.millwright.")
        && !trace[0].getClassName().contains(".internal.");
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
}
