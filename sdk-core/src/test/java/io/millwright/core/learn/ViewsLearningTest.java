package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Millwright;
import io.millwright.api.ModelExchange;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Column;
import io.millwright.api.data.Image;
import io.millwright.api.data.Row;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Calibration;
import io.millwright.api.learn.ClassScores;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import io.millwright.api.learn.Transfer;
import io.millwright.api.learn.Views;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.predict.Ensemble;
import io.millwright.runtime.predict.GoldenCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Views from training to bundles and exports: whoever asks a model gets the mean over all views.
 */
class ViewsLearningTest {

  private static final Schema SCHEMA = Schema.of(Column.image("image"));
  private static final int SIDE = 8;
  private static final Step PICTURE =
      new Step.Picture(SIDE, SIDE, true, Step.Picture.Exposure.BOTH);
  private static final Views VIEWS = new Views(true, true);

  /** Flattened, so that by itself it does not answer alike. */
  private static final Network NETWORK =
      new Network(
          List.of(
              new Layer.Conv2d(4, 3, 1, Layer.Padding.SAME, Activation.RELU, Initialisation.HE),
              new Layer.Flatten()));

  @TempDir Path folder;

  private static Recipe<Table, String, ClassScores> recipe(
      Split split, Calibration how, Views views) {
    return recipe(NETWORK, split, how, views);
  }

  private static Recipe<Table, String, ClassScores> recipe(
      Network network, Split split, Calibration how, Views views) {
    return Recipe.of(Bench.fault())
        .preparation(Preparation.of(PICTURE))
        .views(views)
        .network(network)
        .learning(Learning.adam(3e-3).batch(8).epochs(2).key(4))
        .split(split)
        .calibration(how)
        .build();
  }

  /** One picture of noise for each class. */
  private static byte[] noise(String label) {
    byte[] bytes = new byte[SIDE * SIDE * 3];
    new Random(label.hashCode()).nextBytes(bytes);
    return bytes;
  }

  /** A picture turned clockwise, then mirrored. */
  private static Table seen(byte[] picture, int turns, boolean mirrored) {
    byte[] bytes = picture.clone();
    for (int t = 0; t < turns; t++) {
      byte[] old = bytes.clone();
      move(old, bytes, (x, y) -> x * SIDE + SIDE - 1 - y);
    }
    if (mirrored) {
      move(bytes.clone(), bytes, (x, y) -> y * SIDE + SIDE - 1 - x);
    }
    Image image = Image.of8("seen", SIDE, SIDE, Image.Format.RGB8, bytes);
    return Table.of(SCHEMA, List.of(Row.of(SCHEMA, image)));
  }

  private interface Place {
    int of(int x, int y);
  }

  private static void move(byte[] from, byte[] to, Place place) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        System.arraycopy(from, (y * SIDE + x) * 3, to, place.of(x, y) * 3, 3);
      }
    }
  }

  /** The same two pictures from all sides, each side several times. */
  private static Samples<Table, String> samples() {
    List<Sample<Table, String>> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String label = i % 2 == 0 ? "fault" : "ok";
      Table table = seen(noise(label), i / 2 % 4, i / 8 % 2 == 1);
      all.add(Sample.of("part " + i, table, label));
    }
    return new Samples<>(all);
  }

  private static Trained<Table, ClassScores> learn(Recipe<Table, String, ClassScores> recipe) {
    return Bench.alone().learn(recipe, samples(), Optional.empty(), Bench.StopAfter.never());
  }

  /** How far apart the answers to one picture from all sides are. */
  private static double spread(Predictor<Table, ClassScores> predictor) {
    byte[] picture = noise("another");
    double first = predictor.predict(seen(picture, 0, false)).orElseThrow().value().of("ok");
    double most = 0;
    for (int t = 0; t < 4; t++) {
      for (boolean mirrored : new boolean[] {false, true}) {
        Table table = seen(picture, t, mirrored);
        double p = predictor.predict(table).orElseThrow().value().of("ok");
        most = Math.max(most, Math.abs(p - first));
        double all = predictor.predictAll(List.of(table)).get(0).orElseThrow().value().of("ok");
        assertThat(all).isCloseTo(p, within(2e-6));
      }
    }
    return most;
  }

  @Test
  void everySideHasOneAnswerAlsoAfterSavingAndTransfer() throws Exception {
    Trained<Table, ClassScores> trained =
        learn(recipe(Split.folds(2), Calibration.conformal(), VIEWS));
    Path bundle = folder.resolve("views.mwb");
    trained.saveTo(bundle);
    try (var open = trained.open();
        var read = Bench.alone().open(Bench.fault(), bundle)) {
      assertThat(spread(open)).isLessThan(2e-6);
      assertThat(spread(read)).isLessThan(2e-6);
    }
    try (var plain = learn(recipe(Split.folds(2), Calibration.conformal(), Views.one())).open()) {
      assertThat(spread(plain)).isGreaterThan(1e-3);
    }
    Trained<Table, ClassScores> child =
        Bench.toolkit(Runnable::run)
            .trainer(
                recipe(Networks.linear(), Split.holdOut(0.25), new Calibration.None(), Views.one()),
                Transfer.from(bundle))
            .train(samples())
            .await();
    assertThat(Bench.model(child).preparation()).isEqualTo(Bench.model(trained).preparation());
    try (var open = child.open()) {
      assertThat(spread(open)).isLessThan(2e-6);
    }
  }

  @Test
  void heldOutItemsAreJudgedByAllViews() {
    // All pictures of a class are views of one, so its items have one answer wherever they fall.
    Trained<Table, ClassScores> trained =
        learn(recipe(Split.holdOut(0.25).by(Split.By.ROW), new Calibration.None(), VIEWS));
    double loss = 0;
    try (var predictor = trained.open()) {
      for (String label : List.of("fault", "ok")) {
        Table table = seen(noise(label), 1, true);
        double right = predictor.predict(table).orElseThrow().value().of(label);
        loss -= Math.log(right) / 2;
      }
    }
    assertThat(trained.evaluation().figure("log loss")).isCloseTo(loss, within(1e-5));
  }

  @Test
  void goldenSamplesHoldInJavaAndExportsAverageToo() {
    Trained<Table, ClassScores> trained =
        learn(recipe(Split.folds(2), Calibration.conformal(), VIEWS));
    Model model = Bench.model(trained);
    GoldenCheck.check(
        model, model.head().fitted(Bench.fault().head()), "Java", Ensemble.javaMembers(model));
    Path bundle = folder.resolve("views.mwb");
    trained.saveTo(bundle);
    try (Millwright millwright = Millwright.create()) {
      ModelExchange exchange = millwright.plugin(ModelExchange.class);
      // Proven by the golden samples, which are of all views.
      exchange.exportSavedModel(bundle, folder.resolve("saved"));
      Path back = folder.resolve("back.mwb");
      exchange.importSavedModel(folder.resolve("saved"), back);
      assertThat(back).hasSameBinaryContentAs(bundle);
    }
  }
}
