package io.millwright.core.jobs;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.events.Listeners;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Starts jobs and knows those that have not ended, so that closing the host leaves nobody waiting
 * for work that no thread will ever do. Two executors: background jobs (trainings) have one of
 * their own, so that they never keep other jobs waiting. Thread-safe.
 */
public final class DefaultJobs implements Jobs, AutoCloseable {

  private final Executor executor;
  private final Executor slow;
  private final Listeners listeners;
  private final LongSupplier nanos;
  private final Object anyEnd = new Object();
  private final Set<DefaultJob<?>> live = ConcurrentHashMap.newKeySet();
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Jobs of both kinds on one executor.
   *
   * @param executor runs the work; never shut down here
   */
  public DefaultJobs(Executor executor) {
    this(executor, System::nanoTime);
  }

  DefaultJobs(Executor executor, LongSupplier nanos) {
    this(executor, executor, new Listeners(), nanos);
  }

  /**
   * Jobs on two executors.
   *
   * @param executor runs jobs; never shut down here
   * @param slow runs background jobs; never shut down here
   * @param listeners told of jobs
   */
  public DefaultJobs(Executor executor, Executor slow, Listeners listeners) {
    this(executor, slow, listeners, System::nanoTime);
  }

  private DefaultJobs(Executor executor, Executor slow, Listeners listeners, LongSupplier nanos) {
    this.executor = Objects.requireNonNull(executor, "executor");
    this.slow = Objects.requireNonNull(slow, "slow");
    this.listeners = listeners;
    this.nanos = nanos;
  }

  @Override
  public <R> Job<R> start(String name, Optional<Duration> deadline, Work<R> work) {
    return start(executor, name, deadline, work);
  }

  @Override
  public Jobs background() {
    return new Jobs() {
      @Override
      public <R> Job<R> start(String name, Optional<Duration> deadline, Work<R> work) {
        return DefaultJobs.this.start(slow, name, deadline, work);
      }
    };
  }

  private <R> Job<R> start(
      Executor runner, String name, Optional<Duration> deadline, Work<R> work) {
    DefaultJob<R> job = new DefaultJob<>(this, runner, name, deadline, work, nanos);
    live.add(job);
    listeners.tell(() -> new MillwrightEvent.JobStarted(name));
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
      runner.execute(job);
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

  /** Asks all jobs to stop; new ones may still be started. */
  public void cancelAll() {
    live.forEach(DefaultJob::cancel);
  }

  /** Whether every job has ended. */
  public boolean idle() {
    return live.isEmpty();
  }

  /**
   * Waits until every job has ended. A job that waits for itself would wait for ever, so on a
   * worker's thread this returns at once.
   *
   * @return whether all have ended
   */
  public boolean awaitIdle(Duration most) {
    if (isWorker(Thread.currentThread())) {
      return idle();
    }
    long end = nanos.getAsLong() + most.toNanos();
    boolean interrupted = false;
    synchronized (anyEnd) {
      while (!idle()) {
        long left = (end - nanos.getAsLong()) / 1_000_000;
        if (left <= 0) {
          break;
        }
        try {
          anyEnd.wait(left);
        } catch (InterruptedException e) {
          interrupted = true;
          break;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return idle();
  }

  /** Whether an executor is at work on a job. */
  boolean busy(Executor runner) {
    return live.stream().anyMatch(j -> j.runsOn(runner));
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

  /** The final state stands, and its result may be seen any moment. */
  void ended(DefaultJob<?> job) {
    listeners.tell(() -> new MillwrightEvent.JobEnded(job.name(), job.state(), job.elapsedAtEnd()));
  }

  /** No thread is at work on it any more. */
  void left(DefaultJob<?> job) {
    live.remove(job);
    synchronized (anyEnd) {
      anyEnd.notifyAll();
    }
  }
}
