package io.millwright.cli.maintenance;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Row;
import io.millwright.api.learn.ClassMetrics;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import io.millwright.maintenance.FailureData;
import io.millwright.maintenance.FailureRisk;
import io.millwright.maintenance.Maintenance;
import io.millwright.reports.Figures;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a model of failures on rows whose outcome is known. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Judges a model on rows whose outcome is known and that it did not learn from.",
      "Rows for which the model abstains are counted and left out of the figures."
    },
    footer = {
      "",
      "Examples:",
      "  millwright maintenance failure evaluate --model failure.mwb later.csv --label 'Machine"
          + " failure' --costs 10:1"
    })
final class FailureEvaluate extends DeskCommand {

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model.")
  Path model = Path.of("");

  @Mixin FailureCsv csv = new FailureCsv();

  @Option(
      names = "--costs",
      paramLabel = "MISSED:FALSE",
      converter = Costs.Reader.class,
      description = "What mistakes cost, to say what the alarms would have cost a row.")
  @Nullable Costs costs;

  FailureEvaluate(Desk desk, HostOptions options) {
    super(desk, options);
  }

  @Override
  public Reply answer(Millwright millwright) {
    FailureData data;
    List<Outcome<FailureRisk>> outcomes;
    try (Predictor<Row, FailureRisk> failure = millwright.open(Maintenance.FAILURE, model)) {
      data = csv.data(millwright.tables(), failure.info().inputs(), this::say);
      outcomes =
          failure.predictAll(
              IntStream.range(0, data.readings().rows()).mapToObj(data.readings()::row).toList());
    }
    int[] answered =
        IntStream.range(0, outcomes.size())
            .filter(i -> outcomes.get(i) instanceof Outcome.Prediction<FailureRisk>)
            .toArray();
    if (answered.length == 0) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          csv.file + " has no row that the model answers\nMaybe it is another kind of file");
    }
    boolean[] failed = new boolean[answered.length];
    double[] probability = new double[answered.length];
    boolean[] alarm = new boolean[answered.length];
    for (int k = 0; k < answered.length; k++) {
      FailureRisk risk = outcomes.get(answered[k]).orElseThrow().value();
      failed[k] = !data.outcomes().get(answered[k]).equals(FailureData.NONE);
      probability[k] = risk.probability();
      alarm[k] = risk.alarm();
    }
    Map<String, Double> figures = figures(failed, probability, alarm);
    Reply reply = new Reply(name());
    reply.line(
        csv.file
            + ": "
            + answered.length
            + " rows"
            + (answered.length < outcomes.size()
                ? ", " + (outcomes.size() - answered.length) + " more without an answer"
                : ""));
    figures.forEach(
        (name, value) ->
            reply.line(
                String.format("  %-24s %s", Figures.title(name), Figures.text(name, value))));
    return reply
        .put("model", model)
        .put("rows", answered.length)
        .put("abstained", outcomes.size() - answered.length)
        .put("figures", figures);
  }

  private Map<String, Double> figures(boolean[] failed, double[] probability, boolean[] alarm) {
    double hits = 0;
    double missed = 0;
    double falseAlarms = 0;
    for (int i = 0; i < failed.length; i++) {
      hits += failed[i] && alarm[i] ? 1 : 0;
      missed += failed[i] && !alarm[i] ? 1 : 0;
      falseAlarms += !failed[i] && alarm[i] ? 1 : 0;
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("failures", hits + missed);
    figures.put("alarms", hits + falseAlarms);
    figures.put("precision", hits / (hits + falseAlarms));
    figures.put("recall", hits / (hits + missed));
    figures.put("f1", 2 * hits / (2 * hits + missed + falseAlarms));
    if (hits + missed > 0 && hits + missed < failed.length) {
      figures.put("pr auc", ClassMetrics.prAuc(failed, probability));
      figures.put("roc auc", ClassMetrics.rocAuc(failed, probability));
    }
    if (costs != null) {
      figures.put(
          "cost realised",
          (costs.missed() * missed + costs.falseAlarm() * falseAlarms) / failed.length);
    }
    return figures;
  }
}
