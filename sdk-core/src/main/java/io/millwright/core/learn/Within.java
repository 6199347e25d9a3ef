package io.millwright.core.learn;

import io.millwright.api.Progress;
import io.millwright.api.spi.Jobs;
import java.time.Duration;

/**
 * The control of one part of a job that ends when a budget of time is used up.
 *
 * @param whole the control of the job
 * @param name what the part is, for people
 * @param budget how long the job may have run
 * @param bounded whether the budget counts; not where there is nothing else to answer with
 */
record Within<P>(Jobs.Control<?> whole, String name, Duration budget, boolean bounded)
    implements Jobs.Control<P> {

  @Override
  public boolean stopped() {
    return whole.stopped() || (bounded && whole.elapsed().compareTo(budget) > 0);
  }

  @Override
  public void checkpoint() {
    whole.checkpoint();
  }

  @Override
  public void best(P result) {} // what is published is the choice so far

  @Override
  public void report(Progress progress) {
    whole.report(
        new Progress(
            name + ", " + progress.stage(),
            progress.fraction(),
            progress.elapsed(),
            progress.remaining(),
            progress.figures()));
  }

  @Override
  public Duration elapsed() {
    return whole.elapsed();
  }
}
