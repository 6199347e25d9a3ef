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
import io.millwright.production.LogFault;
import io.millwright.production.LossTree;
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
import java.util.ArrayList;
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

/** Flow, indicators and bottlenecks from a log. */
@Command(
    name = "flow",
    sortOptions = false,
    description = {
      "Says from an event log where time goes: run, set-up, breakdown and what is not recorded;",
      "lead times and waits of orders, rework, faults of the log, and what holds the plant up.",
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

  private static final int MOST_ROWS = 12;

  @Parameters(paramLabel = "LOG", description = "The log.")
  Path file = Path.of("");

  @Option(
      names = "--columns",
      paramLabel = "ROLE=COLUMN",
      split = ",",
      description = {
        "Columns of other than the usual names: case, activity, resource, start, end, work,",
        "quantity, good, rejected, rework, reason. With --states: at, resource, state, amount,",
        "pieces."
      })
  Map<String, String> columns = new LinkedHashMap<>();

  @Option(names = "--states", description = "The log holds samples of machine states.")
  boolean states;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "The beginning of the period, such as 2026-03-01 or 2026-03-01T06:00.")
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
    return states ? ofStates(millwright, analysis) : ofEvents(millwright, production, analysis);
  }

  private Duration hours(double hours, String option) {
    if (!(hours > 0) || hours > 1e6) {
      throw misused(option + " is " + hours + ", but must be a number of hours above 0");
    }
    return Duration.ofMillis(Math.round(hours * 3_600_000));
  }

  private Instant moment(String text, String option) {
    try {
      String iso = text.length() == 10 ? text + "T00:00:00" : text;
      return iso.endsWith("Z")
          ? Instant.parse(iso)
          : java.time.LocalDateTime.parse(iso).toInstant(java.time.ZoneOffset.UTC);
    } catch (java.time.DateTimeException e) {
      throw misused(option + " is " + text + ", but must look like 2026-03-01T06:00");
    }
  }

  private Reply ofStates(Millwright millwright, FlowAnalysis analysis) {
    StateColumns usual = StateColumns.usual();
    StateColumns named =
        new StateColumns(
            columns.getOrDefault("at", usual.at()),
            columns.getOrDefault("resource", usual.resource()),
            columns.getOrDefault("state", usual.state()),
            columns.getOrDefault("amount", usual.amount()),
            columns.getOrDefault("pieces", usual.pieces()));
    Table table = tables.read(millwright.tables(), file, this::say).table();
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
    faults(report.faults(), reply);
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
    faults(report.faults(), reply);
    flow(report, reply);
    machines(report, reply);
    List<Indicator> indicators = new ArrayList<>();
    Optional<LossTree> losses = indicators(production, report, log, indicators, reply);
    bottleneck(held, reply);
    LineStudy line = study ? study(production, log, reply) : null;
    if (html != null) {
      FlowPage.write(html, file.toString(), report, held, indicators, losses, line);
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
    return analysis.read(tables.read(millwright.tables(), file, this::say).table(), named);
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

  private static void faults(List<LogFault> faults, Reply reply) {
    Map<LogFault.Kind, List<LogFault>> by = new LinkedHashMap<>();
    faults.forEach(f -> by.computeIfAbsent(f.kind(), k -> new ArrayList<>()).add(f));
    by.forEach(
        (kind, list) -> {
          int count = list.stream().mapToInt(LogFault::count).sum();
          double hours = list.stream().mapToDouble(LogFault::hours).sum();
          reply.line(
              "Fault",
              Texts.count(count, "row")
                  + ", "
                  + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                  + (hours > 0 ? ", " + Figure.of(hours) + " h" : "")
                  + "; first: "
                  + list.get(0).place()
                  + ", "
                  + list.get(0).example());
        });
    List<Map<String, Object>> documents = new ArrayList<>();
    for (LogFault f : faults) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("kind", f.kind());
      document.put("place", f.place());
      document.put("count", f.count());
      document.put("hours", f.hours());
      document.put("example", f.example());
      documents.add(document);
    }
    reply.put("faults", documents);
  }

  private static void flow(FlowReport report, Reply reply) {
    var f = report.flow();
    reply.line(
        "Orders",
        String.format(
            Locale.ROOT,
            "%,d in the period, %s ended a day, %s in process on average",
            f.cases(),
            Figure.of(f.throughput(), 3),
            Figure.of(f.wip(), 3)));
    reply.line(
        "Lead time",
        String.format(
            Locale.ROOT,
            "mean %s h, median %s h, 90 %% within %s h; of the mean %s h working, %s h waiting",
            Figure.of(f.leadTimeMean()),
            Figure.of(f.leadTimeMedian()),
            Figure.of(f.leadTimeP90()),
            Figure.of(f.working()),
            Figure.of(f.waiting())));
    reply.line(
        "Little",
        "WIP is "
            + Figure.of(f.little(), 3)
            + " of throughput x lead time"
            + (Math.abs(f.little() - 1) > 0.15
                ? ": the ends of the log cut orders, or the plant fills or empties"
                : ": consistent"));
    reply.line(
        "Rework",
        Texts.count(f.reworked(), "row")
            + " marked, "
            + Texts.count(f.returned(), "order")
            + " came back to an activity"
            + (report.loops().isEmpty()
                ? ""
                : "; most to "
                    + report.loops().get(0).activity()
                    + ", "
                    + report.loops().get(0).times()
                    + " times"));
    reply.line("Variants", report.variants().size() + " sequences of activities");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("cases", f.cases());
    document.put("throughputPerDay", f.throughput());
    document.put("wip", f.wip());
    document.put("leadTimeMean", f.leadTimeMean());
    document.put("leadTimeMedian", f.leadTimeMedian());
    document.put("leadTimeP90", f.leadTimeP90());
    document.put("working", f.working());
    document.put("waiting", f.waiting());
    document.put("little", f.little());
    document.put("reworked", f.reworked());
    document.put("returned", f.returned());
    reply.put("orders", document);
    reply.put(
        "variants",
        report.variants().stream()
            .limit(50)
            .map(v -> Map.of("activities", v.activities(), "cases", v.cases()))
            .toList());
    reply.put(
        "edges",
        report.graph().edges().stream()
            .map(
                e ->
                    Map.of(
                        "from",
                        e.from(),
                        "to",
                        e.to(),
                        "count",
                        e.count(),
                        "meanWait",
                        e.meanWait(),
                        "medianWait",
                        e.medianWait()))
            .toList());
  }

  private static void machines(FlowReport report, Reply reply) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (ResourceTime r : report.resources()) {
      if (documents.size() < MOST_ROWS) {
        reply.line(
            String.format(
                Locale.ROOT,
                "  %-34s busy %6.1f h = run %6.1f + set-up %5.1f + down %5.1f; not recorded %6.1f",
                r.resource(),
                r.busy(),
                r.run(),
                r.setup(),
                r.down(),
                r.unrecorded()));
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("resource", r.resource());
      document.put("events", r.events());
      document.put("busy", r.busy());
      document.put("run", r.run());
      document.put("setup", r.setup());
      document.put("down", r.down());
      document.put("unrecorded", r.unrecorded());
      document.put("overlap", r.overlap());
      document.put("good", r.good());
      document.put("rejected", r.rejected());
      documents.add(document);
    }
    if (documents.size() > MOST_ROWS) {
      reply.line("  and " + (documents.size() - MOST_ROWS) + " resources more");
    }
    reply.put("resources", documents);
  }

  private Optional<LossTree> indicators(
      Production production,
      FlowReport report,
      EventLog log,
      List<Indicator> indicators,
      Reply reply) {
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
    indicators.addAll(production.indicators().of(built));
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
    return production.indicators().losses(built);
  }

  private static void bottleneck(BottleneckReport held, Reply reply) {
    reply.line(
        "Bottleneck",
        held.named()
            + "; next shift: "
            + held.next().stream()
                .limit(3)
                .map(
                    c ->
                        String.format(
                            Locale.ROOT, "%s %.0f %%", c.resource(), 100 * c.probability()))
                .reduce((a, b) -> a + ", " + b)
                .orElse(""));
    if (!Double.isNaN(held.brier())) {
      reply.line(
          String.format(
              Locale.ROOT,
              "  Brier score of such predictions %.3f, of persistence %.3f, over %d shifts",
              held.brier(),
              held.brierPersistence(),
              held.shifts() - held.shifts() / 2));
    }
    for (BottleneckReport.Load l : held.resources().stream().limit(5).toList()) {
      reply.line(
          String.format(
              Locale.ROOT,
              "  %-34s active %4.1f %%, mean period %5.2f h, bottleneck %4.1f %% (alone %4.1f),"
                  + " held %4.1f, starved %4.1f",
              l.resource(),
              100 * l.active(),
              l.averagePeriod(),
              100 * l.momentary(),
              100 * l.sole(),
              100 * l.blocked(),
              100 * l.starved()));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("named", held.named());
    document.put(
        "next",
        held.next().stream()
            .map(c -> Map.of("resource", c.resource(), "probability", c.probability()))
            .toList());
    document.put("brier", held.brier());
    document.put("brierPersistence", held.brierPersistence());
    List<Map<String, Object>> loads = new ArrayList<>();
    for (BottleneckReport.Load l : held.resources()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("resource", l.resource());
      one.put("active", l.active());
      one.put("averagePeriod", l.averagePeriod());
      one.put("sole", l.sole());
      one.put("momentary", l.momentary());
      one.put("blocked", l.blocked());
      one.put("starved", l.starved());
      loads.add(one);
    }
    document.put("resources", loads);
    reply.put("bottleneck", document);
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
            "the log shows %s pieces an hour, the fitted line %s (95 %%: %s to %s)",
            Figure.of(line.logged()),
            Figure.of(line.simulated()),
            Figure.of(line.low()),
            Figure.of(line.high())));
    for (LineStudy.Proposal p : line.proposals().stream().limit(8).toList()) {
      reply.line(
          String.format(
              Locale.ROOT,
              "  %-24s %-20s %+.4f pieces an hour (95 %%: %+.4f to %+.4f)",
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
