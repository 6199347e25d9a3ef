package io.millwright.cli.scheduling;

import io.millwright.api.Millwright;
import io.millwright.api.ModelSource;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.DispatchPage;
import io.millwright.scheduling.DispatchGoal;
import io.millwright.scheduling.Dispatcher;
import io.millwright.scheduling.Gantt;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Rule;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans shops by a dispatching policy, beside the dispatching rules. */
@Command(
    name = "run",
    sortOptions = false,
    description = {
      "Plans a shop, or every shop of a folder, by a dispatching policy.",
      "Asks it once, and for the best of several draws, beside the best rule in the same run."
    },
    footer = {
      "",
      "Examples:",
      "  millwright scheduling dispatch run shop.json --json plan.json",
      "  millwright scheduling dispatch run --all instances --names 'ta*' --html dispatch.html"
    })
final class DispatchRun extends DeskCommand implements io.millwright.cli.kit.JsonFile.Taker {

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The shop.")
  @Nullable Path file;

  @Mixin ShopSource source = new ShopSource();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The policy, as dispatch train wrote it. Default: the one that comes along.")
  @Nullable Path model;

  @Option(
      names = "--goal",
      paramLabel = "makespan|tardiness",
      description = "Which of the policies that come along. Default: ${DEFAULT-VALUE}.",
      defaultValue = "makespan")
  DispatchTrain.Goal goal = DispatchTrain.Goal.makespan;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "The best of how many plans, the first of them not drawn. Default: 128.",
      defaultValue = "128")
  int samples = 128;

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of the draws. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  long key = 1;

  @Option(
      names = "--all",
      paramLabel = "DIR",
      description = "Plan every shop of a folder and print a table.")
  @Nullable Path all;

  @Option(
      names = "--bounds",
      paramLabel = "CSV",
      description = "Best known values for --all. Default: such a file beside or above the folder.")
  @Nullable Path bounds;

  @Option(
      names = "--names",
      paramLabel = "GLOB",
      description = "With --all, only files whose names match, such as 'ta[0-4]*'.")
  @Nullable String names;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  @Nullable Path html;

  private @Nullable Path planFile;

  DispatchRun(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public void jsonFile(Path target) {
    planFile = target;
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if ((file == null) == (all == null)) {
      throw misused(
          file == null
              ? "Which shop? Name a FILE, or a folder with --all."
              : "Either a FILE or --all, not both.");
    }
    if (samples < 1) {
      throw misused("--samples must be at least 1.");
    }
    Scheduling scheduling = millwright.plugin(Scheduling.class);
    Dispatcher dispatcher =
        model == null
            ? scheduling.dispatcher(DispatchGoal.valueOf(goal.name().toUpperCase(Locale.ROOT)))
            : scheduling.dispatcher(ModelSource.file(model));
    return all == null ? one(scheduling, dispatcher) : folder(millwright, scheduling, dispatcher);
  }

  private DispatchPage.Row row(
      Scheduling scheduling, Dispatcher dispatcher, Shop shop, String name, OptionalDouble best) {
    Objective objective = objective(dispatcher);
    double least = Double.POSITIVE_INFINITY;
    Rule by = Rule.SPT;
    for (Rule rule : Rule.values()) {
      double value = objective.of(shop, scheduling.dispatch(shop, rule));
      if (value < least) {
        least = value;
        by = rule;
      }
    }
    long begin = System.nanoTime();
    Schedule once = dispatcher.plan(shop, 1, key);
    long between = System.nanoTime();
    Schedule ends = dispatcher.plan(shop);
    long drawing = System.nanoTime();
    Schedule drawn = samples == 1 ? once : dispatcher.plan(shop, samples, key);
    long end = System.nanoTime();
    boolean good =
        List.of(once, ends, drawn).stream()
            .allMatch(plan -> ScheduleChecker.check(shop, plan).isEmpty());
    return new DispatchPage.Row(
        name,
        shop.jobs().size() + "x" + shop.machines().size(),
        best,
        by.name(),
        least,
        objective.of(shop, once),
        objective.of(shop, ends),
        objective.of(shop, drawn),
        (between - begin) / 1e3 / shop.operationCount(),
        (end - drawing) / 1e9,
        good);
  }

  private static Objective objective(Dispatcher dispatcher) {
    return dispatcher.goal() == DispatchGoal.MAKESPAN
        ? Objectives.makespan()
        : Objectives.weightedTardiness();
  }

  private Reply one(Scheduling scheduling, Dispatcher dispatcher) {
    Path shopFile = Objects.requireNonNull(file);
    Shop shop = source.read(shopFile, scheduling.documents());
    DispatchPage.Row row = row(scheduling, dispatcher, shop, shop.name(), OptionalDouble.empty());
    Schedule plan = dispatcher.plan(shop, samples, key);
    Objective objective = objective(dispatcher);
    Reply reply = new Reply(name()).line("Shop", ShopSource.described(shop));
    reply.line("Objective", objective.name() + " " + SchedulePlan.number(row.drawn()));
    reply.line(
        "Policy",
        SchedulePlan.number(row.once())
            + " in one pass, "
            + SchedulePlan.number(row.ends())
            + " from both ends, the best of "
            + samples
            + " plans above");
    reply.line("Best rule", row.rule() + ", " + SchedulePlan.number(row.ruled()));
    reply.line(
        "Time",
        String.format(Locale.ROOT, "%.1f us an operation, one pass", row.microsPerOperation()));
    reply.line("Checked", row.good() ? "every rule is kept" : "RULES ARE BROKEN");
    ShortChart.lines(shop, plan).forEach(reply::line);
    if (planFile != null) {
      SchedulePlan.write(planFile, scheduling.documents().json(shop, plan, List.of()));
      reply.line("Plan", planFile.toString()).put("plan", planFile);
    }
    if (html != null) {
      SchedulePlan.write(html, Gantt.of(shop, plan).html());
      reply.line("Report", html.toString()).put("report", html);
    }
    reply.put("row", row.document());
    return row.good() ? reply : reply.failed();
  }

  private Reply folder(Millwright millwright, Scheduling scheduling, Dispatcher dispatcher) {
    if (planFile != null) {
      throw misused("--json FILE is for one shop, not for --all.");
    }
    ScheduleFolder folder =
        new ScheduleFolder(
            Objects.requireNonNull(all),
            bounds,
            names,
            millwright.tables(),
            scheduling.documents());
    List<DispatchPage.Row> rows = new ArrayList<>();
    Reply reply = new Reply(name());
    reply.line(DispatchPage.Row.heading(samples));
    for (Path shopFile : folder.files()) {
      if (stopping()) {
        reply.line("Stopped by Ctrl-C.");
        break;
      }
      Shop shop = source.read(shopFile, scheduling.documents());
      DispatchPage.Row row =
          row(scheduling, dispatcher, shop, ScheduleFolder.name(shopFile), folder.known(shopFile));
      rows.add(row);
      reply.line(row.line());
      say(row.line());
    }
    DispatchPage.Summary summary = DispatchPage.Summary.of(rows);
    summary.lines(samples).forEach(reply::line);
    reply.put("instances", rows.stream().map(DispatchPage.Row::document).toList());
    Map<String, @Nullable Object> means = summary.document();
    means.forEach(reply::put);
    if (html != null) {
      DispatchPage.write(html, dispatcher, rows, summary, samples);
      reply.line("Report", html.toString()).put("report", html);
    }
    return rows.stream().allMatch(DispatchPage.Row::good) ? reply : reply.failed();
  }
}
