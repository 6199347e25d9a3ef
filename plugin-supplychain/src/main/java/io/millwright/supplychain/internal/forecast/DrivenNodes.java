package io.millwright.supplychain.internal.forecast;

import io.millwright.api.Outcome;
import io.millwright.api.data.Series;
import io.millwright.api.spi.Jobs;
import io.millwright.supplychain.CovariateEffect;
import io.millwright.supplychain.DrivenSeries;
import io.millwright.supplychain.Forecast;
import io.millwright.supplychain.Hierarchy;
import io.millwright.supplychain.internal.forecast.DrivenForecaster.Undriven;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Forecasts series with covariates, and their sums: the sum of the histories without what
 * covariates did is forecast like any other, and multiplied by what they do to its series ahead,
 * each by its forecast. New articles, which no sum has seen, add what those like them sell.
 * Immutable and thread-safe.
 */
public final class DrivenNodes implements NodeForecaster {

  private final TrainedDriven model;
  private final List<DrivenSeries> bottom;
  private final Hierarchy hierarchy;
  private final UnaryOperator<List<Series>> sums;

  private DrivenNodes(
      TrainedDriven model,
      List<DrivenSeries> bottom,
      Hierarchy hierarchy,
      UnaryOperator<List<Series>> sums) {
    this.model = model;
    this.bottom = List.copyOf(bottom);
    this.hierarchy = hierarchy;
    this.sums = sums;
  }

  static DrivenNodes learn(
      DefaultCovariateTrainer trainer,
      List<DrivenSeries> bottom,
      Hierarchy hierarchy,
      UnaryOperator<List<Series>> sums,
      Jobs.Control<?> control) {
    UnaryOperator<List<Series>> nodes =
        clean -> {
          Map<String, Series> byName = new HashMap<>();
          clean.forEach(s -> byName.put(s.id(), s));
          List<Series> whole = new ArrayList<>();
          for (DrivenSeries d : bottom) {
            Series history = d.history();
            whole.add(padded(byName.getOrDefault(history.id(), history), history.length()));
          }
          List<Series> all = new ArrayList<>(sums.apply(whole));
          all.addAll(whole);
          return all;
        };
    return new DrivenNodes(
        trainer.run(trainer.usable(bottom), nodes, control), bottom, hierarchy, sums);
  }

  private static Series padded(Series s, int length) {
    List<Double> values = new ArrayList<>(s.values());
    values.addAll(Collections.nCopies(length - s.length(), Double.NaN));
    return new Series(s.id(), s.frequency(), s.start(), values);
  }

  /** What each covariate does. */
  public List<CovariateEffect> effects() {
    return model.effects();
  }

  /** Whether forecasts are others than those without covariates and attributes. */
  public boolean isDriven() {
    return model.effects().stream().anyMatch(CovariateEffect::kept)
        || model.forecaster().likeness().isAny();
  }

  @Override
  public List<Outcome<Forecast>> after(int periods) {
    DrivenForecaster forecaster = model.forecaster();
    List<DrivenSeries> known = bottom.stream().map(d -> d.first(periods)).toList();
    List<Outcome<Forecast>> own = known.parallelStream().map(this::forecast).toList();
    List<Undriven> around = known.parallelStream().map(forecaster::undriven).toList();
    List<Series> clean = sums.apply(around.stream().map(Undriven::history).toList());
    List<Outcome<Forecast>> all = new ArrayList<>();
    for (int i = 0; i < clean.size(); i++) {
      double[] factors = factors(hierarchy.nodes().get(i), own, around);
      all.add(
          forecaster
              .around()
              .forecast(clean.get(i), h -> h < factors.length ? factors[h] : 1, model.info()));
    }
    all.addAll(own);
    return all;
  }

  /** A series that had not begun then sold nothing, and is no new article. */
  private Outcome<Forecast> forecast(DrivenSeries known) {
    boolean now = known.history().length() == bottom.get(0).history().length();
    return now || known.history().known() >= Past.LEAST
        ? model.forecaster().forecast(known, model.info())
        : model.forecaster().around().forecast(known.history(), model.info());
  }

  private static double[] factors(
      Hierarchy.Node sum, List<Outcome<Forecast>> own, List<Undriven> around) {
    double[] driven = new double[around.get(0).factors().length];
    double[] plain = new double[driven.length];
    for (int j : sum.members()) {
      Undriven one = around.get(j);
      List<Double> means = own.get(j).fold(p -> p.value().means(), a -> List.of());
      boolean seen = one.history().known() >= Past.LEAST;
      for (int h = 0; h < Math.min(driven.length, means.size()); h++) {
        driven[h] += means.get(h);
        plain[h] += seen ? means.get(h) / one.factors()[h] : 0;
      }
    }
    double[] factors = new double[driven.length];
    Arrays.setAll(factors, h -> plain[h] > 0 ? driven[h] / plain[h] : 1);
    return factors;
  }
}
