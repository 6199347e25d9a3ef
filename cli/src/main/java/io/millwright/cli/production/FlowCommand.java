package io.millwright.cli.production;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.FlowPage;
import io.millwright.production.BottleneckReport;
import io.millwright.production.EventLog;
import io.millwright.production.FlowAnalysis;
import io.millwright.production.FlowReport;
import io.millwright.production.Indicator;
import io.millwright.production.LineStudy;
import io.millwright.production.LogColumns;
import io.millwright.production.Production;
import io.millwright.production.ResourceTime;
import io.millwright.production.StateColumns;
import io.millwright.production.StateReport;
import io.millwright.production.UnitElements;
import io.millwright.production.Work;
import io.millwright.production.WorkEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Flow, indicators and bottlenecks from a log. */
@Command(
    name = "flow",
    sortOptions = false,
    description = {
      "Says from an event log where time goes, and what holds the plant up.",
      "Tells run, set-up, breakdown and what is not recorded apart; gives lead times and waits of",
      "orders, rework, indicators of ISO 22400-2, and the faults of the log.",
      "Reads CSV, plain or gzip, and XES. With --states it reads a log of machine states."
    },
    footer = {
      "",
      "Examples:",
      "  millwright production flow log.csv --html flow.html",
      "  millwright production flow log.csv --columns case=order,resource=cell --from 2026-03-01",
      "  millwright production flow log.xes --study --json",
      "  millwright production flow log.csv --planned 320 --ideal 0.02 --unit \"Machine 4\"",
      "  millwright production flow states.csv --states"
    })
final class FlowCommand extends DeskCommand {

  @Parameters(paramLabel = "LOG", description = "The log.")
  Path file = Path.of("");

  @Option(
      names = "--columns",
      paramLabel = "ROLE=COLUMN",
      split = ",",
      description = {
        "Columns of other than the usual names: case, activity, resource, start, end, work,",
        "quantity, good, rejected, rework, reason. With --states: at, resource, state, amount",
        "(the time that the state took of the row's; without it rows count alike), pieces."
      })
  Map<String, String> columns = new LinkedHashMap<>();

  @Option(names = "--states", description = "The log holds samples of machine states.")
  boolean states;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = {
        "The beginning of the period, such as 2026-03-01 or 2026-03-01T06:00, in the zone of",
        "--zone. Default: UTC."
      })
  @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Its end.")
  @Nullable String to;

  @Option(
      names = "--resources",
      paramLabel = "NAME",
      split = ",",
      description = "The resources that the plant has; others are faults of the log.")
  @Nullable List<String> resources;

  @Option(
      names = "--gap",
      paramLabel = "HOURS",
      defaultValue = "24",
      description = "Report resources without a row for longer. Default: ${DEFAULT-VALUE} hours.")
  double gap;

  @Option(
      names = "--planned",
      paramLabel = "HOURS",
      description = "Planned busy time of a resource in the period, for availability and OEE.")
  @Nullable Double planned;

  @Option(
      names = "--ideal",
      paramLabel = "HOURS",
      description = "Planned run time of a piece, for effectiveness and OEE.")
  @Nullable Double ideal;

  @Option(
      names = "--unit",
      paramLabel = "NAME",
      description = "The resource whose indicators are shown. Default: the most loaded.")
  @Nullable String unit;

  @Option(
      names = "--shift",
      paramLabel = "HOURS",
      defaultValue = "8",
      description = "The length of a shift. Default: ${DEFAULT-VALUE}.")
  double shift;

  @Option(
      names = "--study",
      description = "Fit a line to the log and simulate what changes of it are worth.")
  boolean study;

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with losses, bottlenecks and the process graph.")
  @Nullable Path html;

  FlowCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Production production = millwright.plugin(Production.class);
    FlowAnalysis analysis = production.flow().gaps(hours(gap, "--gap"));
    if (from != null || to != null) {
      analysis =
          analysis.between(
              from == null ? Instant.EPOCH : moment(from, "--from"),
              to == null ? Instant.parse("9999-01-01T00:00:00Z") : moment(to, "--to"));
    }
    if (resources != null) {
      analysis = analysis.resources(resources);
    }
    if (planned != null) {
      above(planned, "--planned");
    }
    if (ideal != null) {
      above(ideal, "--ideal");
    }
    return states ? ofStates(millwright, analysis) : ofEvents(millwright, production, analysis);
  }

  private Duration hours(double hours, String option) {
    above(hours, option);
    return Duration.ofMillis(Math.round(hours * 3_600_000));
  }

  private void above(double number, String option) {
    if (!(number > 0) || number > 1e6) {
      throw misused(option + " is " + number + ", but must be a number of hours above 0");
    }
  }

  private Instant moment(String text, String option) {
    try {
      String iso = text.length() == 10 ? text + "T00:00:00" : text;
      return iso.endsWith("Z")
          ? Instant.parse(iso)
          : LocalDateTime.parse(iso).atZone(tables.zone()).toInstant();
    } catch (java.time.DateTimeException e) {
      throw misused(option + " is " + text + ", but must look like 2026-03-01T06:00");
    }
  }

  private Reply ofStates(Millwright millwright, FlowAnalysis analysis) {
    Table table = tables.readNumbers(millwright.tables(), file, this::say).table();
    StateColumns usual = StateColumns.usual().of(table);
    StateColumns named =
        new StateColumns(
            columns.getOrDefault("at", usual.at()),
            columns.getOrDefault("resource", usual.resource()),
            columns.getOrDefault("state", usual.state()),
            columns.getOrDefault("amount", usual.amount()),
            columns.getOrDefault("pieces", usual.pieces()));
    StateReport report = analysis.states(named.read(table));
    Reply reply = new Reply(name());
    reply.line("Data", file + ", " + report.from() + " to " + report.to());
    reply.line(
        "Spacing",
        report.spacing().toSeconds() + " s between rows; slots without a row are not recorded");
    List<Map<String, Object>> documents = new ArrayList<>();
    for (StateReport.MachineStates m : report.machines()) {
      StringBuilder shares = new StringBuilder();
      Map<String, Object> byState = new LinkedHashMap<>();
      m.amounts()
          .keySet()
          .forEach(
              s -> {
                shares.append(
                    String.format(Locale.ROOT, ", state %s %.1f %%", s, 100 * m.share(s)));
                byState.put(s, m.share(s));
              });
      reply.line(
          m.resource()
              + ": "
              + Texts.count(m.rows(), "row")
              + (Double.isNaN(m.pieces()) ? "" : ", " + Figure.of(m.pieces(), 9) + " pieces")
              + shares
              + String.format(
                  Locale.ROOT,
                  "; recorded in %.1f %% of its slots, %,d absent",
                  100 * m.recordedShare(),
                  m.absentSlots()));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("resource", m.resource());
      document.put("rows", m.rows());
      document.put("pieces", m.pieces());
      document.put("shares", byState);
      document.put("absentSlots", m.absentSlots());
      document.put("recordedShare", m.recordedShare());
      documents.add(document);
    }
    FlowReply.faults(report.faults(), reply);
    reply.put("machines", documents).put("spacingSeconds", report.spacing().toSeconds());
    if (html != null) {
      FlowPage.write(html, file.toString(), report);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private Reply ofEvents(Millwright millwright, Production production, FlowAnalysis analysis)
      throws InterruptedException {
    EventLog log = log(millwright, analysis);
    if (from != null || to != null) {
      analysis = ends(analysis, log);
    }
    FlowReport report = analysis.analyse(log);
    BottleneckReport held =
        production.bottlenecks().shift(hours(shift, "--shift")).analyse(within(log, report));
    Reply reply = new Reply(name());
    reply.line("Data", file + ", " + report.from() + " to " + report.to());
    reply.put("from", report.from()).put("to", report.to());
    reply.line(
        "Rows",
        String.format(Locale.ROOT, "%,d, of which %,d count", report.rows(), report.used()));
    reply.put("rows", report.rows()).put("used", report.used());
    FlowReply.faults(report.faults(), reply);
    FlowReply.flow(report, reply);
    FlowReply.machines(report, reply);
    FlowPage.Unit figures = indicators(production, report, log, reply);
    FlowReply.bottleneck(held, reply);
    LineStudy line = study ? study(production, log, reply) : null;
    if (html != null) {
      FlowPage.write(html, file.toString(), report, held, figures, line);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private EventLog log(Millwright millwright, FlowAnalysis analysis) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".xes") || name.endsWith(".xes.gz")) {
      return analysis.readXes(file);
    }
    LogColumns named = LogColumns.usual();
    for (Map.Entry<String, String> e : columns.entrySet()) {
      try {
        named =
            named.with(LogColumns.Role.valueOf(e.getKey().toUpperCase(Locale.ROOT)), e.getValue());
      } catch (IllegalArgumentException wrong) {
        throw misused("--columns names \"" + e.getKey() + "\", which is no role of a column");
      }
    }
    return analysis.read(tables.readNumbers(millwright.tables(), file, this::say).table(), named);
  }

  /** An open end of the period is that of the log. */
  private FlowAnalysis ends(FlowAnalysis analysis, EventLog log) {
    Instant first =
        log.events().stream().map(WorkEvent::start).min(Instant::compareTo).orElseThrow();
    Instant last = log.events().stream().map(WorkEvent::end).max(Instant::compareTo).orElseThrow();
    return analysis.between(
        from == null ? first : moment(from, "--from"), to == null ? last : moment(to, "--to"));
  }

  private static EventLog within(EventLog log, FlowReport report) {
    List<WorkEvent> inside =
        log.events().stream()
            .filter(e -> e.end().isAfter(report.from()) && e.start().isBefore(report.to()))
            .toList();
    return inside.isEmpty() ? log : new EventLog(inside, log.faults());
  }

  private FlowPage.Unit indicators(
      Production production, FlowReport report, EventLog log, Reply reply) {
    ResourceTime time =
        report.resources().stream()
            .filter(r -> unit == null || r.resource().equals(unit))
            .findFirst()
            .orElseThrow(() -> misused("--unit is " + unit + ", which the log does not name"));
    UnitElements.Builder elements =
        UnitElements.of(time)
            .set(UnitElements.Element.CALENDAR_TIME, report.hours())
            .repairs(
                log.events().stream()
                    .filter(e -> e.work() == Work.DOWN && e.resource().equals(time.resource()))
                    .filter(e -> e.end().isAfter(e.start()))
                    .filter(
                        e -> !e.start().isBefore(report.from()) && !e.end().isAfter(report.to()))
                    .map(WorkEvent::hours)
                    .toList());
    if (planned != null) {
      elements.planned(planned);
    }
    if (ideal != null) {
      elements.ideal(ideal);
    }
    UnitElements built = elements.build();
    List<Indicator> indicators = production.indicators().of(built);
    reply.line("ISO 22400", time.resource());
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Indicator i : indicators) {
      reply.line(
          String.format(
              Locale.ROOT,
              "  %-38s %s%s  = %s",
              i.name(),
              Figure.of(i.value()),
              i.low() == i.high()
                  ? ""
                  : " (90 %: " + Figure.of(i.low(), 3) + " to " + Figure.of(i.high(), 3) + ")",
              i.formula()));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("name", i.name());
      document.put("value", i.value());
      document.put("low", i.low());
      document.put("high", i.high());
      documents.add(document);
    }
    reply.put("unit", time.resource()).put("indicators", documents);
    if (planned == null) {
      reply.line("  availability and OEE need --planned (and --ideal)");
    }
    if (Double.isNaN(time.rejected())) {
      reply.line("  quality and scrap ratio need a column of rejected pieces (rejected=COLUMN)");
    }
    return new FlowPage.Unit(time.resource(), indicators, production.indicators().losses(built));
  }

  private @Nullable LineStudy study(Production production, EventLog log, Reply reply)
      throws InterruptedException {
    LineStudy line;
    try {
      line = await(production.bottlenecks().study(log));
    } catch (MillwrightException e) {
      reply.line("Study", String.valueOf(e.getMessage())).put("study", null);
      return null;
    }
    reply.line(
        "Study",
        String.format(
            Locale.ROOT,
            "the log shows %s orders an hour, the fitted line %s (95 %%: %s to %s)",
            Figure.of(line.logged()),
            Figure.of(line.simulated()),
            Figure.of(line.low()),
            Figure.of(line.high())));
    for (LineStudy.Proposal p : line.proposals().stream().limit(8).toList()) {
      reply.line(
          String.format(
              Locale.ROOT,
              "  %-24s %-20s %+.4f orders an hour (95 %%: %+.4f to %+.4f)",
              p.station(),
              p.change().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              p.gain(),
              p.low(),
              p.high()));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("logged", line.logged());
    document.put("simulated", line.simulated());
    document.put("low", line.low());
    document.put("high", line.high());
    document.put(
        "proposals",
        line.proposals().stream()
            .map(
                p ->
                    Map.of(
                        "station",
                        p.station(),
                        "change",
                        p.change(),
                        "gain",
                        p.gain(),
                        "low",
                        p.low(),
                        "high",
                        p.high()))
            .toList());
    reply.put("study", document);
    return line;
  }
}
