package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** Advice on settings from the command line. */
class AdviseCommandTest {

  @TempDir static Path folder;

  private record Said(int exit, String out, String err) {}

  private static Said run(String... args) {
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exit =
        line.execute(
            Stream.concat(Stream.of("quality", "advise"), Stream.of(args)).toArray(String[]::new));
    return new Said(exit, out.toString(), err.toString());
  }

  private static JsonNode json(String... args) throws IOException {
    Said said = run(Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new));
    assertThat(said.exit()).as(said.err()).isZero();
    return new ObjectMapper().readTree(said.out());
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeAll
  static void runs() throws IOException {
    Random random = new Random(6);
    StringBuilder csv = new StringBuilder("heat,time,strength,flash\n");
    for (int i = 0; i < 40; i++) {
      double heat = 160 + 60 * random.nextDouble();
      double time = 5 + 35 * random.nextDouble();
      double x = (heat - 195) / 30;
      double y = (time - 25) / 17.5;
      csv.append(heat).append(',').append(time).append(',');
      csv.append(60 - 6 * x * x - 4 * y * y + 0.5 * random.nextGaussian()).append(',');
      csv.append(1 + 0.02 * (heat - 190) + 0.05 * random.nextGaussian()).append('\n');
    }
    Files.writeString(folder.resolve("runs.csv"), csv);
    Files.writeString(
        folder.resolve("new.csv"), "strength,flash\n59,0.9\n59.4,0.95\n58.8,0.93\n59.1,0.9\n");
  }

  @Test
  void adviceWithCheckExperimentsAndPage() throws Exception {
    JsonNode said =
        json(
            file("runs.csv"),
            "--knob",
            "heat=160:220",
            "--knob",
            "time=5:40:5",
            "--goal",
            "strength=max",
            "--safe",
            "flash=:1.0",
            "--now",
            "heat=170",
            "--now",
            "time=10",
            "--next",
            "3",
            "--check",
            file("new.csv"),
            "--html",
            file("a.html"));
    assertThat(said.path("to").path("heat").asDouble()).isBetween(180.0, 188.0);
    assertThat(said.path("to").path("time").asDouble()).isIn(20.0, 25.0, 30.0);
    assertThat(said.path("risk").asDouble()).isLessThanOrEqualTo(0.05);
    assertThat(said.path("gain").path("low").asDouble()).isPositive();
    assertThat(said.path("experiments").path("runs")).hasSize(3);
    assertThat(said.path("unused")).isEmpty();
    assertThat(said.path("check").path("within_risk").asBoolean()).isTrue();
    String page = Files.readString(folder.resolve("a.html"));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.newDocumentBuilder().parse(new InputSource(new StringReader(page.substring(15))));
    assertThat(page)
        .contains("Which knob, how far")
        .contains("Response curves")
        .doesNotContain("http");
  }

  @Test
  void columnsThatNoOptionNamesAreSaid() {
    Said said = run(file("runs.csv"), "--knob", "heat=160:220", "--goal", "strength=max");
    assertThat(said.out()).contains("Not used").contains("time, flash").contains("--given");
  }

  @Test
  void withoutRunsTheFirstExperimentsAreProposed() throws Exception {
    JsonNode said = json("--knob", "a=0:1", "--knob", "b=0:1", "--goal", "y=min", "--next", "8");
    assertThat(said.path("experiments").path("design").asText()).isEqualTo("d_optimal");
    assertThat(said.path("experiments").path("runs")).hasSize(8);
  }

  @Test
  void nothingSafeIsSaid() {
    Said said =
        run(
            file("runs.csv"),
            "--knob",
            "heat=160:220",
            "--goal",
            "strength=max",
            "--safe",
            "flash=:0.1");
    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("no setting is known to be safe");
  }

  @Test
  void misuseIsExplained() {
    assertThat(run("--knob", "a=0:1", "--goal", "y=max").err()).contains("--next");
    assertThat(run("--knob", "a=0", "--goal", "y=max", "--next", "3").err())
        .contains("LOW:HIGH[:STEP]");
    assertThat(run("--knob", "a=0:1", "--goal", "y", "--next", "3").err()).contains("COL=max");
    assertThat(run("--knob", "a=0:x", "--goal", "y=max", "--next", "3").err())
        .contains("'x' is no number");
    assertThat(run("--knob", "a=0:1", "--goal", "y=max", "--cost", "b=1", "--next", "3").err())
        .contains("'b' is no --knob");
    assertThat(run(file("runs.csv"), "--knob", "a=0:1", "--goal", "strength=max").exit())
        .isEqualTo(1);
  }
}
