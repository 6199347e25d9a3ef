package io.millwright.runtime.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.EnginePolicy;
import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.api.ModelStore;
import io.millwright.api.PluginSource;
import io.millwright.api.Predictor;
import io.millwright.api.TableLearning;
import io.millwright.api.Task;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Networks;
import io.millwright.runtime.bundle.BundleWriter;
import io.millwright.runtime.bundle.Golden;
import io.millwright.runtime.bundle.Model;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small host, where no larger one is on the class path. */
class SmallHostTest {

  @TempDir Path folder;

  private Path bundle;
  private Table row;

  @BeforeEach
  void write() {
    Model model = TestModels.quantity(3, 2, Networks.mlp(4));
    row = TestModels.rows(model.preparation().inputs(), 1, new Random(1));
    Golden golden = new Golden(row, GoldenCheck.outputs(model, TestModels.java(model), row));
    bundle = folder.resolve("m.mwb");
    BundleWriter.write(TestModels.with(model, List.of(golden)), bundle);
  }

  private static void refused(ThrowingCallable call, ErrorCode code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(text)
        .hasMessageContaining("\nMaybe ");
  }

  private static String answer(Millwright millwright, ModelSource source, Table row) {
    try (Predictor<Table, Object> predictor = millwright.open(source)) {
      return predictor.predict(row).toString();
    }
  }

  @Test
  void aModelAnswersTheSameFromWhereverItComes() throws IOException {
    byte[] bytes = Files.readAllBytes(bundle);
    try (Millwright millwright = Millwright.create()) {
      ModelStore store = millwright.store(folder.resolve("store"));
      store.put("life", bundle);
      store.promote("production", "life:1");
      String expected = answer(millwright, ModelSource.file(bundle), row);
      assertThat(answer(millwright, ModelSource.bytes("row 7", bytes), row)).isEqualTo(expected);
      ModelSource channel =
          ModelSource.channel("socket", Channels.newChannel(new ByteArrayInputStream(bytes)));
      assertThat(answer(millwright, channel, row)).isEqualTo(expected);
      assertThat(answer(millwright, channel, row)).as("read twice").isEqualTo(expected);
      ModelSource stored = ModelSource.stored(store, "life:production");
      assertThat(answer(millwright, stored, row)).isEqualTo(expected);
      assertThat(millwright.info(channel)).isEqualTo(millwright.info(bundle));
    }
  }

  @Test
  void aDamagedOrMissingSourceIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(bundle);
    try (Millwright millwright = Millwright.create()) {
      for (int cut : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
        ModelSource half = ModelSource.bytes("column 3", Arrays.copyOf(bytes, cut));
        refused(() -> millwright.open(half), ErrorCode.BAD_BUNDLE, "column 3");
      }
      bytes[bytes.length / 2] ^= 1;
      ModelSource flipped = ModelSource.bytes("flipped", bytes);
      refused(() -> millwright.open(flipped), ErrorCode.BAD_BUNDLE, "flipped");
      refused(
          () -> millwright.open(ModelSource.file(folder.resolve("none"))),
          ErrorCode.IO_FAILED,
          "none");
      refused(
          () -> ModelSource.resource(SmallHostTest.class, "none.mwb"),
          ErrorCode.IO_FAILED,
          "none.mwb");
      ModelStore store = millwright.store(folder.resolve("store"));
      refused(
          () -> millwright.open(ModelSource.stored(store, "nobody")),
          ErrorCode.NOT_IN_STORE,
          "nobody");
    }
  }

  @Test
  void whatItCannotDoItSaysWithTheWayOut() {
    try (Millwright millwright = Millwright.builder().config(Map.of("press.x", "1")).build()) {
      refused(() -> millwright.plugin(Runnable.class), ErrorCode.NO_PLUGIN, "millwright-core");
      refused(millwright::learning, ErrorCode.UNSUPPORTED, "millwright-core");
      Task<Table, Double> other = new Task<>("press.stroke", 1, Table.class, Double.class);
      refused(() -> millwright.open(other, bundle), ErrorCode.NO_PLUGIN, "press.stroke v1");
      refused(
          () -> millwright.open(TableLearning.NUMBER, bundle),
          ErrorCode.WRONG_BUNDLE,
          "learning.number v1");
      assertThat(millwright.report().engines().prediction()).isEqualTo("Java");
      assertThat(millwright.report().findings())
          .singleElement()
          .satisfies(f -> assertThat(f.message()).contains("press.x"));
      millwright.close();
      refused(() -> millwright.open(bundle), ErrorCode.CLOSED, "closed");
    }
  }

  @Test
  void demandsThatOnlyTheLargerHostMeetsAreProblems() {
    assertThatThrownBy(
            () ->
                Millwright.builder()
                    .plugins(PluginSource.folder(folder))
                    .engines(EnginePolicy.automatic().requireGpu().withEngine("PyTorch"))
                    .build())
        .hasMessageContaining("folder of plug-ins")
        .hasMessageContaining("CPU")
        .hasMessageContaining("PyTorch");
  }
}
