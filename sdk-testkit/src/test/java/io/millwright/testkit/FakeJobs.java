package io.millwright.testkit;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/** A job on a thread of its own, simple enough to be right by reading. */
final class FakeJobs<R> implements Job<R> {
  private final CompletableFuture<R> end = new CompletableFuture<>();
  private final List<Consumer<? super Progress>> listeners = new CopyOnWriteArrayList<>();
  private final boolean deaf;
  volatile boolean cancelled;
  private volatile R best;
  private volatile State state = State.RUNNING;

  private FakeJobs(boolean deaf) {
    this.deaf = deaf;
  }

  static <R> Job<R> start(boolean deaf, Function<FakeJobs<R>, R> work) {
    FakeJobs<R> job = new FakeJobs<>(deaf);
    Thread thread =
        new Thread(
            () -> {
              try {
                R result = work.apply(job);
                job.best = result;
                job.state = job.cancelled ? State.CANCELLED : State.FINISHED;
                job.end.complete(result);
              } catch (MillwrightException e) {
                job.state =
                    e.code().equals(ErrorCode.JOB_CANCELLED) ? State.CANCELLED : State.FAILED;
                job.end.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return job;
  }

  void best(R value) {
    best = value;
  }

  void progress() {
    for (Consumer<? super Progress> listener : listeners) {
      try {
        listener.accept(
            new Progress(
                "work", OptionalDouble.empty(), Duration.ZERO, Optional.empty(), Map.of()));
      } catch (RuntimeException | AssertionError e) {
        // As the API says: a listener never disturbs the work.
      }
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
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void cancel() {
    cancelled = !deaf;
  }

  @Override
  public R await() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw (MillwrightException) e.getCause();
    }
  }

  @Override
  public CompletionStage<R> completion() {
    return end.minimalCompletionStage();
  }
}
