package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Job;
import io.millwright.api.MillwrightEvent;
import io.millwright.api.MillwrightException;
import io.millwright.core.jobs.DefaultJobs;
import io.millwright.runtime.events.Listeners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Jobs beside trainings, on as few threads as a host may have. */
class SharingTest {

  @Test
  void aPlanIsMadeWhileATrainingRunsOnAHostOfOneThread() throws Exception {
    ExecutorService host = Executors.newSingleThreadExecutor();
    ExecutorService background = Executors.newSingleThreadExecutor();
    List<MillwrightEvent> heard = Collections.synchronizedList(new ArrayList<>());
    Listeners listeners = new Listeners();
    listeners.add(heard::add);
    DefaultJobs jobs = new DefaultJobs(host, background, listeners);
    CountDownLatch enough = new CountDownLatch(1);
    try {
      List<Job<String>> trainings = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        trainings.add(
            jobs.background()
                .start(
                    "training",
                    Optional.empty(),
                    control -> {
                      try {
                        enough.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return "trained";
                    }));
      }
      // Would wait for ever if a training had the host's only thread.
      assertThat(jobs.start("plan", Optional.empty(), control -> "planned").await())
          .isEqualTo("planned");
      enough.countDown();
      for (Job<String> training : trainings) {
        assertThat(training.await()).isEqualTo("trained");
      }
      assertThat(jobs.awaitIdle(Duration.ofMinutes(10))).isTrue();
      assertThat(heard.stream().filter(MillwrightEvent.JobStarted.class::isInstance)).hasSize(4);
      assertThat(heard)
          .filteredOn(MillwrightEvent.JobEnded.class::isInstance)
          .hasSize(4)
          .allMatch(e -> ((MillwrightEvent.JobEnded) e).state() == Job.State.FINISHED);
    } finally {
      host.shutdownNow();
      background.shutdownNow();
    }
  }

  @Test
  void closingWaitsUntilWorkHasHeardOfIt() throws Exception {
    ExecutorService background = Executors.newSingleThreadExecutor();
    DefaultJobs jobs = new DefaultJobs(Runnable::run, background, new Listeners());
    CountDownLatch running = new CountDownLatch(1);
    boolean[] left = new boolean[1];
    Job<String> job =
        jobs.background()
            .start(
                "training",
                Optional.empty(),
                control -> {
                  running.countDown();
                  while (!control.stopped()) {
                    Thread.onSpinWait();
                  }
                  left[0] = true;
                  throw new MillwrightException(
                      io.millwright.api.ErrorCode.JOB_CANCELLED, "stopped");
                });
    running.await();
    jobs.close();
    assertThat(jobs.awaitIdle(Duration.ofMinutes(10))).isTrue();
    assertThat(left[0]).isTrue();
    assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
    background.shutdownNow();
  }

  @Test
  void aJobThatClosesItsHostDoesNotWaitForItself() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    DefaultJobs jobs = new DefaultJobs(threads);
    Job<Boolean> job =
        jobs.start(
            "close",
            Optional.empty(),
            control -> {
              jobs.close();
              return jobs.awaitIdle(Duration.ofMinutes(10));
            });
    assertThat(job.await()).isFalse();
    threads.shutdownNow();
  }
}
