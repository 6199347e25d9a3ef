package io.millwright.integration.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.Flag;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.Uncertainty;
import io.millwright.api.data.Table;
import java.util.List;
import java.util.Locale;

/**
 * A predictor whose answers are measured: the width of its intervals (summary {@code
 * millwright.interval.width}, tags task, version and level; bounded intervals alone) and its flags
 * (counter {@code millwright.flags}, tags task, version and flag). A width that grows is the first
 * sign of inputs that the model does not know. As thread-safe as what it wraps, which it closes.
 *
 * @param <I> what it takes
 * @param <V> what it answers
 */
public final class MeteredPredictor<I, V> implements Predictor<I, V> {

  private final Predictor<I, V> predictor;
  private final MeterRegistry registry;
  private final double level;
  private final DistributionSummary widths;
  private final Tags tags;

  private MeteredPredictor(Predictor<I, V> predictor, MeterRegistry registry, double level) {
    this.predictor = predictor;
    this.registry = registry;
    this.level = level;
    this.tags = MillwrightMetrics.tags(predictor.info());
    this.widths =
        DistributionSummary.builder("millwright.interval.width")
            .tags(tags.and("level", Double.toString(level)))
            .register(registry);
  }

  /**
   * Wraps.
   *
   * @param predictor what answers; closed with this
   * @param registry where the meters stand
   * @param level the level of the intervals, such as 0.9
   * @return the predictor to use instead
   * @param <I> what it takes
   * @param <V> what it answers
   */
  public static <I, V> MeteredPredictor<I, V> of(
      Predictor<I, V> predictor, MeterRegistry registry, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "the level of intervals is " + level + "\nMaybe 0.9 is meant");
    }
    return new MeteredPredictor<>(predictor, registry, level);
  }

  @Override
  public Outcome<V> predict(I input) {
    return seen(predictor.predict(input));
  }

  @Override
  public List<Outcome<V>> predictAll(List<? extends I> inputs) {
    List<Outcome<V>> all = predictor.predictAll(inputs);
    all.forEach(this::seen);
    return all;
  }

  @Override
  public List<Outcome<V>> predictRows(Table rows) {
    List<Outcome<V>> all = predictor.predictRows(rows);
    all.forEach(this::seen);
    return all;
  }

  @Override
  public Explanation explain(I input, ExplainRequest how) {
    return predictor.explain(input, how);
  }

  private Outcome<V> seen(Outcome<V> outcome) {
    if (outcome instanceof Outcome.Prediction<V> p) {
      if (p.uncertainty().at(level) instanceof Uncertainty.Interval i
          && Double.isFinite(i.width())) {
        widths.record(i.width());
      }
      for (Flag flag : p.flags()) {
        Counter.builder("millwright.flags")
            .tags(tags.and("flag", flag.name().toLowerCase(Locale.ROOT)))
            .register(registry)
            .increment();
      }
    }
    return outcome;
  }

  @Override
  public ModelInfo info() {
    return predictor.info();
  }

  @Override
  public void close() {
    predictor.close();
  }
}
