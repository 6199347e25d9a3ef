package io.millwright.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.MillwrightException;
import io.millwright.api.foreign.Backbone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexedNetworkTest {

  @TempDir Path index;

  private final Backbone usual = Backbone.of(Path.of("net.onnx"));
  private final Backbone used =
      new Backbone(
          Path.of("elsewhere.onnx"),
          Optional.of("ab".repeat(32)),
          List.of("r1", "r2"),
          64,
          48,
          List.of(0.0, 0.1, 0.2),
          List.of(1.0, 1.0, 0.5));

  @Test
  void anIndexIsAskedWithTheNetworkThatDescribedItsImages() {
    IndexedNetwork.write(index, used);
    Backbone read = IndexedNetwork.read(index, usual);
    assertThat(read.file()).isEqualTo(usual.file());
    assertThat(read.digest()).isEqualTo(used.digest());
    assertThat(read.layers()).isEqualTo(used.layers());
    assertThat(read.width()).isEqualTo(64);
    assertThat(read.height()).isEqualTo(48);
    assertThat(read.mean()).isEqualTo(used.mean());
    assertThat(read.deviation()).isEqualTo(used.deviation());
    assertThat(IndexedNetwork.read(index, usual.size(64, 48)).width()).isEqualTo(64);
  }

  @Test
  void whatIsStatedMustBeThatOfTheIndex() throws Exception {
    IndexedNetwork.write(index, used);
    for (Backbone other :
        List.of(
            usual.size(64, 64),
            usual.layers(List.of("r1")),
            usual.normalised(List.of(0.5, 0.5, 0.5), usual.deviation()),
            new Backbone(
                usual.file(),
                Optional.of("cd".repeat(32)),
                List.of(),
                224,
                224,
                usual.mean(),
                usual.deviation()))) {
      assertThatThrownBy(() -> IndexedNetwork.read(index, other))
          .isInstanceOf(MillwrightException.class)
          .hasMessageContaining("the index was built with");
    }
    Files.writeString(index.resolve("network.json"), "{}");
    assertThatThrownBy(() -> IndexedNetwork.read(index, usual))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("no whole index");
    Files.delete(index.resolve("network.json"));
    assertThatThrownBy(() -> IndexedNetwork.read(index, usual))
        .isInstanceOf(MillwrightException.class);
  }
}
