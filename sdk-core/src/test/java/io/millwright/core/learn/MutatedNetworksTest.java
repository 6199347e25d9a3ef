package io.millwright.core.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.Millwright;
import io.millwright.api.ModelExchange;
import io.millwright.api.Trained;
import io.millwright.api.data.Table;
import io.millwright.api.learn.OpaqueModel;
import io.millwright.api.learn.Split;
import io.millwright.core.engines.Child;
import io.millwright.core.engines.ScriptFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changed TorchScript files and SavedModels, opened and asked in child processes: each is answered
 * or refused with a code, or ends the child, never this process. A child that dies is followed by
 * another, which goes on with the next file.
 */
class MutatedNetworksTest {

  private static final int DEATHS_OF_A_HUNDRED = 2;

  @TempDir Path folder;

  private static int count() {
    return Integer.getInteger("mutations", 10_000);
  }

  @Test
  @Tag("thorough")
  void changedTorchScriptFilesHarmNoHost() throws Exception {
    Path file = folder.resolve("line.pt");
    ScriptFile.write(file, "return torch.add(torch.matmul(x, self.w), 3.0)", 2, 1, 0.5f, -2);
    judge(OpaqueModel.Format.TORCH_SCRIPT, file);
  }

  @Test
  @Tag("thorough")
  void changedSavedModelsHarmNoHost() throws Exception {
    Path bundle = folder.resolve("wear.mwb");
    Trained<Table, Double> trained =
        Bench.alone()
            .learn(
                Bench.recipe(Bench.learning(), Split.folds(2)),
                Bench.sequences(24, 1),
                Optional.empty(),
                Bench.StopAfter.never());
    trained.saveTo(bundle);
    Path saved = folder.resolve("saved");
    try (Millwright millwright = Millwright.create()) {
      millwright.plugin(ModelExchange.class).exportSavedModel(bundle, saved);
    }
    judge(OpaqueModel.Format.SAVED_MODEL, saved);
  }

  private void judge(OpaqueModel.Format format, Path sound) throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    int next = 0;
    while (next < count()) {
      int before = next;
      next = child(format, sound, next, ends);
      if (next < count()) {
        assertThat(next).as("a child that opens nothing: %s", ends).isGreaterThan(before);
      }
    }
    int all = ends.values().stream().mapToInt(Integer::intValue).sum();
    int died =
        ends.entrySet().stream()
            .filter(e -> e.getKey().startsWith("DIED"))
            .mapToInt(Map.Entry::getValue)
            .sum();
    System.out.println(format + ": " + all + " changed files: " + ends);
    assertThat(all).isEqualTo(count());
    assertThat(ends).containsKeys("ANSWERED", "BAD_FILE");
    assertThat(died).isLessThanOrEqualTo(all * DEATHS_OF_A_HUNDRED / 100);
  }

  /** Runs a child until it ends or dies; gives the first file that is left. */
  private int child(OpaqueModel.Format format, Path sound, int from, Map<String, Integer> ends)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=" + folder.resolve("crash.log"),
                    "-cp",
                    Child.classPath(jar -> true),
                    MutatedNetworks.class.getName(),
                    format.name(),
                    sound.toString(),
                    Files.createTempDirectory(folder, "changed").toString(),
                    Integer.toString(from),
                    Integer.toString(count())))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int next = from;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("\\d+ [A-Z_]+")) {
          ends.merge(line.substring(line.indexOf(' ') + 1), 1, Integer::sum);
          next = Integer.parseInt(line.substring(0, line.indexOf(' '))) + 1;
        }
      }
      int exit = process.waitFor();
      if (next < count()) {
        ends.merge("DIED with " + exit, 1, Integer::sum);
        next++;
      }
      return next;
    } finally {
      process.destroyForcibly();
    }
  }
}
