package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Transfer;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.support.KeyedRandom;
import io.millwright.runtime.support.KeyedRandom.Purpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {

  @TempDir Path folder;
  private Trained<Table, Double> parent;
  private Path bundle;

  /** A bent function of two readings; {@code factor} makes another task of the same shape. */
  private static Samples<Table, Double> samples(int count, double factor, long key) {
    List<Sample<Table, Double>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      KeyedRandom random = KeyedRandom.of(key, Purpose.OTHER, i);
      double force = 100 + 20 * random.nextGaussian();
      double heat = 300 + 5 * random.nextGaussian();
      double wear = Math.sin((force - 100) / 10) + Math.cos((heat - 300) / 3);
      all.add(
          Sample.of(
              "press " + i,
              Table.ofNumbers(Bench.SCHEMA, new double[][] {{force, heat}}),
              5 + factor * wear));
    }
    return new Samples<>(all);
  }

  private static Recipe<Table, Double, Double> recipe(Learning learning, int... widths) {
    return Recipe.of(Bench.wear())
        .preparation(Preparation.standard())
        .network(widths.length == 0 ? Networks.linear() : Networks.mlp(Activation.SILU, widths))
        .learning(learning)
        .split(Split.holdOut(0.25))
        .calibration(new Calibration.None())
        .build();
  }

  private static Trained<Table, Double> learn(
      Recipe<Table, Double, Double> recipe, Samples<Table, Double> samples) {
    return Bench.alone().learn(recipe, samples, Optional.empty(), Bench.StopAfter.never());
  }

  private Trained<Table, Double> transferred(
      Recipe<Table, Double, Double> recipe, Transfer transfer, Samples<Table, Double> samples)
      throws InterruptedException {
    return Bench.toolkit(Runnable::run).trainer(recipe, transfer).train(samples).await();
  }

  @BeforeEach
  void train() {
    Learning learning = Learning.adam(1e-2).batch(32).epochs(60).key(3);
    parent = learn(recipe(learning, 24, 24), samples(800, 1, 1));
    bundle = folder.resolve("parent.mwb");
    parent.saveTo(bundle);
  }

  private static final Learning FEW =
      Learning.adamW(1e-2, 0.1).batch(8).epochs(80).clipNorm(1).key(5);

  @Test
  void fewSamplesAreEnoughWhereTheParentKnowsTheShape() throws Exception {
    Samples<Table, Double> few = samples(32, -3, 2);
    Samples<Table, Double> truth = samples(400, -3, 9);
    double alone = rmse(learn(recipe(FEW, 24, 24), few), truth);
    double helped = rmse(transferred(recipe(FEW), Transfer.from(bundle), few), truth);
    assertThat(helped).isLessThan(0.6 * alone);
  }

  private static double rmse(Trained<Table, Double> trained, Samples<Table, Double> truth) {
    double sum = 0;
    try (Predictor<Table, Double> predictor = trained.open()) {
      for (Sample<Table, Double> s : truth.all()) {
        double e = predictor.predict(s.input()).orElseThrow().value() - s.labels().get(0);
        sum += e * e;
      }
    }
    return Math.sqrt(sum / truth.all().size());
  }

  @Test
  void frozenLayersKeepTheirBitsAndTheOthersMove() throws Exception {
    Model before = Bench.model(parent);
    Trained<Table, Double> child =
        transferred(recipe(FEW, 7), Transfer.from(bundle).frozen(1), samples(32, -3, 2));
    Model after = Bench.model(child);
    assertThat(after.network().layers()).hasSize(3);
    assertThat(after.preparation()).isEqualTo(before.preparation());
    for (int i = 0; i < 2; i++) {
      assertThat(after.members().get(0).get(i)).isEqualTo(before.members().get(0).get(i));
    }
    for (int i = 2; i < 4; i++) {
      assertThat(after.members().get(0).get(i)).isNotEqualTo(before.members().get(0).get(i));
    }
    assertThat(child.info().provenance().parents()).containsExactly(parent.info().digest());
    assertThat(child.info().provenance().settings())
        .containsEntry(
            "transfer", "first 2 layers of " + parent.info().digest() + ", 1 of them frozen")
        .containsEntry("frozen layers", "1");
    // The child is a bundle like any other.
    Path saved = folder.resolve("child.mwb");
    child.saveTo(saved);
    try (var predictor = Bench.alone().open(Bench.wear(), saved)) {
      assertThat(predictor.predict(Bench.row(100, 300)).orElseThrow().value()).isFinite();
    }
  }

  @Test
  void partOfTheParentIsEnough() throws Exception {
    Model after =
        Bench.model(transferred(recipe(FEW, 5), Transfer.from(bundle).kept(1), samples(32, -3, 2)));
    assertThat(after.network().layers()).hasSize(2);
    assertThat(after.members().get(0).get(0))
        .isEqualTo(Bench.model(parent).members().get(0).get(0));
  }

  @Test
  void whatDoesNotFitIsSaid() {
    fails(
        () -> Bench.alone().trainer(recipe(FEW), Transfer.from(bundle).kept(3)),
        ErrorCode.BAD_OPTION);
    fails(
        () -> Bench.alone().trainer(recipe(FEW), Transfer.from(folder.resolve("none.mwb"))),
        ErrorCode.IO_FAILED);
    Schema other = Schema.of(Column.number("force", Unit.of("kN")));
    Samples<Table, Double> wrong =
        new Samples<>(
            List.of(
                Sample.of("a", Table.ofNumbers(other, new double[][] {{1}}), 1.0),
                Sample.of("b", Table.ofNumbers(other, new double[][] {{2}}), 2.0)));
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(() -> transferred(recipe(FEW), Transfer.from(bundle), wrong));
  }

  private static void fails(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
    assertThatExceptionOfType(MillwrightException.class)
        .isThrownBy(call)
        .withMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
