package outside;

import static io.millwright.api.learn.Initialisation.AUTOMATIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.EnginePolicy;
import io.millwright.api.Evaluation;
import io.millwright.api.Millwright;
import io.millwright.api.Outcome;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.Branch;
import io.millwright.api.learn.Join;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Preparation;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Retrainable;
import io.millwright.api.learn.Route;
import io.millwright.api.learn.Sample;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.api.learn.Step;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each toy trains on both engines, and answers the same after it was saved and in plain Java. */
class OutsideHeadsTest {

  @TempDir Path folder;

  private Millwright host(String engine) throws Exception {
    Path services = Files.createDirectories(folder.resolve("cp/META-INF/services"));
    Files.writeString(services.resolve("io.millwright.api.spi.Plugin"), Toybox.class.getName());
    URL[] urls = {folder.resolve("cp").toUri().toURL()};
    return Millwright.builder()
        .plugins(PluginSource.classPath(new URLClassLoader(urls, getClass().getClassLoader())))
        .engines(EnginePolicy.automatic().withEngine(engine))
        .build();
  }

  private <I, L, V> Evaluation holds(String engine, Recipe<I, L, V> recipe, Samples<I, L> data)
      throws Exception {
    Binding<I, L, V> binding = recipe.binding();
    List<I> inputs = data.all().stream().limit(40).map(Sample::input).toList();
    Path bundle = folder.resolve("toy.mwb");
    Evaluation evaluation;
    List<V> before;
    try (Millwright millwright = host(engine)) {
      Trained<I, V> trained =
          millwright.plugin(Toybox.Door.class).learning().trainer(recipe).train(data).await();
      trained.saveTo(bundle);
      evaluation = trained.evaluation();
      before = answers(trained.open(), inputs);
      assertThat(answers(millwright.open(binding.task(), bundle), inputs)).isEqualTo(before);
      try (Predictor<I, V> predictor =
          millwright.plugin(Toybox.Door.class).learning().open(binding, bundle)) {
        Evaluation again =
            millwright.plugin(Toybox.Door.class).learning().judge(binding, predictor, data);
        assertThat(again.figures().keySet()).containsAll(List.of("abstentions"));
      }
    }
    try (Millwright java = host("Java")) {
      // Opening proves the golden samples, which the engine wrote.
      Retrainable<I, L, V> reopened =
          java.plugin(Toybox.Door.class).learning().reopen(binding, bundle);
      List<V> plain = answers(reopened.open(), inputs);
      Path copy = folder.resolve("copy.mwb");
      reopened.saveTo(copy);
      assertThat(answers(java.open(binding.task(), copy), inputs))
          .as("plain Java, before saving and after reloading")
          .isEqualTo(plain);
      assertThat(Files.mismatch(bundle, copy)).isEqualTo(-1);
      assertThat(reopened.evaluation()).isEqualTo(evaluation);
      try (var untyped = java.open(bundle)) {
        assertThat(untyped.info().task()).isEqualTo(binding.task().id());
      }
    }
    String other = engine.equals("PyTorch") ? "TensorFlow" : "PyTorch";
    try (Millwright millwright = host(other)) {
      // Opening proves that the other engine keeps the bound of the golden samples too.
      assertThat(answers(millwright.open(binding.task(), bundle), inputs)).hasSameSizeAs(before);
    }
    return evaluation;
  }

  private static <I, V> List<V> answers(Predictor<I, V> predictor, List<I> inputs) {
    try (predictor) {
      List<Outcome<V>> all = predictor.predictAll(inputs);
      assertThat(all).isEqualTo(predictor.predictAll(inputs));
      return all.stream().map(o -> o.orElseThrow().value()).toList();
    }
  }

  private static <I, L, V> Recipe<I, L, V> recipe(Binding<I, L, V> binding, int epochs) {
    return Recipe.of(binding)
        .network(Networks.mlp(Activation.TANH, 16))
        .learning(Learning.adam(1e-2).batch(16).epochs(epochs).key(3))
        .split(Split.holdOut(0.3))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "TensorFlow"})
  void textClassification(String engine) throws Exception {
    Evaluation e = holds(engine, recipe(Toys.TEXT, 15), Toys.texts());
    assertThat(e.figure("accuracy")).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "TensorFlow"})
  void rankingOfAThousandItems(String engine) throws Exception {
    Evaluation e = holds(engine, recipe(Toys.RANKING, 8), Toys.baskets());
    assertThat(e.figure("recall 10"))
        .isGreaterThan(1.5 * e.baselines().get("popularity in the training data").get("recall 10"));
  }

  private static Layer convolution(int filters) {
    return new Layer.Conv2d(filters, 3, 1, Layer.Padding.SAME, Activation.RELU, AUTOMATIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "TensorFlow"})
  void boxesOnAnImage(String engine) throws Exception {
    var recipe =
        recipe(Toys.BOXES, 30).toBuilder()
            .preparation(
                Preparation.of(
                    new Step.Picture(Toys.SIDE, Toys.SIDE, false, Step.Picture.Exposure.REMOVED)))
            .network(
                Network.of(
                    convolution(8),
                    new Layer.Pool2d(Layer.Pooling.MAX, 2),
                    convolution(12),
                    new Route.Upsample(2),
                    convolution(8)))
            .build();
    Evaluation e = holds(engine, recipe, Toys.boxes());
    assertThat(e.figure("mean iou")).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "TensorFlow"})
  void anomalyWithoutLabels(String engine) throws Exception {
    var recipe =
        recipe(Toys.ANOMALY, 40).toBuilder().network(Networks.mlp(Activation.LINEAR, 2)).build();
    Evaluation e = holds(engine, recipe, Toys.readings());
    assertThat(e.figure("roc auc")).isGreaterThan(0.9);
    assertThat(e.figure("false alarms at 0.1")).isBetween(0.0, 0.3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "TensorFlow"})
  void survivalWithCensoring(String engine) throws Exception {
    Evaluation e = holds(engine, recipe(Toys.SURVIVAL, 12), Toys.lives());
    assertThat(e.figure("concordance")).isGreaterThan(0.65);
    assertThat(e.figure("brier"))
        .isLessThan(e.baselines().get("one curve for all of the training data").get("brier"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "TensorFlow"})
  void forecastWithCovariates(String engine) throws Exception {
    Evaluation e =
        holds(engine, recipe(Toys.FORECAST, 25).toBuilder().base("x4").build(), Toys.weeks());
    assertThat(e.figure("quantile loss"))
        .isLessThan(0.8 * e.baselines().get("the formula alone").get("quantile loss"));
    assertThat(e.figure("quantile loss"))
        .isLessThan(0.7 * e.baselines().get("quantiles of the training data").get("quantile loss"));
    assertThat(e.figure("coverage 80")).isBetween(0.6, 0.95);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PyTorch", "TensorFlow"})
  void severalInputsAndOutputs(String engine) throws Exception {
    Layer.Dense six = new Layer.Dense(6, Activation.TANH, AUTOMATIC);
    Network ids = Network.of(new Layer.Embedding(1 + Toys.MACHINES, 4));
    Network network =
        Network.of(
            new Route.Branches(
                List.of(Branch.of(six), Branch.from("machine", ids)), Join.CONCATENATE),
            new Layer.Dense(16, Activation.TANH, AUTOMATIC),
            new Route.Tap("wear", List.of(six)),
            new Layer.Dense(8, Activation.TANH, AUTOMATIC),
            new Route.Tap("heat"));
    var recipe =
        recipe(Toys.PRESSES, 60).toBuilder()
            .preparation(
                Preparation.of(
                    Step.Clean.standard(),
                    Step.Input.of("machine", "machine"),
                    new Step.Scale(Step.Scaling.STANDARD, 0)))
            .network(network)
            .build();
    Evaluation e = holds(engine, recipe, Toys.presses());
    assertThat(e.figure("rmse wear")).as("the machine explains most of it").isLessThan(1);
    assertThat(e.figure("rmse heat")).isLessThan(0.6);
  }
}
