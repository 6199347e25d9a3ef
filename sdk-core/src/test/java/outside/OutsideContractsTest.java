package outside;

import io.millwright.api.EnginePolicy;
import io.millwright.api.Millwright;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.Trained;
import io.millwright.api.data.Image;
import io.millwright.api.head.AnomalyScore;
import io.millwright.api.head.FieldScores;
import io.millwright.api.head.QuantileCurve;
import io.millwright.api.head.Ranking;
import io.millwright.api.head.SurvivalCurve;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Binding;
import io.millwright.api.learn.ClassScores;
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
import io.millwright.testkit.PredictorContract;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every predictor holds for those of foreign heads, opened in plain Java. */
@Tag("thorough")
class OutsideContractsTest {

  @TempDir static Path folder;

  private static Millwright trainer;
  private static Millwright java;

  @BeforeAll
  static void start() throws Exception {
    Path services = Files.createDirectories(folder.resolve("cp/META-INF/services"));
    Files.writeString(services.resolve("io.millwright.api.spi.Plugin"), Toybox.class.getName());
    URL[] urls = {folder.resolve("cp").toUri().toURL()};
    ClassLoader loader = new URLClassLoader(urls, OutsideContractsTest.class.getClassLoader());
    trainer = Millwright.builder().plugins(PluginSource.classPath(loader)).build();
    java =
        Millwright.builder()
            .plugins(PluginSource.classPath(loader))
            .engines(EnginePolicy.automatic().withEngine("Java"))
            .build();
  }

  @AfterAll
  static void end() {
    trainer.close();
    java.close();
  }

  private abstract static class Toy<I, L, V> extends PredictorContract<I, V> {
    private final Binding<I, L, V> binding;
    private final Samples<I, L> samples;

    Toy(Binding<I, L, V> binding, Samples<I, L> samples) {
      this.binding = binding;
      this.samples = samples;
    }

    Preparation preparation() {
      return Preparation.standard();
    }

    Network network() {
      return Networks.mlp(Activation.TANH, 8);
    }

    @Override
    protected Predictor<I, V> open() {
      Path bundle = folder.resolve(binding.task().id() + ".mwb");
      if (!Files.exists(bundle)) {
        Recipe<I, L, V> recipe =
            Recipe.of(binding)
                .preparation(preparation())
                .network(network())
                .learning(Learning.adam(1e-2).batch(16).epochs(3).key(3))
                .split(Split.holdOut(0.3))
                .build();
        try {
          Trained<I, V> trained =
              trainer.plugin(Toybox.Door.class).learning().trainer(recipe).train(samples).await();
          trained.saveTo(bundle);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return java.open(binding.task(), bundle);
    }

    @Override
    protected List<I> inputs() {
      return samples.all().stream().limit(5).map(Sample::input).toList();
    }

    @Override
    protected int memoryCalls() {
      return 200;
    }
  }

  @Nested
  class Texts extends Toy<String, String, ClassScores> {
    Texts() {
      super(Toys.TEXT, Toys.texts());
    }
  }

  @Nested
  class Rankings extends Toy<Integer, java.util.Set<String>, Ranking> {
    Rankings() {
      super(Toys.RANKING, Toys.baskets());
    }
  }

  @Nested
  class Boxes extends Toy<Image, io.millwright.api.head.FieldMap, FieldScores> {
    Boxes() {
      super(Toys.BOXES, Toys.boxes());
    }

    @Override
    Preparation preparation() {
      return Preparation.of(
          new Step.Picture(Toys.SIDE, Toys.SIDE, false, Step.Picture.Exposure.REMOVED));
    }

    @Override
    Network network() {
      return Network.of(new Layer.Flatten());
    }
  }

  @Nested
  class Anomalies extends Toy<double[], Boolean, AnomalyScore> {
    Anomalies() {
      super(Toys.ANOMALY, Toys.readings());
    }
  }

  @Nested
  class Lives extends Toy<double[], io.millwright.api.head.Amount, SurvivalCurve> {
    Lives() {
      super(Toys.SURVIVAL, Toys.lives());
    }
  }

  @Nested
  class Weeks extends Toy<double[], List<Double>, QuantileCurve> {
    Weeks() {
      super(Toys.FORECAST, Toys.weeks());
    }
  }
}
