package io.millwright.cli.kit;

import io.millwright.api.Budget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a search takes, by the clock or in steps, and where its chances are drawn from. */
public final class SearchOptions {

  private static final Duration USUAL = Duration.ofSeconds(10);

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Option(
      names = "--time",
      paramLabel = "T",
      converter = Durations.class,
      description = "How long to search, such as 10s. Default: 10s.")
  @Nullable Duration time;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "How many steps to search instead: the same plan each time.")
  @Nullable Long iterations;

  @Option(
      names = "--key",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where chances are drawn from. Default: ${DEFAULT-VALUE}.")
  public long key = 1;

  /** Filled by the command line. */
  public SearchOptions() {}

  /**
   * What was asked for.
   *
   * @return the budget of the search
   * @throws ParameterException when the options contradict each other
   */
  public Budget budget() {
    if (time != null && iterations != null) {
      throw misused("--time and --iterations are both given\nMaybe leave one out");
    }
    if (iterations != null && iterations < 1) {
      throw misused("--iterations is " + iterations + ", but must be at least 1");
    }
    return iterations != null
        ? Budget.iterations(iterations)
        : Budget.of(time == null ? USUAL : time);
  }

  private ParameterException misused(String words) {
    CommandSpec of = spec;
    if (of == null) {
      throw new IllegalStateException("no command has these options");
    }
    return new ParameterException(of.commandLine(), words);
  }
}
