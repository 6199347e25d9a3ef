package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.data.TableBuilder;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Split;
import io.millwright.core.shrink.Shrink;
import io.millwright.core.shrink.ShrinkReport;
import io.millwright.core.shrink.ShrinkSamples;
import io.millwright.core.shrink.Shrinking;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pruning and distillation, through the front door. */
class ShrinkingTest {

  @TempDir static Path folder;
  private static Millwright millwright;
  private static Path number;
  private static Path classes;

  @BeforeAll
  static void learn() throws InterruptedException {
    millwright = Millwright.builder().plugins(new PluginSource.Nowhere()).build();
    number = folder.resolve("number.mwb");
    classes = folder.resolve("classes.mwb");
    Learning quick = Learning.adam(1e-2).batch(32).epochs(30).earlyStopping(10).key(1);
    millwright
        .learning()
        .number("strength")
        .network(Networks.mlp(48, 48))
        .learning(quick)
        .split(Split.folds(2).by(Split.By.ROW))
        .train(press(1, 400).without("verdict"))
        .await()
        .saveTo(number);
    millwright
        .learning()
        .classes("verdict")
        .network(Networks.mlp(32, 16))
        .learning(quick)
        .split(Split.holdOut(0.3).by(Split.By.ROW))
        .train(press(1, 400).without("strength"))
        .await()
        .saveTo(classes);
  }

  @AfterAll
  static void close() {
    millwright.close();
  }

  private static Table press(long seed, int rows) {
    Schema schema =
        Schema.of(
            Column.number("heat"),
            Column.number("seconds"),
            Column.category("material"),
            Column.number("strength"),
            Column.category("verdict"));
    Random random = new Random(seed);
    TableBuilder table = Table.builder(schema, rows);
    for (int r = 0; r < rows; r++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      boolean steel = random.nextBoolean();
      double strength =
          (steel ? 20 : 10) + 15 * heat * seconds + 3 * heat + 0.5 * random.nextGaussian();
      table.add(heat, seconds, steel ? "steel" : "brass", strength, strength > 19 ? "good" : "bad");
    }
    return table.build();
  }

  private static ShrinkReport shrink(Path model, Shrink how, String target, Path into)
      throws InterruptedException {
    return millwright
        .plugin(Shrinking.class)
        .shrink(model, how, ShrinkSamples.of(press(1, 400), press(2, 600), target), into)
        .await();
  }

  @Test
  void fewerUnitsMakeANarrowerNetworkThatAnswersNearlyTheSame() throws Exception {
    Path into = folder.resolve("narrow.mwb");
    ShrinkReport report = shrink(number, Shrink.units(0.5).budget(0.3), "strength", into);
    Model before = BundleReader.read(number);
    Model after = BundleReader.read(into);
    assertThat(after.network()).isEqualTo(Networks.mlp(24, 24));
    assertThat(after.preparation()).isEqualTo(before.preparation());
    assertThat(after.members()).hasSameSizeAs(before.members());
    assertThat(report.weightsAfter()).isLessThan(report.weightsBefore() / 2);
    assertThat(report.bytesAfter()).isLessThan(report.bytesBefore());
    assertThat(report.rise()).isLessThan(0.3);
    assertThat(report.after().get("coverage 90")).isBetween(0.8, 1.0);
    assertThat(after.provenance().settings().get("made smaller"))
        .startsWith("50 % of the units pruned: rmse ")
        .contains("times smaller");
    assertThat(after.provenance().parents()).hasSize(1);
    assertThat(after.evaluation().baselines()).containsKey("as it was");
    assertThat(after.head().data()).isNotEqualTo(before.head().data());
    try (Predictor<Table, Object> predictor = millwright.open(into)) {
      assertThat(predictor.predict(press(3, 1)).orElseThrow().value()).isInstanceOf(Double.class);
    }
  }

  @Test
  void sparserWeightsStayZeroAndTheFileIsSmaller() throws Exception {
    Path into = folder.resolve("sparse.mwb");
    ShrinkReport report =
        shrink(number, Shrink.weights(0.6).budget(0.5).epochs(20), "strength", into);
    Model after = BundleReader.read(into);
    for (Weights weights : after.members()) {
      int zeros = 0;
      for (float w : weights.get(2)) {
        zeros += w == 0 ? 1 : 0;
      }
      assertThat(zeros).isEqualTo(Math.round(0.6f * weights.get(2).length));
    }
    assertThat(report.bytesAfter()).isLessThan(report.bytesBefore());
    assertThat(report.toString()).contains("60 % of the weights pruned");
  }

  @Test
  void aStudentTakesThePlaceOfAllMembers() throws Exception {
    Path into = folder.resolve("student.mwb");
    ShrinkReport report =
        shrink(number, Shrink.student(Networks.mlp(24)).budget(1).epochs(60), "strength", into);
    Model after = BundleReader.read(into);
    assertThat(after.members()).hasSize(1);
    assertThat(after.evaluation().baselines()).containsKey("teacher");
    assertThat(report.faster()).isGreaterThan(0);
    Path half = folder.resolve("half.mwb");
    shrink(classes, Shrink.student().budget(2), "verdict", half);
    assertThat(BundleReader.read(half).network()).isEqualTo(Networks.mlp(16, 8));
  }

  @Test
  void theSameSamplesGiveTheSameWeights() throws Exception {
    Path one = folder.resolve("one.mwb");
    Path two = folder.resolve("two.mwb");
    shrink(classes, Shrink.units(0.25).budget(2), "verdict", one);
    shrink(classes, Shrink.units(0.25).budget(2), "verdict", two);
    assertThat(BundleReader.info(one).digest()).isEqualTo(BundleReader.info(two).digest());
  }

  @Test
  void beyondTheBudgetNothingIsWritten() {
    Path into = folder.resolve("refused.mwb");
    Shrink much = Shrink.units(0.97).epochs(1).budget(0);
    assertThatThrownBy(() -> shrink(number, much, "strength", into))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("budget of 0.0")
        .hasMessageContaining("times smaller")
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(ErrorCode.REFUSED);
    assertThat(Files.exists(into)).isFalse();
    assertThat(Files.exists(folder.resolve("refused.mwb.part"))).isFalse();
  }

  @Test
  void whatCannotBeMadeSmallerIsRefused() throws Exception {
    Path linear = folder.resolve("linear.mwb");
    millwright
        .learning()
        .number("strength")
        .network(Networks.linear())
        .learning(Learning.adam(1e-2).epochs(3).key(1))
        .split(Split.holdOut(0.3).by(Split.By.ROW))
        .train(press(1, 100).without("verdict"))
        .await()
        .saveTo(linear);
    for (Shrink how : List.of(Shrink.units(0.5), Shrink.weights(0.5), Shrink.student())) {
      assertThatThrownBy(() -> shrink(linear, how, "strength", folder.resolve("no.mwb")))
          .hasMessageContaining("UNSUPPORTED");
    }
    assertThatThrownBy(() -> shrink(number, Shrink.units(0.5), "missing", folder.resolve("no.mwb")))
        .hasMessageContaining("no columns [missing]");
    assertThatThrownBy(() -> Shrink.units(1)).hasMessageContaining("share to prune is 1.0");
    assertThatThrownBy(() -> Shrink.units(0.5).budget(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Shrink.student().epochs(0)).hasMessageContaining("epochs is 0");
  }

  /** Every kind of layer that can lose units, and those between; shapes must fit throughout. */
  @Test
  void windowsLoseUnitsInRecurrentAndConvolutionLayers() throws Exception {
    Schema schema =
        Schema.of(Column.category("machine"), Column.number("level"), Column.number("next"));
    TableBuilder table = Table.builder(schema, 400);
    Random random = new Random(6);
    for (int m = 0; m < 10; m++) {
      double phase = 6 * random.nextDouble();
      for (int r = 0; r < 40; r++) {
        table.add("m" + m, Math.sin(phase + 0.5 * r), Math.sin(phase + 0.5 * (r + 1)));
      }
    }
    Table waves = table.build();
    Network network =
        Network.of(
            new Layer.Conv1d(
                8, 3, 1, 1, Layer.Padding.CAUSAL, Activation.RELU, Initialisation.AUTOMATIC),
            new Layer.Dropout(0.1),
            new Layer.Lstm(8, true, Activation.TANH, Initialisation.AUTOMATIC),
            new Layer.LayerNorm(),
            new Layer.Gru(6, true, Activation.TANH, Initialisation.AUTOMATIC),
            new Layer.Residual(
                List.of(
                    new Layer.Dense(8, Activation.RELU, Initialisation.AUTOMATIC),
                    new Layer.Dense(6, Activation.LINEAR, Initialisation.AUTOMATIC))),
            new Layer.Flatten(),
            new Layer.Dense(8, Activation.RELU, Initialisation.AUTOMATIC));
    Path before = folder.resolve("waves.mwb");
    millwright
        .learning()
        .number("next")
        .group("machine")
        .window(6)
        .network(network)
        .learning(Learning.adam(1e-2).epochs(4).key(1))
        .split(Split.holdOut(0.3))
        .train(waves)
        .await()
        .saveTo(before);
    Path into = folder.resolve("narrow-waves.mwb");
    ShrinkReport report =
        millwright
            .plugin(Shrinking.class)
            .shrink(
                before,
                Shrink.units(0.5).budget(10),
                ShrinkSamples.of(waves, waves, "next").group("machine"),
                into)
            .await();
    List<Layer> layers = BundleReader.read(into).network().layers();
    assertThat(((Layer.Conv1d) layers.get(0)).filters()).isEqualTo(4);
    assertThat(((Layer.Lstm) layers.get(2)).units()).isEqualTo(4);
    assertThat(((Layer.Gru) layers.get(4)).units()).isEqualTo(6); // its steps reach a sum
    assertThat(((Layer.Dense) ((Layer.Residual) layers.get(5)).inner().get(0)).units())
        .isEqualTo(4);
    assertThat(((Layer.Dense) layers.get(7)).units()).isEqualTo(4);
    assertThat(report.rise()).isLessThan(10);
  }
}
