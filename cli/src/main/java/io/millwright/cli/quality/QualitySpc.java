package io.millwright.cli.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.api.data.Column;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.quality.Adjustment;
import io.millwright.quality.BaselineCheck;
import io.millwright.quality.CapabilityPlan;
import io.millwright.quality.ChartConstants;
import io.millwright.quality.ChartPlan;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ControlChart;
import io.millwright.quality.MultivariateChart;
import io.millwright.quality.MultivariatePlan;
import io.millwright.quality.PhaseOne;
import io.millwright.quality.ProcessCapability;
import io.millwright.quality.Quality;
import io.millwright.quality.Reading;
import io.millwright.quality.RunRules;
import io.millwright.quality.Spc;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
    name = "spc",
    sortOptions = false,
    description =
        "Draws a control chart of readings: limits from its first rows, signals in all of them.",
    footer = {
      "",
      "Examples:",
      "  millwright quality spc diameters.csv --column diameter --baseline 50 --html chart.html",
      "  millwright quality spc cups.csv --column a,b,c,d,e --kind means --lower 9.9 --upper 10.1",
      "  millwright quality spc lots.csv --kind p --column defective --inspected inspected --laney"
    })
final class QualitySpc extends DeskCommand {

  /** The kinds of chart. */
  enum Kind {
    individuals,
    means,
    ranges,
    p,
    np,
    c,
    u,
    ewma,
    cusum,
    start,
    t2,
    mewma;

    boolean counts() {
      return this == p || this == np || this == c || this == u;
    }

    boolean multivariate() {
      return this == t2 || this == mewma;
    }
  }

  /** Below this probability readings are called not normal though nobody asked. */
  private static final double SURELY = 0.001;

  @Parameters(arity = "1", paramLabel = "CSV", description = "Readings with a header.")
  Path file = Path.of("");

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = {
        "The kind of chart: individuals, means (x-bar/s), ranges (x-bar/R), p, np, c, u, ewma,",
        "cusum, start (short runs without a baseline), t2, mewma. Default: individuals, of several",
        "columns means."
      })
  @Nullable Kind kind;

  @Option(
      names = "--column",
      paramLabel = "COL",
      split = ",",
      description =
          "The column of readings; several are a subgroup. Default: the first column of numbers"
              + " that does not number the rows.")
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
      description = "For p, np, c and u: the column of the numbers inspected. Default: 1.")
  @Nullable String inspected;

  @Option(
      names = "--baseline",
      paramLabel = "N",
      description = "Draw the limits from the first N readings. Default: all.")
  @Nullable Integer baseline;

  @Option(
      names = "--rules",
      paramLabel = "none|western_electric|nelson",
      description = "Run rules beside the limits. Default: western_electric.",
      defaultValue = "WESTERN_ELECTRIC")
  RunRules rules = RunRules.WESTERN_ELECTRIC;

  @Option(names = "--laney", description = "Of p, np, c and u: sigma by Laney's p' and u'.")
  boolean laney;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Leave readings of the baseline out that lie beyond, N times at most.",
      defaultValue = "0")
  int rounds;

  @Option(
      names = "--examine",
      description = "Look whether readings are independent and normal, and adjust them if need be.")
  boolean examine;

  @Option(names = "--centre", paramLabel = "X", description = "A given centre, with --sigma.")
  @Nullable Double centre;

  @Option(names = "--sigma", paramLabel = "X", description = "A given standard deviation.")
  @Nullable Double sigma;

  @Option(
      names = "--weight",
      paramLabel = "X",
      description = "The weight of ewma and mewma.",
      defaultValue = "0.1")
  double weight;

  @Option(
      names = "--width",
      paramLabel = "X",
      description = "The limits of ewma in its sigma, with the full width from the beginning.")
  @Nullable Double width;

  @Option(
      names = "--decision",
      paramLabel = "X",
      description = "The sum of cusum that signals.",
      defaultValue = "5")
  double decision;

  @Option(names = "--fir", description = "Start cusum at half of the decision.")
  boolean fir;

  @Option(
      names = "--false-alarm",
      paramLabel = "X",
      description = "Of t2: the probability of a false signal.",
      defaultValue = "0.0027")
  double falseAlarm;

  @Option(names = "--printed", description = "Constants of moving ranges as books print them.")
  boolean printed;

  @Option(names = "--target", paramLabel = "X", description = "The target, for Cpm.")
  @Nullable Double target;

  @Option(
      names = "--law",
      paramLabel = "LAW",
      description =
          "Of capability: normal, lognormal, weibull, box_cox or empirical. Default: normal, or as"
              + " --examine finds.")
  CapabilityPlan.@Nullable Law law;

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

  QualitySpc(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    Quality quality = millwright.plugin(Quality.class);
    Table table = tables.read(millwright.tables(), file, this::say).table();
    List<Reading> readings = readings(table);
    if (readings.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          file + " holds no reading, only a heading\nMaybe it is still being written, or cut off");
    }
    int phase = baseline == null ? readings.size() : baseline;
    if (phase < 1 || phase > readings.size()) {
      throw misused("--baseline is " + phase + ", but there are " + readings.size() + " readings");
    }
    List<Reading> past = readings.subList(0, phase).stream().filter(QualitySpc::whole).toList();
    Spc spc = quality.spc();
    Reply reply = new Reply(name());
    if (columns.isEmpty()) {
      reply.line("Column", String.join(", ", columns(table))).put("column", columns(table));
    }
    if (kind != null && kind.multivariate()) {
      PhaseOne<MultivariateChart> drawn =
          spc.multivariate().phaseOne(multivariate(spc), columns(table), past, rounds);
      reply.put("removed", drawn.removed().stream().map(i -> i + 1).toList());
      reply.put("mean", drawn.chart().mean()).put("covariance", drawn.chart().covariance());
      reply.put("phaseOneLimit", drawn.points().get(0).tracks().get(0).high());
      reply.line("Baseline", drawn.words());
      try (Monitor<Reading, ChartPoint> monitor = spc.multivariate().monitor(drawn.chart())) {
        return SpcReply.fill(
            reply,
            drawn.chart().plan().toString(),
            kind + " of " + columns(table),
            Map.of("variables", (double) drawn.chart().mean().size()),
            drawn.chart().baseline(),
            phase,
            run(monitor, readings),
            Optional.empty(),
            quantity(table),
            file,
            html);
      }
    }
    Adjustment adjustment = new Adjustment.AsIs();
    if (examine) {
      BaselineCheck check = spc.examine(numbers(past));
      adjustment = check.adjustment();
      reply.line("Readings", check.words()).put("examination", check.words());
      reply.put("autocorrelation", check.autocorrelation()).put("normality", check.normality());
      reply.put("adjustment", adjustment.toString());
    }
    ControlChart chart;
    ChartPlan plan = plan(readings);
    if (centre != null && sigma != null) {
      chart = new ControlChart(plan, centre, sigma, adjustment, 0, Instant.EPOCH);
    } else {
      PhaseOne<ControlChart> drawn = spc.phaseOne(plan, adjustment, past, rounds);
      chart = drawn.chart();
      reply.put("removed", drawn.removed().stream().map(i -> i + 1).toList());
      if (rounds > 0) {
        reply.line("Baseline", drawn.words());
      }
    }
    try (Monitor<Reading, ChartPoint> monitor = spc.monitor(chart)) {
      return SpcReply.fill(
          reply,
          chart.plan().toString(),
          words(chart.plan()),
          Map.of("centre", chart.centre(), "sigma", chart.sigma()),
          chart.baseline(),
          phase,
          run(monitor, readings),
          capability(spc, past, adjustment, reply),
          quantity(table),
          file,
          html);
    }
  }

  private static List<Optional<ChartPoint>> run(
      Monitor<Reading, ChartPoint> monitor, List<Reading> readings) {
    List<Optional<ChartPoint>> points = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      Outcome<ChartPoint> outcome =
          monitor.update("readings", readings.get(i), Instant.EPOCH.plusSeconds(i));
      points.add(outcome.fold(p -> Optional.of(p.value()), a -> Optional.empty()));
    }
    return points;
  }

  private MultivariatePlan multivariate(Spc spc) {
    return kind == Kind.t2
        ? new MultivariatePlan.Hotelling(1, falseAlarm)
        : new MultivariatePlan.Mewma(
            weight, spc.multivariate().mewmaLimit(columns.size(), weight, 1 / falseAlarm));
  }

  private static boolean whole(Reading reading) {
    return reading instanceof Reading.Values v
        ? v.values().stream().allMatch(Double::isFinite)
        : reading instanceof Reading.Count c && c.found() >= 0 && c.inspected() > 0;
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
    if ((wanted == Kind.means || wanted == Kind.ranges) && each < 2) {
      throw misused("a chart of means needs subgroups: name several columns, or --size 2 or more");
    }
    if (fir && wanted != Kind.cusum) {
      throw misused("--fir is for --kind cusum");
    }
    return switch (wanted) {
      case means -> new ChartPlan.Means(each, ChartPlan.Spread.DEVIATION, rules);
      case ranges -> new ChartPlan.Means(each, ChartPlan.Spread.RANGE, rules);
      case p, np, c, u ->
          new ChartPlan.Attributes(
              ChartPlan.Attribute.valueOf(wanted.name().toUpperCase(Locale.ROOT)), laney, rules);
      case ewma -> new ChartPlan.Ewma(each, weight, width == null ? 2.814 : width, width == null);
      case cusum -> new ChartPlan.Cusum(each, 0.5, decision, fir ? decision / 2 : 0);
      case start -> new ChartPlan.SelfStarting(rules);
      default -> new ChartPlan.Individuals(rules, digits());
    };
  }

  private ChartConstants.Digits digits() {
    return printed ? ChartConstants.Digits.PRINTED : ChartConstants.Digits.EXACT;
  }

  /** The columns charted, with their units, for the axis. */
  private String quantity(Table table) {
    return columns(table).stream()
        .map(name -> table.schema().column(name))
        .map(c -> c.name() + (c.unit().symbol().isEmpty() ? "" : ", " + c.unit().symbol()))
        .collect(Collectors.joining("; "));
  }

  private static String said(RunRules rules) {
    return switch (rules) {
      case NONE -> "no run rules";
      case WESTERN_ELECTRIC -> "Western Electric rules";
      case NELSON -> "Nelson rules";
    };
  }

  private List<String> columns(Table table) {
    if (!columns.isEmpty()) {
      return columns;
    }
    List<String> numbers =
        table.schema().columns().stream()
            .filter(c -> c.type() == ColumnType.NUMBER)
            .map(Column::name)
            .toList();
    return numbers.stream()
        .filter(name -> !counts(table.numbers(name)))
        .findFirst()
        .or(() -> numbers.stream().findFirst())
        .map(List::of)
        .orElse(List.of());
  }

  /** Whether a column numbers the rows. */
  private static boolean counts(double[] column) {
    for (int r = 1; r < column.length; r++) {
      if (column[r] != column[r - 1] + 1) {
        return false;
      }
    }
    return column.length > 2;
  }

  private List<Reading> readings(Table table) {
    List<String> from = columns(table);
    if (from.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          file + " has no column of numbers among " + table.schema().names());
    }
    List<double[]> numbers = from.stream().map(table::numbers).toList();
    List<Reading> readings = new ArrayList<>();
    if (kind != null && kind.counts()) {
      double[] of = inspected == null ? null : table.numbers(inspected);
      if (of == null && kind != Kind.c) {
        throw misused("--kind " + kind + " needs --inspected");
      }
      for (int r = 0; r < table.rows(); r++) {
        double found = numbers.get(0)[r];
        if (found < 0 || found != Math.rint(found) && !Double.isNaN(found)) {
          throw SpcReply.noCount(r, from.get(0), found);
        }
        // A missing count is one that cannot be: the chart abstains from it.
        readings.add(
            new Reading.Count(
                Double.isNaN(found) ? -1 : Math.round(found), of == null ? 1 : of[r]));
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

  private static List<Double> numbers(List<Reading> past) {
    List<Double> values = new ArrayList<>();
    past.forEach(
        r -> {
          if (r instanceof Reading.Values v) {
            values.addAll(v.values());
          }
        });
    return values;
  }

  private Optional<ProcessCapability> capability(
      Spc spc, List<Reading> past, Adjustment adjustment, Reply reply) {
    if (lower == null && upper == null) {
      return Optional.empty();
    }
    int each = past.get(0) instanceof Reading.Values v ? v.values().size() : 1;
    CapabilityPlan plan =
        CapabilityPlan.between(
                lower == null ? Double.NEGATIVE_INFINITY : lower,
                upper == null ? Double.POSITIVE_INFINITY : upper)
            .law(law == null ? law(spc, past, adjustment, reply) : law)
            .subgroups(each)
            .digits(digits());
    return Optional.of(spc.capability(numbers(past), target == null ? plan : plan.target(target)));
  }

  /** The law that fits what examining found; a word where nobody asked and normal is wrong. */
  private CapabilityPlan.Law law(Spc spc, List<Reading> past, Adjustment adjustment, Reply reply) {
    if (adjustment instanceof Adjustment.Power power) {
      return power.shift() == 0 ? CapabilityPlan.Law.BOX_COX : CapabilityPlan.Law.EMPIRICAL;
    }
    if (!examine && spc.examine(numbers(past)).normality() < SURELY) {
      reply.line(
          "Law",
          "the readings are not normal, and what is beyond the limits is said as if they were:"
              + " look with --examine, or name a --law");
    }
    return CapabilityPlan.Law.NORMAL;
  }

  private static String words(ChartPlan plan) {
    if (plan instanceof ChartPlan.Individuals i) {
      return "single readings and their moving range, " + said(i.rules());
    }
    if (plan instanceof ChartPlan.Means m) {
      return "means and " + m.spread() + " of " + m.size() + ", " + said(m.rules());
    }
    if (plan instanceof ChartPlan.Attributes a) {
      return a.attribute() + (a.laney() ? " with Laney's sigma" : "") + ", " + said(a.rules());
    }
    if (plan instanceof ChartPlan.SelfStarting s) {
      return "scores by the readings before, " + said(s.rules());
    }
    return plan instanceof ChartPlan.Ewma e
        ? "a moving average of weight " + e.weight() + "."
        : "cumulative sums to both sides.";
  }
}
