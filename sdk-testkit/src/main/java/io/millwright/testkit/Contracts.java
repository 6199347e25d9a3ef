package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Uncertainties;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What the contracts share: comparing answers, working together, measuring memory. */
final class Contracts {

  /** Nothing here takes longer even on a busy machine; a test that does hangs. */
  static final int HANG_SECONDS = 60;

  static final int THREADS = 8;

  /** The tolerance of float32 arithmetic, see the bundle's golden samples. */
  static final double FLOAT32 = 1e-5;

  private static final double[] LEVELS = {0.5, 0.8, 0.9, 0.95};
  private static final double[] PROBABILITIES = {0.05, 0.25, 0.5, 0.75, 0.95};

  private Contracts() {}

  /** Plain data of an outcome, that {@code equals} and tolerance can be applied to. */
  static List<@Nullable Object> plain(Outcome<?> outcome) {
    return outcome.fold(
        p -> {
          List<@Nullable Object> all = new ArrayList<>();
          all.add(p.value());
          all.addAll(plain(p.uncertainty()));
          all.add(p.flags());
          all.add(p.model().digest());
          return all;
        },
        a -> List.of(a.code(), a.findings(), a.model().digest()));
  }

  private static List<Object> plain(Uncertainties uncertainty) {
    List<Object> all = new ArrayList<>();
    for (double level : LEVELS) {
      all.add(uncertainty.at(level));
    }
    for (double quantile : uncertainty.quantiles(PROBABILITIES)) {
      all.add(quantile);
    }
    return all;
  }

  static void assertSame(Outcome<?> actual, Outcome<?> expected, String what) {
    assertThat(plain(actual)).as(what).isEqualTo(plain(expected));
  }

  static void assertSame(
      List<? extends Outcome<?>> actual, List<? extends Outcome<?>> expected, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertSame(actual.get(i), expected.get(i), what + ", answer " + i);
    }
  }

  static void assertClose(Outcome<?> actual, Outcome<?> expected, String what) {
    assertThat(close(plain(actual), plain(expected)))
        .as("%s: %s should be close to %s", what, plain(actual), plain(expected))
        .isTrue();
  }

  /**
   * Equal but for numbers, which may differ by float32 arithmetic; looks into lists and records.
   */
  static boolean close(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      double p = x.doubleValue();
      double q = y.doubleValue();
      // Interval ends and probabilities move by more than the answer does: ten times its tolerance.
      return Double.compare(p, q) == 0
          || Math.abs(p - q) <= 10 * FLOAT32 * Math.max(1, Math.abs(q));
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      if (x.size() != y.size()) {
        return false;
      }
      for (int i = 0; i < x.size(); i++) {
        if (!close(x.get(i), y.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof Record && b instanceof Record && a.getClass() == b.getClass()) {
      for (RecordComponent component : Objects.requireNonNull(a.getClass().getRecordComponents())) {
        if (!close(read(component, a), read(component, b))) {
          return false;
        }
      }
      return true;
    }
    return Objects.equals(a, b);
  }

  private static @Nullable Object read(RecordComponent component, Object from) {
    try {
      component.getAccessor().trySetAccessible();
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot read " + component + " of " + from, e);
    }
  }

  /** Runs work on several threads that begin together; the first failure of any is thrown. */
  static <T> List<T> together(List<Callable<T>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> one : work) {
        futures.add(
            threads.submit(
                () -> {
                  begin.await();
                  return one.call();
                }));
      }
      begin.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(get(future));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get(6 * HANG_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** The end of a job, within the hang guard. */
  static <R> R within(Job<R> job, int seconds) throws InterruptedException {
    try {
      job.completion().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // The job has ended; await throws its error as users see it.
    } catch (TimeoutException e) {
      throw new AssertionError("the job has not ended after " + seconds + " s: " + job, e);
    }
    return job.await();
  }

  /** Errors teach: a code, a place or value, and a way out. */
  static void assertTeaches(MillwrightException error, String what) {
    assertThat(error.getMessage()).as("message of the error of %s", what).isNotBlank();
    boolean remedy =
        String.valueOf(error.getMessage()).contains("Maybe ")
            || error.findings().stream().anyMatch(f -> !f.remedy().isBlank());
    assertThat(remedy)
        .as("the error of %s should say what to do about it: %s", what, error.getMessage())
        .isTrue();
    for (Finding finding : error.findings()) {
      assertThat(finding.message()).as("finding of %s", what).isNotBlank();
    }
  }

  static void assertThrowsCode(ErrorCode code, String what, ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    assertThat(thrown).as("%s should throw %s", what, code).isInstanceOf(MillwrightException.class);
    if (thrown instanceof MillwrightException error) {
      assertThat(error.code()).as("code of %s", what).isEqualTo(code);
      assertTeaches(error, what);
    }
  }

  /** Bytes of the Java heap in use after collecting garbage, the least of several tries. */
  static long heap() {
    long least = Long.MAX_VALUE;
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 2; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /**
   * Bytes of the process outside the committed Java heap; 0 where the system does not tell. A
   * collector gives pages back some time after it has counted them off, so this waits until the
   * figure falls no further.
   */
  static long outsideHeap() {
    long least = outsideHeapNow();
    for (int still = 0; still < 5; still++) {
      LockSupport.parkNanos(40_000_000);
      long now = outsideHeapNow();
      if (now < least - (1 << 20)) {
        still = -1;
      }
      least = Math.min(least, now);
    }
    return least;
  }

  private static long outsideHeapNow() {
    Path statm = Path.of("/proc/self/statm");
    try {
      if (!Files.isReadable(statm)) {
        return 0;
      }
      long resident = Long.parseLong(Files.readString(statm).split(" ", 3)[1]) * 4096;
      return Math.max(0, resident - Runtime.getRuntime().totalMemory());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Growth in bytes that may be chance. */
  private static final long MOST_HEAP = 4L << 20;

  private static final long MOST_OUTSIDE = 16L << 20;

  /**
   * Runs something often and fails when memory grows with it. A leak grows in every round, while
   * caches fill, pages of the heap are touched once and collectors work beside: the round with the
   * least growth counts.
   */
  static void assertNoGrowth(int times, Runnable once) {
    for (int i = 0; i < times; i++) {
      once.run();
    }
    long leastHeap = Long.MAX_VALUE;
    long leastOutside = Long.MAX_VALUE;
    for (int round = 0;
        round < 8 && (leastHeap >= MOST_HEAP || leastOutside >= MOST_OUTSIDE);
        round++) {
      long heap = heap();
      long outside = outsideHeap();
      for (int i = 0; i < 2 * times; i++) {
        once.run();
      }
      leastHeap = Math.min(leastHeap, heap() - heap);
      leastOutside = Math.min(leastOutside, outsideHeap() - outside);
    }
    assertThat(leastHeap)
        .as("growth of the Java heap over %d calls, in bytes", 2 * times)
        .isLessThan(MOST_HEAP);
    assertThat(leastOutside)
        .as("growth of native memory over %d calls, in bytes", 2 * times)
        .isLessThan(MOST_OUTSIDE);
  }
}
