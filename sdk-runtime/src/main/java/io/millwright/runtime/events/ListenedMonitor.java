package io.millwright.runtime.events;

import io.millwright.api.MillwrightEvent;
import io.millwright.api.ModelInfo;
import io.millwright.api.ModelSource;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the host's listeners what a monitor does. As thread-safe as that one. */
public final class ListenedMonitor<X, V> implements Monitor<X, V> {

  private final Monitor<X, V> monitor;
  private final Listeners listeners;
  private final AtomicBoolean closed = new AtomicBoolean();

  public ListenedMonitor(Monitor<X, V> monitor, Listeners listeners) {
    this.monitor = monitor;
    this.listeners = listeners;
  }

  /** Tells that it was opened, and from then on of its calls. */
  public static <X, V> Monitor<X, V> of(
      Monitor<X, V> monitor, ModelSource source, Listeners listeners) {
    listeners.tell(() -> new MillwrightEvent.ModelOpened(monitor.info(), source));
    return new ListenedMonitor<>(monitor, listeners);
  }

  @Override
  public Outcome<V> update(String unit, X reading, Instant at) {
    Flight.Prediction flight = Flight.prediction();
    if (flight == null && listeners.none()) {
      return monitor.update(unit, reading, at);
    }
    long begin = System.nanoTime();
    Outcome<V> outcome = monitor.update(unit, reading, at);
    listeners.predicted(info(), List.of(outcome), System.nanoTime() - begin, flight);
    return outcome;
  }

  @Override
  public void forget(String unit) {
    monitor.forget(unit);
  }

  @Override
  public byte[] snapshot() {
    return monitor.snapshot();
  }

  @Override
  public void restore(byte[] snapshot) {
    monitor.restore(snapshot);
  }

  @Override
  public ModelInfo info() {
    return monitor.info();
  }

  @Override
  public void close() {
    monitor.close();
    if (closed.compareAndSet(false, true)) {
      listeners.tell(() -> new MillwrightEvent.ModelClosed(info()));
    }
  }
}
