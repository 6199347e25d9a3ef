package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A file of one node, written by hand. */
class LayersCommandTest extends CommandTest {

  private static byte[] field(int number, byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    field.write(number << 3 | 2);
    field.write(all.size());
    field.writeBytes(all.toByteArray());
    return field.toByteArray();
  }

  private static byte[] text(int number, String words) {
    return field(number, words.getBytes(StandardCharsets.UTF_8));
  }

  private Path network() throws IOException {
    byte[] node = field(1, text(1, "x"), text(2, "inner"), text(4, "Relu"));
    byte[] graph =
        field(7, node, text(2, "g"), field(11, text(1, "x")), field(12, text(1, "inner")));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {8, 8});
    file.writeBytes(graph);
    file.writeBytes(field(8, new byte[] {16, 13}));
    return Files.write(folder.resolve("net.onnx"), file.toByteArray());
  }

  @Test
  void layersThatAreNamedAreMarkedAndMustBeThere() throws IOException {
    String file = network().toString();
    assertThat(run("model", "layers", file)).isZero();
    assertThat(out.toString()).contains("Relu").contains("inner").doesNotContain("taken");
    assertThat(run("model", "layers", file, "--layers", "inner")).isZero();
    assertThat(out.toString()).contains("(taken)");
    assertThat(run("model", "layers", file, "--layers", "other")).isNotZero();
    assertThat(err.toString()).contains("\"other\", which is none of its inner tensors");
  }
}
