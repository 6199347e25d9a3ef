package io.millwright.maintenance.internal;

import io.millwright.api.Progress;
import io.millwright.api.Trained;
import io.millwright.api.spi.Jobs;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One training within a job of several: its progress is a part of the whole, and it may be stopped
 * on its own.
 *
 * @param whole the control of the job
 * @param name what the part is, for people
 * @param from where in the whole the part begins, 0 to 1
 * @param to where it ends
 * @param also whether the part alone should stop
 * @param published called with the part's best so far
 */
record Part<I, V>(
    Jobs.Control<?> whole,
    String name,
    double from,
    double to,
    BooleanSupplier also,
    Consumer<Trained<I, V>> published)
    implements Jobs.Control<Trained<I, V>> {

  @Override
  public boolean stopped() {
    return whole.stopped() || also.getAsBoolean();
  }

  @Override
  public void checkpoint() {
    whole.checkpoint();
  }

  @Override
  public void best(Trained<I, V> result) {
    published.accept(result);
  }

  @Override
  public void report(Progress progress) {
    OptionalDouble done =
        progress.fraction().isPresent()
            ? OptionalDouble.of(from + (to - from) * progress.fraction().getAsDouble())
            : OptionalDouble.empty();
    Duration elapsed = elapsed();
    Optional<Duration> left =
        done.isPresent() && done.getAsDouble() > 0.02
            ? Optional.of(
                Duration.ofMillis(
                    (long) (elapsed.toMillis() * (1 - done.getAsDouble()) / done.getAsDouble())))
            : Optional.empty();
    whole.report(
        new Progress(name + ", " + progress.stage(), done, elapsed, left, progress.figures()));
  }

  @Override
  public Duration elapsed() {
    return whole.elapsed();
  }
}
