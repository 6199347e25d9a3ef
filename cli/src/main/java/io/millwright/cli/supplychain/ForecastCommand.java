package io.millwright.cli.supplychain;

import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
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
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.ForecastModel;
import io.millwright.supplychain.ForecastTrainer;
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
      "  millwright supplychain forecast demand.csv --model load.mwb --series A17"
    })
final class ForecastCommand extends DeskCommand {

  @Mixin DemandSource source = new DemandSource();

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
    List<Series> all = source.series(millwright, this::say);
    List<KnownFuture> truths = truths(all);
    List<Series> known = test == null ? all : truths.stream().map(KnownFuture::history).toList();
    SupplyChain supply = millwright.plugin(SupplyChain.class);
    Reply reply = new Reply(name());
    reply.line("Data", source.what() + ", " + all.size() + " series").put("series", all.size());
    if (model != null) {
      try (Predictor<Series, Forecast> predictor = millwright.open(SupplyChain.FORECAST, model)) {
        return say(reply, supply, predictor, known, truths, "the model in " + model);
      }
    }
    ForecastTrainer trainer = supply.forecasting().networks(networks);
    if (pretrained) {
      trainer = trainer.pretrained(SeriesModels.standard());
    }
    Integer ahead = horizon == null ? test : horizon;
    if (ahead != null) {
      trainer = trainer.horizon(ahead);
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
      Evaluation evaluation = supply.evaluate(predictor, truths);
      judged = Optional.of(evaluation);
      reply.put("test", evaluation.figures());
      reply.line(
          "Test",
          String.format(
              Locale.ROOT,
              "%s of %d series: sMAPE %.2f %%, MASE %.3f, 80 %% bands cover %.1f %%,"
                  + " 95 %% bands %.1f %%",
              judged(truths, predictor),
              evaluation.samples(),
              evaluation.figure("smape"),
              evaluation.figure("mase"),
              100 * evaluation.figure("coverage 80"),
              100 * evaluation.figure("coverage 95")));
    }
    List<Series> shown = DemandSource.named(known, only);
    List<Outcome<Forecast>> outcomes = predictor.predictAll(shown);
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
        p -> {
          Forecast f = p.value();
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
              + ")"
              + Texts.flags(p.flags());
        },
        a -> Texts.noAnswer(a.findings()));
  }

  private static Map<String, @Nullable Object> document(Series series, Outcome<Forecast> outcome) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("id", series.id());
    outcome.fold(
        p -> {
          List<Map<String, Object>> periods = new ArrayList<>();
          for (int h = 0; h < p.value().horizon(); h++) {
            Distribution d = p.value().periods().get(h);
            Map<String, Object> period = new LinkedHashMap<>();
            period.put("period", p.value().label(h));
            period.put("mean", d.mean());
            period.put("low80", d.quantile(0.1));
            period.put("high80", d.quantile(0.9));
            period.put("low95", d.quantile(0.025));
            period.put("high95", d.quantile(0.975));
            periods.add(period);
          }
          document.put("periods", periods);
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
