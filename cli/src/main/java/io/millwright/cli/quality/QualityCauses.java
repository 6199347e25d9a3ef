package io.millwright.cli.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.pages.CausePage;
import io.millwright.quality.Attribution;
import io.millwright.quality.CauseGraph;
import io.millwright.quality.CausePlan;
import io.millwright.quality.Causes;
import io.millwright.quality.LevelChange;
import io.millwright.quality.Quality;
import io.millwright.quality.Span;
import io.millwright.quality.Stratum;
import io.millwright.quality.Trend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks for the causes of a change. */
@Command(
    name = "causes",
    sortOptions = false,
    description =
        "When a characteristic changed, what goes with it, and where the shift comes from.",
    footer = {
      "",
      "Examples:",
      "  millwright quality causes parts.csv --target scrap --html causes.html",
      "  millwright quality causes parts.csv --target scrap --steps moisture,lot/mould,pressure"
    })
final class QualityCauses extends DeskCommand {

  private static final double LEVEL = 0.9;
  private static final int LEAST_RESAMPLES = 20;

  @Parameters(arity = "1", paramLabel = "FILE", description = "One row for each part, in order.")
  Path file = Path.of("");

  @Option(
      names = "--target",
      required = true,
      paramLabel = "COL",
      description = "The characteristic, a column of numbers.")
  String target = "";

  @Option(
      names = "--steps",
      paramLabel = "COLS",
      description =
          "The columns of each step of the process, steps divided by '/'. The target comes last."
              + " Default: all columns without an order.")
  @Nullable String steps;

  @Option(
      names = "--since",
      paramLabel = "ROW",
      description = "The first row after the shift, from 1. Default: the largest change found.")
  @Nullable Integer since;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      description = "How often rows are drawn again.",
      defaultValue = "100")
  int resamples;

  @Mixin TableOptions tables = new TableOptions();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page.")
  @Nullable Path html;

  QualityCauses(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    if (resamples < LEAST_RESAMPLES) {
      throw misused(
          "--resamples "
              + resamples
              + ": intervals and strengths need at least "
              + LEAST_RESAMPLES);
    }
    Causes causes = millwright.plugin(Quality.class).causes();
    Table table = tables.read(millwright.tables(), file, this::say).table();
    double[] values = table.numbers(target);
    List<Double> course = Arrays.stream(values).boxed().toList();
    Reply reply = new Reply(name());
    Trend trend = causes.trend(course, LEVEL);
    reply.line(
        "Trend",
        String.format(
            Locale.ROOT,
            "%s a row (%s to %s), p %s",
            Figure.of(trend.slope().value(), 3),
            Figure.of(trend.slope().low(), 3),
            Figure.of(trend.slope().high(), 3),
            Figure.of(trend.p(), 2)));
    reply.put("trend", Map.of("p", trend.p(), "slope", span(trend.slope())));
    List<LevelChange> changes = causes.changes(course, LEVEL);
    changes(reply, changes, table);
    List<Stratum> strata = causes.strata(table, target, List.of());
    strata(reply, strata);
    CausePlan plan = plan();
    Optional<Integer> first =
        since != null
            ? Optional.of(since - 1)
            : changes.stream()
                .max(Comparator.comparingDouble(c -> Math.abs(c.step().value())))
                .map(LevelChange::at);
    int cut = first.orElse(table.rows());
    if (cut < 1 || cut > table.rows()) {
      throw new MillwrightException(
          ErrorCode.BAD_OPTION,
          "--since " + since + ": the file has " + table.rows() + " rows\nMaybe 2 or more");
    }
    Table before = table.slice(0, cut);
    CauseGraph graph = causes.graph(before, plan);
    graph(reply, graph);
    Optional<Attribution> why =
        cut == table.rows()
            ? Optional.empty()
            : Optional.of(
                causes.attribution(before, table.slice(cut, table.rows()), target, graph, plan));
    reply.line(
        "Finding",
        why.map(a -> "since " + place(table, cut) + ", " + a.words())
            .orElse("no change of level: nothing to attribute"));
    why.ifPresent(a -> attribution(reply, a, table, cut));
    if (html != null) {
      CausePage page = CausePage.of(file.toString(), target);
      page.course(values, changes, c -> time(table, c.at()).orElse(""));
      why.ifPresent(a -> page.attribution(a, place(table, cut)));
      page.graph(graph, target).strata(strata).writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  /** A row, by its time where the table has one. */
  private static String place(Table table, int row) {
    return time(table, row).map(t -> t + " (row " + (row + 1) + ")").orElse("row " + (row + 1));
  }

  /** When a row was, by the column of times in whose order the rows stand, or else the first. */
  private static Optional<String> time(Table table, int row) {
    int found = -1;
    for (int c = table.schema().size() - 1; c >= 0; c--) {
      if (table.schema().columns().get(c).type() == ColumnType.TIME
          && (found < 0 || ordered(table, c) || !ordered(table, found))) {
        found = c;
      }
    }
    return found < 0 ? Optional.empty() : Optional.ofNullable(table.label(row, found));
  }

  private static boolean ordered(Table table, int column) {
    long before = Long.MIN_VALUE;
    for (int r = 0; r < table.rows(); r++) {
      long at = table.time(r, column);
      if (at != Table.NO_TIME && at < before) {
        return false;
      }
      before = at == Table.NO_TIME ? before : at;
    }
    return true;
  }

  private CausePlan plan() {
    CausePlan plan = CausePlan.standard().resamples(resamples);
    if (steps == null) {
      return plan;
    }
    List<List<String>> all = new ArrayList<>();
    for (String step : steps.split("/", -1)) {
      all.add(Arrays.stream(step.split(",", -1)).map(String::strip).toList());
    }
    for (int i = 0; i < all.size() - 1; i++) {
      if (all.get(i).contains(target)) {
        throw misused(
            "--steps has the target '"
                + target
                + "' in step "
                + (i + 1)
                + " of "
                + all.size()
                + ", but what later steps do to it is asked: it comes last, or is left out");
      }
    }
    if (all.stream().noneMatch(s -> s.contains(target))) {
      all.add(List.of(target));
    }
    return plan.steps(all);
  }

  private static void changes(Reply reply, List<LevelChange> changes, Table table) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (LevelChange c : changes) {
      reply.line(
          "Change",
          String.format(
              Locale.ROOT,
              "at %s (rows %d to %d), by %s (%s to %s)",
              place(table, c.at()),
              c.from() + 1,
              c.to() + 1,
              Figure.of(c.step().value(), 4),
              Figure.of(c.step().low(), 4),
              Figure.of(c.step().high(), 4)));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("row", c.at() + 1);
      time(table, c.at()).ifPresent(t -> one.put("time", t));
      one.put("from", c.from() + 1);
      one.put("to", c.to() + 1);
      one.put("step", span(c.step()));
      all.add(one);
    }
    reply.put("changes", all);
  }

  private static void strata(Reply reply, List<Stratum> strata) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Stratum s : strata) {
      if (s.p() < 0.05) {
        reply.line(
            "Goes with",
            String.format(
                Locale.ROOT, "%s (share %.2f, p %s)", s.column(), s.share(), Figure.of(s.p(), 2)));
      }
      all.add(Map.of("column", s.column(), "p", s.p(), "share", s.share()));
    }
    reply.put("strata", all);
  }

  private static void graph(Reply reply, CauseGraph graph) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (CauseGraph.Link l : graph.links()) {
      reply.line(
          "Link",
          String.format(
              Locale.ROOT,
              "%s %s %s (%.2f)",
              l.from(),
              l.directed() ? "->" : "--",
              l.to(),
              l.strength()));
      all.add(
          Map.of(
              "from", l.from(),
              "to", l.to(),
              "directed", l.directed(),
              "strength", l.strength()));
    }
    reply.put("links", all);
  }

  private static void attribution(Reply reply, Attribution a, Table table, int cut) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Attribution.Part p : a.parts()) {
      parts.add(Map.of("column", p.column(), "share", span(p.share())));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("since", cut + 1);
    time(table, cut).ifPresent(t -> all.put("sinceTime", t));
    all.put("words", a.words());
    all.put("shift", span(a.shift()));
    all.put("parts", parts);
    reply.put("attribution", all);
  }

  private static Map<String, Object> span(Span s) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("value", s.value());
    if (!Double.isNaN(s.low())) {
      one.put("low", s.low());
      one.put("high", s.high());
    }
    return one;
  }
}
