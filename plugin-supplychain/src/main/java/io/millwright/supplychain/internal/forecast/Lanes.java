package io.millwright.supplychain.internal.forecast;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Equal work over many series, on the calling thread and on those that the executor has free. Every
 * piece writes to a place of its own, so that the result does not depend on how many threads took
 * part. An executor that is busy, or has one thread only, holds nothing up: the caller does what
 * nobody else does. Thread-safe.
 *
 * @param executor where helpers run
 */
record Lanes(Executor executor) {

  /** All work on the calling thread. */
  static Lanes alone() {
    return new Lanes(
        task -> {
          throw new RejectedExecutionException("there is one lane only");
        });
  }

  /**
   * Does all pieces.
   *
   * @param count how many there are
   * @param work does the piece of a number; what it throws ends all, and is thrown here
   */
  void each(int count, IntConsumer work) {
    Shared shared = new Shared(count, work);
    int helpers = Math.min(Runtime.getRuntime().availableProcessors(), count) - 1;
    for (int i = 0; i < helpers; i++) {
      try {
        executor.execute(shared::help);
      } catch (RejectedExecutionException e) {
        break;
      }
    }
    shared.run();
    shared.finish();
  }

  /** The state that the lanes of one call share. */
  private static final class Shared {
    private final int count;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failed = new AtomicReference<>();

    /** The pieces that were begun, or will never be; the last opens the gate. */
    private final AtomicInteger left;

    private final CountDownLatch done = new CountDownLatch(1);

    Shared(int count, IntConsumer work) {
      this.count = count;
      this.work = work;
      this.left = new AtomicInteger(count);
      if (count == 0) {
        done.countDown();
      }
    }

    /** A helper that comes too late finds nothing to do. */
    void help() {
      run();
    }

    void run() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          if (failed.get() == null) {
            work.accept(i);
          }
        } catch (RuntimeException e) {
          failed.compareAndSet(null, e);
        } finally {
          if (left.decrementAndGet() == 0) {
            done.countDown();
          }
        }
      }
    }

    void finish() {
      boolean interrupted = false;
      while (true) {
        try {
          done.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      RuntimeException e = failed.get();
      if (e != null) {
        throw e;
      }
    }
  }
}
