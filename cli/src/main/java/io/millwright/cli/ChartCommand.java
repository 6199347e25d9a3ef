package io.millwright.cli;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.cli.pages.ChartReport;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.ProcessCapability;
import io.millwright.quality.Quality;
import io.millwright.quality.Reading;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Charts readings from a file. */
@Command(
    name = "chart",
    sortOptions = false,
    description =
        "Draws a control chart of readings: limits from its first rows, signals in all of them.",
    footer = {
      "",
      "Examples:",
      "  millwright chart diameters.csv --column diameter --baseline 50 --html chart.html",
      "  millwright chart cups.csv --column a,b,c,d,e --kind means --lower 9.9 --upper 10.1",
      "  millwright chart lots.csv --kind shares --column defective --inspected inspected"
    })
final class ChartCommand extends DeskCommand {

  /** The kinds of chart. */
  enum Kind {
    individuals,
    means,
    shares,
    ewma,
    cusum
  }

  private static final int MOST_LINES = 50;

  @Parameters(arity = "1", paramLabel = "CSV", description = "Readings with a header.")
  Path file = Path.of("");

  @Option(
      names = "--kind",
      paramLabel = "individuals|means|shares|ewma|cusum",
      description = "The kind of chart. Default: individuals, of several columns means.")
  @Nullable Kind kind;

  @Option(
      names = "--column",
      paramLabel = "COL",
      split = ",",
      description =
          "The column of readings; several are a subgroup. Default: the first column of numbers.")
  List<String> columns = List.of();

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Take so many rows in a row of one column as a subgroup.",
      defaultValue = "1")
  int size;

  @Option(
      names = "--inspected",
      paramLabel = "COL",
      description = "For shares: the column of the numbers inspected.")
  @Nullable String inspected;

  @Option(
      names = "--baseline",
      paramLabel = "N",
      description = "Draw the limits from the first N readings. Default: all.")
  @Nullable Integer baseline;

  @Option(names = "--no-runs", description = "Leave the run rules of Western Electric out.")
  boolean noRuns;

  @Option(
      names = "--lower",
      paramLabel = "X",
      description = "The lower limit of specification, for Cp and Cpk.")
  @Nullable Double lower;

  @Option(
      names = "--upper",
      paramLabel = "X",
      description = "The upper limit of specification, for Cp and Cpk.")
  @Nullable Double upper;

  @Mixin TableOptions tables = new TableOptions();

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with the chart.")
  @Nullable Path html;

  ChartCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  Reply answer(Millwright millwright) {
    Quality quality = millwright.plugin(Quality.class);
    Table table = tables.read(millwright.tables(), file, this::say).table();
    List<Reading> readings = readings(table);
    int phase = baseline == null ? readings.size() : baseline;
    if (phase < 1 || phase > readings.size()) {
      throw misused("--baseline is " + phase + ", but there are " + readings.size() + " readings");
    }
    List<Reading> past = readings.subList(0, phase).stream().filter(ChartCommand::whole).toList();
    ControlChart chart = quality.chart(plan(readings), past);
    List<Optional<ChartPoint>> points = new ArrayList<>();
    try (Monitor<Reading, ChartPoint> monitor = quality.monitor(chart)) {
      for (int i = 0; i < readings.size(); i++) {
        Outcome<ChartPoint> outcome =
            monitor.update("readings", readings.get(i), Instant.EPOCH.plusSeconds(i));
        points.add(outcome.fold(p -> Optional.of(p.value()), a -> Optional.empty()));
      }
    }
    Optional<ProcessCapability> capability = capability(quality, past);
    return reply(chart, phase, points, capability);
  }

  private static boolean whole(Reading reading) {
    return !(reading instanceof Reading.Values v) || v.values().stream().allMatch(Double::isFinite);
  }

  private ChartPlan plan(List<Reading> readings) {
    int each =
        readings.isEmpty() || !(readings.get(0) instanceof Reading.Values v)
            ? 1
            : v.values().size();
    Kind wanted = kind != null ? kind : each > 1 ? Kind.means : Kind.individuals;
    if (wanted == Kind.individuals && each > 1) {
      throw misused("a chart of individuals takes one column; of subgroups use --kind means");
    }
    if (wanted == Kind.means && each < 2) {
      throw misused("a chart of means needs subgroups: name several columns, or --size 2 or more");
    }
    return switch (wanted) {
      case individuals -> new ChartPlan.Individuals(!noRuns);
      case means -> new ChartPlan.Means(each, !noRuns);
      case shares -> new ChartPlan.Shares(!noRuns);
      case ewma -> new ChartPlan.Ewma(each, 0.1, 2.814, true);
      case cusum -> new ChartPlan.Cusum(each, 0.5, 5);
    };
  }

  private List<Reading> readings(Table table) {
    List<String> from = columns;
    if (from.isEmpty()) {
      from =
          table.schema().columns().stream()
              .filter(c -> c.type() == ColumnType.NUMBER)
              .map(io.millwright.api.data.Column::name)
              .limit(1)
              .toList();
      if (from.isEmpty()) {
        throw new MillwrightException(
            ErrorCode.MISSING_COLUMN,
            file + " has no column of numbers among " + table.schema().names());
      }
    }
    List<double[]> numbers = from.stream().map(table::numbers).toList();
    List<Reading> readings = new ArrayList<>();
    if (kind == Kind.shares) {
      if (inspected == null) {
        throw misused("--kind shares needs --inspected");
      }
      double[] of = table.numbers(inspected);
      for (int r = 0; r < table.rows(); r++) {
        readings.add(new Reading.Count(Math.round(numbers.get(0)[r]), Math.round(of[r])));
      }
      return readings;
    }
    if (size > 1 && from.size() > 1) {
      throw misused("--size is for one column; several columns are a subgroup already");
    }
    for (int r = 0; r + size <= table.rows(); r += size) {
      List<Double> values = new ArrayList<>();
      for (double[] column : numbers) {
        for (int k = 0; k < size; k++) {
          values.add(column[r + k]);
        }
      }
      readings.add(new Reading.Values(values));
    }
    return readings;
  }

  private Optional<ProcessCapability> capability(Quality quality, List<Reading> past) {
    if (lower == null && upper == null) {
      return Optional.empty();
    }
    List<Double> values = new ArrayList<>();
    past.forEach(
        r -> {
          if (r instanceof Reading.Values v) {
            values.addAll(v.values());
          }
        });
    return Optional.of(
        quality.capability(
            values,
            lower == null ? Double.NEGATIVE_INFINITY : lower,
            upper == null ? Double.POSITIVE_INFINITY : upper,
            0.95));
  }

  private Reply reply(
      ControlChart chart,
      int phase,
      List<Optional<ChartPoint>> points,
      Optional<ProcessCapability> capability) {
    Reply reply = new Reply(name());
    List<Map<String, @Nullable Object>> signals = new ArrayList<>();
    int missing = 0;
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).isEmpty()) {
        missing++;
        continue;
      }
      ChartPoint point = points.get(i).get();
      if (!point.inControl()) {
        String what =
            point.signals().stream()
                .map(s -> s.track() + " " + s.rule())
                .collect(Collectors.joining(", "));
        if (signals.size() < MOST_LINES) {
          reply.line(
              String.format(
                  Locale.ROOT,
                  "reading %d: %s  (%s %.6g, limits %.6g to %.6g)",
                  i + 1,
                  what,
                  point.tracks().get(0).name(),
                  point.tracks().get(0).value(),
                  point.tracks().get(0).low(),
                  point.tracks().get(0).high()));
        }
        Map<String, @Nullable Object> signal = new LinkedHashMap<>();
        signal.put("reading", i + 1);
        signal.put(
            "signals",
            point.signals().stream()
                .map(s -> Map.of("track", s.track(), "rule", s.rule().name()))
                .toList());
        signal.put(
            "tracks",
            point.tracks().stream()
                .map(
                    t ->
                        Map.of(
                            "name",
                            t.name(),
                            "value",
                            t.value(),
                            "low",
                            t.low(),
                            "centre",
                            t.centre(),
                            "high",
                            t.high()))
                .toList());
        signals.add(signal);
      }
    }
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("centre", text(chart.centre()));
    figures.put("sigma within subgroups", text(chart.sigma()));
    figures.put("readings of " + points.size() + " signal", Integer.toString(signals.size()));
    reply.line(
        "Limits",
        String.format(
            Locale.ROOT,
            "centre %.6g, sigma %.6g, from %d readings",
            chart.centre(),
            chart.sigma(),
            chart.baseline()));
    reply.line("Signals", signals.size() + " of " + points.size() + " readings");
    if (missing > 0) {
      reply.line("Missing", missing + " readings, passed over");
      figures.put("readings missing", Integer.toString(missing));
    }
    capability.ifPresent(c -> capable(c, reply, figures));
    if (html != null) {
      new ChartReport("Control chart", file + ", " + words(chart.plan()), figures, phase, points)
          .writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply
        .put("chart", chart.plan().toString())
        .put("centre", chart.centre())
        .put("sigma", chart.sigma())
        .put("baseline", chart.baseline())
        .put("readings", points.size())
        .put("missing", missing)
        .put("signals", signals);
  }

  private static String words(ChartPlan plan) {
    if (plan instanceof ChartPlan.Individuals i) {
      return "single readings and their moving range" + (i.runs() ? ", with run rules." : ".");
    }
    if (plan instanceof ChartPlan.Means m) {
      return "means and deviations of " + m.size() + (m.runs() ? ", with run rules." : ".");
    }
    if (plan instanceof ChartPlan.Shares s) {
      return "shares of defective parts" + (s.runs() ? ", with run rules." : ".");
    }
    return plan instanceof ChartPlan.Ewma e
        ? "a moving average of weight " + e.weight() + "."
        : "cumulative sums to both sides.";
  }

  private static void capable(ProcessCapability c, Reply reply, Map<String, String> figures) {
    c.cp()
        .ifPresent(
            cp -> {
              reply.line("Cp", index(cp)).put("cp", document(cp));
              figures.put("Cp", text(cp.value()));
            });
    reply.line("Cpk", index(c.cpk())).put("cpk", document(c.cpk()));
    figures.put("Cpk", text(c.cpk().value()));
  }

  private static String index(ProcessCapability.Index index) {
    return String.format(
        Locale.ROOT, "%.3f, 95 %% interval %.3f to %.3f", index.value(), index.low(), index.high());
  }

  private static Map<String, Double> document(ProcessCapability.Index index) {
    return Map.of("value", index.value(), "low", index.low(), "high", index.high());
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }
}
