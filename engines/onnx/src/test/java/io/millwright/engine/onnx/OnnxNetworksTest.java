package io.millwright.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.ForeignFile;
import io.millwright.api.foreign.ForeignNetwork;
import io.millwright.api.foreign.ForeignOptions;
import io.millwright.api.foreign.Port;
import io.millwright.api.foreign.Tensor;
import io.millwright.runtime.foreign.ForeignFiles;
import io.millwright.runtime.network.Engine;
import io.millwright.runtime.network.ForwardPass;
import io.millwright.runtime.network.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files written by hand, whose answers are computed a second time in Java. */
class OnnxNetworksTest {

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes);
  }

  private static ForeignNetwork open(Path file, ForeignOptions options) {
    return ForeignFiles.open(file, options, Optional.empty());
  }

  private static void refused(ErrorCode code, Path file, ForeignOptions options) {
    assertThatThrownBy(() -> open(file, options).close())
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\nMaybe ")
        .satisfies(e -> assertThat(((MillwrightException) e).code()).isEqualTo(code));
  }

  @Test
  void aFileSaysWhatItHoldsWithoutTheEngine() throws IOException {
    ForeignFile read = ForeignFiles.describe(file(OnnxFile.perceptron().bytes()));
    assertThat(read.format()).isEqualTo(ForeignFile.Format.ONNX);
    assertThat(read.inputs()).containsExactly(new Port("x", "float32", List.of(Port.ANY, 2L)));
    assertThat(read.tensors()).containsExactly("h", "hb", "r", "y");
    assertThat(read.layers())
        .extracting("operator")
        .containsExactly("MatMul", "Add", "Relu", "MatMul");
    assertThat(read.weights()).isEqualTo(6 + 3 + 3);
    assertThat(read.digest()).hasSize(64);
    assertThat(read.description()).contains("13").contains("by hand");
  }

  @Test
  void anInnerTensorBecomesAnOutput() throws IOException {
    Path file = file(OnnxFile.perceptron().bytes());
    try (ForeignNetwork network = open(file, ForeignOptions.standard().tap("r").tap("h"))) {
      assertThat(network.outputs()).extracting(Port::name).containsExactly("y", "r", "h");
      Map<String, Tensor> given = Map.of("x", Tensor.of(new float[] {1, 2, -3, 0.5f}, 2, 2));
      Map<String, Tensor> all = network.run(given, List.of("r", "y"));
      float[] y = all.get("y").floats();
      assertThat(y[0]).isEqualTo(OnnxFile.answer(1, 2));
      assertThat(y[1]).isEqualTo(OnnxFile.answer(-3, 0.5f));
      float[] r = all.get("r").floats();
      assertThat(r).startsWith(OnnxFile.hidden(1, 2)).endsWith(OnnxFile.hidden(-3, 0.5f));
    }
    refused(ErrorCode.BAD_OPTION, file, ForeignOptions.standard().tap("nothing"));
  }

  @Test
  void theDigestDecidesWhatIsOpened() throws IOException {
    Path file = file(OnnxFile.perceptron().bytes());
    String digest = ForeignFiles.describe(file).digest();
    open(file, ForeignOptions.standard().verifying(digest)).close();
    file(OnnxFile.perceptron().node("Relu", "", "more", "z", "y").bytes());
    refused(ErrorCode.BAD_FILE, file, ForeignOptions.standard().verifying(digest));
  }

  @Test
  void oneSessionServesAllAndIsClosedWithTheLast() throws IOException {
    Path file = file(OnnxFile.perceptron().bytes());
    int before = Sessions.ofThisProcess().count();
    ForeignNetwork first = open(file, ForeignOptions.standard());
    ForeignNetwork second = open(file, ForeignOptions.standard());
    assertThat(Sessions.ofThisProcess().count()).isEqualTo(before + 1);
    first.close();
    first.close();
    Map<String, Tensor> given = Map.of("x", Tensor.of(new float[] {1, 2}, 1, 2));
    assertThat(second.run(given, List.of("y"))).hasSize(1);
    assertThatThrownBy(() -> first.run(given, List.of("y")))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("CLOSED");
    second.close();
    assertThat(Sessions.ofThisProcess().count()).isEqualTo(before);
  }

  @Test
  void wrongInputsAreNamed() throws IOException {
    try (ForeignNetwork network =
        open(file(OnnxFile.perceptron().bytes()), ForeignOptions.standard())) {
      for (Map<String, Tensor> wrong :
          List.of(
              Map.<String, Tensor>of(),
              Map.of("z", Tensor.of(new float[2], 1, 2)),
              Map.of("x", Tensor.of(new float[3], 1, 3)),
              Map.of("x", Tensor.of(new float[2], 2)))) {
        assertThatThrownBy(() -> network.run(wrong, List.of("y")))
            .isInstanceOf(MillwrightException.class)
            .hasMessageContaining("WRONG_SHAPE");
      }
    }
  }

  @Test
  void weightsBesideTheFileStayWithinItsFolder() throws IOException {
    ByteBuffer raw = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(new float[] {1, -2, 0.5f, 3, 1, -1});
    Path secret = Files.createTempFile("outside", ".bin");
    Files.write(secret, raw.array());
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Files.write(inner.resolve("w.bin"), raw.array());
    Path model = inner.resolve("m.onnx");
    for (String place : List.of("w.bin", "./w.bin")) {
      Files.write(model, product(place));
      try (ForeignNetwork network = open(model, ForeignOptions.standard().tap("y"))) {
        assertThat(
                network
                    .run(Map.of("x", Tensor.of(new float[] {1, 1}, 1, 2)), List.of("y"))
                    .get("y")
                    .floats())
            .containsExactly(4, -1, -0.5f);
      }
    }
    Files.createSymbolicLink(inner.resolve("link.bin"), secret);
    for (String place :
        List.of(
            secret.toString(),
            "../" + folder.relativize(folder.resolve("x")) + "/w.bin",
            "../../" + secret.getFileName(),
            "link.bin",
            "absent.bin",
            "",
            "a\0b")) {
      Files.write(model, product(place));
      refused(ErrorCode.BAD_FILE, model, ForeignOptions.standard());
    }
    Files.delete(secret);
  }

  private static byte[] product(String place) {
    return new OnnxFile()
        .input("x", -1, 2)
        .outside("W", place, 2, 3)
        .node("MatMul", "", "first", "y", "x", "W")
        .output("y", -1, 3)
        .bytes();
  }

  @Test
  void damagedFilesAreErrors() throws IOException {
    byte[] whole = OnnxFile.perceptron().bytes();
    for (int length = 0; length < whole.length; length += 7) {
      refused(
          ErrorCode.BAD_FILE,
          file(java.util.Arrays.copyOf(whole, length)),
          ForeignOptions.standard());
    }
    refused(
        ErrorCode.BAD_FILE,
        file(OnnxFile.perceptron().opset(9999).bytes()),
        ForeignOptions.standard());
    refused(
        ErrorCode.BAD_FILE,
        file(
            OnnxFile.perceptron().node("Evil", "com.example", "own", "e", "y").output("e").bytes()),
        ForeignOptions.standard());
    refused(
        ErrorCode.BAD_FILE,
        file(
            new OnnxFile()
                .input("x", -1, 2)
                .weights("W", new float[6], Long.MAX_VALUE / 2, 3)
                .node("MatMul", "", "first", "y", "x", "W")
                .output("y", -1, 3)
                .bytes()),
        ForeignOptions.standard());
    byte[] huge = whole.clone();
    huge[huge.length - 4] = (byte) 0xff;
    refused(ErrorCode.BAD_FILE, file(huge), ForeignOptions.standard());
    refused(
        ErrorCode.BAD_FILE,
        file("not a model".getBytes(StandardCharsets.UTF_8)),
        ForeignOptions.standard());
    refused(ErrorCode.BAD_FILE, folder, ForeignOptions.standard());
    refused(ErrorCode.IO_FAILED, folder.resolve("absent"), ForeignOptions.standard());
  }

  @Test
  void aLaterSetOfOperatorsIsSaidWithoutThePlaceInTheSource() throws IOException {
    Path late = file(OnnxFile.perceptron().opset(9999).bytes());
    assertThatThrownBy(() -> open(late, ForeignOptions.standard()))
        .hasMessageContaining("Opset 9999")
        .hasMessageContaining("Maybe export it")
        .hasMessageNotContaining(".h:");
  }

  /** Every mutation is opened and asked, or refused with a code. */
  @Test
  void mutatedFilesAnswerOrAreRefused() throws IOException {
    mutate(300, 5);
  }

  @Test
  @Tag("thorough")
  void tenThousandMutatedFilesAnswerOrAreRefused() throws IOException {
    mutate(10_000, 6);
  }

  private void mutate(int count, long seed) throws IOException {
    byte[] whole = OnnxFile.perceptron().bytes();
    Random random = new Random(seed);
    int opened = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = whole.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try (ForeignNetwork network = open(file(bytes), ForeignOptions.standard())) {
        opened++;
        network.run(
            Map.of(network.inputs().get(0).name(), Tensor.of(new float[] {1, 2}, 1, 2)),
            List.of(network.outputs().get(0).name()));
      } catch (MillwrightException e) {
        assertThat(e.code().id()).isNotEmpty();
      }
    }
    assertThat(opened).isBetween(1, count - 1);
  }

  @Test
  void anOpaqueModelAnswersOnIt() throws IOException {
    OnnxEngine engine = new OnnxEngine();
    Engine.Probe probe =
        engine.probe(
            new Engine.Setup(
                io.millwright.api.EnginePolicy.automatic(),
                Optional.of(folder.resolve("natives"))));
    assertThat(probe.candidate().usable()).isTrue();
    assertThat(probe.candidate().trains()).isFalse();
    try (ForwardPass pass =
        engine.openFile(
            file(OnnxFile.perceptron().bytes()), new Shape(0, 2), 1, probe.devices().get(0))) {
      assertThat(pass.run(new float[] {1, 2, -1, 4}, 2))
          .containsExactly(OnnxFile.answer(1, 2), OnnxFile.answer(-1, 4));
    }
    assertThatThrownBy(
            () -> engine.openFile(folder.resolve("model.onnx"), new Shape(0, 3), 1, "cpu"))
        .hasMessageContaining("WRONG_SHAPE");
  }

  @Test
  void callsSideBySideGiveTheSameBits() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ForeignNetwork network =
        open(file(OnnxFile.perceptron().bytes()), ForeignOptions.standard())) {
      List<Future<Boolean>> all =
          java.util.stream.IntStream.range(0, 64)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            float a = i * 0.1f;
                            float[] y =
                                network
                                    .run(
                                        Map.of("x", Tensor.of(new float[] {a, 1 - a}, 1, 2)),
                                        List.of("y"))
                                    .get("y")
                                    .floats();
                            return Math.abs(y[0] - OnnxFile.answer(a, 1 - a)) < 1e-5;
                          }))
              .toList();
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }
}
