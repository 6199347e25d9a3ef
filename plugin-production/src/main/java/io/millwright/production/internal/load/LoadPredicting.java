package io.millwright.production.internal.load;

import io.millwright.api.ErrorCode;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import io.millwright.api.spi.PlainPredictor;
import io.millwright.production.LoadForecast;
import io.millwright.production.LoadSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Predicts the next periods of a load; everything it needs is immutable. */
final class LoadPredicting extends PlainPredictor<LoadSeries, LoadForecast> {

  private final LoadParts parts;

  LoadPredicting(LoadParts parts, ModelInfo info) {
    super(info, "read LoadModel.choice()");
    this.parts = parts;
  }

  @Override
  protected Outcome<LoadForecast> answer(LoadSeries input) {
    parts.check(input);
    Grid grid = new Grid(input);
    int n = grid.y.length;
    int last = parts.steps().get(parts.steps().size() - 1).ahead();
    if (n < grid.history(last) + 1) {
      return abstain(
          ErrorCode.TOO_FEW_DATA,
          input.load().id(),
          "has " + n + " periods, but a prediction needs " + (grid.history(last) + 1),
          "give a longer history");
    }
    for (int k = 0; k < input.known().size(); k++) {
      if (input.known().get(k).values().size() < n + last) {
        return abstain(
            ErrorCode.MISSING_VALUE,
            input.known().get(k).name(),
            "is known for "
                + input.known().get(k).values().size()
                + " periods, but "
                + (n + last)
                + " are needed",
            "give its values for the periods that are predicted");
      }
    }
    List<LoadForecast.Period> periods = new ArrayList<>();
    int before = 0;
    for (StepModel step : parts.steps()) {
      int first = Math.max(grid.history(step.ahead()), n - Recent.window(grid));
      double[][] raw = step.raw(grid, first, n + step.ahead());
      for (int h = before + 1; h <= step.ahead(); h++) {
        int target = n - 1 + h;
        double[] row = Recent.calibrated(grid, raw, first, target, n - 1);
        periods.add(
            new LoadForecast.Period(
                input.load().label(target),
                parts.cut(row[0]),
                Arrays.stream(row, 1, row.length).map(parts::cut).boxed().toList()));
      }
      before = step.ahead();
    }
    LoadForecast forecast =
        new LoadForecast(Arrays.stream(StepModel.PROBABILITIES).boxed().toList(), periods);
    return new Outcome.Prediction<>(forecast, new Bands(forecast), Set.of(), info());
  }

  /** The bands of a forecast. */
  private record Bands(LoadForecast forecast) implements Uncertainties {

    @Override
    public Uncertainty at(double level) {
      if (!(level > 0 && level < 1)) {
        throw new IllegalArgumentException(
            "level is " + level + ", but must lie between 0 and 1, both excluded");
      }
      if (level > 0.9 + 1e-9) {
        return new Uncertainty.None("quantiles were learnt for levels up to 0.9");
      }
      List<Uncertainty.Interval> steps = new ArrayList<>();
      for (int h = 0; h < forecast.periods().size(); h++) {
        steps.add(
            new Uncertainty.Interval(
                level,
                forecast.quantile(h, (1 - level) / 2),
                forecast.quantile(h, (1 + level) / 2),
                Unit.NONE));
      }
      return new Uncertainty.Band(level, steps);
    }

    @Override
    public double[] quantiles(double... probabilities) {
      double[] q = new double[probabilities.length];
      for (int i = 0; i < q.length; i++) {
        q[i] = forecast.quantile(forecast.periods().size() - 1, probabilities[i]);
      }
      return q;
    }
  }
}
