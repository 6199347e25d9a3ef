package io.millwright.cli.kit;

import io.millwright.api.Job;
import io.millwright.api.Millwright;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands do alike: open Millwright, answer, print, close. */
public abstract class DeskCommand implements Callable<Integer> {
  private final Desk desk;
  private final HostOptions options;
  private @Nullable CtrlC ctrlC;

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  public DeskCommand(Desk desk, HostOptions options) {
    this.desk = desk;
    this.options = options;
  }

  /** Does the command's work. */
  public abstract Reply answer(Millwright millwright) throws InterruptedException;

  @Override
  public final Integer call() throws InterruptedException {
    try (CtrlC keys = stopsEarly() ? CtrlC.listening() : null) {
      ctrlC = keys;
      return answered();
    } finally {
      ctrlC = null;
    }
  }

  /** Whether Ctrl-C ends the work with its best so far, rather than the process at once. */
  public boolean stopsEarly() {
    return false;
  }

  /** Whether the person asked to stop. */
  public final boolean stopping() {
    CtrlC keys = ctrlC;
    return keys != null && keys.asked();
  }

  /** A map keeps the last of two values; which of them was meant, nobody knows. */
  private void onlyOnce() {
    for (OptionSpec option : line().getParseResult().matchedOptions()) {
      if (option.isMultiValue() && Map.class.isAssignableFrom(option.type())) {
        Map<String, String> seen = new HashMap<>();
        // Names and values by turns.
        List<String> both = option.stringValues();
        for (int i = 0; i + 1 < both.size(); i += 2) {
          String value = both.get(i + 1);
          String before = seen.putIfAbsent(both.get(i), value);
          if (before != null && !before.equals(value)) {
            throw misused(
                option.longestName()
                    + " is given twice for '"
                    + both.get(i)
                    + "': "
                    + before
                    + " and "
                    + value);
          }
        }
      }
    }
  }

  private int answered() throws InterruptedException {
    onlyOnce();
    Reply reply;
    try (Millwright millwright = desk.opener().open(options)) {
      reply = answer(millwright);
    }
    PrintWriter out = line().getOut();
    if (options.json) {
      out.println(Shown.plain(Json.text(reply.document())));
    } else {
      reply.lines().forEach(out::println);
    }
    out.flush();
    return reply.exit();
  }

  /** Waits for long work and shows how far it is. */
  public final <R> R await(Job<R> job) throws InterruptedException {
    CtrlC keys = ctrlC;
    if (keys != null) {
      keys.stops(job::cancel);
    }
    ProgressView view =
        new ProgressView(line().getErr(), desk.terminal() && !options.plain && !options.json);
    try (Job.Subscription listening = job.onProgress(view)) {
      return job.await();
    } finally {
      view.done();
    }
  }

  /** Says something to the person while the work goes on. */
  public final void say(String words) {
    line().getErr().println(Shown.plain(words));
    line().getErr().flush();
  }

  /** Whether the person named an option, rather than leaving it at its default. */
  public final boolean given(String option) {
    return line().getParseResult().hasMatchedOption(option);
  }

  /** An error in the command line, which picocli shows with the usage. */
  public final CommandLine.ParameterException misused(String words) {
    return new CommandLine.ParameterException(line(), words);
  }

  public final String name() {
    return line().getCommandSpec().qualifiedName(" ").replaceFirst("^millwright ", "");
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
