package io.millwright.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {

  /** The example of FIPS 180-4. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isThatOfTheStandard(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(Digest.of("abc")).isEqualTo(ABC);
    assertThat(Digest.of(file)).isEqualTo(ABC);
    assertThat(new Digest().add("a").add(new byte[] {'b'}).add(ByteBuffer.wrap(new byte[] {'c'})))
        .returns(ABC, Digest::hex);
  }

  @Test
  void numbersCountAsTheirBytesHoweverMany() {
    double[] many = new double[200_000];
    Arrays.setAll(many, i -> Math.sin(i));
    ByteBuffer bytes = ByteBuffer.allocate(8 * many.length);
    for (double value : many) {
      bytes.putDouble(value);
    }
    assertThat(new Digest().add(many).hex()).isEqualTo(Digest.of(bytes.array()));
    assertThat(new Digest().add(new double[0]).hex()).isEqualTo(Digest.of(""));
  }
}
