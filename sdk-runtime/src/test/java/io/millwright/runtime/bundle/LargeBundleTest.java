package io.millwright.runtime.bundle;

import static io.millwright.runtime.bundle.BundleTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Initialisation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Network;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.network.WeightSpec;
import io.millwright.runtime.plain.JavaForward;
import io.millwright.runtime.support.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights beyond 4 GiB: sizes and offsets that need 64 bits, an entry that no array can hold. */
class LargeBundleTest {

  private static final String MEMBER = Bundles.weights(0);

  @TempDir Path folder;

  @Test
  @Tag("thorough")
  void weightsBeyondFourGibibytes() throws IOException {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).getUsableSpace() > 8L << 30, "needs 8 GiB of free disk");
    Model small = RandomModels.everyLayer();
    List<Layer> layers = new ArrayList<>(small.network().layers());
    layers.removeIf(l -> l instanceof Layer.Monotone);
    layers.add(new Layer.Dense(65_000, Activation.RELU, Initialisation.AUTOMATIC));
    layers.add(new Layer.Dense(17_000, Activation.RELU, Initialisation.AUTOMATIC));
    Path file = folder.resolve("large.mwb");
    long size = size(small, new Network(layers));
    assertThat(size).isGreaterThan(1L << 32);
    Manifest manifest = write(small, new Network(layers), file);

    assertThat(BundleReader.verify(file)).isEqualTo(manifest);
    assertThat(BundleReader.info(file).digest()).isEqualTo(manifest.digest());
    if (size > Runtime.getRuntime().maxMemory()) { // an array beyond 2 GiB is not mapped
      refused(() -> BundleReader.read(file), "UNSUPPORTED", "-Xmx");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), (1L << 32) - 7);
    }
    refused(() -> BundleReader.verify(file), "BAD_BUNDLE", MEMBER);
  }

  /** Weights of 6 GiB in arrays of one each, of zeros; they stay in the file. */
  @Test
  @Tag("thorough")
  void sixGibibytesAnswerFromTheFile() throws IOException {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).getUsableSpace() > 10L << 30, "needs 10 GiB of free disk");
    Model small = RandomModels.everyLayer();
    List<Layer> layers = new ArrayList<>(small.network().layers());
    layers.removeIf(l -> l instanceof Layer.Monotone);
    for (int i = 0; i < 7; i++) {
      layers.add(new Layer.Dense(16_400, Activation.TANH, Initialisation.AUTOMATIC));
    }
    Path file = folder.resolve("six.mwb");
    Manifest manifest = write(small, new Network(layers), file);
    long begin = System.nanoTime();
    Model model = BundleReader.read(file);
    long read = System.nanoTime();
    NetworkPlan plan = Bundles.plan(model);
    float[] answers =
        new JavaForward(plan, model.members().get(0)).run(new float[plan.input().size()], 1);
    long answered = System.nanoTime();
    System.getLogger("bundle")
        .log(
            System.Logger.Level.INFO,
            Files.size(file)
                + " bytes read in "
                + (read - begin) / 1_000_000
                + " ms, first answer "
                + (answered - read) / 1_000_000
                + " ms later, heap at most "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB");
    assertThat(answers).hasSize(plan.outputs()).containsOnly(0);
    assertThat(Bundles.info(model).digest()).isEqualTo(manifest.digest());
  }

  private static List<WeightSpec> specs(Model small, Network network) {
    return Bundles.plan(small.preparation(), network, small.head()).weights();
  }

  private static long size(Model small, Network network) {
    List<WeightSpec> specs = specs(small, network);
    return SafeTensors.size(SafeTensors.header(specs, Storage.F32), specs, Storage.F32);
  }

  /** A model with another network, whose weights are all 0. */
  private Manifest write(Model small, Network network, Path file) throws IOException {
    Archive archive = Archive.of(small, folder.resolve("small " + file.getFileName()));
    archive.entries.keySet().removeIf(name -> name.startsWith(Bundles.WEIGHTS));
    archive.entries.put(
        Bundles.NETWORK, Json.write(new Bundles.NetworkEntry(network), Bundles.NetworkEntry.class));
    byte[] header = SafeTensors.header(specs(small, network), Storage.F32);
    return write(file, archive.entries, header, size(small, network));
  }

  /** The weights come first, so that everything else lies beyond 4 GiB. */
  private static Manifest write(Path file, Map<String, byte[]> texts, byte[] header, long size)
      throws IOException {
    List<Manifest.Entry> listed = new ArrayList<>();
    TreeMap<String, String> digests = new TreeMap<>();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      StoredZipWriter zip = new StoredZipWriter(channel);
      String weights =
          zip.add(
              MEMBER,
              size,
              sink -> {
                sink.write(ByteBuffer.wrap(header));
                ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
                for (long left = size - header.length; left > 0; left -= zeros.limit()) {
                  zeros.clear().limit((int) Math.min(zeros.capacity(), left));
                  sink.write(zeros);
                }
              });
      listed.add(new Manifest.Entry(MEMBER, size, weights));
      digests.put(MEMBER, weights);
      for (Map.Entry<String, byte[]> e : texts.entrySet()) {
        byte[] bytes = e.getValue();
        String sha = zip.add(e.getKey(), bytes.length, s -> s.write(ByteBuffer.wrap(bytes)));
        listed.add(new Manifest.Entry(e.getKey(), bytes.length, sha));
        digests.put(e.getKey(), sha);
      }
      Manifest manifest =
          new Manifest(
              "millwright-bundle/1.0", "test.large", 1, Bundles.digest(digests), Set.of(), listed);
      byte[] json = Json.write(manifest, Manifest.class);
      zip.add(Bundles.MANIFEST, json.length, s -> s.write(ByteBuffer.wrap(json)));
      zip.finish();
      return manifest;
    }
  }
}
