package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Evaluation;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Series;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.KnownFuture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges forecasts by what came to pass. Not thread-safe. */
final class ForecastJudge {

  private static final double[] LEVELS = {0.8, 0.95};
  private static final double[] PROBABILITIES = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

  private final Score score = new Score();
  private final double[] inside = new double[LEVELS.length];
  private final double[] width = new double[LEVELS.length];
  private double loss;
  private double squares;
  private int scaled;
  private int periods;
  private int unanswered;

  private ForecastJudge() {}

  static Evaluation judge(Predictor<Series, Forecast> predictor, List<KnownFuture> truths) {
    ForecastJudge judge = new ForecastJudge();
    truths.forEach(known -> judge.add(known, predictor.predict(known.history())));
    return judge.evaluation();
  }

  /** Cuts the last periods off, which covariates that are known ahead still cover. */
  static Evaluation judge(
      Predictor<DrivenSeries, Forecast> predictor, List<DrivenSeries> wholes, int periods) {
    ForecastJudge judge = new ForecastJudge();
    for (DrivenSeries whole : wholes) {
      if (whole.history().length() > periods) {
        KnownFuture known = KnownFuture.of(whole.history(), periods);
        judge.add(known, predictor.predict(whole.first(known.history().length())));
      }
    }
    return judge.evaluation();
  }

  private void add(KnownFuture known, Outcome<Forecast> outcome) {
    outcome.fold(
        p -> {
          add(known, p.value());
          return true;
        },
        a -> {
          unanswered++;
          return false;
        });
  }

  private void add(KnownFuture known, Forecast forecast) {
    int horizon = Math.min(known.future().size(), forecast.horizon());
    double[] truth = new double[horizon];
    double[] mean = new double[horizon];
    double naive = Past.naiveError(known.history());
    for (int h = 0; h < horizon; h++) {
      Distribution d = forecast.periods().get(h);
      truth[h] = known.future().get(h);
      mean[h] = d.mean();
      if (Double.isNaN(truth[h])) {
        continue;
      }
      periods++;
      squares += (truth[h] - mean[h]) * (truth[h] - mean[h]);
      for (int k = 0; k < LEVELS.length; k++) {
        double low = d.quantile((1 - LEVELS[k]) / 2);
        double high = d.quantile((1 + LEVELS[k]) / 2);
        inside[k] += truth[h] >= low && truth[h] <= high ? 1 : 0;
        width[k] += naive > 0 ? (high - low) / naive : 0;
      }
      if (naive > 0) {
        scaled++;
        for (double p : PROBABILITIES) {
          double e = truth[h] - d.quantile(p);
          loss += 2 * Math.max(p * e, (p - 1) * e) / naive / PROBABILITIES.length;
        }
      }
    }
    score.add(truth, mean, naive);
  }

  private Evaluation evaluation() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("smape", score.smape());
    figures.put("mase", score.mase());
    figures.put("rmse", Math.sqrt(squares / periods));
    for (int k = 0; k < LEVELS.length; k++) {
      String level = Long.toString(Math.round(100 * LEVELS[k]));
      figures.put("coverage " + level, inside[k] / periods);
      figures.put("width " + level, width[k] / scaled);
    }
    figures.put("quantile loss", loss / scaled);
    figures.put("unanswered", (double) unanswered);
    return Evaluation.builder()
        .protocol("what followed the histories")
        .samples(score.count())
        .figures(figures)
        .build();
  }
}
