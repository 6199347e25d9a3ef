package io.millwright.cli.supplychain;

import io.millwright.api.Flag;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.Series;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.StockReport;
import io.millwright.supplychain.Estimate;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.StockCosts;
import io.millwright.supplychain.StockItem;
import io.millwright.supplychain.StockPlan;
import io.millwright.supplychain.StockPlanner;
import io.millwright.supplychain.StockRun;
import io.millwright.supplychain.StockService;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Levels of stock from forecasts, and what they would have done on the user's own history. */
@Command(
    name = "stock",
    sortOptions = false,
    description = {
      "Says for every article when to order and up to what.",
      "Plays the last periods of its history with these rules, learning only from what came",
      "before them.",
      "Without a file it plans a simulated store of spare parts."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain stock --lead-time 2 --fill-rate 0.95 --html stock.html",
      "  millwright supplychain stock demand.csv --holding 0.2 --shortage 5 --order-cost 30 --play"
          + " 24 --json",
      "  millwright supplychain stock demand.csv --review 2 --container 48 --lead-times 1=0.8,3=0.2"
          + " --ready-rate 0.95"
    })
final class StockCommand extends DeskCommand {

  @Mixin DemandSource source = new DemandSource();

  @Option(
      names = "--lead-time",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many periods an order takes. Default: ${DEFAULT-VALUE}.")
  int leadTime;

  @Option(
      names = "--holding",
      paramLabel = "COST",
      defaultValue = "1",
      description = "The cost of a unit left at the end of a period. Default: ${DEFAULT-VALUE}.")
  double holding;

  @Option(
      names = "--shortage",
      paramLabel = "COST",
      defaultValue = "9",
      description = "The cost of a unit missing, for each period. Default: ${DEFAULT-VALUE}.")
  double shortage;

  @Option(
      names = "--order-cost",
      paramLabel = "COST",
      defaultValue = "0",
      description = "The cost of an order. Default: ${DEFAULT-VALUE}.")
  double order;

  @Option(
      names = "--fill-rate",
      paramLabel = "SHARE",
      description = "The share of demand to meet at once; decides instead of --shortage.")
  @Nullable Double fillRate;

  @Option(names = "--lost", description = "Demand that is not met is lost. Default: it is owed.")
  boolean lost;

  @Mixin TermsOptions terms = new TermsOptions();

  @Option(
      names = "--play",
      paramLabel = "N",
      defaultValue = "12",
      description = "How many of the last periods to play; 0 for none. Default: ${DEFAULT-VALUE}.")
  int play;

  @Option(
      names = "--series",
      paramLabel = "NAME",
      split = ",",
      description = "Show only these; it still learns from all.")
  @Nullable List<String> only;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the courses of stock.")
  @Nullable Path html;

  StockCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (play < 0) {
      throw misused("--play is " + play + ", but must be 0 or more");
    }
    StockItem item = StockItem.of(leadTime, new StockCosts(holding, shortage, order));
    item = fillRate == null ? item : item.fill(fillRate);
    item = (lost ? item.lostSales() : item).on(terms.terms());
    List<Series> all = source.series(millwright, this::say);
    List<Series> shown = DemandSource.named(all, only);
    SupplyChain supply = millwright.plugin(SupplyChain.class);
    int horizon = Math.max(6, item.longestLeadTime() + terms.review);
    Reply reply = new Reply(name());
    reply.line("Data", source.what() + ", " + all.size() + " series").put("series", all.size());
    ForecastModel now = await(supply.forecasting().horizon(horizon).train(all));
    Map<String, StockRun> runs =
        play == 0 ? Map.of() : runs(supply, all, shown, item, horizon, reply);
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    List<StockReport.Shown> pages = new ArrayList<>();
    try (Predictor<Series, Forecast> predictor = now.open()) {
      for (Series series : shown) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("id", series.id());
        StockItem what = item;
        predictor
            .predict(series)
            .fold(
                p -> {
                  StockPlan plan;
                  try {
                    plan = supply.stock().plan(p.value(), what);
                  } catch (MillwrightException e) {
                    reply.line(series.id() + ": no plan, " + e.getMessage());
                    document.put("error", e.code());
                    document.put("message", e.getMessage());
                    return false;
                  }
                  StockRun run = runs.get(series.id());
                  Set<Flag> flags = EnumSet.noneOf(Flag.class);
                  flags.addAll(p.flags());
                  flags.addAll(plan.flags());
                  reply.line(series.id() + ": " + text(plan) + text(run) + Texts.flags(flags));
                  document.put("flags", flags);
                  document.put("plan", document(plan));
                  document.put("played", run == null ? null : document(run));
                  if (run != null) {
                    pages.add(new StockReport.Shown(series.id(), plan, run));
                  }
                  return true;
                },
                a -> {
                  reply.line(series.id() + ": " + Texts.noAnswer(a.findings()));
                  document.put("abstention", a.code());
                  document.put("findings", a.findings());
                  return false;
                });
        documents.add(document);
      }
    }
    reply.put("articles", documents);
    if (html != null) {
      new StockReport(source.what(), item, play, pages).writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  /** Plays with a forecaster that has not seen the periods played. */
  private Map<String, StockRun> runs(
      SupplyChain supply,
      List<Series> all,
      List<Series> shown,
      StockItem item,
      int horizon,
      Reply reply)
      throws InterruptedException {
    int warm = item.longestLeadTime() + item.terms().shelfLife();
    List<Series> before =
        all.stream()
            .filter(s -> s.length() > play + warm)
            .map(s -> s.first(s.length() - play - warm))
            .toList();
    ForecastModel earlier = await(supply.forecasting().horizon(horizon).train(before));
    StockPlanner planner = supply.stock();
    Map<String, StockRun> runs = new LinkedHashMap<>();
    try (Predictor<Series, Forecast> predictor = earlier.open()) {
      for (Series series : shown) {
        try {
          runs.put(series.id(), planner.simulate(predictor, series, item, play));
        } catch (MillwrightException e) {
          reply.line(series.id() + ": not played, " + e.getMessage());
        }
      }
    }
    double demand = 0;
    double missing = 0;
    double stock = 0;
    double cost = 0;
    for (StockRun run : runs.values()) {
      demand += run.periods().stream().mapToDouble(StockRun.Period::demand).sum();
      missing += run.periods().stream().mapToDouble(StockRun.Period::missing).sum();
      stock += run.meanStock();
      cost += run.cost();
    }
    if (runs.isEmpty()) {
      reply.line("Played", "no article could be played");
      return runs;
    }
    reply.line(
        "Played",
        String.format(
            Locale.ROOT,
            "last %s of %s: %.1f %% of demand met at once, mean stock %s, cost %s a period",
            Texts.count(play, "period"),
            Texts.count(runs.size(), "article"),
            demand > 0 ? 100 * (1 - missing / demand) : 100,
            Figure.of(stock),
            Figure.of(cost)));
    reply.put(
        "played",
        Map.of(
            "fillRate", demand > 0 ? 1 - missing / demand : 1, "meanStock", stock, "cost", cost));
    return runs;
  }

  private static String text(StockPlan plan) {
    return String.format(
            Locale.ROOT,
            "order at %s up to %s, expected fill rate %.1f %%",
            Figure.of(plan.reorderPoint()),
            Figure.of(plan.orderUpTo()),
            100 * plan.fillRate())
        + plan.service()
            .map(
                s ->
                    String.format(
                        Locale.ROOT,
                        ", %.1f %% of times between orders without a shortage, %.1f %% of periods"
                            + " end with stock%s",
                        100 * s.cycle().value(),
                        100 * s.ready().value(),
                        s.waste().value() > 0
                            ? ", " + Figure.of(s.waste().value()) + " perish a period"
                            : ""))
            .orElse("");
  }

  private static String text(@Nullable StockRun run) {
    return run == null
        ? ""
        : String.format(
            Locale.ROOT,
            "; played: %.1f %% met (95 %%: %.1f to %.1f), mean stock %s, cost %s a period, %s",
            100 * run.fillRate(),
            100 * run.service().fill().low(),
            100 * run.service().fill().high(),
            Figure.of(run.meanStock()),
            Figure.of(run.cost()),
            Texts.count(run.orders(), "order"));
  }

  private static Map<String, Object> document(StockService service) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("fill", interval(service.fill()));
    document.put("cycle", interval(service.cycle()));
    document.put("ready", interval(service.ready()));
    document.put("waste", interval(service.waste()));
    return document;
  }

  private static Map<String, Object> interval(Estimate figure) {
    return Map.of("value", figure.value(), "low", figure.low(), "high", figure.high());
  }

  private static Map<String, @Nullable Object> document(StockPlan plan) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("reorderPoint", plan.reorderPoint());
    document.put("orderUpTo", plan.orderUpTo());
    document.put("cost", plan.cost());
    document.put("fillRate", plan.fillRate());
    document.put("service", plan.service().map(StockCommand::document).orElse(null));
    return document;
  }

  private static Map<String, Object> document(StockRun run) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("fillRate", run.fillRate());
    document.put("meanStock", run.meanStock());
    document.put("cost", run.cost());
    document.put("orders", run.orders());
    document.put("service", document(run.service()));
    return document;
  }
}
