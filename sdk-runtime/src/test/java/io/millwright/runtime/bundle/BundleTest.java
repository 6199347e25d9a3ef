package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.data.Unit;
import io.millwright.runtime.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

public class BundleTest {

  @TempDir Path folder;

  static Stream<Long> seeds() {
    return Stream.iterate(1L, s -> s + 1).limit(60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsReadIsWhatWasWritten(long seed) throws IOException {
    Model model = RandomModels.model(seed);
    Path file = folder.resolve("a.mwb");
    Manifest written = BundleWriter.write(model, file);
    Model read = BundleReader.read(file);
    RandomModels.assertSame(read, model);

    assertThat(BundleReader.manifest(file)).isEqualTo(written);
    assertThat(BundleReader.verify(file)).isEqualTo(written);
    ModelInfo info = Bundles.info(model);
    assertThat(BundleReader.info(file)).isEqualTo(info);
    assertThat(info.digest()).isEqualTo(written.digest());
    assertThat(new ArrayList<>(BundleReader.info(file).figures().keySet()))
        .as("the order in which a person reads figures")
        .isEqualTo(new ArrayList<>(model.evaluation().figures().keySet()));

    Path again = folder.resolve("b.mwb");
    BundleWriter.write(read, again);
    assertThat(Files.mismatch(file, again)).as("equal models give equal bytes").isEqualTo(-1);
  }

  @Test
  void everyKindOfLayerSurvives() {
    Model model = RandomModels.everyLayer();
    Path file = folder.resolve("a.mwb");
    BundleWriter.write(model, file);
    RandomModels.assertSame(BundleReader.read(file), model);
  }

  @Test
  void theDigestIsThatOfTheAnswersAlone() {
    Model model = RandomModels.everyLayer();
    Model renamed =
        new Model(
            "test.other",
            9,
            model.preparation(),
            model.network(),
            model.head(),
            model.members(),
            RandomModels.model(3).evaluation(),
            java.util.Set.of(),
            RandomModels.model(3).provenance(),
            List.of());
    assertThat(Bundles.digest(renamed)).isEqualTo(Bundles.digest(model));

    Weights changed = model.members().get(1).copy();
    changed.get(0)[0] = Math.nextUp(changed.get(0)[0]);
    assertThat(Bundles.digest(with(model, List.of(model.members().get(0), changed))))
        .isNotEqualTo(Bundles.digest(model));
  }

  private static Model with(Model m, List<Weights> members) {
    return new Model(
        m.task(),
        m.taskVersion(),
        m.preparation(),
        m.network(),
        m.head(),
        members,
        m.evaluation(),
        m.capabilities(),
        m.provenance(),
        m.golden());
  }

  @Test
  void otherProgramsReadItWithoutUs() throws IOException {
    Model model = RandomModels.everyLayer();
    Path file = folder.resolve("a.mwb");
    BundleWriter.write(model, file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .contains("manifest.json", "card.md", "weights/member-2.safetensors");
      byte[] tensors =
          zip.getInputStream(zip.getEntry("weights/member-1.safetensors")).readAllBytes();
      ByteBuffer buffer = ByteBuffer.wrap(tensors).order(ByteOrder.LITTLE_ENDIAN);
      int length = Math.toIntExact(buffer.getLong());
      assertThat(length % 8).isZero();
      String header = new String(tensors, 8, length, StandardCharsets.UTF_8);
      assertThat(header)
          .startsWith(
              "{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[4,2,3],\"data_offsets\":[0,96]}");
      assertThat(buffer.getFloat(8 + length)).isEqualTo(model.members().get(0).get(0)[0]);
      String card =
          new String(
              zip.getInputStream(zip.getEntry("card.md")).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(card)
          .contains(
              "# test.every-layer, version 1", "5 folds by unit \\| not \\*by row\\*", "cycle");
    }
  }

  @Test
  void aBundleIsReplacedAsAWholeAndLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("a.mwb");
    BundleWriter.write(RandomModels.model(1), file);
    BundleWriter.write(RandomModels.model(2), file);
    RandomModels.assertSame(BundleReader.read(file), RandomModels.model(2));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFailedWriteKeepsTheOldFile() {
    Path file = folder.resolve("a.mwb");
    Model model = RandomModels.everyLayer();
    BundleWriter.write(model, file);
    Weights bad = model.members().get(0).copy();
    bad.get(bad.count() - 1)[0] = Float.NaN;
    assertThatThrownBy(() -> BundleWriter.write(with(model, List.of(bad)), file))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("[BAD_VALUE]")
        .hasMessageContaining("\"output.bias\" is NaN")
        .hasMessageContaining("\nMaybe");
    RandomModels.assertSame(BundleReader.read(file), model);
    assertThat(folder.toFile().list()).containsExactly("a.mwb");
  }

  @Test
  void whatDoesNotFitIsNotWritten() {
    Model m = RandomModels.everyLayer();
    Path file = folder.resolve("a.mwb");
    Weights few = Weights.of(List.of(new float[1]));
    refused(
        () -> BundleWriter.write(with(m, List.of(few)), file), "BAD_VALUE", "arrays of weights");
    Model wrongHead =
        new Model(
            m.task(),
            m.taskVersion(),
            m.preparation(),
            m.network(),
            TestHeads.quantity(Unit.CYCLE, 0, 125, 60, 40, 3, TestHeads.none("not asked for")),
            m.members(),
            m.evaluation(),
            m.capabilities(),
            m.provenance(),
            m.golden());
    refused(() -> BundleWriter.write(wrongHead, file), "BAD_VALUE", "outputs");
    assertThat(file).doesNotExist();
  }

  @Test
  void pathsThatDoNotWork() {
    refused(() -> BundleReader.read(folder.resolve("no.mwb")), "IO_FAILED", "no.mwb");
    refused(() -> BundleReader.read(folder), "IO_FAILED", "it is a folder");
    Model model = RandomModels.model(1);
    refused(
        () -> BundleWriter.write(model, folder.resolve("no/such/a.mwb")), "IO_FAILED", "no/such");
    refused(() -> BundleWriter.write(model, folder), "IO_FAILED", "folder");
  }

  @Test
  void infoNamesTheUnitOrTheClasses() {
    assertThat(Bundles.info(RandomModels.everyLayer()).unit()).isEqualTo(Unit.CYCLE);
    assertThat(
            seeds().map(RandomModels::model).map(Bundles::info).filter(i -> !i.classes().isEmpty()))
        .isNotEmpty()
        .allMatch(i -> i.unit().equals(Unit.NONE) && i.classes().size() >= 2);
  }

  public static void refused(Runnable action, String code, String part) {
    assertThatThrownBy(action::run)
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(part)
        .hasMessageContaining("\nMaybe")
        .extracting(e -> ((MillwrightException) e).code())
        .isEqualTo(new ErrorCode(code));
  }
}
