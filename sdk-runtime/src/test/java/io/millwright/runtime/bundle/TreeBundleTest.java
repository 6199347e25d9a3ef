package io.millwright.runtime.bundle;

import static io.millwright.runtime.bundle.BundleTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.ModelSource;
import io.millwright.api.Outcome;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.runtime.network.NetworkPlan;
import io.millwright.runtime.predict.TestModels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees in files: the same answers after reading, and nothing that is no tree is read. */
class TreeBundleTest {

  private static final String MEMBER = "weights/member-1.safetensors";

  @TempDir Path folder;

  private static Model model() {
    Model trees = TestModels.trees(5);
    Table rows = TestModels.rows(trees.preparation().inputs(), 3, new Random(2));
    List<Golden> golden = List.of(new Golden(rows, List.of(0.5)));
    return new Model(
        trees.task(),
        trees.taskVersion(),
        trees.preparation(),
        trees.network(),
        trees.head(),
        trees.members(),
        trees.evaluation(),
        trees.capabilities(),
        trees.provenance(),
        golden);
  }

  @Test
  void theSameBitsBeforeAndAfter() {
    Path file = folder.resolve("trees.mwb");
    Model model = model();
    BundleWriter.write(model, file);
    assertThat(BundleReader.manifest(file).format()).isEqualTo("millwright-bundle/1.3");
    Model read = BundleReader.read(file);
    RandomModels.assertSame(read, model);
    Table rows = TestModels.rows(model.preparation().inputs(), 200, new Random(1));
    try (Predictor<Table, Object> before = TestModels.predictor(model);
        Predictor<Table, Object> after = TestModels.predictor(read)) {
      List<Outcome<Object>> said = before.predictRows(rows);
      assertThat(after.predictRows(rows)).isEqualTo(said);
      assertThat(said).anyMatch(o -> o instanceof Outcome.Prediction);
    }
  }

  @Test
  void forgedNodesAreRefusedByEveryReader() throws Exception {
    Model model = model();
    NetworkPlan plan = Bundles.plan(model);
    int nodes = plan.weights().get(0).size();
    Random random = new Random(4);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      Archive archive = Archive.of(model, folder.resolve("honest.mwb"));
      byte[] tensors = archive.entries.get(MEMBER);
      ByteBuffer buffer = ByteBuffer.wrap(tensors).order(ByteOrder.LITTLE_ENDIAN);
      int data = 8 + (int) buffer.getLong(0);
      int at = data + Float.BYTES * random.nextInt(2 * nodes);
      float value = random.nextInt(3) == 0 ? 1e9f : random.nextInt(2 * nodes) - nodes;
      buffer.putFloat(at, value);
      Path file = folder.resolve("forged.mwb");
      archive.write(file);
      try {
        BundleReader.read(file);
        BundleReader.verify(file);
      } catch (io.millwright.api.MillwrightException e) {
        refused++;
        refused(() -> BundleReader.read(file), "BAD_BUNDLE", "tree");
        refused(() -> BundleReader.verify(file), "BAD_BUNDLE", "tree");
      }
      Files.delete(file);
    }
    assertThat(refused).isGreaterThan(200);
    assertThat(BundleReader.isComposed(ModelSource.file(folder.resolve("honest.mwb")))).isFalse();
  }
}
