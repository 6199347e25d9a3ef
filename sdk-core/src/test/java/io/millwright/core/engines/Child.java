package io.millwright.core.engines;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A process of its own with a part of this one's class path. */
public final class Child {

  private Child() {}

  /**
   * Runs a main class and gives what it printed.
   *
   * @param jars which jars stay on the class path, by file name
   */
  public static String run(
      Path folder, Class<?> main, Predicate<String> jars, List<String> options, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(jars), main.getName()));
    command.addAll(List.of(args));
    Path log = Files.createTempFile(folder, "child", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    try {
      // No limit by the clock: other load would break it, and whoever runs the build has one.
      int exit = process.waitFor();
      String said = Files.readString(log);
      if (exit != 0) {
        throw new AssertionError("exit code " + exit + ": " + said);
      }
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Surefire may hand the class path over in a jar of its own; its own property has it in full. */
  public static String classPath(Predicate<String> jars) {
    String surefire = System.getProperty("surefire.test.class.path");
    String whole =
        surefire != null ? surefire : ManagementFactory.getRuntimeMXBean().getClassPath();
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith(".jar") || jars.test(new File(entry).getName()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A jar of PyTorch. */
  public static boolean torch(String jar) {
    return jar.startsWith("pytorch-");
  }

  /** A jar of TensorFlow. */
  public static boolean flow(String jar) {
    return jar.startsWith("tensorflow-") || jar.startsWith("javacpp-");
  }

  /** DJL's own jar. */
  public static boolean djl(String jar) {
    return jar.matches("api-\\d.*\\.jar");
  }
}
