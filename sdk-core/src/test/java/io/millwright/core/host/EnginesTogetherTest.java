package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millwright.core.engines.Child;
import io.millwright.core.engines.SocketWatch;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both engines in one process, in either order, and each without the other; none opens a socket,
 * from Java or from native code.
 */
class EnginesTogetherTest {

  private static final List<String> OPTIONS =
      List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  @TempDir Path folder;

  private List<String> child(int repetitions, String first, String second) throws Exception {
    String said =
        Child.run(
            folder,
            EnginesChild.class,
            jar -> true,
            OPTIONS,
            "together",
            Integer.toString(repetitions),
            first,
            second);
    assertThat(said).contains("done").contains("sockets []");
    return said.lines().filter(l -> l.startsWith("digest")).toList();
  }

  @Test
  void eitherOrderAndAnotherProcessGiveTheSameWeights() throws Exception {
    List<String> here = EnginesChild.together(2, List.of("PyTorch", "TensorFlow"));
    assertThat(here).hasSize(8).doesNotHaveDuplicates();
    assertThat(child(1, "TensorFlow", "PyTorch")).isEqualTo(here);
  }

  @Test
  @Tag("thorough")
  void tenRepetitionsInEitherOrder() throws Exception {
    List<String> here = EnginesChild.together(1, List.of("PyTorch", "TensorFlow"));
    assertThat(child(10, "TensorFlow", "PyTorch")).isEqualTo(here);
    assertThat(child(10, "PyTorch", "TensorFlow")).isEqualTo(here);
  }

  @Test
  void aSocketWouldBeSeen() throws Exception {
    assumeTrue(SocketWatch.possible(), "this system does not show a process its open files");
    try (SocketWatch watch = new SocketWatch();
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
      assertThat(watch.seen()).isNotEmpty();
    }
  }

  @Test
  void withoutTensorFlowPyTorchTrains() throws Exception {
    String said = Child.run(folder, EnginesChild.class, jar -> !Child.flow(jar), OPTIONS, "alone");
    assertThat(said)
        .contains("predicts ")
        .contains("trains PyTorch ")
        .contains("sockets []")
        .containsPattern("candidate .*TensorFlow.*usable=false[^\\]]*millwright-tensorflow-");
  }

  @Test
  void withoutPyTorchTensorFlowTrainsWithAWarning() throws Exception {
    String said = Child.run(folder, EnginesChild.class, jar -> !Child.torch(jar), OPTIONS, "alone");
    assertThat(said)
        .contains("trains TensorFlow ")
        .contains("sockets []")
        .contains("TensorFlow trains, since PyTorch cannot be used")
        .contains("reason T3: PyTorch was passed over");
  }

  @Test
  void withoutEnginesPlainJavaPredictsAndTrainingSaysWhatToAdd() throws Exception {
    String said =
        Child.run(
            folder,
            EnginesChild.class,
            jar -> !Child.torch(jar) && !Child.flow(jar) && !Child.djl(jar),
            OPTIONS,
            "alone");
    assertThat(said)
        .contains("predicts ")
        .contains("error NO_ENGINE")
        .contains("io.millwright:millwright-pytorch-");
  }
}
