package io.millwright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.Trained;
import io.millwright.api.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every {@link Trainer} (contract test): the same key gives the same model, also
 * beside another training; saving and loading changes no answer; a training can be stopped; faults
 * in the data are said before anything runs.
 *
 * @param <D> the data
 * @param <M> the trained model
 */
@ExtendWith(NoNetwork.class)
public abstract class TrainerContract<D, M extends Trained<?, ?>> {

  /** For subclasses. */
  protected TrainerContract() {}

  /**
   * The trainer under test, with a fixed key and settings under which it ends within a few seconds.
   *
   * @return the trainer
   */
  protected abstract Trainer<D, M> trainer();

  /**
   * A trainer that reports progress and would go on for minutes.
   *
   * @return the trainer
   */
  protected abstract Trainer<D, M> endless();

  /**
   * What to learn from.
   *
   * @return the data
   */
  protected abstract D data();

  /**
   * What a model says to fixed questions.
   *
   * @param model a model of {@link #trainer}
   * @return its outcomes, at least one
   */
  protected abstract List<? extends Outcome<?>> ask(M model);

  /**
   * What a model says to the same questions when it is opened from its file.
   *
   * @param bundle the file
   * @return its outcomes
   */
  protected abstract List<? extends Outcome<?>> ask(Path bundle);

  /**
   * Data that no model can be learnt from, such as none at all.
   *
   * @return the data; each must be refused
   */
  protected abstract List<D> badData();

  /**
   * How long one training of {@link #trainer} may take before it counts as hanging, in seconds.
   *
   * @return the seconds; 120 by default
   */
  protected int longestTraining() {
    return 120;
  }

  /**
   * How long a stopped job may take to end before it counts as hanging.
   *
   * @return the seconds; 60 by default
   */
  protected int hangGuard() {
    return Contracts.HANG_SECONDS;
  }

  private M train() throws InterruptedException {
    return Contracts.within(trainer().train(data()), longestTraining());
  }

  @Test
  void theSameKeyGivesTheSameModel() throws Exception {
    M one = train();
    M two = train();
    assertThat(ask(one)).isNotEmpty();
    assertThat(two.info().digest()).as("digest").isEqualTo(one.info().digest());
    Contracts.assertSame(ask(two), ask(one), "trained again");
    assertThat(two.evaluation().figures()).isEqualTo(one.evaluation().figures());
  }

  @Test
  void anotherTrainingBesideItChangesNothing() throws Exception {
    M alone = train();
    Job<M> first = trainer().train(data());
    Job<M> second = trainer().train(data());
    Contracts.assertSame(
        ask(Contracts.within(first, 2 * longestTraining())), ask(alone), "first of two");
    Contracts.assertSame(
        ask(Contracts.within(second, 2 * longestTraining())), ask(alone), "second of two");
  }

  @Test
  void aSavedModelGivesTheSameAnswers(@TempDir Path folder) throws Exception {
    M model = train();
    Path bundle = folder.resolve("model.mwb");
    model.saveTo(bundle);
    Contracts.assertSame(ask(bundle), ask(model), "after saving and loading");
    model.saveTo(bundle);
    Contracts.assertSame(ask(bundle), ask(model), "after saving over it");
    try (var files = Files.list(folder)) {
      assertThat(files).as("files beside the bundle").containsExactly(bundle);
    }
  }

  @Test
  void aModelSaysWhereItComesFrom() throws Exception {
    M model = train();
    assertThat(model.evaluation().protocol()).isNotBlank();
    assertThat(model.evaluation().samples()).isPositive();
    assertThat(model.evaluation().figures()).isNotEmpty();
    assertThat(model.info().provenance().producer()).isNotBlank();
    assertThat(model.info().provenance().dataDigest()).isNotBlank();
    assertThat(model.info().provenance().settings()).isNotEmpty();
    assertThat(model.info().provenance().environment()).isNotEmpty();
  }

  @Test
  void aTrainingCanBeStopped() throws Exception {
    Job<M> job = endless().train(data());
    CountDownLatch progressed = new CountDownLatch(1);
    try (Job.Subscription subscription = job.onProgress(p -> progressed.countDown())) {
      assertThat(progressed.await(longestTraining(), TimeUnit.SECONDS))
          .as("progress within %s s", longestTraining())
          .isTrue();
    }
    job.cancel();
    Throwable thrown =
        catchThrowable(
            () -> {
              M best = Contracts.within(job, hangGuard());
              assertThat(ask(best)).as("answers of the best so far").isNotEmpty();
            });
    if (thrown instanceof AssertionError error) {
      throw error;
    }
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(MillwrightException.class);
      assertThat(((MillwrightException) thrown).code()).isEqualTo(ErrorCode.JOB_CANCELLED);
      assertThat(job.best()).as("best so far of a job without result").isEmpty();
    }
    assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
  }

  @Test
  void progressIsReportedAndListenersDoNotDisturb() throws Exception {
    List<Job.Subscription> subscriptions = new ArrayList<>();
    AtomicInteger reports = new AtomicInteger();
    Job<M> job = endless().train(data());
    CountDownLatch heard = new CountDownLatch(3);
    subscriptions.add(
        job.onProgress(
            p -> {
              throw new IllegalStateException("a bad listener");
            }));
    subscriptions.add(
        job.onProgress(
            p -> {
              assertThat(p.stage()).isNotBlank();
              reports.incrementAndGet();
              heard.countDown();
            }));
    assertThat(heard.await(longestTraining(), TimeUnit.SECONDS)).as("three reports").isTrue();
    subscriptions.forEach(Job.Subscription::close);
    job.cancel();
    assertThat(catchThrowable(() -> Contracts.within(job, hangGuard())))
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            error -> assertThat(error).isInstanceOf(MillwrightException.class));
    assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
    assertThat(reports.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void theStageCannotEndTheJob() throws Exception {
    Job<M> job = trainer().train(data());
    job.completion().toCompletableFuture().cancel(true);
    M model = Contracts.within(job, longestTraining());
    assertThat(ask(model)).isNotEmpty();
    assertThat(job.state()).isEqualTo(Job.State.FINISHED);
    assertThat(job.best()).containsSame(model);
  }

  @Test
  void badDataAreRefusedWithAllFaults() {
    for (D bad : badData()) {
      Throwable thrown =
          catchThrowable(() -> Contracts.within(trainer().train(bad), longestTraining()));
      assertThat(thrown).as("training on %s", bad).isInstanceOf(MillwrightException.class);
      Contracts.assertTeaches((MillwrightException) thrown, "training on bad data");
    }
  }
}
