package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Decision;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Learning.ClassWeights;
import io.millwright.api.learn.LearningCurve;
import io.millwright.api.learn.LearningCurve.Epoch;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Variation;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.predict.Ensemble;
import io.millwright.runtime.predict.ModelPredictor;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopping, diverging, weighing and preparing, on small networks. */
@Timeout(600)
class TrainingTest {

  private static final Samples<Table, Double> DATA = Bench.sequences(24, 1);

  private static Trained<Table, Double> learn(
      Recipe<Table, Double, Double> recipe, Bench.StopAfter<Trained<Table, Double>> control) {
    return Bench.alone().learn(recipe, DATA, Optional.empty(), control);
  }

  @Test
  void earlyStoppingGoesBackToTheBest() {
    // With one member and no average, training again for just the best number of epochs gives the
    // same weights, since all randomness is drawn by epoch and step.
    Learning eager = Learning.adam(0.05).batch(4).epochs(80).earlyStopping(3).key(11);
    Recipe<Table, Double, Double> recipe = Bench.recipe(eager, Split.holdOut(0.3).validation(0.3));
    Trained<Table, Double> stopped = learn(recipe, Bench.StopAfter.never());
    LearningCurve curve = stopped.evaluation().curves().get(0);
    List<Epoch> epochs = curve.epochs();
    assertThat(epochs).hasSize(curve.bestEpoch() + 3).hasSizeLessThan(80);
    double best = epochs.get(curve.bestEpoch() - 1).validationLoss();
    assertThat(epochs).allMatch(e -> e.validationLoss() >= best);
    Trained<Table, Double> cut = learn(recipe, new Bench.StopAfter<>(curve.bestEpoch()));
    assertThat(cut.evaluation().curves().get(0).epochs()).hasSize(curve.bestEpoch());
    for (int i = 0; i < Bench.model(cut).members().get(0).count(); i++) {
      assertThat(Bench.model(stopped).members().get(0).get(i))
          .isEqualTo(Bench.model(cut).members().get(0).get(i));
    }
  }

  @Test
  void stoppedBeforeTheFirstEpochThereIsNoModel() {
    MillwrightException thrown =
        catchThrowableOfType(
            MillwrightException.class,
            () -> learn(Bench.recipe(Bench.learning(), Split.folds(2)), new Bench.StopAfter<>(0)));
    assertThat(thrown.code()).isEqualTo(ErrorCode.JOB_CANCELLED);
    assertThat(thrown).hasMessageContaining("before its first epoch");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 8})
  void stoppedLaterThereIsAModelOfWhatWasLearnt(int epochs) {
    Trained<Table, Double> model =
        learn(
            Bench.recipe(Bench.learning().members(2), Split.folds(2)),
            new Bench.StopAfter<>(epochs));
    assertThat(model.evaluation().curves().stream().mapToInt(c -> c.epochs().size()).sum())
        .isEqualTo(epochs);
    assertThat(model.evaluation().rmse()).isFinite();
    try (var predictor = model.open()) {
      assertThat(predictor.predict(DATA.all().get(0).input()).orElseThrow().value()).isFinite();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aJobCancelledAfterAnEpochYieldsAModel(int threads) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      Learning long_ = Bench.learning().epochs(1_000_000);
      Job<Trained<Table, Double>> job =
          Bench.toolkit(executor).trainer(Bench.recipe(long_, Split.holdOut(0.3))).train(DATA);
      CountDownLatch epoch = new CountDownLatch(2);
      job.onProgress(p -> epoch.countDown());
      epoch.await();
      job.cancel();
      assertThat(job.await().evaluation().rmse()).isFinite();
      assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void aDivergingRateIsSaid() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Recipe<Table, Double, Double> wild =
          Bench.recipe(Learning.sgd(1e30, 0.9).epochs(50), Split.folds(2));
      Job<Trained<Table, Double>> job = Bench.toolkit(executor).trainer(wild).train(DATA);
      MillwrightException thrown = catchThrowableOfType(MillwrightException.class, job::await);
      assertThat(thrown.code()).isEqualTo(ErrorCode.DIVERGED);
      assertThat(thrown)
          .hasMessageContaining("member ")
          .hasMessageContaining("epoch ")
          .hasMessageContaining("Maybe use a smaller rate than 1.0E30");
      assertThat(job.state()).isEqualTo(Job.State.FAILED);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Computed once more from the members: the mean of those, one a round, that never saw a row. */
  @Test
  void inRoundsEverySampleIsJudgedByTheMeanOfThoseThatNeverSawIt() {
    Split split = Split.folds(3).rounds(2);
    List<Sample<Table, Double>> rows = new ArrayList<>();
    for (Sample<Table, Double> s : DATA.all()) {
      rows.add(new Sample<>(s.group(), s.input().slice(0, 1), s.labels().subList(0, 1)));
    }
    Trained<Table, Double> trained =
        Bench.alone()
            .learn(
                Bench.recipe(Bench.learning(), split),
                new Samples<>(rows),
                Optional.empty(),
                Bench.StopAfter.never());
    Model model = Bench.model(trained);
    assertThat(model.members()).hasSize(6);
    assertThat(trained.evaluation().protocol()).startsWith("2 rounds of 3 folds by group");
    List<String> groups = rows.stream().map(Sample::group).toList();
    List<Parts.Fold> folds = Parts.of(split, groups, List.of(), false, 7);
    double[] said = new double[rows.size()];
    List<ForwardPass> passes = Ensemble.javaMembers(model);
    for (int m = 0; m < passes.size(); m++) {
      try (var one =
          ModelPredictor.of(
              Bench.wear(),
              model,
              trained.info(),
              // In the place of all members, so that it speaks alone.
              Collections.nCopies(passes.size(), passes.get(m)))) {
        for (int i = 0; i < said.length; i++) {
          if (folds.get(m).judged()[i]) {
            said[i] += one.predict(rows.get(i).input()).orElseThrow().value() / 2;
          }
        }
      }
    }
    double squares = 0;
    for (int i = 0; i < said.length; i++) {
      squares += Math.pow(said[i] - rows.get(i).labels().get(0), 2);
    }
    assertThat(trained.evaluation().samples()).isEqualTo(said.length);
    assertThat(trained.evaluation().rmse())
        .isCloseTo(Math.sqrt(squares / said.length), within(1e-4));
  }

  /** What is held out may be anything: the preparation and the weights never saw it. */
  @Test
  void nothingIsFittedToWhatASingleHoldOutHolds() {
    Split split = Split.holdOut(0.3);
    Recipe<Table, Double, Double> recipe = Bench.recipe(Bench.learning(), split);
    List<String> groups = DATA.all().stream().map(Sample::group).toList();
    boolean[] judged = Parts.of(split, groups, List.of(), false, 7).get(0).judged();
    Model plain = Bench.model(learn(recipe, Bench.StopAfter.never()));
    for (int role = 0; role < 2; role++) {
      List<Sample<Table, Double>> changed = new ArrayList<>(DATA.all());
      for (int i = 0; i < judged.length; i++) {
        if (judged[i] == (role == 0)) {
          double[][] rows = {{900, 500}, {910, 510}, {920, 520}};
          changed.set(
              i,
              new Sample<>(
                  groups.get(i),
                  Table.ofNumbers(Bench.SCHEMA, rows),
                  Arrays.asList(50.0, 60.0, 70.0)));
        }
      }
      Model other =
          Bench.model(
              Bench.alone()
                  .learn(
                      recipe, new Samples<>(changed), Optional.empty(), Bench.StopAfter.never()));
      boolean heldOut = role == 0;
      assertThat(other.head().data().number("offset") == plain.head().data().number("offset"))
          .isEqualTo(heldOut);
      assertThat(Arrays.equals(other.members().get(0).get(0), plain.members().get(0).get(0)))
          .isEqualTo(heldOut);
    }
  }

  @Test
  void copiesThatStartLateKeepTheRoleOfTheirSample() {
    Recipe<Table, Double, Double> recipe =
        Recipe.of(Bench.wear())
            .variation(new Variation.Rows(0, 0, 1))
            .network(Networks.linear())
            .learning(Bench.learning())
            .split(Split.folds(3))
            .build();
    Encoded<Double> encoded = Encoded.of(recipe, DATA);
    assertThat(encoded.tables()).hasSize(48);
    assertThat(encoded.originals()).isEqualTo(24);
    for (int i = 24; i < 48; i++) {
      Table copy = encoded.tables().get(i);
      Table whole = encoded.tables().get(encoded.sample()[i]);
      assertThat(copy.rows()).isBetween(1, whole.rows() - 1);
      assertThat(copy).isEqualTo(whole.slice(whole.rows() - copy.rows(), whole.rows()));
    }
    List<Parts.Fold> folds =
        Parts.of(recipe.split(), encoded.groups(), List.of(), false, recipe.learning().key());
    Prepared<Double, Double> prepared =
        Prepared.of(
            recipe,
            java.util.Optional.empty(),
            encoded,
            folds,
            java.util.Optional.empty(),
            () -> {});
    for (Parts.Fold fold : folds) {
      int[] learnt = prepared.data().itemsOf(fold.learnt());
      for (int item : learnt) {
        assertThat(fold.judged()[prepared.data().sample(item)]).isFalse();
      }
      assertThat(Arrays.stream(learnt).filter(i -> i >= prepared.originals())).isNotEmpty();
    }
    // Copies are learnt from, but never judged: each row of each sample is judged once.
    assertThat(learn(recipe, Bench.StopAfter.never()).evaluation().samples()).isEqualTo(72);
  }

  private static Samples<Table, String> faults() {
    List<Sample<Table, String>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      KeyedRandom random = KeyedRandom.of(3, Purpose.OTHER, i);
      boolean fault = i % 10 == 0;
      Table row =
          Bench.row(100 + 10 * random.nextGaussian() + (fault ? 12 : 0), random.nextGaussian());
      all.add(Sample.of("row " + i, row, fault ? "fault" : "ok"));
    }
    return new Samples<>(all);
  }

  private static double meanRisk(ClassWeights weights) {
    Recipe<Table, String, ClassScores> recipe =
        Recipe.of(Bench.fault())
            .preparation(Preparation.standard())
            .network(Networks.linear())
            .learning(Learning.adam(0.05).epochs(15).classWeights(weights).key(2))
            .split(Split.folds(2).by(Split.By.ROW))
            .calibration(new Calibration.None())
            .decision(Optional.of(new Decision.ByF1("ok")))
            .build();
    Trained<Table, ClassScores> model =
        Bench.alone().learn(recipe, faults(), Optional.empty(), Bench.StopAfter.never());
    assertThat(model.evaluation().figure("roc auc")).isGreaterThan(0.7);
    assertThat(model.evaluation().figures()).containsKeys("threshold", "f1", "log loss");
    try (var predictor = model.open()) {
      return faults().all().stream()
          .mapToDouble(s -> predictor.predict(s.input()).orElseThrow().value().of("fault"))
          .average()
          .orElseThrow();
    }
  }

  /** A logistic model with a bias predicts on average the weighed share of each class. */
  @Test
  void weighedClassesCountForMore() {
    double plain = meanRisk(ClassWeights.NONE);
    double root = meanRisk(ClassWeights.SQUARE_ROOT);
    double balanced = meanRisk(ClassWeights.BALANCED);
    assertThat(plain).isBetween(0.05, 0.16);
    assertThat(root).isGreaterThan(plain + 0.05);
    assertThat(balanced).isGreaterThan(root + 0.05).isLessThan(0.6);
  }
}
