package io.millwright.cli.supplychain;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.Job;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Series;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.DemandReport;
import io.millwright.series.SeriesModels;
import io.millwright.supplychain.CoherentForecast;
import io.millwright.supplychain.CovariateEffect;
import io.millwright.supplychain.CovariateModel;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.ForecastTrainer;
import io.millwright.supplychain.Hierarchy;
import io.millwright.supplychain.KnownFuture;
import io.millwright.supplychain.SupplyChain;
import java.nio.file.Path;
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

/** Learns from many series and forecasts each. */
@Command(
    name = "forecast",
    sortOptions = false,
    description = {
      "Forecasts every series with 80 and 95 %% bands.",
      "Chooses methods at rolling origins, and judges them on the last periods when --test asks",
      "for it.",
      "Without a file it forecasts a simulated store of spare parts."
    },
    footer = {
      "",
      "Examples:",
      "  millwright supplychain forecast --test 12 --html forecast.html",
      "  millwright supplychain forecast demand.csv --id article --period month --value pieces"
          + " --json",
      "  millwright supplychain forecast load.csv --every hour --horizon 48 --save load.mwb",
      "  millwright supplychain forecast demand.csv --model load.mwb --series A17",
      "  millwright supplychain forecast sales.csv --covariates prices.csv --holidays"
          + " 12-25,easter-2 --attributes articles.csv",
      "  millwright supplychain forecast sales.csv --hierarchy shops.csv --html sums.html"
    })
final class ForecastCommand extends DeskCommand {

  /** Covariates are read so far ahead; no horizon by frequency is longer. */
  private static final int MOST_AHEAD = 192;

  @Mixin DemandSource source = new DemandSource();

  @Mixin CovariateSource drivers = new CovariateSource();

  @Mixin HierarchySource sums = new HierarchySource();

  @Option(
      names = "--horizon",
      paramLabel = "N",
      description = "How many periods ahead. Default: by the frequency, such as 18 months.")
  @Nullable Integer horizon;

  @Option(
      names = "--networks",
      paramLabel = "N",
      defaultValue = "0",
      description = "Networks beside the methods, for each frequency. Default: ${DEFAULT-VALUE}.")
  int networks;

  @Option(
      names = "--pretrained",
      description =
          "Give the pre-trained series model a share where rolling origins prove it better.")
  boolean pretrained;

  @Option(
      names = "--test",
      paramLabel = "N",
      description = {
        "Leave the last N periods out of learning, and judge the forecasts on them. The horizon",
        "is then N periods too, unless a model brings its own."
      })
  @Nullable Integer test;

  @Option(names = "--model", paramLabel = "FILE", description = "Use this model; learn nothing.")
  @Nullable Path model;

  @Option(names = "--save", paramLabel = "FILE", description = "Where to keep the model.")
  @Nullable Path save;

  @Option(
      names = "--series",
      paramLabel = "NAME",
      split = ",",
      description = "Show only these; it still learns from all.")
  @Nullable List<String> only;

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with fan charts.")
  @Nullable Path html;

  ForecastCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    if (test != null && test < 1) {
      throw misused("--test is " + test + ", but must be at least 1");
    }
    if (test != null && horizon != null && !test.equals(horizon)) {
      throw misused(
          "--test judges the "
              + test
              + " periods that it leaves out, but --horizon is "
              + horizon
              + "\nMaybe give the same number to both, or --test alone");
    }
    if (sums.isAny() && (test != null || model != null || save != null)) {
      throw misused("--hierarchy goes with neither --test, --model nor --save");
    }
    List<Series> all = source.series(millwright, this::say);
    if (all.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA, source.what() + " has no series\nMaybe it has a heading only");
    }
    List<KnownFuture> truths = truths(all);
    List<Series> known = test == null ? all : truths.stream().map(KnownFuture::history).toList();
    SupplyChain supply = millwright.plugin(SupplyChain.class);
    Reply reply = new Reply(name());
    reply.line("Data", source.what() + ", " + all.size() + " series").put("series", all.size());
    if (drivers.isAny() && !sums.isAny()) {
      return driven(millwright, supply, all, reply);
    }
    if (model != null) {
      try (Predictor<Series, Forecast> predictor = millwright.open(SupplyChain.FORECAST, model)) {
        return say(reply, supply, predictor, known, truths, "the model in " + model);
      }
    }
    ForecastTrainer trainer = trainer(supply);
    if (sums.isAny()) {
      return sums(millwright, supply, trainer, all, reply);
    }
    ForecastModel trained = await(trainer.train(known));
    trained.choice().lines().forEach(l -> reply.line("Choice", l));
    reply.put("choice", trained.choice().lines().toList());
    if (save != null) {
      trained.saveTo(save);
      reply.line("Model", save.toString()).put("model", save);
    }
    try (Predictor<Series, Forecast> predictor = trained.open()) {
      return say(reply, supply, predictor, known, truths, trained.choice());
    }
  }

  private ForecastTrainer trainer(SupplyChain supply) {
    ForecastTrainer trainer = supply.forecasting().networks(networks);
    if (pretrained) {
      trainer = trainer.pretrained(SeriesModels.standard());
    }
    Integer ahead = horizon == null ? test : horizon;
    return ahead == null ? trainer : trainer.horizon(ahead);
  }

  /**
   * With covariates; a stated horizon, or one that no default goes beyond, says how far to read.
   */
  private Reply driven(Millwright millwright, SupplyChain supply, List<Series> all, Reply reply)
      throws InterruptedException {
    int reach = horizon != null ? horizon : test != null ? 0 : MOST_AHEAD;
    List<DrivenSeries> whole = drivers.driven(millwright, all, List.of(), source, reach, this::say);
    List<DrivenSeries> known = whole;
    if (test != null) {
      int left = test;
      known =
          whole.stream()
              .filter(d -> d.history().length() > left)
              .map(d -> d.first(d.history().length() - left))
              .toList();
    }
    String choice = "the model in " + model;
    Predictor<DrivenSeries, Forecast> predictor;
    if (model != null) {
      predictor = millwright.open(SupplyChain.FORECAST_WITH_COVARIATES, model);
    } else {
      CovariateModel trained = await(trainer(supply).withCovariates().train(known));
      trained.choice().lines().forEach(l -> reply.line("Choice", l));
      reply.put("choice", trained.choice().lines().toList());
      reply.put("covariates", trained.effects().stream().map(ForecastCommand::document).toList());
      choice = trained.choice();
      if (save != null) {
        trained.saveTo(save);
        reply.line("Model", save.toString()).put("model", save);
      }
      predictor = trained.open();
    }
    try (predictor) {
      Optional<Evaluation> judged = Optional.empty();
      if (test != null) {
        judged = Optional.of(supply.evaluateWithCovariates(predictor, whole, test));
        say(reply, judged.get(), "last " + Texts.count(test, "period"));
      }
      List<DrivenSeries> shown = new ArrayList<>();
      List<Series> named =
          DemandSource.named(known.stream().map(DrivenSeries::history).toList(), only);
      known.stream().filter(d -> named.contains(d.history())).forEach(shown::add);
      return say(
          reply,
          shown.stream().map(DrivenSeries::history).toList(),
          predictor.predictAll(shown),
          truths(all),
          judged,
          choice);
    }
  }

  private static Map<String, Object> document(CovariateEffect effect) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", effect.name());
    document.put("kept", effect.kept());
    document.put("gain", effect.gain());
    document.put("factor", effect.factor());
    document.put("unit", effect.unit());
    return document;
  }

  /** Also what is given for a sum: it holds for each of its series. */
  private List<DrivenSeries> driven(Millwright millwright, List<Series> all, Hierarchy hierarchy) {
    int reach = horizon == null ? MOST_AHEAD : horizon;
    return drivers.driven(
        millwright,
        all,
        hierarchy.nodes().stream().map(Hierarchy.Node::name).toList(),
        source,
        reach,
        this::say);
  }

  private Reply sums(
      Millwright millwright,
      SupplyChain supply,
      ForecastTrainer trainer,
      List<Series> all,
      Reply reply)
      throws InterruptedException {
    Hierarchy hierarchy = sums.hierarchy(millwright, source);
    Job<CoherentForecast> job =
        drivers.isAny()
            ? supply
                .hierarchies()
                .forecastWithCovariates(trainer, driven(millwright, all, hierarchy), hierarchy)
            : supply.hierarchies().forecast(trainer, all, hierarchy);
    CoherentForecast coherent = await(job);
    StringBuilder choice = new StringBuilder("Reconciled: " + coherent.method());
    List<Map<String, Object>> levels = new ArrayList<>();
    for (CoherentForecast.Level l : coherent.levels()) {
      choice.append(
          String.format(
              Locale.ROOT,
              "%n%s: scaled error %.3f alone, %.3f bottom-up, %.3f reconciled",
              l.name(),
              l.alone(),
              l.bottomUp(),
              l.reconciled()));
      Map<String, Object> level = new LinkedHashMap<>();
      level.put("level", l.name());
      level.put("alone", l.alone());
      level.put("bottomUp", l.bottomUp());
      level.put("reconciled", l.reconciled());
      levels.add(level);
    }
    choice.toString().lines().forEach(l -> reply.line("Choice", l));
    coherent.notes().forEach(n -> reply.line("Note", n));
    reply.put("method", coherent.method()).put("levels", levels).put("notes", coherent.notes());
    List<DemandReport.Shown> pages = new ArrayList<>();
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    for (CoherentForecast.Node node : coherent.nodes()) {
      if (only != null && !only.contains(node.name())) {
        continue;
      }
      reply.line(node.name() + ": " + text(node.forecast()));
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("id", node.name());
      document.put("level", node.level());
      document.put("periods", rows(node.forecast(), node.forecast().periods()));
      document.put("totals", rows(node.forecast(), node.forecast().totals()));
      documents.add(document);
      pages.add(new DemandReport.Shown(node.history(), node.forecast(), List.of()));
    }
    reply.put("forecasts", documents);
    if (html != null) {
      new DemandReport(
              source.what(),
              source.quantity(),
              choice.toString(),
              Optional.empty(),
              pages,
              coherent.notes())
          .writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  private List<KnownFuture> truths(List<Series> all) {
    List<KnownFuture> truths = new ArrayList<>();
    if (test != null) {
      for (Series s : all) {
        if (s.length() > test && s.first(s.length() - test).known() > 0) {
          truths.add(KnownFuture.of(s, test));
        }
      }
    }
    return truths;
  }

  private Reply say(
      Reply reply,
      SupplyChain supply,
      Predictor<Series, Forecast> predictor,
      List<Series> known,
      List<KnownFuture> truths,
      String choice) {
    Optional<Evaluation> judged = Optional.empty();
    if (!truths.isEmpty()) {
      judged = Optional.of(supply.evaluate(predictor, truths));
      say(reply, judged.get(), judged(truths, predictor));
    }
    List<Series> shown = DemandSource.named(known, only);
    return say(reply, shown, predictor.predictAll(shown), truths, judged, choice);
  }

  private static void say(Reply reply, Evaluation evaluation, String periods) {
    reply.put("test", evaluation.figures());
    reply.line(
        "Test",
        String.format(
            Locale.ROOT,
            "%s of %d series: sMAPE %.2f %%, MASE %.3f, 80 %% bands cover %.1f %%,"
                + " 95 %% bands %.1f %%",
            periods,
            evaluation.samples(),
            evaluation.figure("smape"),
            evaluation.figure("mase"),
            100 * evaluation.figure("coverage 80"),
            100 * evaluation.figure("coverage 95")));
  }

  private Reply say(
      Reply reply,
      List<Series> shown,
      List<Outcome<Forecast>> outcomes,
      List<KnownFuture> truths,
      Optional<Evaluation> judged,
      String choice) {
    List<Map<String, @Nullable Object>> documents = new ArrayList<>();
    List<DemandReport.Shown> pages = new ArrayList<>();
    List<String> unanswered = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      Series series = shown.get(i);
      Outcome<Forecast> outcome = outcomes.get(i);
      reply.line(series.id() + ": " + text(outcome));
      documents.add(document(series, outcome));
      outcome.fold(
          p -> pages.add(new DemandReport.Shown(series, p.value(), future(truths, series))),
          a -> unanswered.add(series.id() + ": " + Texts.noAnswer(a.findings())));
    }
    reply.put("forecasts", documents);
    if (html != null) {
      new DemandReport(source.what(), source.quantity(), choice, judged, pages, unanswered)
          .writeTo(html);
      reply.line("Report", html.toString()).put("report", html);
    }
    return reply;
  }

  /** Which periods are judged: a model may see less far than what was left out. */
  private String judged(List<KnownFuture> truths, Predictor<Series, Forecast> predictor) {
    int seen =
        truths.stream()
            .map(t -> predictor.predict(t.history()))
            .filter(o -> o.fold(p -> true, a -> false))
            .findFirst()
            .map(o -> o.orElseThrow().value().horizon())
            .orElse(0);
    int left = test == null ? 0 : test;
    return seen == 0 || seen >= left
        ? "last " + Texts.count(left, "period")
        : "first "
            + seen
            + " of the last "
            + Texts.count(left, "period")
            + ", which is how far the model sees,";
  }

  private static List<Double> future(List<KnownFuture> truths, Series series) {
    return truths.stream()
        .filter(t -> t.history().id().equals(series.id()))
        .findFirst()
        .map(KnownFuture::future)
        .orElse(List.of());
  }

  private static String text(Outcome<Forecast> outcome) {
    return outcome.fold(
        p -> text(p.value()) + Texts.flags(p.flags()), a -> Texts.noAnswer(a.findings()));
  }

  private static String text(Forecast f) {
    Distribution first = f.periods().get(0);
    Distribution total = f.totals().get(f.horizon() - 1);
    return f.label(0)
        + " "
        + Figure.of(first.mean())
        + " (80 % band "
        + Figure.of(first.quantile(0.1))
        + " to "
        + Figure.of(first.quantile(0.9))
        + (first.mean() > first.quantile(0.9) ? "; rare, so mostly less than the mean" : "")
        + "); "
        + Texts.count(f.horizon(), "period")
        + " together "
        + Figure.of(total.mean())
        + " ("
        + Figure.of(total.quantile(0.1))
        + " to "
        + Figure.of(total.quantile(0.9))
        + ")";
  }

  /** Each period, or the sum of all up to it. */
  private static List<Map<String, Object>> rows(Forecast forecast, List<Distribution> each) {
    List<Map<String, Object>> periods = new ArrayList<>();
    for (int h = 0; h < forecast.horizon(); h++) {
      Distribution d = each.get(h);
      Map<String, Object> period = new LinkedHashMap<>();
      period.put("period", forecast.label(h));
      period.put("mean", d.mean());
      period.put("low80", d.quantile(0.1));
      period.put("high80", d.quantile(0.9));
      period.put("low95", d.quantile(0.025));
      period.put("high95", d.quantile(0.975));
      periods.add(period);
    }
    return periods;
  }

  private static Map<String, @Nullable Object> document(Series series, Outcome<Forecast> outcome) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", series.id());
    outcome.fold(
        p -> {
          document.put("periods", rows(p.value(), p.value().periods()));
          document.put("totals", rows(p.value(), p.value().totals()));
          document.put("flags", p.flags());
          return true;
        },
        a -> {
          document.put("abstention", a.code());
          document.put("findings", a.findings());
          return false;
        });
    return document;
  }
}
