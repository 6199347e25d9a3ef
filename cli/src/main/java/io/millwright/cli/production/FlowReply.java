package io.millwright.cli.production;

import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.production.BottleneckReport;
import io.millwright.production.FlowReport;
import io.millwright.production.LogFault;
import io.millwright.production.ResourceTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a flow analysis found, as lines and as a document. */
final class FlowReply {

  private static final int MOST_ROWS = 12;

  private FlowReply() {}

  static void faults(List<LogFault> faults, Reply reply) {
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

  static void flow(FlowReport report, Reply reply) {
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
    reply.line("Variants", Texts.count(report.variants().size(), "sequence") + " of activities");
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

  static void machines(FlowReport report, Reply reply) {
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

  static void bottleneck(BottleneckReport held, Reply reply) {
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
}
