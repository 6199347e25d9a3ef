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
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with everything real behind it: learning, files, the store. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {
  @TempDir static Path folder;

  @Test
  @Order(1)
  void theMainJobRunsOnASmallNetwork() throws IOException {
    JsonNode model =
        json(
                "rul",
                "train",
                "--network",
                "linear",
                "--out",
                file("m.mwb"),
                "--report",
                file("r.html"))
            .path("models")
            .path(0);
    double rmse = model.path("test").path("figures").path("rmse").asDouble();
    double mean =
        model
            .path("heldOut")
            .path("baselines")
            .path("mean of the training data")
            .path("rmse")
            .asDouble();
    // Ages and drifts tell something of the life: even a line must beat the mean by far.
    assertThat(rmse).isPositive().isLessThan(0.8 * mean);
    assertThat(model.path("prediction").path("level").asDouble()).isEqualTo(0.9);
    assertThat(Files.readString(folder.resolve("r.html")))
        .contains("Predicted against true life")
        .contains("linear regression, held out")
        .contains("How it learnt");
  }

  @Test
  @Order(2)
  void theSavedModelAnswersAsItWasJudged() throws IOException {
    JsonNode whole = json("rul", "evaluate", "--model", file("m.mwb")).path("evaluations").path(0);
    JsonNode cut =
        json("rul", "evaluate", "--model", file("m.mwb"), "--cut-beginnings")
            .path("evaluations")
            .path(0);
    assertThat(whole.path("samples").asInt()).isEqualTo(40);
    assertThat(cut.path("samples").asInt()).isEqualTo(40);
    assertThat(cut.path("figures").path("rmse").asDouble())
        .isNotEqualTo(whole.path("figures").path("rmse").asDouble());
    JsonNode predictions = json("rul", "predict", "--model", file("m.mwb")).path("predictions");
    assertThat(predictions).hasSize(40);
    for (JsonNode prediction : predictions) {
      double low = prediction.path("low").asDouble();
      assertThat(prediction.path("remaining").asDouble()).isGreaterThanOrEqualTo(low);
    }
  }

  @Test
  @Order(3)
  void theStoreKeepsAndRollsBack() throws IOException {
    String store = file("store");
    run("store", "put", "press", file("m.mwb"), "--store", store);
    run("store", "put", "press", file("m.mwb"), "--store", store);
    run("store", "promote", "production", "press:1", "--store", store);
    run("store", "promote", "production", "press:2", "--store", store);
    assertThat(run("store", "rollback", "press", "production", "--store", store))
        .contains("press:1");
    assertThat(json("store", "list", "--store", store).path("versions")).hasSize(2);
  }

  @Test
  @Order(4)
  void failuresAreForeseenFromATable() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder csv = new StringBuilder("id,load [kN],line,went\n");
    for (int i = 0; i < 400; i++) {
      double load = random.nextDouble(0, 10);
      boolean fails = load + random.nextDouble(-1, 1) > 8;
      csv.append(
          String.format(
              Locale.ROOT, "%d,%.3f,%s,%s%n", i, load, i % 2 == 0 ? "A" : "B", fails ? "1" : "0"));
    }
    Files.writeString(folder.resolve("f.csv"), csv);
    JsonNode trained =
        json(
            "failure",
            "train",
            file("f.csv"),
            "--label",
            "went",
            "--ignore",
            "id",
            "--costs",
            "5:1",
            "--out",
            file("f.mwb"));
    assertThat(trained.path("heldOut").path("figures").path("f1").asDouble()).isGreaterThan(0.7);
    JsonNode judged =
        json(
            "failure",
            "evaluate",
            "--model",
            file("f.mwb"),
            file("f.csv"),
            "--label",
            "went",
            "--costs",
            "5:1");
    assertThat(judged.path("rows").asInt()).isEqualTo(400);
    assertThat(judged.path("figures").path("recall").asDouble()).isGreaterThan(0.8);
    JsonNode alarms =
        json("failure", "predict", "--model", file("f.mwb"), file("f.csv"), "--alarms-only")
            .path("predictions");
    assertThat(alarms.size()).isEqualTo(judged.path("figures").path("alarms").asInt());
    Files.writeString(folder.resolve("bad.csv"), "load [kN],line\nInfinity,A\n2,B\n,\n3,A\n");
    String said = run("failure", "predict", "--model", file("f.mwb"), file("bad.csv"));
    assertThat(said)
        .contains("row 3: no answer", "every input is missing")
        .doesNotContain("row 0")
        .containsPattern("row 1: .*infinite")
        .containsPattern("row 4: .*%");
  }

  @Test
  @Order(5)
  void theDoctorSeesEnginesAndPlugins() throws IOException {
    JsonNode report = json("doctor");
    assertThat(report.path("training").asText()).isEqualTo("PyTorch");
    assertThat(report.path("plugins").toString()).contains("maintenance.remaining-life");
    assertThat(report.path("findings")).isEmpty();
  }

  @Test
  @Order(6)
  void oneWordChangesTheEngine() throws IOException {
    assertThat(run("engines")).contains("PyTorch 2").contains("TensorFlow 2");
    JsonNode demanded = json("engines", "--engine", "TensorFlow");
    assertThat(demanded.path("training").asText()).isEqualTo("TensorFlow");
    JsonNode model =
        json(
                "rul",
                "train",
                "--network",
                "linear",
                "--engine",
                "TensorFlow",
                "--out",
                file("flow.mwb"),
                "--report",
                file("flow.html"))
            .path("models")
            .path(0);
    double onFlow = model.path("test").path("figures").path("rmse").asDouble();
    double onTorch =
        json("rul", "evaluate", "--model", file("m.mwb"))
            .path("evaluations")
            .path(0)
            .path("figures")
            .path("rmse")
            .asDouble();
    assertThat(onFlow).isCloseTo(onTorch, org.assertj.core.data.Percentage.withPercentage(1));
  }

  @Test
  @Order(7)
  void aModelBecomesASavedModelAndComesBack() throws IOException {
    JsonNode written = json("convert", file("m.mwb"), file("saved")).path("written").path(0);
    assertThat(written.path("kind").asText()).isEqualTo("SavedModel");
    assertThat(folder.resolve("saved").resolve("saved_model.pb")).exists();
    run("convert", file("saved"), file("again.mwb"));
    assertThat(folder.resolve("again.mwb")).hasSameBinaryContentAs(folder.resolve("m.mwb"));
  }

  private static JsonNode json(String... args) throws IOException {
    String[] withJson = java.util.Arrays.copyOf(args, args.length + 1);
    withJson[args.length] = "--json";
    return new ObjectMapper().readTree(run(withJson));
  }

  private static String run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    assertThat(line.execute(args)).as("%s", err).isZero();
    return out.toString();
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }
}
