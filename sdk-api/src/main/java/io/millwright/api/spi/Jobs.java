package io.millwright.api.spi;

import io.millwright.api.Job;
import io.millwright.api.Progress;
import java.time.Duration;
import java.util.Optional;

/** Starts long work (asynchronous jobs on the host's executors). Thread-safe. */
public interface Jobs {

  /**
   * Work that honours its control.
   *
   * @param <R> the result
   */
  @FunctionalInterface
  interface Work<R> {
    /**
     * Does the work, on a thread of the host's executor.
     *
     * @param control what the work asks and tells
     * @return the result; for cancelled work, the best so far
     */
    R run(Control<R> control);
  }

  /**
   * What running work asks and tells. Thread-safe.
   *
   * @param <R> the result
   */
  interface Control<R> {

    /**
     * Whether to stop: the job was cancelled or its deadline has passed. Cheap enough to be asked
     * in an inner loop. Work that is asked to stop should return its best so far, or throw a {@link
     * io.millwright.api.MillwrightException} with {@link io.millwright.api.ErrorCode#JOB_CANCELLED}
     * when it has none.
     *
     * @return true when the work should end
     */
    boolean stopped();

    /**
     * Throws when the work should end, for work without partial results.
     *
     * @throws io.millwright.api.MillwrightException with {@link
     *     io.millwright.api.ErrorCode#JOB_CANCELLED}
     */
    void checkpoint();

    /**
     * Keeps a result as the best so far.
     *
     * @param result a complete, usable result
     */
    void best(R result);

    /**
     * Reports progress to the listeners.
     *
     * @param progress the report
     */
    void report(Progress progress);

    /**
     * The time since the work began.
     *
     * @return the time, by a clock that only goes forward
     */
    Duration elapsed();
  }

  /**
   * Starts work.
   *
   * @param name what the work is, for messages and logs
   * @param deadline how long it may run before it is asked to stop, counted from when it begins to
   *     run, or empty
   * @param work the work
   * @param <R> the result
   * @return its handle
   */
  <R> Job<R> start(String name, Optional<Duration> deadline, Work<R> work);

  /**
   * The same for work that may take hours, above all trainings: it runs on threads of its own, so
   * that it never keeps other jobs waiting. Jobs started here are of the same host, and are
   * cancelled and waited for with it.
   *
   * @return starts jobs in the background; itself where there is but one kind of thread
   */
  default Jobs background() {
    return this;
  }
}
