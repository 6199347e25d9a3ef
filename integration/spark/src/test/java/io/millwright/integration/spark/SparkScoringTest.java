package io.millwright.integration.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver and two executors (or {@code -Dspark.executors}), each a process of its own. */
class SparkScoringTest {

  private static final Path BUNDLE =
      Path.of("../../samples/app/src/test/resources/kept/0.1.0/strength.mwb");

  /** What Spark 3.5 looks into on Java 17; its executors open it by themselves. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private static final int EXECUTORS = Integer.getInteger("spark.executors", 2);

  @TempDir Path folder;

  /** Whether all of Spark is there, and not what our sources need of it alone. */
  private static boolean whole() {
    return SparkScoringTest.class
            .getClassLoader()
            .getResource("org/apache/hadoop/conf/Configuration.class")
        != null;
  }

  @Test
  @Tag("thorough")
  void executorsSayWhatOneMachineSaysAlsoWhenOneIsKilled() throws Exception {
    assumeTrue(whole(), "Spark's libraries are not here: build with -Pspark,thorough");
    String surefire = System.getProperty("surefire.test.class.path");
    String classPath =
        surefire != null ? surefire : ManagementFactory.getRuntimeMXBean().getClassPath();
    // Spark 3.5 brings an older jackson-core; ours goes first, as spark.*.extraClassPath lets it.
    String ordered =
        Arrays.stream(classPath.split(File.pathSeparator))
            .sorted(Comparator.comparing(e -> !e.contains("jackson-core") || e.contains("-2.15")))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx768m");
    OPENED.forEach(p -> command.add("--add-opens=java.base/" + p + "=ALL-UNNAMED"));
    command.addAll(
        List.of(
            "-cp",
            ordered,
            SparkChild.class.getName(),
            BUNDLE.toAbsolutePath().toString(),
            EXECUTORS + "",
            "20000",
            "2000000",
            Long.getLong("spark.timed", 0L).toString()));
    Path log = folder.resolve("child.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    Process process = builder.start();
    try {
      assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    System.out.println(said);
    assertThat(said)
        .contains("same 20000 rows, ")
        .contains("refused ", "heat", "is not there")
        .contains("opened " + EXECUTORS + " by " + EXECUTORS)
        .contains("killed true")
        .contains("after a kill true [2000000,");
    assertThat(said).doesNotContain(" 0 abstained", " 0 flagged");
  }
}
