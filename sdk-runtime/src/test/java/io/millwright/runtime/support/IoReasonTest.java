package io.millwright.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {

  @TempDir Path folder;

  private interface Reading {
    Object of() throws IOException;
  }

  private static boolean listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }

  private static String reason(Reading reading) {
    try {
      throw new AssertionError("read " + reading.of());
    } catch (IOException e) {
      return IoReason.of(e);
    }
  }

  @Test
  void saysWhatIsWrongWithAFileAndNoNameOfAClass() throws IOException {
    Path file = Files.write(folder.resolve("泵.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});
    assertThat(reason(() -> Files.readString(folder.resolve("nosuch"))))
        .isEqualTo("there is no " + folder.resolve("nosuch"));
    assertThat(reason(() -> listed(file))).isEqualTo(file + " is no folder");
    assertThat(reason(() -> Files.readString(file))).contains("charset");
    assertThat(reason(() -> Files.createFile(file))).isEqualTo("there is a " + file + " already");
    assertThat(reason(() -> Files.readAllBytes(folder))).doesNotContain("Exception");
    assertThat(IoReason.of(new EOFException())).isEqualTo("it ends early");
    assertThat(IoReason.of(new IOException("disk on fire"))).isEqualTo("disk on fire");
    assertThat(IoReason.of(new IOException())).isNotBlank();
  }
}
