package io.millwright.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class DefaultJobsTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final DefaultJobs jobs = new DefaultJobs(threads);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private static ErrorCode codeOf(Job<?> job) throws InterruptedException {
    try {
      job.await();
    } catch (MillwrightException e) {
      return e.code();
    }
    throw new AssertionError("the job has a result");
  }

  private static <R> R awaited(Job<R> job) {
    try {
      return job.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Progress progress(String stage) {
    return new Progress(stage, OptionalDouble.empty(), Duration.ZERO, Optional.empty(), Map.of());
  }

  @Test
  void workThatEndsByItselfIsFinished() throws Exception {
    Job<String> job = jobs.start("work", Optional.empty(), control -> "done");
    assertThat(job.await()).isEqualTo("done");
    assertThat(job.state()).isEqualTo(Job.State.FINISHED);
    assertThat(job.best()).contains("done");
    job.cancel();
    assertThat(job.state()).isEqualTo(Job.State.FINISHED);
    assertThat(job.completion().toCompletableFuture().get()).isEqualTo("done");
  }

  @Test
  void cancelledWorkYieldsItsBest() throws Exception {
    CountDownLatch found = new CountDownLatch(1);
    Job<Integer> job =
        jobs.start(
            "search",
            Optional.empty(),
            control -> {
              control.best(41);
              control.best(42);
              found.countDown();
              while (true) {
                control.checkpoint();
                Thread.onSpinWait();
              }
            });
    found.await();
    assertThat(job.best()).contains(42);
    assertThat(job.state()).isEqualTo(Job.State.RUNNING);
    job.cancel();
    assertThat(job.await()).isEqualTo(42);
    assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
  }

  @Test
  void cancelledWorkWithoutResultSaysSo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Job<Integer> job =
        jobs.start(
            "search",
            Optional.empty(),
            control -> {
              begun.countDown();
              while (true) {
                control.checkpoint();
                Thread.onSpinWait();
              }
            });
    begun.await();
    job.cancel();
    assertThat(codeOf(job)).isEqualTo(ErrorCode.JOB_CANCELLED);
    assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
    assertThatThrownBy(() -> job.completion().toCompletableFuture().get())
        .hasCauseInstanceOf(MillwrightException.class);
  }

  @Test
  void workThatNeverHeardOfTheCancellingIsFinished() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Job<Integer> job =
        jobs.start(
            "deaf",
            Optional.empty(),
            control -> {
              begun.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return 7;
            });
    begun.await();
    job.cancel();
    go.countDown();
    assertThat(job.await()).isEqualTo(7);
    assertThat(job.state()).isEqualTo(Job.State.FINISHED);
  }

  @Test
  void aQueuedJobEndsAtOnceWhenCancelledAndIsNeverRun() throws Exception {
    Queue<Runnable> queue = new ArrayDeque<>();
    AtomicInteger runs = new AtomicInteger();
    Job<Integer> job =
        new DefaultJobs(queue::add)
            .start("waits", Optional.empty(), control -> runs.incrementAndGet());
    assertThat(job.state()).isEqualTo(Job.State.QUEUED);
    job.cancel();
    assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
    assertThat(codeOf(job)).isEqualTo(ErrorCode.JOB_CANCELLED);
    queue.forEach(Runnable::run);
    assertThat(runs).hasValue(0);
  }

  @Test
  void theDeadlineCountsFromTheBeginningOfTheWork() throws Exception {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // Also over the counter's end.
    Queue<Runnable> queue = new ArrayDeque<>();
    List<Boolean> stopped = new ArrayList<>();
    List<Duration> elapsed = new ArrayList<>();
    Job<String> job =
        new DefaultJobs(queue::add, now::get)
            .start(
                "search",
                Optional.of(Duration.ofNanos(100)),
                control -> {
                  stopped.add(control.stopped());
                  now.addAndGet(99);
                  stopped.add(control.stopped());
                  control.best("so far");
                  now.addAndGet(1);
                  stopped.add(control.stopped());
                  elapsed.add(control.elapsed());
                  control.checkpoint();
                  return "never";
                });
    now.addAndGet(1_000); // Waiting in the queue costs nothing.
    queue.remove().run();
    assertThat(stopped).containsExactly(false, false, true);
    assertThat(elapsed).containsExactly(Duration.ofNanos(100));
    assertThat(job.await()).isEqualTo("so far");
    assertThat(job.state()).isEqualTo(Job.State.FINISHED);
  }

  @Test
  void aDeadlineBeyondTheCounterIsNoDeadline() throws Exception {
    Job<Boolean> job =
        jobs.start("long", Optional.of(Duration.ofDays(1_000_000)), control -> control.stopped());
    assertThat(job.await()).isFalse();
  }

  @Test
  void aDeadlineMustBePositive() {
    assertThatThrownBy(() -> jobs.start("none", Optional.of(Duration.ZERO), control -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }

  @Test
  void aFailureKeepsItsCodeOrIsWrapped() throws Exception {
    Job<Integer> known =
        jobs.start(
            "known",
            Optional.empty(),
            control -> {
              throw new MillwrightException(ErrorCode.DIVERGED, "loss is NaN");
            });
    assertThat(codeOf(known)).isEqualTo(ErrorCode.DIVERGED);
    assertThat(known.state()).isEqualTo(Job.State.FAILED);
    Job<Integer> unknown =
        jobs.start(
            "unknown",
            Optional.empty(),
            control -> {
              control.best(1);
              throw new NoClassDefFoundError("gone/Away");
            });
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(unknown::await)
        .withMessageContaining("unknown")
        .withMessageContaining("gone/Away")
        .withMessageContaining("\nMaybe ")
        .withCauseInstanceOf(NoClassDefFoundError.class)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_FAILED));
    assertThat(unknown.best()).contains(1);
    Job<Integer> claims =
        jobs.start(
            "claims to be cancelled",
            Optional.empty(),
            control -> {
              throw new MillwrightException(ErrorCode.JOB_CANCELLED, "nobody asked");
            });
    assertThat(codeOf(claims)).isEqualTo(ErrorCode.JOB_CANCELLED);
    assertThat(claims.state()).isEqualTo(Job.State.FAILED);
  }

  @Test
  void workWithoutResultFails() throws Exception {
    Job<Object> job = jobs.start("empty", Optional.empty(), control -> null);
    assertThat(codeOf(job)).isEqualTo(ErrorCode.JOB_FAILED);
  }

  @Test
  void anExecutorThatRefusesMakesAFailedJob() {
    DefaultJobs refused =
        new DefaultJobs(
            task -> {
              throw new RejectedExecutionException("queue is full");
            });
    Job<Integer> job = refused.start("refused", Optional.empty(), control -> 1);
    assertThat(job.state()).isEqualTo(Job.State.FAILED);
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(job::await)
        .withMessageContaining("refused")
        .withMessageContaining("queue is full")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_FAILED));
  }

  @Test
  void listenersThatThrowDisturbNobodyAndEndWithTheirSubscription() throws Exception {
    List<String> heard = new ArrayList<>();
    Queue<Runnable> queue = new ArrayDeque<>();
    AtomicReference<Job.Subscription> second = new AtomicReference<>();
    Job<String> job =
        new DefaultJobs(queue::add)
            .start(
                "talks",
                Optional.empty(),
                control -> {
                  control.report(progress("one"));
                  second.get().close();
                  second.get().close();
                  control.report(progress("two"));
                  return "done";
                });
    job.onProgress(
        p -> {
          throw new AssertionError("a bad listener");
        });
    second.set(job.onProgress(p -> heard.add("second " + p.stage())));
    job.onProgress(p -> heard.add("third " + p.stage()));
    queue.remove().run();
    assertThat(job.await()).isEqualTo("done");
    assertThat(heard).containsExactly("second one", "third one", "third two");
    job.onProgress(p -> heard.add("late")).close();
  }

  @Test
  void theCompletionStageCannotEndTheJob() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Job<Integer> job =
        jobs.start(
            "steady",
            Optional.empty(),
            control -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return 5;
            });
    CompletableFuture<Integer> copy = job.completion().toCompletableFuture();
    copy.complete(6);
    job.completion().toCompletableFuture().cancel(true);
    go.countDown();
    assertThat(job.await()).isEqualTo(5);
    assertThat(job.completion().toCompletableFuture().get()).isEqualTo(5);
    assertThat(copy).isCompletedWithValue(6);
  }

  @Test
  void interruptingTheWaitingThreadLeavesTheWorkAlone() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Job<Integer> job =
        jobs.start(
            "steady",
            Optional.empty(),
            control -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return 5;
            });
    Thread.currentThread().interrupt();
    assertThatThrownBy(job::await).isInstanceOf(InterruptedException.class);
    go.countDown();
    assertThat(job.await()).isEqualTo(5);
  }

  @Test
  void workThatWaitsForOtherWorkDoesNotStarve() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      DefaultJobs narrow = new DefaultJobs(one);
      Job<Integer> outer =
          narrow.start(
              "outer",
              Optional.empty(),
              control -> {
                try {
                  return narrow.<Integer>start("inner", Optional.empty(), c -> 20).await()
                      + narrow.<Integer>start("inner", Optional.empty(), c -> 22).await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(outer.await()).isEqualTo(42);
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void closingLeavesNobodyWaiting() throws Exception {
    Queue<Runnable> queue = new ArrayDeque<>();
    DefaultJobs closing = new DefaultJobs(queue::add);
    Job<Integer> waiting = closing.start("waiting", Optional.empty(), control -> 1);
    closing.close();
    closing.close();
    assertThat(codeOf(waiting)).isEqualTo(ErrorCode.JOB_CANCELLED);
    Job<Integer> late = closing.start("late", Optional.empty(), control -> 1);
    assertThat(codeOf(late)).isEqualTo(ErrorCode.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyJobEndsOnceHoweverCancellingAndRunningMeet(long seed) throws Exception {
    Random random = new Random(seed);
    List<Job<Integer>> all = new ArrayList<>();
    AtomicInteger ends = new AtomicInteger();
    ExecutorService cancelling = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 500; i++) {
        int kind = random.nextInt(4);
        int rounds = random.nextInt(2_000);
        int value = i;
        Job<Integer> job =
            jobs.start(
                "job " + i,
                Optional.empty(),
                control -> {
                  if (kind == 0) {
                    control.best(-value);
                  }
                  for (int r = 0; r < rounds; r++) {
                    control.checkpoint();
                  }
                  if (kind == 1) {
                    throw new IllegalStateException("fails");
                  }
                  return value;
                });
        job.completion().whenComplete((r, e) -> ends.incrementAndGet());
        if (kind != 2) {
          cancelling.execute(job::cancel);
        }
        all.add(job);
      }
      for (int i = 0; i < all.size(); i++) {
        Job<Integer> job = all.get(i);
        try {
          assertThat(Math.abs(job.await())).isEqualTo(i);
          assertThat(job.state()).isIn(Job.State.FINISHED, Job.State.CANCELLED);
        } catch (MillwrightException e) {
          assertThat(e.code()).isIn(ErrorCode.JOB_CANCELLED, ErrorCode.JOB_FAILED);
          assertThat(job.state())
              .isEqualTo(
                  e.code().equals(ErrorCode.JOB_FAILED) ? Job.State.FAILED : Job.State.CANCELLED);
        }
      }
    } finally {
      cancelling.shutdownNow();
    }
    // Stages run after the result can be seen; the executor's threads end them before they stop.
    threads.shutdown();
    assertThat(threads.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
    assertThat(cancelling.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
    assertThat(ends).hasValue(500);
  }

  @Test
  void aTaskOnTheOnlyThreadMayAwaitAJobOfTheSameThread() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (DefaultJobs own = new DefaultJobs(one)) {
      String done =
          one.submit(
                  () -> {
                    Thread mine = Thread.currentThread();
                    Job<String> inner =
                        own.start(
                            "training",
                            Optional.empty(),
                            control ->
                                // A helper of the training is a job of the same executor.
                                awaited(own.start("helper", Optional.empty(), c -> "helped"))
                                    + (Thread.currentThread() == mine ? " here" : " elsewhere"));
                    return inner.await();
                  })
              .get();
      assertThat(done).isEqualTo("helped here");
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void whoAwaitsABusyExecutorDoesNotDoItsWork() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try (DefaultJobs own = new DefaultJobs(one)) {
      CountDownLatch release = new CountDownLatch(1);
      Job<String> first =
          own.start(
              "first",
              Optional.empty(),
              control -> {
                while (release.getCount() > 0) {
                  Thread.onSpinWait();
                }
                return "first";
              });
      Job<Thread> second = own.start("second", Optional.empty(), c -> Thread.currentThread());
      CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS).execute(release::countDown);
      assertThat(second.await()).isNotSameAs(Thread.currentThread());
      assertThat(first.await()).isEqualTo("first");
    } finally {
      one.shutdownNow();
    }
  }
}
