package io.millwright.core.learn.door;

import io.millwright.api.Progress;
import io.millwright.api.spi.Jobs;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A control whose best so far gets the data report too. */
record Noting<R>(Jobs.Control<R> control, UnaryOperator<R> noted) implements Jobs.Control<R> {

  @Override
  public boolean stopped() {
    return control.stopped();
  }

  @Override
  public void checkpoint() {
    control.checkpoint();
  }

  @Override
  public void best(R result) {
    control.best(noted.apply(result));
  }

  @Override
  public void report(Progress progress) {
    control.report(progress);
  }

  @Override
  public Duration elapsed() {
    return control.elapsed();
  }
}
