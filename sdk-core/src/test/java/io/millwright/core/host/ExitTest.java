package io.millwright.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.millwright.core.engines.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that end at any moment while engines train and predict: by SIGTERM, by SIGINT, by
 * {@code System.exit}. None may die of its native code, and each must have its exit code.
 */
class ExitTest {

  private static final List<String> ENGINES = List.of("PyTorch", "TensorFlow");

  @TempDir Path folder;

  @BeforeEach
  void onlyWhereThereAreSignals() {
    assumeFalse(System.getProperty("os.name", "").startsWith("Windows"), "needs signals");
  }

  /** What became of one process, in words; empty when all was well. */
  private String end(Random random, String engine, String work, int way) throws Exception {
    int code = way == 2 ? random.nextInt(100) : -1;
    int expected = way == 0 ? 143 : way == 1 ? 130 : code;
    Path log = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                Child.classPath(jar -> true),
                ExitChild.class.getName(),
                engine,
                work,
                Integer.toString(code))
            .redirectError(log.toFile())
            .start();
    String name = engine + " " + work + " " + expected;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String said = out.readLine();
      if (!"ready true".equals(said)) {
        return name + " said " + said + ": " + Files.readString(log);
      }
      // Any moment of the work is as good as another.
      boolean early = process.waitFor(random.nextInt(200), TimeUnit.MILLISECONDS);
      if (early) {
        return name + " ended by itself: " + Files.readString(log);
      }
      if (way == 2) {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      } else {
        signal(process, way == 0 ? "TERM" : "INT");
      }
      int left = process.waitFor();
      return left == expected ? "" : name + " ended with " + left + ": " + Files.readString(log);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void signal(Process process, String name) throws Exception {
    int unused =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** What a shell starts in the background ignores SIGINT, and so does what that starts. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    String mask =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElse("SigIgn: 0");
    return (Long.parseUnsignedLong(mask.substring(7).strip(), 16) & 2) != 0;
  }

  private void times(int count, long key) throws Exception {
    Random random = new Random(key);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String engine = ENGINES.get(i % 2);
      String work = ExitChild.WORKS.get(i / 2 % 3);
      int way = (i + i / 6) % 3;
      String what = end(random, engine, work, way == 1 && ignoresInterrupts() ? 0 : way);
      if (!what.isEmpty()) {
        wrong.add(what);
      }
    }
    assertThat(wrong).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(f -> f.getFileName().toString().startsWith("hs_err"))).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anyWayToEndKeepsItsExitCode() throws Exception {
    times(6, 17);
  }

  @Test
  @Tag("thorough")
  void aHundredTimes() throws Exception {
    times(Integer.getInteger("millwright.test.ends", 100), Long.getLong("millwright.test.key", 17));
  }
}
