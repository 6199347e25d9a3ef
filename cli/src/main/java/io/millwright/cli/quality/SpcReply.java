package io.millwright.cli.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.ChartReport;
import io.millwright.quality.ChartPoint;
import io.millwright.quality.ProcessCapability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a control chart answers, in lines, as a document and as a page. */
final class SpcReply {

  private static final int MOST_LINES = 50;

  private SpcReply() {}

  static Reply fill(
      Reply reply,
      String chart,
      String words,
      Map<String, Double> limits,
      int used,
      int phase,
      List<Optional<ChartPoint>> points,
      Optional<ProcessCapability> capability,
      String quantity,
      Path file,
      @Nullable Path html) {
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
          ChartPoint.Track shown = signalling(point);
          reply.line(
              String.format(
                  Locale.ROOT,
                  "reading %d: %s  (%s %s, limits %s to %s)",
                  i + 1,
                  what,
                  shown.name(),
                  Figure.of(shown.value(), 6),
                  Figure.of(shown.low(), 6),
                  Figure.of(shown.high(), 6)));
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
    new TreeMap<>(limits)
        .forEach(
            (name, value) -> {
              figures.put(name, text(value));
              reply.put(name, value);
            });
    figures.put("of " + points.size() + " readings signal", Integer.toString(signals.size()));
    reply.line(
        "Limits",
        new TreeMap<>(limits)
            .entrySet().stream()
                .map(e -> e.getKey() + " " + Figure.of(e.getValue(), 6))
                .collect(Collectors.joining(", ", "", ", from " + used + " readings")));
    points.stream()
        .flatMap(Optional::stream)
        .reduce((a, b) -> b)
        .ifPresent(
            last ->
                reply.put(
                    "tracks",
                    last.tracks().stream()
                        .map(
                            t ->
                                Map.of(
                                    "name", t.name(),
                                    "low", t.low(),
                                    "centre", t.centre(),
                                    "high", t.high()))
                        .toList()));
    reply.line("Signals", signals.size() + " of " + points.size() + " readings");
    if (missing > 0) {
      reply.line("Missing", missing + " readings, passed over");
      figures.put("readings missing", Integer.toString(missing));
    }
    capability.ifPresent(c -> capable(c, reply, figures));
    if (html != null) {
      new ChartReport("Control chart", file + ", " + words, quantity, figures, phase, points)
          .writeTo(html);
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply
        .put("chart", chart)
        .put("baseline", used)
        .put("readings", points.size())
        .put("missing", missing)
        .put("signals", signals);
  }

  private static void capable(ProcessCapability c, Reply reply, Map<String, String> figures) {
    show("Cp", c.cp(), reply, figures);
    show("Cpk", c.cpk(), reply, figures);
    show("Pp", c.pp(), reply, figures);
    show("Ppk", Optional.of(c.ppk()), reply, figures);
    show("Cpm", c.cpm(), reply, figures);
    reply.line("Beyond", Figure.of(c.beyond()) + " parts per million, " + c.law());
    reply.put("beyond", c.beyond()).put("law", c.law()).put("deviation", c.deviation());
    reply.put("within", c.within());
  }

  private static void show(
      String name,
      Optional<ProcessCapability.Index> index,
      Reply reply,
      Map<String, String> figures) {
    index.ifPresent(
        i -> {
          reply.line(name, index(i)).put(name.toLowerCase(Locale.ROOT), document(i));
          figures.put(name, text(i.value()));
        });
  }

  private static String index(ProcessCapability.Index index) {
    return String.format(
        Locale.ROOT, "%.3f, 95 %% interval %.3f to %.3f", index.value(), index.low(), index.high());
  }

  private static Map<String, Double> document(ProcessCapability.Index index) {
    return Map.of("value", index.value(), "low", index.low(), "high", index.high());
  }

  private static String text(double value) {
    return Figure.of(value, 5);
  }

  /** The line of the chart that gave the first signal: its value belongs beside it. */
  private static ChartPoint.Track signalling(ChartPoint point) {
    String track = point.signals().get(0).track();
    return point.tracks().stream()
        .filter(t -> t.name().equals(track))
        .findFirst()
        .orElse(point.tracks().get(0));
  }

  /** Of a chart that counts. */
  static MillwrightException noCount(int row, String column, double found) {
    return new MillwrightException(
        ErrorCode.BAD_VALUE,
        "row "
            + (row + 1)
            + ": column \""
            + column
            + "\" holds "
            + found
            + ", but what is found is counted: 0, 1, 2 and so on"
            + "\nMaybe it is a share: chart the number found, with --inspected; or readings are"
            + " measured, then leave --kind out");
  }
}
