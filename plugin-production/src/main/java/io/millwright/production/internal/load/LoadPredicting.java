package io.millwright.production.internal.load;

import io.millwright.api.ErrorCode;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Unit;
import io.millwright.production.LoadForecast;
import io.millwright.production.LoadSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Predicts the next periods of a load; everything it needs is immutable. */
final class LoadPredicting implements Predictor<LoadSeries, LoadForecast> {

  private final LoadParts parts;
  private final ModelInfo info;
  private final AtomicBoolean closed = new AtomicBoolean();

  LoadPredicting(LoadParts parts, ModelInfo info) {
    this.parts = parts;
    this.info = info;
  }

  @Override
  public Outcome<LoadForecast> predict(LoadSeries input) {
    if (closed.get()) {
      throw new MillwrightException(
          ErrorCode.CLOSED, "this predictor was closed\nMaybe open it again, or close it later");
    }
    parts.check(input);
    Grid grid = new Grid(input);
    int n = grid.y.length;
    int last = parts.steps().get(parts.steps().size() - 1).ahead();
    if (n < grid.history(last) + 1) {
      return new Outcome.Abstention<>(
          ErrorCode.TOO_FEW_DATA,
          List.of(
              new Finding(
                  ErrorCode.TOO_FEW_DATA,
                  input.load().id(),
                  "has " + n + " periods, but a prediction needs " + (grid.history(last) + 1),
                  "give a longer history")),
          info);
    }
    for (int k = 0; k < input.known().size(); k++) {
      if (input.known().get(k).values().size() < n + last) {
        return new Outcome.Abstention<>(
            ErrorCode.MISSING_VALUE,
            List.of(
                new Finding(
                    ErrorCode.MISSING_VALUE,
                    input.known().get(k).name(),
                    "is known for "
                        + input.known().get(k).values().size()
                        + " periods, but "
                        + (n + last)
                        + " are needed",
                    "give its values for the periods that are predicted")),
            info);
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
    return new Outcome.Prediction<>(forecast, new Bands(forecast), Set.of(), info);
  }

  @Override
  public List<Outcome<LoadForecast>> predictAll(List<? extends LoadSeries> inputs) {
    return inputs.stream().<Outcome<LoadForecast>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(LoadSeries input, ExplainRequest how) {
    throw new MillwrightException(
        ErrorCode.UNSUPPORTED,
        "predictions of the load are not explained by columns\nMaybe read LoadModel.choice()");
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public void close() {
    closed.set(true);
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
