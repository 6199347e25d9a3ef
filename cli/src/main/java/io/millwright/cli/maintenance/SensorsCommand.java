package io.millwright.cli.maintenance;

import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.UnitHistory;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.pages.SensorPage;
import io.millwright.maintenance.Fleet;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.SensorCheck;
import io.millwright.maintenance.SensorFinding;
import io.millwright.maintenance.SensorGuard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which sensors of units lie. */
@Command(
    name = "sensors",
    sortOptions = false,
    description = {
      "Says which sensors of units lie, and what they would read.",
      "Stuck, biased, drifting, noisy, exchanged or missing ones. Learns from whole lives of a",
      "fleet what its sensors say of each other, so that wear is no fault of a sensor.",
      "Without --data and file it asks about the units of the simulated press shop."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance sensors --learn --save sensors.mwb",
      "  millwright maintenance sensors --learn --save sensors.mwb lives.csv --unit-column press",
      "  millwright maintenance sensors --model sensors.mwb readings.csv --unit-column press --html"
          + " sensors.html",
      "  millwright maintenance life predict --model life.mwb --sensors sensors.mwb readings.csv"
    })
final class SensorsCommand extends DeskCommand {

  @Option(names = "--learn", description = "Learn from the lives of units.")
  boolean learn;

  @Option(names = "--save", paramLabel = "FILE", description = "Save what was learnt.")
  @Nullable Path save;

  @Option(names = "--model", paramLabel = "FILE", description = "A saved model of sensors.")
  @Nullable Path model;

  @Mixin RulSource source = new RulSource();

  @Mixin HistoryOptions histories = new HistoryOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page.")
  @Nullable Path html;

  SensorsCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (learn == (model != null) || learn != (save != null)) {
      throw misused("give --learn with --save, or --model");
    }
    if (histories.csv != null && !source.simulated()) {
      throw misused("give either a CSV file or --data, not both");
    }
    List<RulSource.Part> parts = source.parts(histories, millwright.tables(), this::say);
    return learn ? learnt(millwright, parts) : checked(millwright, parts);
  }

  private Reply learnt(Millwright millwright, List<RulSource.Part> parts)
      throws InterruptedException {
    List<UnitHistory> units =
        parts.stream().flatMap(p -> p.train().get().units().stream()).toList();
    SensorGuard guard =
        await(millwright.plugin(Maintenance.class).sensors().train(new Fleet(units)));
    Path to = java.util.Objects.requireNonNull(save);
    guard.saveTo(to);
    double named = guard.evaluation().figure("units with a sensor named");
    String prefix = "raised limit of ";
    String raised =
        guard.evaluation().figures().entrySet().stream()
            .filter(f -> f.getKey().startsWith(prefix))
            .map(
                f ->
                    String.format(
                        Locale.ROOT,
                        "%s is named from %.1f deviations of its estimate on",
                        f.getKey().substring(prefix.length()),
                        f.getValue()))
            .collect(Collectors.joining(", "));
    return new Reply(name())
        .line("Watched", String.join(", ", guard.watched()))
        .line(
            "Held out",
            String.format(Locale.ROOT, "%.1f %% of units have a sensor named", 100 * named))
        .line("Raised", raised.isEmpty() ? "no limit" : raised + ", as sound units show as much")
        .line("Saved", to.toString())
        .put("watched", guard.watched())
        .put("heldOut", guard.evaluation().figures())
        .put("saved", to);
  }

  private Reply checked(Millwright millwright, List<RulSource.Part> parts) {
    Reply reply = new Reply(name());
    List<Map<String, Object>> documents = new ArrayList<>();
    SensorPage page = new SensorPage();
    int sound = 0;
    try (Predictor<UnitHistory, SensorCheck> checks =
        millwright.open(Maintenance.SENSORS, java.util.Objects.requireNonNull(model))) {
      for (UnitHistory unit : parts.stream().flatMap(p -> p.running().get().stream()).toList()) {
        SensorCheck check = checks.predict(unit).orElseThrow().value();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("unit", unit.unit());
        document.put("machine", check.machine());
        document.put("sensors", check.findings().stream().map(SensorsCommand::document).toList());
        documents.add(document);
        if (check.findings().isEmpty() && !check.machine()) {
          sound++;
          continue;
        }
        String words = words(check);
        reply.line(unit.unit() + ": " + words);
        page.add(unit, check, words);
      }
    }
    reply.line("Sound", sound + " of " + documents.size() + " units").put("units", documents);
    if (html != null) {
      page.writeTo(html, documents.size());
      reply.line("Page", html.toString()).put("page", html);
    }
    return reply;
  }

  private static Map<String, Object> document(SensorFinding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("sensor", finding.sensor());
    document.put("fault", finding.fault().name().toLowerCase(Locale.ROOT));
    document.put("other", finding.other());
    document.put("virtual", finding.virtual());
    document.put("deviation", finding.deviation());
    return document;
  }

  private static String words(SensorCheck check) {
    if (check.findings().isEmpty()) {
      return "unusual in a way that no single sensor explains: look at the machine";
    }
    return check.findings().stream()
        .map(
            f ->
                f.sensor()
                    + " is "
                    + f.fault().name().toLowerCase(Locale.ROOT)
                    + (f.other().isEmpty() ? "" : " with " + f.other())
                    + ", would read "
                    + Figure.of(f.virtual())
                    + " ± "
                    + Figure.of(f.deviation()))
        .reduce((a, b) -> a + "; " + b)
        .orElse("");
  }
}
