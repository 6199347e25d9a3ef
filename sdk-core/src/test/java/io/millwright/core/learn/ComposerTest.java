package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.Capability;
import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.Task;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Networks;
import io.millwright.api.spi.ComposedModel;
import io.millwright.api.spi.Composer;
import io.millwright.api.spi.Examples;
import io.millwright.api.spi.FittedNetwork;
import io.millwright.api.spi.Jobs;
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposerTest {

  private static final Task<String, Double> TASK =
      new Task<>("test.composed", 1, String.class, Double.class);
  private static final Network NETWORK = Networks.mlp(Activation.SILU, 16);
  private static final Learning LEARNING = Learning.adamW(5e-3, 0).batch(32).epochs(120).key(4);

  @TempDir Path folder;

  private final Composer composer = new DefaultComposer(Bench.torch(), Clock.systemUTC(), "test");

  /** Sum and difference of two numbers; every fifth difference is not known. */
  private static final class Sums implements Examples {
    @Override
    public int count() {
      return 256;
    }

    @Override
    public int inputs() {
      return 2;
    }

    @Override
    public int targets() {
      return 2;
    }

    @Override
    public void input(int example, float[] into, int at) {
      SplittableRandom random = new SplittableRandom(example);
      into[at] = (float) random.nextDouble() - 0.5f;
      into[at + 1] = (float) random.nextDouble() - 0.5f;
    }

    @Override
    public void target(int example, float[] into, int at) {
      float[] x = new float[2];
      input(example, x, 0);
      into[at] = x[0] + x[1];
      into[at + 1] = example % 5 == 0 ? Float.NaN : x[0] - x[1];
    }
  }

  /** Stops never, or at once. */
  private record Control(boolean stopped) implements Jobs.Control<Object> {
    @Override
    public void checkpoint() {
      if (stopped) {
        throw new MillwrightException(ErrorCode.JOB_CANCELLED, "stopped");
      }
    }

    @Override
    public void best(Object result) {}

    @Override
    public void report(Progress progress) {}

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }
  }

  private FittedNetwork fit(Loss loss) {
    return composer.fit(NETWORK, loss, LEARNING, new Sums(), new Control(false));
  }

  private ComposedModel model(FittedNetwork network) {
    return ComposedModel.builder()
        .task(TASK)
        .inputs(Schema.of(Column.number("x", Unit.NONE)))
        .unit(Unit.of("kg"))
        .texts(new TreeMap<>(Map.of("how", "well")))
        .numbers(new TreeMap<>(Map.of("some", List.of(1.5, Double.NaN, Double.POSITIVE_INFINITY))))
        .networks(new TreeMap<>(Map.of("one", network)))
        .evaluation(
            Evaluation.builder().protocol("none").samples(3).figures(Map.of("rmse", 0.5)).build())
        .capabilities(Set.of(Capability.CALIBRATED))
        .provenance(composer.provenance("abc", 4, Map.of("a", "b"), true))
        .build();
  }

  @Test
  void severalNumbersAreLearntAtOnce() {
    FittedNetwork network = fit(Loss.mse());
    assertThat(network.inputs()).isEqualTo(2);
    assertThat(network.outputs()).isEqualTo(2);
    float[] said = network.outputs(new float[] {0.3f, 0.1f, -0.2f, 0.4f}, 2);
    assertThat(said[0]).isCloseTo(0.4f, within(0.06f));
    assertThat(said[1]).isCloseTo(0.2f, within(0.06f));
    assertThat(said[2]).isCloseTo(0.2f, within(0.06f));
    assertThat(said[3]).isCloseTo(-0.6f, within(0.06f));
    assertThat(fit(Loss.quantile(0.1, 0.5, 0.9)).outputs()).isEqualTo(6);
  }

  @Test
  void theSameKeyGivesTheSameNetwork() {
    float[] x = {0.3f, 0.1f};
    assertThat(fit(Loss.mse()).outputs(x, 1)).isEqualTo(fit(Loss.mse()).outputs(x, 1));
  }

  @Test
  void aSavedModelIsTheSameAndCanBeKeptInAStore() {
    ComposedModel model = model(fit(Loss.mse()));
    Path file = folder.resolve("composed.mwb");
    composer.write(model, file);
    ComposedModel read = composer.read(TASK, file);
    assertThat(read.texts()).isEqualTo(model.texts());
    assertThat(read.numbers()).isEqualTo(model.numbers());
    assertThat(read.evaluation()).isEqualTo(model.evaluation());
    assertThat(read.provenance()).isEqualTo(model.provenance());
    float[] x = {0.3f, 0.1f};
    assertThat(read.networks().get("one").outputs(x, 1))
        .isEqualTo(model.networks().get("one").outputs(x, 1));
    assertThat(composer.info(read).digest()).isEqualTo(composer.info(model).digest());
    assertThat(BundleReader.info(file)).isEqualTo(composer.info(model));
    FolderStore store = new FolderStore(folder.resolve("store"), Clock.systemUTC());
    assertThat(store.put("demand", file)).isNotNull();
  }

  @Test
  void otherBundlesAndOtherTasksAreRefused() {
    Path file = folder.resolve("composed.mwb");
    composer.write(model(fit(Loss.mse())), file);
    Task<String, Double> other = new Task<>("test.other", 1, String.class, Double.class);
    assertThatThrownBy(() -> composer.read(other, file)).hasMessageContaining("WRONG_BUNDLE");
    assertThatThrownBy(() -> BundleReader.read(file))
        .hasMessageContaining("WRONG_BUNDLE")
        .hasMessageContaining("composed by a plug-in");
  }

  @Test
  void damageIsFound() throws IOException {
    Path file = folder.resolve("composed.mwb");
    composer.write(model(fit(Loss.mse())), file);
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Path at = Files.write(folder.resolve("damaged.mwb"), damaged);
      try {
        ComposedModel read = composer.read(TASK, at);
        // What the checksums do not cover must not matter.
        assertThat(read.numbers()).isEqualTo(composer.read(TASK, file).numbers());
      } catch (MillwrightException e) {
        assertThat(e.code()).isIn(ErrorCode.BAD_BUNDLE, ErrorCode.WRONG_BUNDLE);
      }
    }
  }

  @Test
  void wrongUseIsNamed() {
    assertThatThrownBy(
            () ->
                composer.fit(
                    NETWORK, Loss.crossEntropy(), LEARNING, new Sums(), new Control(false)))
        .hasMessageContaining("BAD_OPTION");
    assertThatThrownBy(
            () -> composer.fit(NETWORK, Loss.mse(), LEARNING, new Sums(), new Control(true)))
        .hasMessageContaining("JOB_CANCELLED");
    FittedNetwork foreign =
        new FittedNetwork() {
          @Override
          public int inputs() {
            return 1;
          }

          @Override
          public int outputs() {
            return 1;
          }

          @Override
          public float[] outputs(float[] inputs, int count) {
            return inputs;
          }
        };
    assertThatThrownBy(() -> composer.info(model(foreign)))
        .hasMessageContaining("was not made by a composer");
  }

  /** Stops after some epochs, as a killed process would between two of them. */
  private static final class Broken implements Jobs.Control<Object> {
    private int left;

    Broken(int epochs) {
      left = epochs;
    }

    @Override
    public boolean stopped() {
      return left <= 0;
    }

    @Override
    public void checkpoint() {
      if (stopped()) {
        throw new MillwrightException(ErrorCode.JOB_CANCELLED, "stopped");
      }
    }

    @Override
    public void best(Object result) {}

    @Override
    public void report(Progress progress) {
      left--;
    }

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }
  }

  @Test
  void aFitThatWasBrokenOffGoesOnFromItsCheckpointToTheSameWeights() {
    Learning learning = LEARNING.epochs(12).averaging(0.9);
    float[] input = {0.2f, -0.1f};
    float[] whole =
        composer.fit(NETWORK, Loss.mse(), learning, new Sums(), new Broken(99)).outputs(input, 1);
    Learning kept = learning.checkpoints(folder, 2);
    assertThatThrownBy(() -> composer.fit(NETWORK, Loss.mse(), kept, new Sums(), new Broken(7)))
        .isInstanceOf(MillwrightException.class);
    Broken rest = new Broken(99);
    float[] resumed = composer.fit(NETWORK, Loss.mse(), kept, new Sums(), rest).outputs(input, 1);
    assertThat(resumed).containsExactly(whole);
    assertThat(99 - rest.left).isEqualTo(6); // the seventh epoch left no checkpoint
    assertThatThrownBy(
            () -> composer.fit(NETWORK, Loss.mse(), kept.epochs(13), new Sums(), new Broken(99)))
        .isInstanceOf(MillwrightException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.WRONG_BUNDLE);
  }
}
