package io.millwright.maintenance.internal.sensors;

import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainties;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.UnitHistory;
import io.millwright.maintenance.Cycles;
import io.millwright.maintenance.SensorCheck;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hipparchus.special.Erf;

/**
 * Remaining life of histories whose lying sensors are replaced. The interval is widened by what the
 * drawn errors of the estimates do to the answer, in quadrature.
 *
 * @param life who answers; closed with this
 * @param sensors who checks; closed with this
 */
record GuardedLife(Predictor<UnitHistory, Cycles> life, Predictor<UnitHistory, SensorCheck> sensors)
    implements Predictor<UnitHistory, Cycles> {

  @Override
  public Outcome<Cycles> predict(UnitHistory input) {
    SensorCheck check =
        sensors
            .predict(input)
            .fold(p -> p.value(), a -> new SensorCheck(List.of(), false, input, List.of()));
    if (check.findings().isEmpty()) {
      return life.predict(input);
    }
    if (!(life.predict(check.repaired()) instanceof Outcome.Prediction<Cycles> answer)) {
      return life.predict(check.repaired());
    }
    double[] counts =
        life.predictAll(check.possible()).stream()
            .flatMap(
                o -> o instanceof Outcome.Prediction<Cycles> p ? Stream.of(p.value()) : Stream.of())
            .mapToDouble(Cycles::count)
            .toArray();
    double square = 0;
    for (double count : counts) {
      square += Math.pow(count - answer.value().count(), 2) / counts.length;
    }
    Set<Flag> flags = EnumSet.of(Flag.IMPUTED);
    flags.addAll(answer.flags());
    return new Outcome.Prediction<>(
        answer.value(),
        new Widened(answer.uncertainty(), answer.value().count(), Math.sqrt(square)),
        flags,
        answer.model());
  }

  /**
   * Uncertainties moved outwards.
   *
   * @param inner those of the repaired history
   * @param centre the answer
   * @param deviation that of the answer by the errors of the estimates
   */
  private record Widened(Uncertainties inner, double centre, double deviation)
      implements Uncertainties {

    private double outward(double end, double probability) {
      if (Double.isInfinite(end) || Double.isNaN(end)) {
        return end;
      }
      double more = deviation * Math.sqrt(2) * Erf.erfInv(2 * probability - 1);
      double distance = Math.hypot(end - centre, more);
      return probability < 0.5 ? Math.max(0, centre - distance) : centre + distance;
    }

    @Override
    public Uncertainty at(double level) {
      return inner.at(level) instanceof Uncertainty.Interval i
          ? new Uncertainty.Interval(
              level,
              Math.min(i.low(), outward(i.low(), (1 - level) / 2)),
              Math.max(i.high(), outward(i.high(), (1 + level) / 2)),
              i.unit())
          : inner.at(level);
    }

    @Override
    public double[] quantiles(double... probabilities) {
      double[] quantiles = inner.quantiles(probabilities);
      for (int i = 0; i < quantiles.length; i++) {
        double wide = outward(quantiles[i], probabilities[i]);
        quantiles[i] =
            probabilities[i] < 0.5 ? Math.min(quantiles[i], wide) : Math.max(quantiles[i], wide);
      }
      return quantiles;
    }
  }

  @Override
  public List<Outcome<Cycles>> predictAll(List<? extends UnitHistory> inputs) {
    return inputs.stream().<Outcome<Cycles>>map(this::predict).toList();
  }

  @Override
  public Explanation explain(UnitHistory input, ExplainRequest how) {
    SensorCheck check =
        sensors
            .predict(input)
            .fold(p -> p.value(), a -> new SensorCheck(List.of(), false, input, List.of()));
    return life.explain(check.repaired(), how);
  }

  @Override
  public ModelInfo info() {
    return life.info();
  }

  @Override
  public void close() {
    life.close();
    sensors.close();
  }
}
