package io.millwright.cli.production;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.Frequency;
import io.millwright.api.data.Series;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Figure;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.cli.kit.TableOptions;
import io.millwright.cli.kit.Texts;
import io.millwright.cli.pages.LoadPage;
import io.millwright.production.LoadForecast;
import io.millwright.production.LoadModel;
import io.millwright.production.LoadScore;
import io.millwright.production.LoadSeries;
import io.millwright.production.LoadTrainer;
import io.millwright.production.Production;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Predicts the load of a line or a plant. */
@Command(
    name = "load",
    sortOptions = false,
    description = {
      "Predicts the load of a line or a plant with quantiles.",
      "Learns from its history and from what is known ahead. With --test it judges itself by"
          + " rolling",
      "origins on what it did not learn from."
    },
    footer = {
      "",
      "Examples:",
      "  millwright production load power.csv --value usage_kwh --known load_type --every 15minute"
          + " --test 2018-07-01T00:15",
      "  millwright production load power.csv --steps 1,96 --save load.mwb --html load.html"
    })
final class LoadCommand extends DeskCommand {

  @Parameters(paramLabel = "CSV", description = "One row a period, with a header.")
  Path file = Path.of("");

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      defaultValue = "time",
      description = "The column of the period. Default: ${DEFAULT-VALUE}.")
  String time = "time";

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      defaultValue = "load",
      description = "The column of the load. Default: ${DEFAULT-VALUE}.")
  String value = "load";

  @Option(
      names = "--known",
      paramLabel = "COLUMN",
      split = ",",
      description = {
        "Columns that are known ahead: numbers or labels. Rows without a load at the end of the",
        "file tell them for the periods that are predicted; otherwise those of a season before",
        "are taken."
      })
  List<String> known = List.of();

  @Option(
      names = "--every",
      paramLabel = "PERIOD",
      description = "Such as 15minute, hour or day. Default: what most labels are apart.")
  @Nullable String every;

  @Option(
      names = "--steps",
      paramLabel = "N",
      split = ",",
      description = "How far ahead, in periods. Default: one, and a season.")
  int @Nullable [] steps;

  @Option(
      names = "--networks",
      paramLabel = "N",
      defaultValue = "2",
      description = "Networks of a kind for a distance; 0 for none. Default: ${DEFAULT-VALUE}.")
  int networks;

  @Option(
      names = "--test",
      paramLabel = "PERIOD",
      description = "Learn from what came before this period, and judge from it on.")
  @Nullable String test;

  @Option(names = "--save", paramLabel = "FILE", description = "Save the model that learnt last.")
  @Nullable Path save;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Predict with a saved model instead of learning.")
  @Nullable Path model;

  @Mixin TableOptions tables = new TableOptions();

  @Option(
      names = {"--html", "--report"},
      paramLabel = "FILE",
      description = "Write a page with the fan chart.")
  @Nullable Path html;

  LoadCommand(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) throws InterruptedException {
    Table table = tables.readNumbers(millwright.tables(), file, this::say).table();
    LoadSeries all = series(table);
    Reply reply = new Reply(name());
    reply.line(
        "Data",
        file
            + ", "
            + Texts.count(all.load().length(), "period")
            + " of "
            + all.load().frequency().text()
            + ", seasons "
            + all.load().frequency().seasons());
    LoadTrainer trainer = millwright.plugin(Production.class).load().networks(networks);
    trainer = steps == null ? trainer : trainer.steps(steps);
    List<LoadScore> scores = List.of();
    if (model != null) {
      try (Predictor<LoadSeries, LoadForecast> predictor =
          millwright.open(Production.LOAD, model)) {
        return predicted(predictor, all, scores, reply);
      }
    }
    LoadModel learnt = null;
    if (test != null) {
      int from = (int) (all.load().frequency().number(test) - all.load().start());
      if (from < 1 || from >= all.load().length()) {
        throw misused("--test is " + test + ", which is no period of the load");
      }
      learnt = await(trainer.train(all.first(from)));
      scores = learnt.judge(all, from);
      scores(scores, reply);
    } else {
      learnt = await(trainer.train(all));
    }
    learnt.choice().lines().forEach(l -> reply.line("Chosen", l));
    reply.put("choice", learnt.choice());
    if (save != null) {
      learnt.saveTo(save);
      reply.line("Saved", save.toString()).put("saved", save);
    }
    try (Predictor<LoadSeries, LoadForecast> predictor = learnt.open()) {
      return predicted(predictor, all, scores, reply);
    }
  }

  private static void scores(List<LoadScore> scores, Reply reply) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (LoadScore s : scores) {
      reply.line(
          String.format(
              Locale.ROOT,
              "  %4d ahead  %-30s MAE %9s  RMSE %9s%s",
              s.ahead(),
              s.method(),
              Figure.of(s.mae()),
              Figure.of(s.rmse()),
              Double.isNaN(s.cover80())
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      "  80 %%: %.1f, 90 %%: %.1f, width %s, %,d periods",
                      100 * s.cover80(),
                      100 * s.cover90(),
                      Figure.of(s.width90(), 3),
                      s.count())));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("method", s.method());
      document.put("ahead", s.ahead());
      document.put("count", s.count());
      document.put("mae", s.mae());
      document.put("rmse", s.rmse());
      document.put("maeOfMean", s.maeOfMean());
      document.put("cover80", s.cover80());
      document.put("cover90", s.cover90());
      document.put("width90", s.width90());
      documents.add(document);
    }
    reply.line("  the model's MAE is that of its median, its RMSE that of its mean");
    reply.put("scores", documents);
  }

  private Reply predicted(
      Predictor<LoadSeries, LoadForecast> predictor,
      LoadSeries all,
      List<LoadScore> scores,
      Reply reply) {
    return predictor
        .predict(all)
        .fold(
            p -> {
              LoadForecast forecast = p.value();
              List<Map<String, Object>> documents = new ArrayList<>();
              for (int h = 0; h < forecast.periods().size(); h++) {
                LoadForecast.Period period = forecast.periods().get(h);
                if (h < 8 || h == forecast.periods().size() - 1) {
                  reply.line(
                      "  "
                          + period.label()
                          + "  "
                          + Figure.of(period.mean())
                          + "  (80 %: "
                          + Figure.of(forecast.quantile(h, 0.1))
                          + " to "
                          + Figure.of(forecast.quantile(h, 0.9))
                          + ")");
                }
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("period", period.label());
                document.put("mean", period.mean());
                document.put("quantiles", period.quantiles());
                documents.add(document);
              }
              reply.put("probabilities", forecast.probabilities()).put("forecast", documents);
              if (html != null) {
                LoadPage.write(html, file.toString(), value, all, forecast, scores);
                reply.line("Report", html.toString()).put("report", html);
              }
              return reply;
            },
            a ->
                reply
                    .line("Forecast", Texts.noAnswer(a.findings()))
                    .put("abstention", a.code())
                    .failed());
  }

  private LoadSeries series(Table table) {
    List<String> labels = texts(table, time);
    Frequency frequency = frequency(labels);
    double[] numbers = table.numbers(value);
    int rows = labels.size();
    long start = frequency.number(labels.get(0));
    int n = 0;
    for (int r = 0; r < rows; r++) {
      n = Double.isNaN(numbers[r]) ? n : r + 1;
    }
    for (int r = 1; r < rows; r++) {
      if (frequency.number(labels.get(r)) != start + r) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "row "
                + (r + 1)
                + " is of "
                + labels.get(r)
                + ", but the period after "
                + labels.get(r - 1)
                + " is "
                + frequency.label(start + r)
                + (frequency.number(labels.get(r)) < start + r
                    ? "\nMaybe rows are not in the order of time, or one stands twice"
                    : "\nMaybe rows are missing: leave the load empty in them"));
      }
    }
    Series load = Series.of(value, frequency, labels.get(0), Arrays.copyOf(numbers, n));
    List<LoadSeries.Known> columns = new ArrayList<>();
    int season = frequency.seasons().isEmpty() ? 1 : frequency.seasons().get(0);
    int week =
        frequency.seasons().isEmpty() ? 1 : frequency.seasons().get(frequency.seasons().size() - 1);
    int ahead = steps == null ? season : Arrays.stream(steps).max().orElse(1);
    for (String name : known) {
      boolean numeric =
          table.schema().columns().stream()
              .anyMatch(c -> c.name().equals(name) && c.type() == ColumnType.NUMBER);
      if (numeric) {
        List<Double> values = new ArrayList<>();
        for (double v : table.numbers(name)) {
          values.add(v);
        }
        while (values.size() < n + ahead && values.size() >= week) {
          values.add(values.get(values.size() - week));
        }
        columns.add(new LoadSeries.Known(name, values));
      } else {
        List<String> values = new ArrayList<>(texts(table, name));
        while (values.size() < n + ahead && values.size() >= week) {
          values.add(values.get(values.size() - week));
        }
        columns.addAll(LoadSeries.Known.labels(name, values));
      }
    }
    return new LoadSeries(load, columns);
  }

  private Frequency frequency(List<String> labels) {
    if (every == null) {
      return Frequency.of(labels);
    }
    String digits = every.replaceAll("[^0-9]", "");
    int units =
        digits.isEmpty() ? 1 : Integer.parseInt(digits.substring(0, Math.min(4, digits.length())));
    Frequency one =
        switch (every.replaceAll("[0-9 ]", "").replaceAll("s$", "")) {
          case "minute" -> Frequency.MINUTES;
          case "hour" -> Frequency.HOURLY;
          case "day" -> Frequency.DAILY;
          case "week" -> Frequency.WEEKLY;
          case "month" -> Frequency.MONTHLY;
          default -> throw misused("--every is \"" + every + "\", but must be such as 15minute");
        };
    if (units < 1) {
      throw misused("--every is \"" + every + "\"");
    }
    return units == 1 ? one : one.every(units, 0);
  }

  private static List<String> texts(Table table, String column) {
    int at = table.schema().names().indexOf(column);
    if (at < 0) {
      throw new MillwrightException(
          ErrorCode.MISSING_COLUMN,
          "there is no column \""
              + column
              + "\"; there are "
              + table.schema().names()
              + "\nMaybe name it with --time, --value or --known");
    }
    List<String> texts = new ArrayList<>();
    boolean times = table.schema().columns().get(at).type() == ColumnType.TIME;
    for (int r = 0; r < table.rows(); r++) {
      texts.add(
          times
              ? LocalDateTime.ofInstant(Instant.ofEpochMilli(table.time(r, at)), ZoneOffset.UTC)
                  .toString()
              : Texts.at(table, column, r));
    }
    return texts;
  }
}
