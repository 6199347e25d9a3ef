package io.millwright.core.jobs;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Jobs;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Starts jobs on the host's executor and knows those that have not ended, so that closing the host
 * leaves nobody waiting for work that no thread will ever do. Thread-safe.
 */
public final class DefaultJobs implements Jobs, AutoCloseable {

  private final Executor executor;
  private final LongSupplier nanos;
  private final Set<DefaultJob<?>> live = ConcurrentHashMap.newKeySet();
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Jobs on an executor.
   *
   * @param executor runs the work; never shut down here
   */
  public DefaultJobs(Executor executor) {
    this(executor, System::nanoTime);
  }

  DefaultJobs(Executor executor, LongSupplier nanos) {
    this.executor = Objects.requireNonNull(executor, "executor");
    this.nanos = nanos;
  }

  @Override
  public <R> Job<R> start(String name, Optional<Duration> deadline, Work<R> work) {
    DefaultJob<R> job = new DefaultJob<>(this, name, deadline, work, nanos);
    live.add(job);
    if (closed) {
      job.refuse(
          new MillwrightException(
              ErrorCode.CLOSED,
              "job \""
                  + name
                  + "\" was started after its Millwright was closed"
                  + "\nMaybe keep the Millwright open for as long as its plug-ins are used"));
      return job;
    }
    try {
      executor.execute(job);
    } catch (RejectedExecutionException e) {
      job.refuse(
          new MillwrightException(
              ErrorCode.JOB_FAILED,
              "the executor refused job \""
                  + name
                  + "\": "
                  + e.getMessage()
                  + "\n"
                  + "Maybe it was shut down, or its queue is full: give Millwright an executor that"
                  + " accepts work",
              e));
    }
    if (closed) {
      job.cancel(); // Closed in between: the executor may drop what it has queued.
    }
    return job;
  }

  /**
   * Refuses new jobs, ends those that wait and asks those that run to stop. Does not wait for them.
   * Closing twice does nothing.
   */
  @Override
  public void close() {
    closed = true;
    live.forEach(DefaultJob::cancel);
  }

  boolean isWorker(Thread thread) {
    return workers.contains(thread);
  }

  /** True when the thread was not at work on another job, of which this one is then a part. */
  boolean enter(Thread thread) {
    return workers.add(thread);
  }

  void leave(Thread thread) {
    workers.remove(thread);
  }

  void ended(DefaultJob<?> job) {
    live.remove(job);
  }
}
