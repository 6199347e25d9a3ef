package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same key gives the same model in another process, whatever its compiler and hash seeds. */
class SameKeyProcessesTest {

  @TempDir Path folder;

  @Test
  void otherProcessesLearnTheSame() throws Exception {
    Path one = folder.resolve("one.log");
    Path two = folder.resolve("two.log");
    Process first = LearnChild.start(one, List.of(), "5");
    Process second = LearnChild.start(two, List.of("-Xint", "-Duser.language=tr"), "5");
    try {
      String expected = "digest " + LearnChild.unbroken(5);
      assertThat(first.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(second.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readString(one)).contains(expected);
      assertThat(Files.readString(two)).contains(expected);
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
  }
}
