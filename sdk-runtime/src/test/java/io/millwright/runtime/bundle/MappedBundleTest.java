package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.network.Weights;
import io.millwright.runtime.plain.JavaForward;
import io.millwright.runtime.prepare.FittedPreparation;
import io.millwright.runtime.prepare.FittedStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle whose weights are larger than the heap that opens it. */
class MappedBundleTest {

  private static final int ROWS = 3;

  @TempDir Path folder;

  /** Weights of 137 MB; a property of the side of a layer makes more of them. */
  @Test
  @Tag("thorough")
  void weightsBeyondTheHeapStayInTheFile() throws IOException, InterruptedException {
    Path file = folder.resolve("large.mwb");
    Model model = model(Integer.getInteger("side", 5850));
    BundleWriter.write(model, file);
    assertThat(mapped(BundleReader.read(file))).isFalse(); // this heap has room
    String said = child(file, System.getProperty("child", "-Xmx40m"));
    System.getLogger("bundle").log(System.Logger.Level.INFO, said);
    assertThat(said).contains("mapped true").contains("digest " + Bundles.info(model).digest());
    assertThat(said).contains("answers " + Arrays.hashCode(answers(model)));
  }

  private static Model model(int side) {
    Model small = RandomModels.everyLayer();
    Schema inputs = Schema.of(Column.number("a"), Column.number("b"));
    FittedPreparation preparation =
        new FittedPreparation(
            inputs,
            List.of(
                new FittedStep.Seen(
                    List.of(
                        new FittedStep.SeenNumber("a", 0, 1), new FittedStep.SeenNumber("b", 0, 1)),
                    List.of())));
    Layer wide = new Layer.Dense(side, Activation.TANH, Initialisation.AUTOMATIC);
    Network network = new Network(List.of(wide, wide));
    List<WeightSpec> specs = Bundles.plan(preparation, network, small.head()).weights();
    Random random = new Random(4);
    List<float[]> arrays = new ArrayList<>();
    for (WeightSpec spec : specs) {
      float[] values = new float[spec.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (random.nextFloat() - 0.5f) * 0.05f;
      }
      arrays.add(values);
    }
    return new Model(
        "test.large",
        1,
        preparation,
        network,
        small.head(),
        List.of(Weights.of(arrays)),
        small.evaluation(),
        small.capabilities(),
        small.provenance(),
        small.golden());
  }

  private static boolean mapped(Model model) {
    return model.members().get(0).isMapped();
  }

  private static float[] answers(Model model) {
    NetworkPlan plan = Bundles.plan(model);
    float[] x = new float[ROWS * plan.input().size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = 0.1f * i;
    }
    return new JavaForward(plan, model.members().get(0)).run(x, ROWS);
  }

  private static String child(Path file, String heap) throws IOException, InterruptedException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                path,
                MappedBundleTest.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  /** {@code FILE}: opens it and answers twice. */
  public static void main(String[] args) {
    long begin = System.nanoTime();
    Model model = BundleReader.read(Path.of(args[0]));
    long read = System.nanoTime();
    float[] first = answers(model);
    long answered = System.nanoTime();
    float[] second = answers(model);
    long again = System.nanoTime();
    Runtime runtime = Runtime.getRuntime();
    String said =
        String.format(
            Locale.ROOT,
            "mapped %b, digest %s, answers %d, same %b, read in %.2f s, first answers after %.2f s,"
                + " %d rows again in %.2f s, heap %d MiB of %d",
            mapped(model),
            Bundles.info(model).digest(),
            Arrays.hashCode(first),
            Arrays.equals(first, second),
            (read - begin) / 1e9,
            (answered - begin) / 1e9,
            ROWS,
            (again - answered) / 1e9,
            runtime.totalMemory() - runtime.freeMemory() >> 20,
            runtime.maxMemory() >> 20);
    new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8).println(said);
  }
}
