package io.millwright.cli.production;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Solution;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.BalancePage;
import io.millwright.production.BalanceProblem;
import io.millwright.production.LineBalance;
import io.millwright.production.Production;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Balances an assembly line. */
@Command(
    name = "balance",
    sortOptions = false,
    description = {
      "Assigns the tasks of an assembly line to stations, with a proven bound.",
      "Takes the fewest stations for a cycle time (SALBP-1), or the shortest cycle for a number of",
      "stations (SALBP-2). Reads .IN2 and .alb."
    },
    footer = {
      "",
      "Examples:",
      "  millwright production balance line.IN2 --cycle 54 --html balance.html",
      "  millwright production balance line.alb --stations 8 --budget 30 --json"
    })
final class BalanceCommand extends DeskCommand {

  @Parameters(paramLabel = "FILE", description = "Tasks, times and precedence.")
  Path file = Path.of("");

  @Option(
      names = "--cycle",
      paramLabel = "TIME",
      description = "The cycle time. Default: that of the file.")
  @Nullable Double cycle;

  @Option(
      names = "--stations",
      paramLabel = "N",
      description = "The number of stations: then the cycle time is made short.")
  @Nullable Integer stations;

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "The longest time. Default: ${DEFAULT-VALUE}.")
  double budget;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the stations.")
  @Nullable Path html;

  BalanceCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (!(budget > 0)) {
      throw misused("--budget is " + budget + ", but must be above 0");
    }
    if ((cycle != null && !(cycle > 0)) || (stations != null && stations < 1)) {
      throw misused("--cycle and --stations must be above 0");
    }
    if (cycle != null && stations != null) {
      throw misused(
          "--cycle "
              + cycle
              + " and --stations "
              + stations
              + " are both given, and one follows from the other");
    }
    BalanceProblem problem =
        BalanceProblem.parse(text(), cycle == null ? 0 : cycle, stations == null ? 0 : stations);
    Solution<LineBalance> solution =
        await(
            millwright
                .plugin(Production.class)
                .balancing()
                .optimize(problem, Budget.of(Duration.ofMillis(Math.round(budget * 1000)))));
    Reply reply = new Reply(name());
    reply.line("Line", file + ", " + problem.tasks().size() + " tasks");
    reply.put("tasks", problem.tasks().size()).put("end", solution.end());
    if (solution.value().isEmpty()) {
      reply.line("Result", "no line was found in " + budget + " s").failed();
      return reply;
    }
    LineBalance line = solution.orElseThrow();
    ObjectiveValue objective = solution.objective();
    reply.line(
        "Result",
        String.format(
            Locale.ROOT,
            "%d stations, %s, efficiency %.1f %%; %s",
            line.stations().size(),
            problem.cycleTime() > 0
                ? "the longest "
                    + Figure.of(line.cycleTime(), 9)
                    + " of a cycle of "
                    + Figure.of(problem.cycleTime(), 9)
                : "cycle " + Figure.of(line.cycleTime(), 9),
            100 * line.efficiency(),
            solution.end() == Solution.End.OPTIMAL
                ? "proven optimal"
                : objective.name() + " at least " + Figure.of(objective.bound().orElse(0), 9)));
    Map<String, Double> times = new LinkedHashMap<>();
    problem.tasks().forEach(t -> times.put(t.name(), t.time()));
    for (int s = 0; s < line.stations().size(); s++) {
      List<String> tasks = line.stations().get(s);
      double sum = tasks.stream().mapToDouble(t -> times.getOrDefault(t, 0.0)).sum();
      reply.line("  " + (s + 1) + ": " + Figure.of(sum, 9) + "  " + String.join(" ", tasks));
    }
    reply
        .put("stations", line.stations())
        .put("cycleTime", line.cycleTime())
        .put("efficiency", line.efficiency())
        .put("objective", objective.value())
        .put("bound", objective.bound().isPresent() ? objective.bound().getAsDouble() : null);
    if (html != null) {
      BalancePage.write(html, file.toString(), problem, line, solution.end());
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + ": " + e + "\nMaybe the name is wrong", e);
    }
  }
}
