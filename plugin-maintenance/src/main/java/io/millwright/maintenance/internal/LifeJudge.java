package io.millwright.maintenance.internal;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.UnitHistory;
import io.millwright.api.learn.RegressionMetrics;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.KnownLife;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the answers of a predictor against what came to pass. */
final class LifeJudge {

  private static final double LEVEL = 0.9;

  private LifeJudge() {}

  static Evaluation judge(Predictor<UnitHistory, Cycles> predictor, List<KnownLife> truths) {
    if (truths.isEmpty()) {
      throw new MillwrightException(
          ErrorCode.TOO_FEW_DATA,
          "there is no known life to judge by\n"
              + "Maybe give histories with the life the units turned out to have");
    }
    List<Outcome<Cycles>> outcomes =
        predictor.predictAll(truths.stream().map(KnownLife::history).toList());
    List<KnownLife> answered = new ArrayList<>();
    List<Outcome.Prediction<Cycles>> answers = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Prediction<Cycles> p) {
        answers.add(p);
        answered.add(truths.get(i));
      }
    }
    if (answers.isEmpty()) {
      throw MillwrightException.of(
          "the model answers for none of " + truths.size() + " histories",
          ((Outcome.Abstention<Cycles>) outcomes.get(0)).findings());
    }
    double limit = answers.get(0).model().high();
    int n = answers.size();
    double[] raw = new double[n];
    double[] truth = new double[n];
    double[] predicted = new double[n];
    for (int i = 0; i < n; i++) {
      raw[i] = answered.get(i).remaining();
      truth[i] = Math.min(limit, raw[i]);
      predicted[i] = answers.get(i).value().count();
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("rmse", RegressionMetrics.rmse(truth, predicted));
    figures.put("mae", RegressionMetrics.mae(truth, predicted));
    figures.put("bias", RegressionMetrics.bias(truth, predicted));
    figures.put("nasa score", RegressionMetrics.nasaScore(truth, predicted));
    figures.put("rmse raw", RegressionMetrics.rmse(raw, predicted));
    figures.put("nasa score raw", RegressionMetrics.nasaScore(raw, predicted));
    intervals(figures, truth, answers, limit);
    figures.put("abstentions", (double) truths.size() - n);
    return Evaluation.builder()
        .protocol("histories with known life")
        .samples(n)
        .figures(figures)
        .build();
  }

  private static void intervals(
      Map<String, Double> figures,
      double[] truth,
      List<Outcome.Prediction<Cycles>> answers,
      double limit) {
    int n = truth.length;
    double[] low = new double[n];
    double[] high = new double[n];
    double width = 0;
    int middle = 0;
    int covered = 0;
    for (int i = 0; i < n; i++) {
      if (!(answers.get(i).uncertainty().at(LEVEL) instanceof Uncertainty.Interval interval)) {
        return;
      }
      low[i] = Math.max(0, interval.low());
      high[i] = Math.min(limit, interval.high());
      width += high[i] - low[i];
      if (truth[i] >= 0.4 * limit && truth[i] < limit) {
        middle++;
        covered += interval.contains(truth[i]) ? 1 : 0;
      }
    }
    figures.put("coverage 90", RegressionMetrics.coverage(truth, low, high));
    figures.put("width 90", width / n);
    figures.put("interval score 90", RegressionMetrics.intervalScore(truth, low, high, LEVEL));
    figures.put("coverage 90 mid-life", middle == 0 ? Double.NaN : (double) covered / middle);
  }
}
