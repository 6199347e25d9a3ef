package io.millwright.core.host;

import io.millwright.api.MillwrightEvent;
import io.millwright.api.ModelInfo;
import io.millwright.api.Monitor;
import io.millwright.api.Outcome;
import io.millwright.core.events.Listeners;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells the host's listeners what a monitor does. As thread-safe as that one. */
final class ListenedMonitor<X, V> implements Monitor<X, V> {

  private final Monitor<X, V> monitor;
  private final Listeners listeners;
  private final AtomicBoolean closed = new AtomicBoolean();

  ListenedMonitor(Monitor<X, V> monitor, Listeners listeners) {
    this.monitor = monitor;
    this.listeners = listeners;
  }

  @Override
  public Outcome<V> update(String unit, X reading, Instant at) {
    if (listeners.none()) {
      return monitor.update(unit, reading, at);
    }
    long begin = System.nanoTime();
    Outcome<V> outcome = monitor.update(unit, reading, at);
    listeners.predicted(info(), List.of(outcome), System.nanoTime() - begin);
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
