package io.millwright.core.host;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Calls foreign code on a thread of its own, so that neither its stack nor its time is the host's.
 * Java cannot end a thread: one that does not come back is interrupted and left behind as a daemon.
 */
final class Bounded {

  private Bounded() {}

  /** What a call came to: a value, what it threw, or neither when it did not end. */
  record Result<T>(Optional<T> value, Optional<Throwable> thrown) {
    boolean ended() {
      return value.isPresent() || thrown.isPresent();
    }
  }

  /**
   * Calls.
   *
   * @param thread the name of the thread
   * @param limit how long is waited
   * @param work what is called; its null is a {@link NullPointerException}
   * @param late given what the work yields after all, on its own thread
   */
  static <T> Result<T> call(String thread, Duration limit, Callable<T> work, Consumer<T> late) {
    CompletableFuture<T> end = new CompletableFuture<>();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Thread worker =
        new Thread(
            () -> {
              try {
                T value = work.call();
                if (value == null) {
                  end.completeExceptionally(new NullPointerException("it returned null"));
                } else if (!end.complete(value)) {
                  late.accept(value);
                }
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            },
            thread);
    worker.setDaemon(true);
    worker.setContextClassLoader(loader);
    worker.start();
    boolean interrupted = false;
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        try {
          return new Result<>(
              Optional.of(end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)),
              Optional.empty());
        } catch (InterruptedException e) {
          interrupted = true; // Half a host would help nobody: the flag is kept for later.
        }
      }
    } catch (ExecutionException e) {
      return new Result<>(Optional.empty(), Optional.of(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      if (end.completeExceptionally(e)) {
        worker.interrupt();
        return new Result<>(Optional.empty(), Optional.empty());
      }
      return call(thread, limit, end::get, late); // It ended in this very moment.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
