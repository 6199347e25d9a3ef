package io.millwright.samples.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.learn.Activation;
import io.millwright.api.learn.Layer;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.LearningRule;
import io.millwright.api.learn.Loss;
import io.millwright.api.learn.Network;
import io.millwright.api.learn.Split;
import io.millwright.maintenance.Maintenance;
import io.millwright.maintenance.RemainingLifeTrainer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
  private final Map<String, Object> said = new LinkedHashMap<>();

  @Test
  void thePerceptronIsTheOneEverybodyKnows() {
    MissionNetworks.perceptron(recording(), 7);
    List<Layer> layers = ((Network) said.get("network")).layers();
    assertThat(layers).hasSize(2).allMatch(l -> ((Layer.Dense) l).activation() == Activation.RELU);
    assertThat(layers).extracting(l -> ((Layer.Dense) l).units()).containsExactly(64, 32);
    Learning learning = (Learning) said.get("learning");
    assertThat(learning.rule()).isInstanceOf(LearningRule.Adam.class);
    assertThat(learning.loss()).contains(new Loss.SquaredError());
    assertThat(learning.batch()).isEqualTo(32);
    assertThat(learning.epochs()).isEqualTo(7);
  }

  @Test
  void theRecurrentNetworkIsTheOneEverybodyKnows() {
    MissionNetworks.recurrent(recording(), Activation.RELU, 100);
    List<Layer> layers = ((Network) said.get("network")).layers();
    assertThat(layers).hasSize(4);
    Layer.Lstm first = (Layer.Lstm) layers.get(0);
    Layer.Lstm second = (Layer.Lstm) layers.get(2);
    assertThat(List.of(first.units(), second.units())).containsExactly(128, 64);
    assertThat(first.sequences()).isTrue();
    assertThat(second.sequences()).isFalse();
    assertThat(first.cell()).isEqualTo(Activation.RELU);
    assertThat(List.of(layers.get(1), layers.get(3))).containsOnly(new Layer.Dropout(0.2));
    Learning learning = (Learning) said.get("learning");
    assertThat(((LearningRule.Adam) learning.rule()).rate()).isEqualTo(0.001);
    assertThat(learning.batch()).isEqualTo(32);
    assertThat(learning.patience()).isEqualTo(10);
    assertThat(((Split) said.get("split")).validation()).isEqualTo(0.2);
  }

  @Test
  @Tag("thorough")
  void aFreshProcessPredictsWithTheSavedFile(@TempDir Path folder)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbedInPlainJava.class.getName(),
                folder.resolve("m.mwb").toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    assertThat(text.lines().filter(line -> line.matches("press 0.*90 % interval.*it lived.*")))
        .as(text)
        .hasSize(5);
  }

  /** A facade whose trainer only writes down what it is told. */
  private Maintenance recording() {
    RemainingLifeTrainer[] self = new RemainingLifeTrainer[1];
    self[0] =
        (RemainingLifeTrainer)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RemainingLifeTrainer.class},
                (proxy, method, args) -> {
                  said.put(method.getName(), args[0]);
                  return self[0];
                });
    return (Maintenance)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Maintenance.class},
            (proxy, method, args) -> {
              if (method.getName().equals("remainingLife")) {
                return self[0];
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
