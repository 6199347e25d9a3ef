package io.millwright.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A handle on long work: a training, a search. The work runs on the executor given to {@link
 * Millwright.Builder#executor}; the handle may be used from any thread.
 *
 * <p>A job ends in exactly one of three ways. It finishes: {@link #await} returns the result. It is
 * cancelled, or reaches its deadline: {@code await} returns the best result so far when there is
 * one, and otherwise throws a {@link MillwrightException} with {@link ErrorCode#JOB_CANCELLED}. It
 * fails: {@code await} throws the {@link MillwrightException} that says why.
 *
 * @param <R> the result
 */
public interface Job<R> {

  /** Where a job stands. The last three are final. */
  enum State {
    /** Waiting for a thread of the executor. */
    QUEUED,
    /** At work. */
    RUNNING,
    /** Ended by itself, with a result. */
    FINISHED,
    /** Ended by {@link Job#cancel}; the best result so far, if any, is its result. */
    CANCELLED,
    /** Ended by an error. */
    FAILED;

    /**
     * Whether the job has ended.
     *
     * @return true for {@link #FINISHED}, {@link #CANCELLED} and {@link #FAILED}
     */
    public boolean isFinal() {
      return this == FINISHED || this == CANCELLED || this == FAILED;
    }
  }

  /** Ends a listener's subscription. Closing twice does nothing. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Where the job stands now.
   *
   * @return the state; a final state never changes again
   */
  State state();

  /**
   * The best result found so far. May be asked at any time, also while the work goes on.
   *
   * @return the best so far, or empty when there is none yet
   */
  Optional<R> best();

  /**
   * Calls the listener with every later progress report, on the thread that does the work, so it
   * should return quickly. What it throws is logged and never disturbs the work. A listener added
   * to an ended job hears nothing.
   *
   * @param listener called with each report
   * @return closes the subscription
   */
  Subscription onProgress(Consumer<? super Progress> listener);

  /**
   * Asks the work to stop at its next safe point and returns at once. Does nothing when the job has
   * ended. Use {@link #await} to wait for the end.
   */
  void cancel();

  /**
   * Waits for the end. Interrupting the waiting thread does not cancel the work. When no thread of
   * the executor takes the job within a second while it is at work on no other, the waiting thread
   * does the work itself: it may be the executor's only one.
   *
   * @return the result, or the best so far when the job was cancelled
   * @throws InterruptedException when the waiting thread is interrupted
   * @throws MillwrightException when the work failed, or was cancelled before it had any result
   */
  R await() throws InterruptedException;

  /**
   * The end as a stage, for programs that do not block. It completes as {@link #await} returns or
   * throws. Completing or cancelling the returned stage has no effect on the job.
   *
   * @return a stage that completes when the job ends
   */
  CompletionStage<R> completion();
}
