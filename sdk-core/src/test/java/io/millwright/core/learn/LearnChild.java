package io.millwright.core.learn;

import io.millwright.api.data.Table;
import io.millwright.api.learn.Learning;
import io.millwright.api.learn.Recipe;
import io.millwright.api.learn.Samples;
import io.millwright.api.learn.Split;
import io.millwright.runtime.bundle.Bundles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a process of its own trains in tests; it prints the digest of the model. */
final class LearnChild {

  private LearnChild() {}

  static Samples<Table, Double> data() {
    return Bench.sequences(24, 1);
  }

  static Learning learning(int epochs) {
    return Bench.learning().epochs(epochs).averaging(0.99);
  }

  static Recipe<Table, Double, Double> recipe(Learning learning) {
    return Bench.recipe(learning, Split.folds(2));
  }

  static String unbroken(int epochs) {
    return Bench.digest(
        Bench.alone()
            .learn(recipe(learning(epochs)), data(), Optional.empty(), Bench.StopAfter.never()));
  }

  /** {@code EPOCHS} or {@code EPOCHS FOLDER}: with a folder, goes on from what lies there. */
  public static void main(String[] args) {
    Learning learning = learning(Integer.parseInt(args[0]));
    Optional<Path> folder = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
    Learning kept = folder.map(f -> learning.checkpoints(f, 1)).orElse(learning);
    System.out.println(
        "digest "
            + Bundles.digest(
                Bench.model(
                    Bench.alone().learn(recipe(kept), data(), folder, Bench.StopAfter.never()))));
  }

  static Process start(Path log, List<String> options, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), LearnChild.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
        .start();
  }

  /** Surefire may hand the class path over in a jar of its own; its own property has it in full. */
  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire != null ? surefire : ManagementFactory.getRuntimeMXBean().getClassPath();
  }
}
