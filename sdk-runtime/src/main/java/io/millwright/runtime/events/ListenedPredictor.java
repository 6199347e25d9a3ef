package io.millwright.runtime.events;

import io.millwright.api.ExplainRequest;
import io.millwright.api.Explanation;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.api.spi.Glance;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the host's listeners what a predictor does. As thread-safe as that one. */
public class ListenedPredictor<I, V> implements Predictor<I, V> {

  private final Predictor<I, V> predictor;
  private final Listeners listeners;
  private final AtomicBoolean closed = new AtomicBoolean();

  private ListenedPredictor(Predictor<I, V> predictor, Listeners listeners) {
    this.predictor = predictor;
    this.listeners = listeners;
  }

  /** Tells that it was opened, and from then on of its calls. */
  public static <I, V> Predictor<I, V> of(
      Predictor<I, V> predictor, ModelSource source, Listeners listeners) {
    listeners.tell(() -> new MillwrightEvent.ModelOpened(predictor.info(), source));
    return predictor instanceof Glance<I, V> glance
        ? new Glancing<>(glance, listeners)
        : new ListenedPredictor<>(predictor, listeners);
  }

  /** The predictor that answers, whoever listens to it. */
  public static <I, V> Predictor<I, V> within(Predictor<I, V> predictor) {
    return predictor instanceof ListenedPredictor<I, V> listened ? listened.predictor : predictor;
  }

  @Override
  public Outcome<V> predict(I input) {
    Flight.Prediction flight = Flight.prediction();
    if (flight == null && listeners.none()) {
      return predictor.predict(input);
    }
    long begin = System.nanoTime();
    Outcome<V> outcome = predictor.predict(input);
    listeners.predicted(info(), List.of(outcome), System.nanoTime() - begin, flight);
    return outcome;
  }

  @Override
  public List<Outcome<V>> predictAll(List<? extends I> inputs) {
    Flight.Prediction flight = Flight.prediction();
    long begin = System.nanoTime();
    List<Outcome<V>> outcomes = predictor.predictAll(inputs);
    listeners.predicted(info(), outcomes, System.nanoTime() - begin, flight);
    return outcomes;
  }

  @Override
  public List<Outcome<V>> predictRows(Table rows) {
    Flight.Prediction flight = Flight.prediction();
    long begin = System.nanoTime();
    List<Outcome<V>> outcomes = predictor.predictRows(rows);
    listeners.predicted(info(), outcomes, System.nanoTime() - begin, flight);
    return outcomes;
  }

  @Override
  public Explanation explain(I input, ExplainRequest how) {
    return predictor.explain(input, how);
  }

  @Override
  public ModelInfo info() {
    return predictor.info();
  }

  @Override
  public void close() {
    predictor.close();
    if (closed.compareAndSet(false, true)) {
      listeners.tell(() -> new MillwrightEvent.ModelClosed(info()));
    }
  }

  /** The same for a predictor that answers at a glance. */
  private static final class Glancing<I, V> extends ListenedPredictor<I, V>
      implements Glance<I, V> {
    private final Glance<I, V> glance;
    private final Listeners told;

    Glancing(Glance<I, V> glance, Listeners listeners) {
      super(glance, listeners);
      this.glance = glance;
      this.told = listeners;
    }

    @Override
    public List<Outcome<V>> glanceAll(List<? extends I> inputs) {
      Flight.Prediction flight = Flight.prediction();
      long begin = System.nanoTime();
      List<Outcome<V>> outcomes = glance.glanceAll(inputs);
      told.predicted(info(), outcomes, System.nanoTime() - begin, flight);
      return outcomes;
    }
  }
}
