package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Smaller models by the command, with everything real behind it. */
class CompressCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
  }

  private String parts(String name, int rows, long seed) throws IOException {
    StringBuilder text = new StringBuilder("heat,seconds,strength\n");
    Random random = new Random(seed);
    for (int r = 0; r < rows; r++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      double strength = 5 * heat * seconds + seconds + 0.1 * random.nextGaussian();
      text.append(String.format(Locale.ROOT, "%.4f,%.4f,%.4f%n", heat, seconds, strength));
    }
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int compress(Path model, String learn, String judge, Path to, String... more) {
    List<String> args = new ArrayList<>(List.of("--json", "model", "compress", model.toString()));
    args.addAll(List.of("--target", "strength", "--judge", judge, "--out", to.toString()));
    if (!learn.isEmpty()) {
      args.addAll(List.of("--learn", learn));
    }
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  @Test
  void everyWayMakesASmallerFileAndSaysWhatItCost() throws IOException {
    String learnt = parts("learnt.csv", 200, 1);
    String later = parts("later.csv", 200, 2);
    Path model = folder.resolve("m.mwb");
    int exit =
        run(
            "learn",
            learnt,
            "--target",
            "strength",
            "--network",
            "mlp:64,64",
            "--rate",
            "0.01",
            "--epochs",
            "20",
            "--out",
            model.toString());
    assertThat(exit).as(err.toString()).isZero();
    for (String way : List.of("half", "bytes", "prune", "sparse", "student")) {
      boolean learns = !List.of("half", "bytes").contains(way);
      Path to = folder.resolve(way + ".mwb");
      exit = compress(model, learns ? learnt : "", later, to, "--as", way, "--budget", "0.5");
      assertThat(exit).as(way + err).isZero();
      JsonNode said = new ObjectMapper().readTree(out.toString());
      assertThat(said.path("bytesAfter").asLong())
          .isEqualTo(Files.size(to))
          .isLessThan(Files.size(model));
      assertThat(said.path("before").path("rmse").asDouble()).isPositive();
      assertThat(said.path("after").path("coverage 90").asDouble()).isBetween(0.7, 1.0);
      assertThat(said.path("microsAfter").asDouble(-1) > 0).isEqualTo(learns);
    }
    Path no = folder.resolve("no.mwb");
    exit =
        compress(
            model,
            learnt,
            later,
            no,
            "--as",
            "prune",
            "--share",
            "0.98",
            "--budget",
            "0",
            "--epochs",
            "1");
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("budget of 0.0");
    assertThat(no).doesNotExist();
    assertThat(compress(model, "", later, no, "--as", "prune")).isEqualTo(2);
    assertThat(err.toString()).contains("--learn");
    assertThat(compress(model, learnt, later, no, "--as", "half")).isEqualTo(2);
    assertThat(err.toString()).contains("learns nothing");
  }

  @Test
  void whatIsHardlySmallerIsNotCalledSo() throws IOException {
    String learnt = parts("learnt.csv", 200, 1);
    String tree = folder.resolve("tree.mwb").toString();
    int exit =
        run("learn", learnt, "--target", "strength", "--among", "decision-tree", "--out", tree);
    assertThat(exit).as(err.toString()).isZero();
    String to = folder.resolve("half.mwb").toString();
    exit =
        run(
            "model",
            "compress",
            tree,
            "--as",
            "half",
            "--target",
            "strength",
            "--judge",
            parts("later.csv", 200, 2),
            "--out",
            to);
    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("Beware", "trees lose no digit")
        .doesNotContain("times smaller");
  }
}
