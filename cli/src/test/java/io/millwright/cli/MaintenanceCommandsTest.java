package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands of the area maintenance with everything real behind them. */
class MaintenanceCommandsTest {

  private static final String PLANT =
      """
      {"horizon": 4000, "span": 250, "tick": 1, "setup": 40, "crews": 1, "replications": 5,
       "spares": [10, 0.2, 2], "pauses": [24, 18, 24],
       "machines": [
         {"name": "press <1>", "life": [400, 2.5], "age": 200, "planned": 100, "failure": 900,
          "value": 20, "plannedTime": 4, "failureTime": 20, "prognosis": [10, 0.5, 125],
          "remaining": [{"life": [80, 4]}]},
         {"name": "press 2", "failed": [300, 420, 350, 510], "running": [200, 640],
          "planned": 100, "failure": 900, "prognosis": [10, 0.5, 125]}]}
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void aPolicyHasItsCostsItsWindowsAndAPage() throws Exception {
    Path plant = Files.writeString(folder.resolve("plant.json"), PLANT);
    Path html = folder.resolve("policy.html");
    int exit = run("maintenance", "policy", plant.toString(), "--json", "--html", html.toString());
    assertThat(exit).as(err.toString()).isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.path("compared")).hasSize(5);
    double before = 0;
    for (JsonNode c : answer.path("compared")) {
      assertThat(c.path("cost").asDouble()).isGreaterThanOrEqualTo(before);
      before = c.path("cost").asDouble();
    }
    assertThat(answer.path("best").asText())
        .isEqualTo(answer.path("compared").get(0).path("kind").asText());
    assertThat(answer.path("windows").toString()).contains("press <1>");
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    assertThat(factory.newDocumentBuilder().parse(html.toFile()).getDocumentElement().getTagName())
        .isEqualTo("html");
  }

  @Test
  void aSlipOfThePenIsNamed() throws Exception {
    Path plant =
        Files.writeString(folder.resolve("plant.json"), PLANT.replace("failureTime", "failtime"));
    assertThat(run("maintenance", "policy", plant.toString())).isNotZero();
    assertThat(err.toString()).contains("failtime").contains("Maybe");
    assertThat(run("maintenance", "policy", folder.resolve("none.json").toString())).isNotZero();
    assertThat(err.toString()).contains("none.json");
  }

  @Test
  void statesAreLearntFromFilesOfSensorsAndNamedAgain() throws Exception {
    Random random = new Random(1);
    StringBuilder pressure = new StringBuilder();
    StringBuilder flow = new StringBuilder();
    StringBuilder truth = new StringBuilder("valve,rig\n");
    for (int i = 0; i < 80; i++) {
      int valve = random.nextInt(2);
      truth.append(valve == 0 ? "open" : "worn").append(",rig ").append(i / 10).append('\n');
      for (int r = 0; r < 20; r++) {
        pressure.append(random.nextGaussian() + (r > 10 ? 3 * valve : 0)).append('\t');
        flow.append(r % 2 == 0 ? random.nextGaussian() + "," : "");
      }
      pressure.append('\n');
      flow.append("1\n");
    }
    Path one = Files.writeString(folder.resolve("pressure.tsv"), pressure);
    Path two = Files.writeString(folder.resolve("flow.csv"), flow);
    Path known = Files.writeString(folder.resolve("truth.csv"), truth);
    String model = folder.resolve("state.mwb").toString();
    Path page = folder.resolve("learnt.html");
    int exit =
        run(
            "maintenance state --learn --no-network --specimen rig".split(" "),
            "--states=" + known,
            "--save=" + model,
            "--html=" + page,
            one.toString(),
            two.toString());
    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString()).contains("discriminant on").contains("8 in 5 folds");
    assertThat(page).content().contains("right when held out");
    out.getBuffer().setLength(0);
    Path judged = folder.resolve("judged.html");
    exit =
        run(
            new String[] {"maintenance", "state", "--model", model, "--json"},
            "--states=" + known,
            "--html=" + judged,
            one.toString(),
            two.toString());
    assertThat(exit).as(err.toString()).isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.path("right").path("valve").asDouble()).isGreaterThan(0.9);
    assertThat(answer.path("sequences")).hasSize(80);
    assertThat(judged).content().contains("The state of valve by sequence");
    Files.writeString(two, "1\n");
    assertThat(run(new String[] {"maintenance", "state", "--model", model}, one + "", two + ""))
        .isNotZero();
    assertThat(err.toString()).contains("has 1 lines").contains("Maybe");
  }

  /** Whole lives of twelve presses, every fourth row of them, and five whose fourth lies. */
  private void presses() throws Exception {
    Random random = new Random(2);
    StringBuilder lives = new StringBuilder("press,heat,noise,play,room\n");
    StringBuilder few = new StringBuilder("press,heat,noise,play,room\n");
    StringBuilder today = new StringBuilder("press,heat,noise,play,room\n");
    for (int u = 0; u < 12; u++) {
      for (int r = 0; r < 80; r++) {
        double wear = r * r / 6400.0;
        double heat = 60 + 9 * wear + 0.5 * random.nextGaussian();
        double noise = 3 + 3 * wear + 0.1 * random.nextGaussian();
        double play = 1 + 5 * wear + 0.2 * random.nextGaussian();
        String room = ",21\n";
        String row = "p" + u + "," + heat + "," + noise + "," + play + room;
        lives.append(row);
        few.append(r % 4 == 0 ? row : "");
        double shown = u == 3 && r > 40 ? play + 4 : play;
        today.append(u < 5 ? "p" + u + "," + heat + "," + noise + "," + shown + room : "");
      }
    }
    Files.writeString(folder.resolve("lives.csv"), lives);
    Files.writeString(folder.resolve("few.csv"), few);
    Files.writeString(folder.resolve("today.csv"), today);
  }

  private String learntSensors() {
    String model = folder.resolve("sensors.mwb").toString();
    String[] learn = "maintenance sensors --learn --unit-column press --save".split(" ");
    assertThat(run(learn, model, folder.resolve("lives.csv") + "")).as(err.toString()).isZero();
    return model;
  }

  @Test
  void theSensorThatLiesIsNamedInAFileOfReadings() throws Exception {
    presses();
    Path known = folder.resolve("lives.csv");
    Path now = folder.resolve("today.csv");
    String model = learntSensors();
    assertThat(out.toString()).contains("heat, noise, play");
    out.getBuffer().setLength(0);
    Path html = folder.resolve("sensors.html");
    String[] check = "maintenance sensors --unit-column press --json --model".split(" ");
    assertThat(run(check, model, now.toString(), "--html=" + html)).as(err.toString()).isZero();
    JsonNode units = new ObjectMapper().readTree(out.toString()).path("units");
    assertThat(units).hasSize(5);
    assertThat(units.get(3).path("sensors").get(0).path("sensor").asText()).isEqualTo("play");
    assertThat(units.get(3).path("sensors").get(0).path("fault").asText()).isEqualTo("biased");
    assertThat(units.get(0).path("sensors")).isEmpty();
    assertThat(html).content().contains("what the other sensors say");
    assertThat(run(check, model, known.toString(), "--learn")).isNotZero();
  }

  @Test
  @Tag("thorough")
  void remainingLifeIsGuardedByASensorThatSaysNothingAboutLife() throws Exception {
    presses();
    String model = learntSensors();
    String life = folder.resolve("life.mwb").toString();
    String[] train = "maintenance life train --network linear --unit-column press --out".split(" ");
    String page = "--report=" + folder.resolve("life.html");
    assertThat(run(train, life, folder.resolve("few.csv") + "", page)).as(err.toString()).isZero();
    out.getBuffer().setLength(0);
    String[] ask = "maintenance life predict --json --unit-column press --model".split(" ");
    assertThat(run(ask, life, "--sensors=" + model, folder.resolve("today.csv") + ""))
        .as(err.toString())
        .isZero();
    JsonNode lasting = new ObjectMapper().readTree(out.toString()).path("predictions");
    assertThat(lasting.get(3).path("flags").toString()).contains("IMPUTED");
    assertThat(lasting.get(0).path("flags").toString()).doesNotContain("IMPUTED");
  }

  @Test
  void aFaultTreeIsReadAsLinesAndAsJson() throws Exception {
    Path lines =
        Files.writeString(
            folder.resolve("tree.txt"),
            "stop = OR(both, <c>)\nboth = AND(a, b)\na=0.1\nb=0.2\n<c>=0.05");
    Path html = folder.resolve("tree.html");
    int exit = run("maintenance", "fault-tree", lines + "", "--json", "--html=" + html);
    assertThat(exit).as(err.toString()).isZero();
    JsonNode first = new ObjectMapper().readTree(out.toString());
    assertThat(first.path("probability").asDouble()).isCloseTo(0.069, within(1e-12));
    assertThat(first.path("cutSets").get(0).path("events").get(0).asText()).isEqualTo("<c>");
    assertThat(html).content().contains("Minimal cut sets").doesNotContain("<c>");
    out.getBuffer().setLength(0);
    Path json =
        Files.writeString(
            folder.resolve("tree.json"),
            """
            {"top": "stop", "gates": [{"name": "stop", "kind": "or", "of": "both, c"},
              {"name": "both", "kind": "2", "of": "a, b"}],
             "events": [{"name": "a", "probability": "0.1"}, {"name": "b", "probability": "0.2"},
              {"name": "c", "probability": "0.05"}]}
            """);
    assertThat(run("maintenance", "fault-tree", json + "", "--json")).as(err.toString()).isZero();
    JsonNode second = new ObjectMapper().readTree(out.toString());
    assertThat(second.path("probability")).isEqualTo(first.path("probability"));
    Files.writeString(
        json, "{\"top\": \"a\", \"gates\": [{\"name\": \"a\", \"kind\": \"xor\", \"of\": \"b\"}]}");
    assertThat(run("maintenance", "fault-tree", json + "")).isNotZero();
    assertThat(err.toString()).contains("xor").contains("Maybe");
  }

  @Test
  void notesAreReadFilledInAndFoundAgain() throws Exception {
    StringBuilder notes = new StringBuilder("note,part,mode,hours\n");
    for (int i = 0; i < 30; i++) {
      notes.append("hose leaking at cylinder ").append(i).append(",hydraulics,leak,2\n");
      notes.append("fuse blown lamp dark ").append(i).append(",electrics,dark,1\n");
    }
    notes.append("oil leaking at hose again,,,5\n");
    Path file = Files.writeString(folder.resolve("notes.csv"), notes);
    Path html = folder.resolve("notes.html");
    int exit =
        run(
            "maintenance notes --no-encoder --text note --fields part,mode --cost hours".split(" "),
            file.toString(),
            "--ask=leaking hose",
            "--json",
            "--html=" + html);
    assertThat(exit).as(err.toString()).isZero();
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(answer.path("fields").path("part").path("filled").asInt()).isEqualTo(1);
    assertThat(answer.path("fields").path("part").path("pareto").path("hydraulics").asDouble())
        .isEqualTo(65);
    assertThat(answer.path("asked").get(0).path("mode").path("value").asText()).isEqualTo("leak");
    assertThat(answer.path("asked").get(0).path("cases").toString()).contains("hose");
    assertThat(html).content().contains("Pareto chart of part");
  }

  private int run(String[] first, String... more) {
    return run(Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new));
  }
}
