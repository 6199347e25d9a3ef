package io.millwright.cli.quality;

import io.millwright.api.Budget;
import io.millwright.api.Millwright;
import io.millwright.api.Solution;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.pages.AdvicePage;
import io.millwright.quality.Advice;
import io.millwright.quality.AdviceCheck;
import io.millwright.quality.AdviceProblem;
import io.millwright.quality.Advisor;
import io.millwright.quality.Experiments;
import io.millwright.quality.Goal;
import io.millwright.quality.Knob;
import io.millwright.quality.Quality;
import io.millwright.quality.ResponseSurface;
import io.millwright.quality.SafeRange;
import io.millwright.quality.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Advises settings. */
@Command(
    name = "advise",
    sortOptions = false,
    description =
        "Which knob to move, how far, from runs of a process; and which experiments to make next.",
    footer = {
      "",
      "Examples:",
      "  millwright quality advise runs.csv --knob heat=160:220 --knob time=5:40:5 \\",
      "      --goal strength=max --safe flash=:0.5 --now heat=180 --html advice.html",
      "  millwright quality advise --knob heat=160:220 --knob time=5:40 --goal strength=max --next"
          + " 12"
    })
final class QualityAdvise extends DeskCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "One row for each run or part. Without it, the first experiments are proposed.")
  @Nullable Path file;

  @Option(
      names = "--knob",
      required = true,
      paramLabel = "COL=LOW:HIGH[:STEP]",
      description = "A setting that can be moved, its limits, and steps from the lowest.")
  Map<String, String> knobs = new LinkedHashMap<>();

  @Option(
      names = "--goal",
      required = true,
      paramLabel = "COL=max|min|TARGET",
      description = "The characteristic, and which way is better.")
  String goal = "";

  @Option(
      names = "--safe",
      paramLabel = "COL=LOW:HIGH",
      description = "What parts must keep; either end may be left empty.")
  Map<String, String> safe = new LinkedHashMap<>();

  @Option(
      names = "--now",
      paramLabel = "COL=VALUE",
      description = "Where a knob stands. Default: at the median of the runs.")
  Map<String, Double> now = new LinkedHashMap<>();

  @Option(
      names = "--given",
      paramLabel = "COL=VALUE",
      description = "An input that is not moved, such as the material.")
  Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--cost",
      paramLabel = "COL=COST",
      description = "What moving a knob by one unit costs, in units of the characteristic.")
  Map<String, Double> cost = new LinkedHashMap<>();

  @Option(
      names = "--spread",
      paramLabel = "COL=SD",
      description = "How exactly a setting is kept: the standard deviation.")
  Map<String, Double> spread = new LinkedHashMap<>();

  @Option(
      names = "--risk",
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description = "The share of parts that may leave a safe range.")
  double risk;

  @Option(
      names = "--confidence",
      paramLabel = "LEVEL",
      defaultValue = "0.8",
      description = "How sure that must be; also the level of intervals.")
  double confidence;

  @Option(
      names = "--next",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many experiments to propose.")
  int next;

  @Option(
      names = "--design",
      paramLabel = "NAME",
      description =
          "How to choose them: d_optimal or improvement. Default: d_optimal until there are 20 runs"
              + " and enough for a quadratic surface.")
  Experiments.@Nullable Design design;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "New parts made as advised: compared with what was promised.")
  @Nullable Path check;

  @Option(names = "--key", paramLabel = "N", defaultValue = "0", description = "The seed.")
  long key;

  @Mixin TableOptions tables = new TableOptions();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  @Nullable Path html;

  QualityAdvise(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public boolean stopsEarly() {
    return true;
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Advisor advisor = millwright.plugin(Quality.class).advice();
    Reply reply = new Reply(name());
    if (next < 0) {
      throw misused("--next " + next + ": how many experiments to propose, 1 or more");
    }
    AdviceProblem problem = problem(millwright);
    if (file == null && check != null) {
      throw misused("--check compares with an advice, which needs a file of runs");
    }
    if (file == null && next == 0) {
      throw misused("without a file of runs, --next says how many experiments to propose");
    }
    AdvicePage page = AdvicePage.of(file == null ? "no runs yet" : file.toString(), problem);
    if (file != null) {
      advise(millwright, advisor, problem, reply, page);
    }
    if (next > 0) {
      Experiments experiments = advisor.experiments(problem, next, Optional.ofNullable(design));
      reply.line("Next", experiments.words());
      List<Map<String, Double>> runs = new ArrayList<>();
      for (Map<String, Double> run : experiments.runs()) {
        runs.add(new TreeMap<>(run));
        reply.line("Run", settings(run));
      }
      reply.put(
          "experiments",
          Map.of(
              "design", experiments.design().name().toLowerCase(Locale.ROOT),
              "words", experiments.words(),
              "runs", runs));
      page.experiments(experiments);
    }
    if (html != null) {
      page.writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  /** Columns of the runs that no option names and that varied. */
  private List<String> unused(AdviceProblem problem) {
    Table runs = problem.runs();
    return runs.schema().columns().stream()
        .filter(c -> varies(runs, c))
        .map(Column::name)
        .filter(c -> !knobs.containsKey(c) && !given.containsKey(c) && !safe.containsKey(c))
        .filter(c -> !c.equals(problem.goal().column()))
        .toList();
  }

  private static boolean varies(Table runs, Column column) {
    if (column.type() == ColumnType.CATEGORY) {
      return runs.distinct(column.name()).size() > 1;
    }
    if (column.type() != ColumnType.NUMBER) {
      return false;
    }
    double[] all = runs.numbers(column.name());
    boolean numbered = true;
    boolean varied = false;
    for (int r = 1; r < all.length; r++) {
      numbered &= all[r] == all[r - 1] + 1;
      varied |= all[r] != all[0];
    }
    return varied && !numbered;
  }

  private void advise(
      Millwright millwright, Advisor advisor, AdviceProblem problem, Reply reply, AdvicePage page)
      throws InterruptedException {
    Solution<Advice> solution = await(advisor.optimize(problem, Budget.iterations(10)));
    List<ResponseSurface> surfaces =
        Stream.concat(
                Stream.of(problem.goal().column()), problem.safe().stream().map(SafeRange::column))
            .distinct()
            .map(column -> advisor.surface(problem, column))
            .toList();
    surfaces.forEach(s -> reply.line("Surface", s.words()));
    List<String> unused = unused(problem);
    if (!unused.isEmpty()) {
      reply.line(
          "Not used",
          String.join(", ", unused)
              + " (an input that varied, such as a material: --given COL=VALUE)");
    }
    reply.put("unused", unused);
    reply.put("surfaces", surfaces.stream().map(QualityAdvise::surface).toList());
    reply.put("end", solution.end().name().toLowerCase(Locale.ROOT));
    if (solution.value().isEmpty()) {
      reply.line(
          "Advice",
          "no setting is known to be safe: make experiments (--next), or allow more risk");
      page.none();
      return;
    }
    Advice advice = solution.orElseThrow();
    reply.line("Advice", advice.words());
    reply.put("words", advice.words());
    reply.put("from", new TreeMap<>(advice.from()));
    reply.put("to", new TreeMap<>(advice.to()));
    reply.put("before", span(advice.before()));
    reply.put("after", span(advice.after()));
    reply.put("gain", span(advice.gain()));
    reply.put("cost", advice.cost());
    reply.put("risk", advice.risk());
    for (Advice.Move m : advice.moves()) {
      reply.line(
          "Move",
          String.format(
              Locale.ROOT,
              "%s from %s to %s: alone it gains %s, %s",
              m.column(),
              Figure.of(m.from()),
              Figure.of(m.to()),
              Figure.of(m.alone(), 3),
              m.without() < 0
                  ? "beside the others it is needed to be safe"
                  : "without it " + Figure.of(m.without(), 3) + " is lost"));
    }
    reply.put(
        "moves",
        advice.moves().stream()
            .map(
                m ->
                    Map.of(
                        "column", m.column(),
                        "from", m.from(),
                        "to", m.to(),
                        "alone", m.alone(),
                        "without", m.without()))
            .toList());
    reply.put(
        "interactions",
        advice.interactions().stream()
            .map(i -> Map.of("first", i.first(), "second", i.second(), "size", i.size()))
            .toList());
    page.advice(advice, surfaces, advisor.risk(problem));
    if (check != null) {
      Table parts = tables.read(millwright.tables(), check, this::say).table();
      AdviceCheck found = advisor.check(problem, advice, parts);
      reply.line("Check", found.words());
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("words", found.words());
      one.put("expected", span(found.expected()));
      one.put("measured", span(found.measured()));
      one.put("as_expected", found.asExpected());
      one.put("outside", span(found.outside()));
      one.put("within_risk", found.withinRisk());
      reply.put("check", one);
      page.check(found);
    }
  }

  private AdviceProblem problem(Millwright millwright) {
    List<Knob> all = new ArrayList<>();
    knobs.forEach((name, limits) -> all.add(knob(name, limits)));
    spread.keySet().forEach(this::known);
    cost.keySet().forEach(this::known);
    int at = goal.lastIndexOf('=');
    if (at < 1) {
      throw misused("--goal " + goal + ": it should read COL=max, COL=min or COL=TARGET");
    }
    String outcome = goal.substring(0, at);
    String aim = goal.substring(at + 1);
    List<SafeRange> ranges = new ArrayList<>();
    safe.forEach(
        (name, limits) -> {
          String[] ends = limits.split(":", -1);
          if (ends.length != 2) {
            throw misused("--safe " + name + "=" + limits + ": it should read COL=LOW:HIGH");
          }
          if (ends[0].isBlank() && ends[1].isBlank()) {
            throw misused("--safe " + name + "=" + limits + " limits nothing: give LOW or HIGH");
          }
          ranges.add(
              new SafeRange(
                  name,
                  ends[0].isBlank() ? Double.NEGATIVE_INFINITY : number(ends[0]),
                  ends[1].isBlank() ? Double.POSITIVE_INFINITY : number(ends[1])));
        });
    return AdviceProblem.builder()
        .runs(file == null ? none() : tables.read(millwright.tables(), file, this::say).table())
        .knobs(all)
        .goal(
            switch (aim) {
              case "max" -> Goal.largest(outcome);
              case "min" -> Goal.smallest(outcome);
              default -> Goal.target(outcome, number(aim));
            })
        .safe(ranges)
        .current(now)
        .given(given)
        .risk(risk, confidence)
        .key(key)
        .build();
  }

  private Table none() {
    return Table.ofNumbers(
        new Schema(knobs.keySet().stream().map(Column::number).toList()), new double[0][]);
  }

  private void known(String name) {
    if (!knobs.containsKey(name)) {
      throw misused("'" + name + "' is no --knob");
    }
  }

  private Knob knob(String name, String limits) {
    String[] ends = limits.split(":", -1);
    if (ends.length < 2 || ends.length > 3) {
      throw misused("--knob " + name + "=" + limits + ": it should read COL=LOW:HIGH[:STEP]");
    }
    Knob knob =
        Knob.between(name, number(ends[0]), number(ends[1]))
            .spread(spread.getOrDefault(name, 0.0))
            .cost(cost.getOrDefault(name, 0.0));
    return ends.length == 3 ? knob.step(number(ends[2])) : knob;
  }

  private double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw misused("'" + text + "' is no number");
    }
  }

  private static String settings(Map<String, Double> run) {
    return String.join(
        ", ",
        new TreeMap<>(run)
            .entrySet().stream().map(e -> e.getKey() + " " + Figure.of(e.getValue())).toList());
  }

  private static Map<String, Object> surface(ResponseSurface surface) {
    return Map.of(
        "words", surface.words(), "explained", surface.explained(), "noise", surface.noise());
  }

  private static Map<String, Object> span(Span s) {
    return Map.of("value", s.value(), "low", s.low(), "high", s.high());
  }
}
