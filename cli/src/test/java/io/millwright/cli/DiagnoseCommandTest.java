package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Diagnosis of gears by the command, from a recording on a ramp. */
class DiagnoseCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  /** Two gears of 20 and 43 teeth from 12 to 24 Hz in five seconds; a tooth of the second rings. */
  private Path recording() throws Exception {
    Random random = new Random(3);
    StringBuilder samples = new StringBuilder();
    double[] rings = new double[40_100];
    long before = 0;
    for (int i = 0; i < 40_000; i++) {
      double t = i / 8000.0;
      double turns = 12 * t + 1.2 * t * t;
      long now = (long) Math.floor(turns * 20 / 43);
      for (int k = 0; k < 50 && now > before; k++) {
        rings[i + k] += 3 * Math.exp(-k / 10.0) * Math.sin(2.1 * k);
      }
      before = now;
      samples
          .append(Math.cos(2 * Math.PI * 20 * turns) + 0.4 * random.nextGaussian() + rings[i])
          .append('\n');
    }
    return Files.writeString(folder.resolve("up.txt"), samples);
  }

  @Test
  void gearsAreNamedOnARampWithAPage() throws Exception {
    Path up = recording();
    Path speed = Files.writeString(folder.resolve("speed.csv"), "seconds,rpm\n0,720\n5,1440\n");
    Path page = folder.resolve("gears.html");
    String[] asked = {
      "maintenance", "diagnose", "--gears", "20/43", "--sampling", "8000", up.toString()
    };
    int exit =
        run(
            java.util.stream.Stream.concat(
                    java.util.Arrays.stream(asked),
                    java.util.stream.Stream.of(
                        "--speeds", speed.toString(), "--json", "--html", page.toString()))
                .toArray(String[]::new));
    assertThat(exit).as(err.toString()).isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString()).path("diagnoses").get(0);
    assertThat(answer.path("fault").asText()).isEqualTo("tooth, driven of mesh 1 (43 teeth)");
    assertThat(Files.readString(page)).contains("2x mesh 1");

    Files.writeString(
        folder.resolve("index.csv"), "file,sampling_hz,speeds\nup.txt,8000,speed.csv\n");
    out.getBuffer().setLength(0);
    assertThat(run("maintenance", "diagnose", "--gears", "20/43", up.toString()))
        .as(err.toString())
        .isZero();
    String points = out.toString();
    assertThat(points).contains("43 teeth");
    Files.writeString(up, Files.readString(up).replace('.', ','));
    out.getBuffer().setLength(0);
    assertThat(run("maintenance", "diagnose", "--gears", "20/43", up.toString())).isZero();
    assertThat(out.toString()).isEqualTo(points);
  }

  @Test
  void slipsOfThePenAreNamed() throws Exception {
    Path up = recording();
    assertThat(run("maintenance", "diagnose", "--gears", "20-43", up.toString())).isNotZero();
    assertThat(err.toString()).contains("20-43");
    assertThat(run("maintenance", "diagnose", "--gears", "20/43", up.toString())).isNotZero();
    assertThat(err.toString()).contains("--speeds");
    Path speed = Files.writeString(folder.resolve("bad.csv"), "time,rpm\n0,720\n5,1440\n");
    assertThat(
            run(
                "maintenance",
                "diagnose",
                "--gears=20/43",
                "--sampling=8000",
                "--speeds=" + speed,
                up.toString()))
        .isNotZero();
    assertThat(err.toString()).contains("seconds");
  }
}
