package io.millwright.cli.supplychain;

import io.millwright.api.Millwright;
import io.millwright.api.data.Series;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.RiskPage;
import io.millwright.supplychain.Delivery;
import io.millwright.supplychain.Estimate;
import io.millwright.supplychain.RiskRun;
import io.millwright.supplychain.RiskStudy;
import io.millwright.supplychain.SupplierExposure;
import io.millwright.supplychain.SupplierScore;
import io.millwright.supplychain.SupplyAnomaly;
import io.millwright.supplychain.SupplyChain;
import io.millwright.supplychain.SupplyNetwork;
import io.millwright.supplychain.SupplyRisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Weighs what can go wrong in a supply chain. */
@Command(
    name = "risk",
    sortOptions = false,
    description = {
      "Weighs what can go wrong in a supply chain.",
      "Plays failures of suppliers over the bill of materials, says how long stocks last and what"
          + " a",
      "second source is worth, scores suppliers by their deliveries, and names what changed in",
      "orders, stocks, lead times and prices, and since when."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain risk --html risk.html",
      "  millwright supplychain risk network --periods 104 --json",
      "  millwright supplychain risk network --second-source 'controller=Other Chips'"
          + " --more-stock controller=300"
    })
final class RiskCommand extends DeskCommand {

  @Mixin RiskSource source = new RiskSource();

  @Option(
      names = "--periods",
      paramLabel = "N",
      defaultValue = "52",
      description = "How many periods are played. Default: ${DEFAULT-VALUE}.")
  double periods;

  @Option(
      names = "--replications",
      paramLabel = "N",
      defaultValue = "2000",
      description = "How often. Default: ${DEFAULT-VALUE}.")
  int replications;

  @Option(
      names = "--key",
      paramLabel = "N",
      defaultValue = "1",
      description = "The key of all randomness. Default: ${DEFAULT-VALUE}.")
  long key;

  @Option(
      names = "--second-source",
      paramLabel = "ITEM=SUPPLIER",
      description = {
        "What if this supplier delivered the item too, as much as is needed. One that is not in"
            + " the",
        "network fails as rarely and recovers as soon as the mean of all."
      })
  Map<String, String> secondSources = Map.of();

  @Option(
      names = "--more-stock",
      paramLabel = "ITEM=PIECES",
      description = "What if the item had so many pieces more in stock.")
  Map<String, Double> moreStock = Map.of();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the exposure graph.")
  @Nullable Path html;

  RiskCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    SupplyNetwork network = source.network(millwright, this::say);
    List<Delivery> deliveries = source.deliveries(millwright, this::say);
    RiskSource.say(network, deliveries, this::say);
    List<Series> courses = source.courses(millwright, this::say);
    SupplyRisk risk = millwright.plugin(SupplyChain.class).risk();
    RiskStudy study = new RiskStudy(periods, replications, key);
    List<SupplierExposure> exposures = risk.exposure(network);
    RiskRun run = await(risk.simulate(network, study));
    Map<String, Estimate> worths = worths(risk, network, study);
    List<SupplierScore> scores = deliveries.isEmpty() ? List.of() : risk.scores(deliveries);
    List<SupplyAnomaly> anomalies = risk.anomalies(courses);
    Reply reply = new Reply(name());
    reply.line(
        "Network",
        source.what()
            + ", "
            + Texts.count(network.suppliers().size(), "supplier")
            + ", "
            + Texts.count(network.items().size(), "item"));
    reply.line(
        "Loss",
        String.format(
            Locale.ROOT,
            "%s in %s periods (95 %% interval %s to %s), below %s in 95 of 100; %.1f %% of demand"
                + " met; anything lost in %.0f %% of %d replications",
            Figure.of(run.loss().value()),
            Figure.of(periods),
            Figure.of(run.loss().low()),
            Figure.of(run.loss().high()),
            Figure.of(run.loss95()),
            100 * run.fillRate().value(),
            100 * run.anyLoss().value(),
            run.replications()));
    for (SupplierExposure e : exposures) {
      reply.line(e.supplier() + ": " + text(e));
    }
    worths.forEach(
        (what, worth) ->
            reply.line(
                "What if",
                what
                    + " saves "
                    + Figure.of(worth.value())
                    + " ("
                    + Figure.of(worth.low())
                    + " to "
                    + Figure.of(worth.high())
                    + ")"));
    for (SupplierScore s : scores) {
      reply.line(
          "Score",
          String.format(
              Locale.ROOT,
              "%s: %.0f %% perfect deliveries (%.0f to %.0f), %s",
              s.supplier(),
              100 * s.perfect().value(),
              100 * s.perfect().low(),
              100 * s.perfect().high(),
              Texts.count(s.deliveries(), "record")));
    }
    anomalies.forEach(a -> reply.line("Anomaly", RiskPage.text(a)));
    fill(reply, run, exposures, worths, scores, anomalies);
    if (html != null) {
      new RiskPage(
              source.what(), network, study, run, exposures, worths, scores, anomalies, courses)
          .writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private static String text(SupplierExposure e) {
    String items = e.items().isEmpty() ? "nothing" : String.join(", ", e.items());
    return "supplies "
        + items
        + "; without it all is met for "
        + RiskPage.time(e.timeToSurvive())
        + ", it is away for "
        + RiskPage.time(e.timeToRecover())
        + " in the mean"
        + (e.isExposed()
            ? ", which is felt: "
                + Figure.of(e.lossOfOne())
                + " lost each time, in "
                + String.join(", ", e.runShort())
            : "");
  }

  /** What each change saves, by itself. */
  private Map<String, Estimate> worths(SupplyRisk risk, SupplyNetwork network, RiskStudy study)
      throws InterruptedException {
    Map<String, Estimate> worths = new LinkedHashMap<>();
    for (Map.Entry<String, String> one : secondSources.entrySet()) {
      item(network, one.getKey());
      SupplyNetwork with = network;
      if (network.suppliers().stream().noneMatch(s -> s.name().equals(one.getValue()))) {
        with = network.supplier(usual(network, one.getValue()));
      }
      SupplyNetwork changed = with.source(one.getKey(), one.getValue(), Double.POSITIVE_INFINITY);
      worths.put(
          one.getValue() + " as another source of " + one.getKey(),
          await(risk.worth(network, changed, study)));
    }
    for (Map.Entry<String, Double> one : moreStock.entrySet()) {
      SupplyNetwork changed =
          network.stock(one.getKey(), item(network, one.getKey()).stock() + one.getValue());
      worths.put(
          Figure.of(one.getValue()) + " more of " + one.getKey() + " in stock",
          await(risk.worth(network, changed, study)));
    }
    return worths;
  }

  private SupplyNetwork.Item item(SupplyNetwork network, String name) {
    return network.items().stream()
        .filter(i -> i.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                misused(
                    "there is no item "
                        + name
                        + "\nMaybe one of "
                        + network.items().stream().map(SupplyNetwork.Item::name).toList()));
  }

  private static SupplyNetwork.Supplier usual(SupplyNetwork network, String name) {
    List<SupplyNetwork.Supplier> all = network.suppliers();
    double rate = all.stream().mapToDouble(s -> 1 / s.betweenFailures()).average().orElse(0);
    double recover =
        all.stream().mapToDouble(SupplyNetwork.Supplier::toRecover).average().orElse(1);
    return new SupplyNetwork.Supplier(
        name, rate > 0 ? 1 / rate : Double.POSITIVE_INFINITY, recover, 1);
  }

  private static void fill(
      Reply reply,
      RiskRun run,
      List<SupplierExposure> exposures,
      Map<String, Estimate> worths,
      List<SupplierScore> scores,
      List<SupplyAnomaly> anomalies) {
    reply.put("replications", run.replications());
    reply.put("loss", document(run.loss()));
    reply.put("loss95", run.loss95());
    reply.put("fillRate", document(run.fillRate()));
    reply.put("anyLoss", document(run.anyLoss()));
    List<Map<String, @Nullable Object>> suppliers = new ArrayList<>();
    for (SupplierExposure e : exposures) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("supplier", e.supplier());
      one.put("items", e.items());
      one.put("products", e.products());
      one.put("runShort", e.runShort());
      one.put("atRisk", e.atRisk());
      one.put("timeToSurvive", finite(e.timeToSurvive()));
      one.put("timeToRecover", e.timeToRecover());
      one.put("exposed", e.isExposed());
      one.put("lossOfOne", e.lossOfOne());
      run.suppliers().stream()
          .filter(s -> s.supplier().equals(e.supplier()))
          .forEach(s -> one.put("loss", document(s.loss())));
      suppliers.add(one);
    }
    reply.put("suppliers", suppliers);
    List<Map<String, @Nullable Object>> changes = new ArrayList<>();
    worths.forEach(
        (what, worth) -> {
          Map<String, @Nullable Object> one = new LinkedHashMap<>();
          one.put("change", what);
          one.put("saves", document(worth));
          changes.add(one);
        });
    reply.put("whatIf", changes);
    List<Map<String, @Nullable Object>> marks = new ArrayList<>();
    for (SupplierScore s : scores) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("supplier", s.supplier());
      one.put("deliveries", s.deliveries());
      one.put("perfect", document(s.perfect()));
      one.put("onTime", document(s.onTime()));
      one.put("good", document(s.good()));
      one.put("leadTime", document(s.leadTime()));
      marks.add(one);
    }
    reply.put("scores", marks);
    List<Map<String, @Nullable Object>> found = new ArrayList<>();
    for (SupplyAnomaly a : anomalies) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("course", a.course());
      one.put("kind", a.kind());
      one.put("since", a.since());
      one.put("until", a.until());
      one.put("lasts", a.lasts());
      one.put("before", finite(a.before()));
      one.put("after", finite(a.after()));
      one.put("strength", finite(a.strength()));
      found.add(one);
    }
    reply.put("anomalies", found);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static Map<String, @Nullable Object> document(Estimate estimate) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("value", finite(estimate.value()));
    document.put("low", finite(estimate.low()));
    document.put("high", finite(estimate.high()));
    return document;
  }
}
