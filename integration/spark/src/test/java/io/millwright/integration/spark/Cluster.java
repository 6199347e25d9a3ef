package io.millwright.integration.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** A driver in a process of its own, whose executors are processes too. */
final class Cluster {

  /** How many executors the tests ask for. */
  static final int EXECUTORS = Integer.getInteger("spark.executors", 2);

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

  private Cluster() {}

  /** Whether all of Spark is there, and not what our sources need of it alone. */
  static boolean whole() {
    return Cluster.class.getClassLoader().getResource("org/apache/hadoop/conf/Configuration.class")
        != null;
  }

  /** Runs a driver to its end and says what it said. */
  static String run(Class<?> driver, Path folder, String... arguments)
      throws IOException, InterruptedException {
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
    command.addAll(List.of("-cp", ordered, driver.getName()));
    command.addAll(List.of(arguments));
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
    return said;
  }

  /** The session of a driver, with executors of one core each. */
  static SparkSession session(int executors) throws IOException {
    Path home = Files.createTempDirectory("spark-home");
    Files.createDirectories(home.resolve("jars"));
    System.setProperty("spark.testing", "true");
    System.setProperty("spark.test.home", home.toString());
    SparkSession spark =
        SparkSession.builder()
            .master("local-cluster[" + executors + ",1,768]")
            .appName("millwright")
            .config("spark.executor.memory", "640m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }
}
