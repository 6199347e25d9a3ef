package io.millwright.production.internal.bottleneck;

import io.millwright.api.Job;
import io.millwright.api.spi.Jobs;
import java.time.Duration;
import java.util.Optional;

/** For analyses that start no job. */
final class NoJobs implements Jobs {

  @Override
  public <R> Job<R> start(String name, Optional<Duration> deadline, Work<R> work) {
    throw new UnsupportedOperationException(name);
  }
}
