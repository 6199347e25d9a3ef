package io.millwright.benchmarks.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millwright.api.EnginePolicy;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.Table;
import io.millwright.api.learn.Networks;
import io.millwright.api.learn.Samples;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The time from the start of a process to its first prediction from a bundle, for each runtime, and
 * the jars that such a process needs on its class path. Argument: how many processes of each.
 */
public final class StartUp {

  private StartUp() {}

  /** Runs the processes and prints a line for each runtime; {@code child} is one of them. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals("child")) {
      child(args[1], Path.of(args[2]));
      return;
    }
    Path bundle = Files.createTempFile("startup", ".mwb");
    Samples<Table, Double> samples = Bench.samples(300, 1, 10);
    new Bench(true)
        .train(Bench.recipe(Networks.mlp(64, 32), 0, 32, 1), samples, new Bench.EpochClock())
        .saveTo(bundle);
    try {
      measure(args, bundle, "Java", jar -> !torch(jar) && !flow(jar) && !djl(jar));
      measure(args, bundle, "PyTorch", jar -> !flow(jar));
      measure(args, bundle, "TensorFlow", jar -> !torch(jar));
    } finally {
      Files.delete(bundle);
    }
  }

  private static boolean torch(String jar) {
    return jar.startsWith("pytorch-");
  }

  private static boolean flow(String jar) {
    return jar.startsWith("tensorflow-") || jar.startsWith("javacpp-");
  }

  /** DJL itself and what only it and engines need. */
  private static boolean djl(String jar) {
    return jar.matches("(api-\\d|gson|commons-|jna|protobuf).*");
  }

  /** What neither the core nor an engine needs. */
  private static boolean foreign(String jar) {
    return jar.matches(
        "(junit|assertj|byte-buddy|ortools|jna-platform|archunit|jmh|jopt|commons-math|picocli"
            + "|slf4j-simple|opentest4j|apiguardian|hipparchus|millwright-s).*");
  }

  private static void measure(String[] args, Path bundle, String runtime, Predicate<String> keeps)
      throws IOException, InterruptedException {
    List<String> classPath = new ArrayList<>();
    int jars = 0;
    long bytes = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      File file = new File(entry);
      if (entry.endsWith(".jar") && (!keeps.test(file.getName()) || foreign(file.getName()))) {
        continue;
      }
      if (file.getName().startsWith("protobuf") && runtime.equals("PyTorch")) {
        continue;
      }
      classPath.add(entry);
      if (entry.endsWith(".jar")) {
        jars++;
        bytes += file.length();
      }
    }
    double[] seconds = new double[Integer.parseInt(args[0])];
    for (int i = 0; i < seconds.length; i++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  String.join(File.pathSeparator, classPath),
                  StartUp.class.getName(),
                  "child",
                  runtime,
                  bundle.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
      seconds[i] = Double.parseDouble(said.strip().lines().reduce((a, b) -> b).orElseThrow());
    }
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "%-12s first prediction after %.2f s (median of %d, %.2f to %.2f); %d library jars, %.1f"
            + " MB%n",
        runtime,
        seconds[seconds.length / 2],
        seconds.length,
        seconds[0],
        seconds[seconds.length - 1],
        jars,
        bytes / 1e6);
  }

  private static void child(String runtime, Path bundle) {
    try (Millwright millwright =
            Millwright.builder().engines(EnginePolicy.automatic().withEngine(runtime)).build();
        Predictor<Table, Object> predictor = millwright.open(bundle)) {
      Table row = Bench.samples(1, 1, 10).all().get(0).input();
      predictor.predict(row).orElseThrow();
      long begin = ManagementFactory.getRuntimeMXBean().getStartTime();
      System.out.println((System.currentTimeMillis() - begin) / 1e3);
    }
  }
}
