package io.millwright.supplychain.internal.forecast;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.data.Series;
import io.millwright.supplychain.CovariateEffect;
import io.millwright.supplychain.Distribution;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A forecaster with covariates around one without. Immutable and thread-safe.
 *
 * @param around forecasts histories without what covariates did
 * @param columns how covariates become features
 * @param kept which have a weight
 * @param effects the effects of all series, one for each feature of those kept
 * @param apart how strongly own effects are drawn to those of all; empty when they are the same
 * @param past what covariates known up to now only say
 * @param likeness how new articles are forecast
 * @param told what each covariate does, for people
 * @param horizon how far ahead new articles are forecast
 */
record DrivenForecaster(
    Forecaster around,
    CovariateColumns columns,
    boolean[] kept,
    double[] effects,
    double[] apart,
    PastEffects past,
    Likeness likeness,
    List<CovariateEffect> told,
    int horizon) {

  private static final List<Double> PROBABILITIES =
      Arrays.stream(Bands.PROBABILITIES).boxed().toList();

  DrivenForecaster {
    told = List.copyOf(told);
  }

  Outcome<Forecast> forecast(DrivenSeries driven, ModelInfo info) {
    Series history = driven.history();
    if (history.known() < Past.LEAST && likeness.isAny()) {
      return byLikeness(driven, info);
    }
    int ahead = horizon(history);
    for (int k = 0; k < kept.length; k++) {
      List<Double> values = driven.known().getOrDefault(columns.names().get(k), List.of());
      if (kept[k] && values.size() < history.length() + ahead) {
        String name = columns.names().get(k);
        return abstention(
            new Finding(
                ErrorCode.MISSING_VALUE,
                "series " + history.id(),
                "the covariate "
                    + name
                    + " is known up to "
                    + (values.isEmpty() ? "nowhere" : history.label(values.size() - 1))
                    + ", but the forecast goes to "
                    + history.label(history.length() + ahead - 1),
                "give a value for each period ahead, NaN for the usual one"),
            info);
      }
    }
    Undriven one = undriven(driven);
    double[] factors = one.factors();
    return around.forecast(one.history(), h -> h < factors.length ? factors[h] : 1, info);
  }

  /**
   * What is forecast around the covariates.
   *
   * @param history the history without what covariates did
   * @param factors what they do to each period ahead
   */
  record Undriven(Series history, double[] factors) {}

  Undriven undriven(DrivenSeries driven) {
    Series history = driven.history();
    int ahead = horizon(history);
    DrivenCase one = DrivenCase.whole(driven, columns, ahead);
    if (history.known() == 0 || !one.isNeverNegative()) {
      double[] none = new double[ahead];
      Arrays.fill(none, 1);
      return new Undriven(history, none);
    }
    int[] features = columns.features(kept);
    double[] own = own(one, features);
    double[] factors = one.ahead(ahead, features, own);
    double[] later = past.factors(driven, history.length(), ahead);
    Arrays.setAll(factors, h -> factors[h] * later[h]);
    return new Undriven(one.clean(features, own), factors);
  }

  /** The effects on one series. */
  private double[] own(DrivenCase one, int[] features) {
    return apart.length == 0
        ? effects
        : EffectFit.fit(List.of(one), features, effects, apart, Lanes.alone());
  }

  private int horizon(Series history) {
    String key = Forecaster.key(history.frequency());
    SmoothGroup group = around.smooth().get(key);
    CountGroup counts = around.counts().get(key);
    return Math.max(group == null ? 0 : group.horizon(), counts == null ? 0 : counts.horizon());
  }

  private Outcome<Forecast> byLikeness(DrivenSeries driven, ModelInfo info) {
    Series history = driven.history();
    for (String name : likeness.names()) {
      if (!driven.attributes().containsKey(name)) {
        return abstention(
            new Finding(
                ErrorCode.MISSING_VALUE,
                "series " + history.id(),
                "it has "
                    + history.known()
                    + " known values, and no attribute "
                    + name
                    + " to find articles like it",
                "give the attribute, or wait for " + Past.LEAST + " values"),
            info);
      }
    }
    int[] features = columns.features(kept);
    DrivenCase one = DrivenCase.whole(driven, columns, horizon);
    double[] factors = one.ahead(horizon, features, effects);
    long first = history.start() + history.length();
    int season = history.frequency().seasons().stream().findFirst().orElse(1);
    double[] said = likeness.said(driven.attributes(), first, horizon, season);
    List<Distribution> periods = new ArrayList<>();
    List<Distribution> totals = new ArrayList<>();
    double sum = 0;
    for (int h = 0; h < horizon; h++) {
      double level = said[h] * factors[h];
      sum += level;
      periods.add(distribution(level, likeness.periods()));
      totals.add(distribution(sum, likeness.totals()[h]));
    }
    Forecast forecast = new Forecast(history.id(), history.frequency(), first, periods, totals);
    Set<Flag> flags = EnumSet.of(Flag.SHORT_HISTORY);
    return new Outcome.Prediction<>(forecast, new ForecastUncertainties(forecast), flags, info);
  }

  private static Distribution distribution(double level, double[] scores) {
    List<Double> quantiles = Arrays.stream(scores).mapToObj(q -> level * q).toList();
    double mean = Arrays.stream(scores).average().orElse(1) * level;
    return new Distribution(mean, PROBABILITIES, quantiles);
  }

  private static Outcome<Forecast> abstention(Finding finding, ModelInfo info) {
    return new Outcome.Abstention<>(finding.code(), List.of(finding), info);
  }
}
