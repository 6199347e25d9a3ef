package io.millwright.cli.scheduling;

import io.millwright.api.Budget;
import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.api.Progress;
import io.millwright.api.Solution;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Durations;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.JsonFile;
import io.millwright.cli.kit.Reply;
import io.millwright.scheduling.Chances;
import io.millwright.scheduling.Gantt;
import io.millwright.scheduling.HistoryPoint;
import io.millwright.scheduling.Lateness;
import io.millwright.scheduling.Link;
import io.millwright.scheduling.Objective;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Promises;
import io.millwright.scheduling.Remedy;
import io.millwright.scheduling.Risk;
import io.millwright.scheduling.RobustPlan;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import io.millwright.scheduling.ShopOptimizer;
import io.millwright.scheduling.UncertainTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans one shop, or every shop of a folder. */
@Command(
    name = "schedule",
    sortOptions = false,
    description = {
      "Plans a shop floor: reads the shop, searches, says how good the plan is and who proved it.",
      "Ctrl-C ends the search with the best plan so far."
    },
    footer = {
      "",
      "--json FILE writes the plan; --json alone prints a document.",
      "",
      "Examples:",
      "  millwright scheduling plan shop.json --objective 'tardiness + 0.1 setup' --json plan.json"
          + " --html plan.html",
      "  millwright scheduling plan orders.csv --floor floor.json --time 1m",
      "  millwright scheduling plan shop.json --objective tardiness --uncertain booked.csv --risk"
          + " mean --html plan.html",
      "  millwright scheduling plan --all instances --bounds bounds.csv",
      "  millwright scheduling check shop.json plan.json"
    })
final class SchedulePlan extends DeskCommand implements JsonFile.Taker {

  @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The shop.")
  @Nullable Path file;

  @Mixin ShopSource source = new ShopSource();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "How long to search, such as 300ms, 30s or 2m. Default: 10s, or no limit with"
              + " --iterations.")
  @Nullable Duration time;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "How many moves to search: the same key then gives the same plan.")
  @Nullable Long iterations;

  @Option(
      names = "--target",
      paramLabel = "VALUE",
      description = "End as soon as the objective is this good.")
  @Nullable Double target;

  @Option(
      names = "--objective",
      paramLabel = "WORDS",
      description =
          "What to minimise: makespan, tardiness, flow-time, setup, energy; sums as 'tardiness +"
              + " 0.1 setup', priorities by commas. Default: ${DEFAULT-VALUE}.",
      defaultValue = "makespan")
  String objective = "makespan";

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many searches work side by side. Default: one a processor.")
  @Nullable Integer workers;

  @Option(
      names = "--key",
      paramLabel = "N",
      description = "The key of all randomness. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  long key = 1;

  @Option(
      names = "--prove",
      description = "Let OR-Tools' CP-SAT look for a bound, and for plans, beside the search.")
  boolean prove;

  @Option(
      names = "--explain",
      paramLabel = "JOB",
      description = "Say why a job ends when it does, and what would help.")
  @Nullable String explain;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a report with charts, as one page.")
  @Nullable Path html;

  @Option(names = "--svg", paramLabel = "FILE", description = "Write the chart of the machines.")
  @Nullable Path svg;

  @Option(
      names = "--all",
      paramLabel = "DIR",
      description = "Plan every shop of a folder and print a table.")
  @Nullable Path all;

  @Option(
      names = "--bounds",
      paramLabel = "CSV",
      description =
          "Best known values for --all: columns are found by their headings. Default: such a file"
              + " beside or above the folder.")
  @Nullable Path bounds;

  @Option(
      names = "--names",
      paramLabel = "GLOB",
      description = "With --all, only files whose names match, such as 'ta[0-4]*'.")
  @Nullable String names;

  @Mixin ChanceOptions chances = new ChanceOptions();

  private @Nullable Path planFile;

  SchedulePlan(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public void jsonFile(Path file) {
    planFile = file;
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
    Scheduling scheduling = millwright.plugin(Scheduling.class);
    if (all != null) {
      if (planFile != null
          || html != null
          || svg != null
          || explain != null
          || chances.uncertain != null) {
        throw misused(
            "--json FILE, --html, --svg, --explain and --uncertain are for one shop, not for"
                + " --all.");
      }
      ScheduleFolder folder =
          new ScheduleFolder(all, bounds, names, millwright.tables(), scheduling.documents());
      return folder.table(
          name(), source, shop -> planned(scheduling, shop, null), this::say, this::stopping);
    }
    Path shopFile = Objects.requireNonNull(file);
    Shop shop = source.read(shopFile, scheduling.documents());
    if (chances.risk != null) {
      if (chances.uncertain == null) {
        throw misused("--risk needs --uncertain FILE.");
      }
      return robust(scheduling, shop);
    }
    Chances uncertain = chances(scheduling, shop);
    say("Planning " + ShopSource.described(shop));
    List<HistoryPoint> history = Collections.synchronizedList(new ArrayList<>());
    Solution<Schedule> solution = planned(scheduling, shop, history);
    Reply reply = new Reply(name()).line("Shop", ShopSource.described(shop));
    reply.put("shop", shop.name()).put("operations", shop.operationCount());
    reply.put("end", solution.end());
    if (solution.value().isEmpty()) {
      return reply
          .line(
              "Plan",
              solution.end() == Solution.End.INFEASIBLE
                  ? "there is none: proven"
                      + Optional.ofNullable(solution.provenance().settings().get("impossible"))
                          .map(why -> "; " + why)
                          .orElse("")
                  : "none was found that keeps every rule; the best one breaks: "
                      + solution.provenance().settings().getOrDefault("broken rules", "some"))
          .failed();
    }
    Schedule plan = solution.value().get();
    values(reply, solution);
    Set<String> done = plan.completions().keySet();
    List<String> leftOut =
        shop.jobs().stream().map(ShopJob::id).filter(id -> !done.contains(id)).toList();
    if (!leftOut.isEmpty()) {
      reply.line("Left out", String.join(", ", leftOut)).put("leftOut", leftOut);
    }
    if (stopping()) {
      reply.line("Stopped", "by Ctrl-C; this is the best so far");
    }
    boolean good = ScheduleChecker.check(shop, plan).isEmpty();
    reply.line("Checked", good ? "every rule is kept" : "RULES ARE BROKEN");
    if (!good) {
      reply.failed();
    }
    List<Link> chain = explain == null ? List.of() : explained(scheduling, shop, plan, reply);
    ShortChart.lines(shop, plan).forEach(reply::line);
    Gantt gantt = Gantt.of(shop, plan).explaining(chain).withHistory(history);
    if (uncertain != null) {
      Promises promises = uncertain.promises(shop, plan);
      ChanceOptions.add(reply, promises);
      gantt = gantt.withChances(RobustPlan.alone(plan, promises));
    }
    write(reply, scheduling, gantt, solution.objectives());
    return reply.put("checked", good);
  }

  private @Nullable Chances chances(Scheduling scheduling, Shop shop) {
    if (chances.uncertain == null) {
      return null;
    }
    UncertainTimes times = scheduling.documents().times(chances.uncertain).checked(shop);
    return scheduling.chances(times, Objectives.parse(objective).get(0));
  }

  /** Plans for uncertain times. */
  private Reply robust(Scheduling scheduling, Shop shop) throws InterruptedException {
    if (prove || explain != null || target != null) {
      throw misused("--prove, --explain and --target do not go with --risk.");
    }
    Risk risk = chances.parsed();
    Chances uncertain = Objects.requireNonNull(chances(scheduling, shop));
    say("Planning " + ShopSource.described(shop));
    RobustPlan robust = await(uncertain.plan(shop, risk, budget()));
    Schedule plan = robust.plan();
    Reply reply = new Reply(name()).line("Shop", ShopSource.described(shop));
    reply.put("shop", shop.name()).put("operations", shop.operationCount());
    boolean good = ScheduleChecker.check(shop, plan).isEmpty();
    reply.line("Checked", good ? "every rule is kept" : "RULES ARE BROKEN");
    chances.add(reply, robust);
    ShortChart.lines(shop, plan).forEach(reply::line);
    write(reply, scheduling, Gantt.of(shop, plan).withChances(robust), List.of());
    reply.put("checked", good);
    return good ? reply : reply.failed();
  }

  private Solution<Schedule> planned(
      Scheduling scheduling, Shop shop, @Nullable List<HistoryPoint> history)
      throws InterruptedException {
    ShopOptimizer optimizer = scheduling.optimizer().minimize(Objectives.parse(objective)).key(key);
    if (workers != null) {
      optimizer = optimizer.workers(workers);
    }
    if (prove) {
      optimizer = optimizer.proving();
    }
    Job<Solution<Schedule>> job = optimizer.optimize(shop, budget());
    if (history == null) {
      return await(job);
    }
    try (Job.Subscription listening = job.onProgress(p -> point(p).ifPresent(history::add))) {
      Solution<Schedule> solution = await(job);
      if (solution.value().isPresent() && !history.isEmpty()) {
        // The bound may have risen after the last plan was found.
        Duration last = history.get(history.size() - 1).at();
        Duration end = time == null || stopping() ? last : time.compareTo(last) > 0 ? time : last;
        boolean early = solution.end() == Solution.End.OPTIMAL;
        history.add(
            new HistoryPoint(
                early ? last : end, solution.objective().value(), solution.objective().bound()));
      }
      return solution;
    }
  }

  private static Optional<HistoryPoint> point(Progress progress) {
    OptionalDouble bound =
        progress.figures().containsKey("bound")
            ? OptionalDouble.of(progress.figures().get("bound"))
            : OptionalDouble.empty();
    return progress.figures().entrySet().stream()
        .filter(f -> !f.getKey().equals("bound"))
        .findFirst()
        .map(f -> new HistoryPoint(progress.elapsed(), f.getValue(), bound));
  }

  private Budget budget() {
    Budget budget;
    if (iterations != null) {
      if (iterations < 1) {
        throw misused("--iterations must be at least 1.");
      }
      budget = Budget.iterations(iterations);
      budget = time == null ? budget : budget.atMost(time);
    } else {
      budget = Budget.of(time == null ? Duration.ofSeconds(10) : time);
    }
    return target == null ? budget : budget.untilTarget(target);
  }

  private void values(Reply reply, Solution<Schedule> solution) {
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    for (ObjectiveValue v : solution.objectives()) {
      reply.line("Objective", v.name() + " " + number(v.value()) + " " + v.unit());
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("name", v.name());
      document.put("value", v.value());
      document.put("unit", v.unit());
      document.put("foundBy", v.foundBy());
      if (v.bound().isPresent()) {
        double bound = v.bound().getAsDouble();
        reply.line("Bound", number(bound) + ", gap " + gap(v) + ", proved by " + v.provedBy());
        document.put("bound", bound);
        document.put("gap", bound == 0 && v.value() > 0 ? null : v.gap().orElseThrow());
        document.put("provedBy", v.provedBy());
      }
      documents.add(document);
    }
    reply.line("Found by", solution.objective().foundBy());
    reply.line(
        "Proven", solution.end() == Solution.End.OPTIMAL ? "optimal" : "not optimal, feasible");
    String unproven = solution.provenance().settings().get("nothing proven");
    if (unproven != null) {
      reply.line("No proof", unproven);
    }
    reply.put("objectives", documents).put("provenance", solution.provenance().settings());
  }

  static String gap(ObjectiveValue v) {
    double bound = v.bound().orElse(0);
    return bound == 0 && v.value() > 0
        ? "unknown"
        : String.format(Locale.ROOT, "%.2f %%", 100 * v.gap().orElse(0));
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private List<Link> explained(Scheduling scheduling, Shop shop, Schedule plan, Reply reply) {
    Objective first = Objectives.parse(objective).get(0);
    Lateness why = scheduling.planner(first).explain(shop, plan, Objects.requireNonNull(explain));
    reply.line(
        "Job",
        why.job()
            + " is done at "
            + why.end()
            + (why.due().isPresent() ? ", due at " + why.due().getAsLong() : ""));
    for (Link l : why.chain()) {
      reply.line(
          "",
          String.format(
              Locale.ROOT,
              "%d to %d  %s / %s on %s, after %s",
              l.operation().start(),
              l.operation().end(),
              l.operation().job(),
              l.operation().operation(),
              l.operation().machine(),
              l.cause().name().toLowerCase(Locale.ROOT)
                  + l.by().map(b -> " " + b.job() + " / " + b.operation()).orElse("")));
    }
    why.blocker().ifPresent(m -> reply.line("Blocker", "machine " + m));
    for (Remedy r : why.remedies()) {
      reply.line("Remedy", r.what() + ": " + effect(r));
    }
    reply.put("blocker", why.blocker().orElse(null));
    reply.put(
        "remedies",
        why.remedies().stream()
            .map(r -> Map.of("what", r.what(), "jobGain", r.jobGain(), "gain", r.gain()))
            .toList());
    return why.chain();
  }

  private static String effect(Remedy r) {
    if (r.jobGain() == 0 && r.gain() == 0) {
      return "changes nothing";
    }
    return "the job ends "
        + Math.abs(r.jobGain())
        + (r.jobGain() < 0 ? " later" : " earlier")
        + ", the objective is "
        + number(Math.abs(r.gain()))
        + (r.gain() < 0 ? " higher" : " lower");
  }

  private void write(
      Reply reply, Scheduling scheduling, Gantt gantt, List<ObjectiveValue> objectives) {
    if (planFile != null) {
      write(planFile, scheduling.documents().json(gantt.shop(), gantt.plan(), objectives));
      reply.line("Plan", planFile.toString()).put("plan", planFile);
    }
    if (html != null) {
      write(html, gantt.html());
      reply.line("Report", html.toString()).put("html", html);
    }
    if (svg != null) {
      write(svg, gantt.svg(Gantt.Rows.MACHINES, 1200));
      reply.line("Chart", svg.toString()).put("svg", svg);
    }
  }

  static void write(Path target, String text) {
    try {
      Files.writeString(target, text);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot write " + target + ": " + e + "\nMaybe the folder does not exist",
          e);
    }
  }
}
