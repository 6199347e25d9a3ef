package io.millwright.core.jobs;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.events.Flight;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One job: the handle its user holds and the control its work holds. Who takes it out of the queue,
 * a thread to run it or a cancel to end it, alone decides what comes next.
 */
final class DefaultJob<R> implements Job<R>, Jobs.Control<R>, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(DefaultJob.class);

  /** By this key the log says in which job it was written (SLF4J MDC). */
  private static final String KEY = "millwright.job";

  /** How long an awaited job waits for a thread of its executor. */
  private static final long PATIENCE_MILLIS = 1000;

  private final DefaultJobs jobs;
  private final Executor runner;
  private final String name;
  private final long deadlineNanos;
  private final LongSupplier nanos;
  private final CompletableFuture<R> end = new CompletableFuture<>();
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();
  private volatile State state = State.QUEUED;
  private volatile Jobs.@Nullable Work<R> work;
  private volatile @Nullable R best;
  private volatile long started;
  private volatile boolean cancelled;
  // Whether the work was ever told to stop: work that ended before it heard of it is finished.
  private volatile boolean told;

  DefaultJob(
      DefaultJobs jobs,
      Executor runner,
      String name,
      Optional<Duration> deadline,
      Jobs.Work<R> work,
      LongSupplier nanos) {
    this.jobs = jobs;
    this.runner = runner;
    this.name = Objects.requireNonNull(name, "name");
    this.deadlineNanos = deadline.map(DefaultJob::toNanos).orElse(Long.MAX_VALUE);
    this.work = Objects.requireNonNull(work, "work");
    this.nanos = nanos;
  }

  private static long toNanos(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline is " + deadline + ", but must be positive");
    }
    // Longer than the counter can tell (292 years) is no deadline.
    return deadline.toSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1
        ? Long.MAX_VALUE
        : deadline.toNanos();
  }

  @Override
  public void run() {
    Jobs.Work<R> todo = work;
    if (todo == null || !leaveQueue(State.RUNNING)) {
      return;
    }
    started = nanos.getAsLong();
    Thread thread = Thread.currentThread();
    boolean outermost = jobs.enter(thread);
    String outer = MDC.get(KEY);
    MDC.put(KEY, name);
    Flight.Work flight = Flight.work();
    try {
      finish(todo.run(this));
    } catch (MillwrightException e) {
      if (e.code().equals(ErrorCode.JOB_CANCELLED) && told) {
        stop(e);
      } else {
        fail(e);
      }
    } catch (Throwable e) {
      fail(
          new MillwrightException(
              ErrorCode.JOB_FAILED,
              "job \"" + name + "\" failed: " + e + "\nMaybe the cause below says more",
              e));
      if (e instanceof VirtualMachineError fatal) {
        throw fatal;
      }
    } finally {
      if (flight != null) {
        flight.end(name, state);
      }
      // A job that waits for another one may do its work within its own.
      if (outer == null) {
        MDC.remove(KEY);
      } else {
        MDC.put(KEY, outer);
      }
      if (outermost) {
        jobs.leave(thread);
      }
      jobs.left(this);
    }
  }

  /** True for exactly one caller. */
  private synchronized boolean leaveQueue(State next) {
    if (state != State.QUEUED) {
      return false;
    }
    state = next;
    return true;
  }

  private void finish(@Nullable R result) {
    if (result == null) {
      fail(
          new MillwrightException(
              ErrorCode.JOB_FAILED,
              "the work of job \""
                  + name
                  + "\" returned null"
                  + "\nMaybe it should throw JOB_CANCELLED when it has no result"));
      return;
    }
    best = result;
    over(cancelled && told ? State.CANCELLED : State.FINISHED);
    end.complete(result);
  }

  private void stop(MillwrightException why) {
    R sofar = best;
    if (sofar == null) {
      over(State.CANCELLED);
      end.completeExceptionally(why);
    } else {
      over(cancelled ? State.CANCELLED : State.FINISHED);
      end.complete(sofar);
    }
  }

  private void fail(MillwrightException why) {
    over(State.FAILED);
    end.completeExceptionally(why);
  }

  /** The final state stands before the result can be seen, and nothing of the work is kept. */
  private void over(State last) {
    state = last;
    work = null;
    listeners.clear();
    jobs.ended(this);
  }

  /** Ends a job that no thread will run. */
  void refuse(MillwrightException why) {
    if (leaveQueue(State.FAILED)) {
      fail(why);
      jobs.left(this);
    }
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public Optional<R> best() {
    return Optional.ofNullable(best);
  }

  @Override
  public Subscription onProgress(Consumer<? super Progress> listener) {
    Listening listening = new Listening(Objects.requireNonNull(listener, "listener"));
    if (!state.isFinal()) {
      listeners.add(listening);
    }
    return () -> listeners.remove(listening);
  }

  @Override
  public void cancel() {
    cancelled = true;
    if (leaveQueue(State.CANCELLED)) {
      over(State.CANCELLED);
      end.completeExceptionally(noResult("before it began"));
      jobs.left(this);
    }
  }

  @Override
  public R await() throws InterruptedException {
    if (state == State.QUEUED && jobs.isWorker(Thread.currentThread())) {
      // Work that waits for other work would starve a full executor: it does it itself instead.
      run();
    }
    try {
      while (state == State.QUEUED) {
        takeIfNobodyDoes();
      }
      return end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MillwrightException known) {
        throw known;
      }
      throw new MillwrightException(ErrorCode.JOB_FAILED, "job \"" + name + "\" failed", e);
    }
  }

  /**
   * Waits a while for a thread of the executor. When none came and the executor is at work on no
   * job, the host's own tasks have its threads: this one may be among them and would wait for ever.
   * So it does the work itself.
   */
  private void takeIfNobodyDoes() throws InterruptedException, ExecutionException {
    try {
      end.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (state == State.QUEUED && !jobs.busy(runner)) {
        LOG.debug("job \"{}\" is done by the thread that awaits it: no other took it", name);
        run();
      }
    }
  }

  /** Whether a thread of an executor is at work on it. */
  boolean runsOn(Executor executor) {
    return runner == executor && state == State.RUNNING;
  }

  @Override
  public CompletionStage<R> completion() {
    return end.minimalCompletionStage();
  }

  @Override
  public boolean stopped() {
    if (cancelled || nanos.getAsLong() - started >= deadlineNanos) {
      told = true;
      return true;
    }
    return false;
  }

  @Override
  public void checkpoint() {
    if (stopped()) {
      throw noResult(cancelled ? "by its user" : "by its deadline");
    }
  }

  private MillwrightException noResult(String how) {
    return new MillwrightException(
        ErrorCode.JOB_CANCELLED,
        "job \""
            + name
            + "\" was stopped "
            + how
            + " and has no result yet"
            + (cancelled ? "\nMaybe start it again" : "\nMaybe give it more time"));
  }

  @Override
  public void best(R result) {
    Objects.requireNonNull(result, "result");
    if (state == State.RUNNING) {
      best = result;
    }
  }

  @Override
  public void report(Progress progress) {
    Objects.requireNonNull(progress, "progress");
    for (Listening listening : listeners) {
      try {
        listening.listener.accept(progress);
      } catch (Throwable e) {
        listening.threw(name, e);
      }
    }
  }

  String name() {
    return name;
  }

  /** How long it ran; nothing when no thread ever took it. */
  Duration elapsedAtEnd() {
    return started == 0 ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - started);
  }

  @Override
  public Duration elapsed() {
    return state == State.QUEUED ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - started);
  }

  @Override
  public String toString() {
    return "job \"" + name + "\", " + state;
  }

  /** Wraps a listener, so that the same one added twice has two subscriptions. */
  private static final class Listening {
    private final Consumer<? super Progress> listener;
    private volatile boolean threwBefore;

    Listening(Consumer<? super Progress> listener) {
      this.listener = listener;
    }

    /** Whoever throws at every report would fill the log: the first time is enough. */
    void threw(String job, Throwable thrown) {
      if (threwBefore) {
        LOG.debug("A progress listener of job \"{}\" threw again", job, thrown);
      } else {
        threwBefore = true;
        LOG.warn(
            "A progress listener of job \"{}\" threw; the job goes on: {}", job, thrown.toString());
        LOG.debug("It threw", thrown);
      }
    }
  }
}
