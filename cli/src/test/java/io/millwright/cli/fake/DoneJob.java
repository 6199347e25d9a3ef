package io.millwright.cli.fake;

import io.millwright.api.Job;
import io.millwright.api.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A job that does its work when it is listened to, on the listener's thread. */
record DoneJob<R>(R result) implements Job<R> {
  @Override
  public State state() {
    return State.FINISHED;
  }

  @Override
  public Optional<R> best() {
    return Optional.of(result);
  }

  @Override
  public Subscription onProgress(Consumer<? super Progress> listener) {
    for (int i = 0; i <= 20; i++) {
      listener.accept(
          new Progress(
              "member " + (i / 5 + 1) + " of 5",
              OptionalDouble.of(i / 20.0),
              Duration.ofMillis(250L * i),
              Optional.of(Duration.ofMillis(250L * (20 - i))),
              Map.of("loss", 1.0 / (i + 1))));
    }
    return () -> {};
  }

  @Override
  public void cancel() {}

  @Override
  public R await() {
    return result;
  }

  @Override
  public CompletionStage<R> completion() {
    return CompletableFuture.completedFuture(result);
  }
}
