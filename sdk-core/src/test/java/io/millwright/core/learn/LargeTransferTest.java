package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Trained;
import io.millwright.api.data.Table;
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
import io.millwright.runtime.bundle.BundleReader;
import io.millwright.runtime.bundle.BundleWriter;
import io.millwright.runtime.bundle.Bundles;
import io.millwright.runtime.bundle.Model;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.Starts;
import io.millwright.runtime.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning on from a parent with many weights, most of them frozen. */
class LargeTransferTest {

  @TempDir Path folder;

  private static Samples<Table, Double> samples(int count) {
    List<Sample<Table, Double>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double force = 90 + i % 20;
      double heat = 295 + i % 11;
      Table row = Table.ofNumbers(Bench.SCHEMA, new double[][] {{force, heat}});
      all.add(Sample.of("press " + i, row, 5 + 0.1 * force));
    }
    return new Samples<>(all);
  }

  private static Recipe<Table, Double, Double> recipe(Learning learning, int... widths) {
    return Recipe.of(Bench.wear())
        .preparation(Preparation.standard())
        .network(Networks.mlp(Activation.TANH, widths))
        .learning(learning)
        .split(Split.holdOut(0.25))
        .calibration(new Calibration.None())
        .build();
  }

  /** A parent of the usual form whose network is {@code side} wide twice, drawn and not trained. */
  private Path parent(int side) {
    Trained<Table, Double> small =
        Bench.alone()
            .learn(
                recipe(Learning.adam(1e-2).batch(32).epochs(1).key(3), side, 4),
                samples(64),
                Optional.empty(),
                Bench.StopAfter.never());
    Model like = Bench.model(small);
    NetworkPlan plan = Bundles.plan(wide(like, side, like.members()));
    Path file = folder.resolve("parent.mwb");
    BundleWriter.write(wide(like, side, List.of(Starts.draw(plan, 7))), file);
    return file;
  }

  private static Model wide(Model like, int side, List<Weights> members) {
    return new Model(
        like.task(),
        like.taskVersion(),
        like.preparation(),
        Networks.mlp(Activation.TANH, side, side),
        like.head(),
        members,
        like.evaluation(),
        like.capabilities(),
        like.provenance(),
        like.golden());
  }

  @Test
  void frozenWeightsKeepTheirBitsWhereWeightsAreAveraged() throws Exception {
    frozenKeepTheirBits(40);
  }

  /** A hundred million weights, the figures of docs/benchmarks.md. */
  @Test
  @Tag("thorough")
  void manyFrozenWeightsAreHeldOnce() throws Exception {
    frozenKeepTheirBits(10_000);
  }

  private void frozenKeepTheirBits(int side) throws Exception {
    Path parent = parent(side);
    long begin = System.nanoTime();
    Trained<Table, Double> child =
        Bench.toolkit(Runnable::run)
            .trainer(
                recipe(Learning.adam(1e-2).batch(16).epochs(3).averaging(0.9).key(5), 8),
                Transfer.from(parent))
            .train(samples(64))
            .await();
    String said =
        String.format(
            java.util.Locale.ROOT,
            "3 epochs of 48 samples in %.0f s, heap at most %d MiB, resident at most %s",
            (System.nanoTime() - begin) / 1e9,
            Runtime.getRuntime().maxMemory() >> 20,
            resident());
    System.getLogger("transfer").log(System.Logger.Level.INFO, said);
    Weights before = BundleReader.read(parent).members().get(0);
    Weights after = Bench.model(child).members().get(0);
    for (int i = 0; i < 4; i++) {
      assertThat(Arrays.equals(after.get(i), before.get(i))).as("array %d", i).isTrue();
    }
    assertThat(child.info().provenance().settings()).containsKey("frozen layers");
  }

  private static String resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.isReadable(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("unknown")
        : "unknown";
  }
}
