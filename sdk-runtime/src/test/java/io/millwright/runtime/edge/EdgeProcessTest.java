package io.millwright.runtime.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device's process: small jars, a small heap, no garbage. */
class EdgeProcessTest {

  private static final Path KEPT = Path.of("../samples/app/src/test/resources/kept/0.1.0");
  private static final List<String> LIBRARIES = List.of("jackson-core-", "fastcsv-", "slf4j-api-");
  private static final long MOST_BYTES = 15 << 20;

  @TempDir Path folder;

  /** The API, the runtime, this test and three small libraries. */
  private static List<String> classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    String whole =
        surefire != null ? surefire : ManagementFactory.getRuntimeMXBean().getClassPath();
    return Arrays.stream(whole.split(File.pathSeparator)).filter(EdgeProcessTest::needed).toList();
  }

  private static boolean needed(String entry) {
    String name = new File(entry).getName();
    String unix = entry.replace(File.separatorChar, '/');
    return LIBRARIES.stream().anyMatch(name::startsWith)
        || Stream.of("api", "runtime")
            .anyMatch(m -> name.startsWith("millwright-" + m + "-") || unix.contains("/sdk-" + m));
  }

  private static boolean test(String entry) {
    return entry.contains("test-classes") || entry.endsWith("test");
  }

  private String run(List<String> options, int count, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            String.join(File.pathSeparator, classPath()),
            EdgeChild.class.getName(),
            KEPT.resolve("life.mwb").toString(),
            KEPT.resolve("strength.mwb").toString(),
            Integer.toString(count)));
    command.addAll(List.of(more));
    Path log = folder.resolve("child.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
      return Files.readString(log);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void jarsOfAFewMegabytesAnswerAndMonitorInThirtyTwoMegabytesOfHeap() throws Exception {
    long bytes = 0;
    for (String entry : classPath()) {
      bytes += test(entry) ? 0 : size(Path.of(entry));
    }
    // Classes of this build may lie unpacked, and are larger then than in their jar.
    assertThat(bytes).isBetween(100_000L, MOST_BYTES);
    String said =
        run(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), 100_000, "host");
    assertThat(said).contains("monitored ", "predicted ", "answered 100000", "host ");
  }

  private static long size(Path entry) throws IOException {
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).mapToLong(p -> p.toFile().length()).sum();
    }
  }

  @Test
  @Tag("thorough")
  void tenMillionAnswersPassWithoutACollector() throws Exception {
    String said =
        run(
            List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xms64m", "-Xmx64m"),
            10_000_000);
    System.out.println(said);
    assertThat(said).contains("answered 10000000");
  }
}
