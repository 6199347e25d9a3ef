package io.millwright.runtime.events;

import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightListener;
import io.millwright.api.ModelInfo;
import io.millwright.api.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The listeners of one host (observer). Without any, a call costs one read of a field and no event
 * is made. Thread-safe.
 */
public final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /** A listener, how often it wants to hear of predictions, and whether it has thrown before. */
  private record Ear(MillwrightListener listener, int every, AtomicBoolean threw) {

    void tell(MillwrightEvent event) {
      try {
        listener.on(event);
      } catch (Throwable e) {
        if (threw.compareAndSet(false, true)) {
          LOG.warn("Listener {} threw; further ones are logged at debug level", listener, e);
        } else {
          LOG.debug("Listener {} threw", listener, e);
        }
      }
    }
  }

  private final List<Ear> ears = new CopyOnWriteArrayList<>();
  private final AtomicLong calls = new AtomicLong();

  /** Nobody listens. */
  public Listeners() {}

  /** Adds one. */
  public void add(MillwrightListener listener) {
    ears.add(new Ear(listener, Math.max(0, listener.everyPrediction()), new AtomicBoolean(false)));
  }

  /** Whether nobody listens. */
  public boolean none() {
    return ears.isEmpty();
  }

  /** Tells all of them, when there are any. */
  public void tell(Supplier<? extends MillwrightEvent> event) {
    if (!ears.isEmpty()) {
      MillwrightEvent made = event.get();
      ears.forEach(ear -> ear.tell(made));
    }
  }

  /**
   * Tells of a call of a model, to those whose turn it is, and of every abstention in it.
   *
   * @param outcomes what it answered
   * @param nanos how long it took
   * @param flight the same call for the flight recorder, when it records
   */
  void predicted(
      ModelInfo model,
      List<? extends Outcome<?>> outcomes,
      long nanos,
      Flight.@Nullable Prediction flight) {
    if (flight != null) {
      flight.end(model, outcomes);
    }
    if (ears.isEmpty()) {
      return;
    }
    // What a listener logs names the model; nothing else of the SDK logs while it predicts.
    try (MDC.MDCCloseable task = MDC.putCloseable("millwright.task", model.task());
        MDC.MDCCloseable digest = MDC.putCloseable("millwright.model", model.digest())) {
      tellOf(model, outcomes, nanos);
    }
  }

  private void tellOf(ModelInfo model, List<? extends Outcome<?>> outcomes, long nanos) {
    long call = calls.getAndIncrement();
    int abstentions = 0;
    for (Outcome<?> outcome : outcomes) {
      if (outcome instanceof Outcome.Abstention<?> abstention) {
        abstentions++;
        tell(() -> new MillwrightEvent.Abstained(model, abstention));
      }
    }
    MillwrightEvent event =
        new MillwrightEvent.Predicted(model, outcomes.size(), abstentions, Duration.ofNanos(nanos));
    for (Ear ear : ears) {
      if (ear.every > 0 && call % ear.every == 0) {
        ear.tell(event);
      }
    }
  }
}
