package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.ModelStore;
import io.millwright.cli.fake.FakeMillwright;
import io.millwright.cli.kit.Desk;
import io.millwright.samples.plant.PressFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MillwrightCommandTest {
  @TempDir Path folder;
  final List<String> asked = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final List<ModelStore.Version> versions = new ArrayList<>();
  boolean terminal;
  String out = "";
  String err = "";

  @Test
  void trainSavesReopensJudgesPredictsAndReports() throws IOException {
    int exit =
        run("rul", "train", "--key", "4", "--out", file("m.mwb"), "--report", file("r.html"));
    assertThat(exit).isZero();
    assertThat(asked).contains("key 4", "closed");
    assertThat(out)
        .contains(
            "a simulated press shop: 60 units to learn from (10 of them still running), 40 to judge"
                + " by")
        .contains("baseline: mean")
        .contains("press 061 after ")
        .contains("90 % interval");
    assertThat(err).contains("100 %  member 5 of 5  loss 0.04762");
    assertThat(Files.readString(folder.resolve("m.mwb"))).startsWith("fake life");
    assertThat(Files.readString(folder.resolve("r.html"))).contains("One unit through time");
  }

  @Test
  void jsonIsOneDocumentOnStandardOutput() throws IOException {
    int exit = run("rul", "train", "--json", "--out", file("m.mwb"), "--report", file("r.html"));
    assertThat(exit).isZero();
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.path("command").asText()).isEqualTo("rul train");
    JsonNode model = json.path("models").path(0);
    assertThat(model.path("heldOut").path("figures").path("rmse").asDouble()).isEqualTo(14.2);
    assertThat(model.path("test").path("samples").asInt()).isEqualTo(40);
    assertThat(model.path("prediction").path("remaining").asDouble()).isPositive();
    assertThat(model.path("file").asText()).isEqualTo(file("m.mwb"));
    assertThat(model.path("report").asText()).isEqualTo(file("r.html"));
  }

  @Test
  void aLogThatIsNotThereIsNotWhole() {
    for (String command : List.of("audit", "serve-log")) {
      assertThat(run(command, file("nowhere"))).as(command).isEqualTo(1);
      assertThat(err).contains("IO_FAILED", "nowhere", "Maybe the path is wrong");
    }
  }

  @Test
  void everySubsetGetsItsOwnModel() {
    turbofan("FD001");
    turbofan("FD002");
    int exit =
        run(
            "rul",
            "train",
            "--data",
            folder.toString(),
            "--out",
            file("m.mwb"),
            "--report",
            file("r.html"),
            "--network",
            "lstm",
            "--early-life",
            "100");
    assertThat(err).doesNotContain("millwright:");
    assertThat(exit).isZero();
    assertThat(asked).contains("network of 2 layers");
    assertThat(folder.resolve("m-turbofan-FD001.mwb")).exists();
    assertThat(folder.resolve("m-turbofan-FD002.mwb")).exists();
    assertThat(folder.resolve("r-turbofan-FD002.html")).exists();

    exit =
        run(
            "rul",
            "train",
            "--data",
            folder.toString(),
            "--subset",
            "FD002",
            "--out",
            file("one.mwb"),
            "--report",
            file("r.html"));
    assertThat(exit).isZero();
    assertThat(folder.resolve("one.mwb")).exists();
  }

  @Test
  void aSubsetWithoutTestFilesIsTrainedAllTheSame() throws IOException {
    turbofan("FD001");
    Files.delete(folder.resolve("test_FD001.txt"));
    assertThat(
            run(
                "rul",
                "train",
                "--data",
                folder.toString(),
                "--out",
                file("m.mwb"),
                "--report",
                file("r.html")))
        .isZero();
    assertThat(out).contains("0 to judge by").contains("Predicted");
    assertThat(Files.readString(folder.resolve("r.html"))).doesNotContain("Predicted against true");
  }

  @Test
  void autoGetsItsTime() {
    assertThat(
            run(
                "rul",
                "train",
                "--auto",
                "1h30m",
                "--out",
                file("m.mwb"),
                "--report",
                file("r.html")))
        .isZero();
    assertThat(asked).contains("auto PT1H30M");
    assertThat(run("rul", "train", "--auto", "5m", "--network", "mlp")).isEqualTo(2);
    assertThat(err).contains("leave out --network");
  }

  @Test
  void predictReadsUnitsFromPlantFilesAndCsv() throws IOException {
    run("rul", "train", "--out", file("m.mwb"), "--report", file("r.html"));
    assertThat(run("rul", "predict", "--model", file("m.mwb"))).isZero();
    assertThat(out.lines()).hasSize(40).allMatch(line -> line.contains("cycles"));

    csvOfPresses("a", "b", "a");
    assertThat(
            run(
                "rul",
                "predict",
                "--model",
                file("m.mwb"),
                file("p.csv"),
                "--unit-column",
                "press",
                "--json"))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.path("predictions")).hasSize(2);
    assertThat(json.path("predictions").path(0).path("unit").asText()).isEqualTo("a");
    assertThat(json.path("predictions").path(0).path("cycles").asInt()).isEqualTo(2);
    assertThat(json.path("predictions").path(0).path("high").isNull()).isTrue();

    csvOfPresses("a", "", "b");
    assertThat(
            run(
                "rul",
                "predict",
                "--model",
                file("m.mwb"),
                file("p.csv"),
                "--unit-column",
                "press"))
        .isEqualTo(1);
    assertThat(err).contains("[MISSING_VALUE]").contains("row 2").contains("Maybe");
    assertThat(run("rul", "predict", "--model", file("m.mwb"), file("p.csv"))).isEqualTo(1);
    assertThat(err).contains("[MISSING_COLUMN]").contains("\"unit\"");
  }

  @Test
  void evaluateJudgesWholeAndCutHistories() throws IOException {
    run("rul", "train", "--out", file("m.mwb"), "--report", file("r.html"));
    assertThat(run("rul", "evaluate", "--model", file("m.mwb"), "--json")).isZero();
    double whole = rmse();
    assertThat(run("rul", "evaluate", "--model", file("m.mwb"), "--json", "--cut-beginnings"))
        .isZero();
    double cut = rmse();
    assertThat(cut).isNotEqualTo(whole);
    assertThat(
            run(
                "rul",
                "evaluate",
                "--model",
                file("m.mwb"),
                "--json",
                "--cut-beginnings",
                "--key",
                "0"))
        .isZero();
    assertThat(rmse()).isEqualTo(cut);
    assertThat(run("rul", "evaluate", "--model", file("m.mwb"))).isZero();
    assertThat(out)
        .contains("40 units")
        .contains("RMSE", "errors and widths in cycles")
        .contains("coverage of 90 % intervals");
  }

  @Test
  void failuresAreLearntFromACsv() throws IOException {
    Files.writeString(
        folder.resolve("f.csv"),
        "id,load,line,wear,went\n1,0.1,A,3,0\n2,0.9,A,4,tool\n3,0.8,B,5,1\n4,0.2,B,6,0\n");
    assertThat(
            run(
                "failure",
                "train",
                file("f.csv"),
                "--label",
                "went",
                "--ignore",
                "id",
                "--group",
                "line",
                "--costs",
                "10:1",
                "--out",
                file("f.mwb")))
        .isZero();
    assertThat(asked)
        .contains("columns [load, wear]")
        .contains("outcomes [none, tool, failure, none]")
        .contains("groups [A, A, B, B]")
        .contains("costs 10.0 1.0");
    assertThat(out)
        .contains("baseline: logistic regression")
        .contains("outcomes {failure=1, none=2, tool=1}");

    assertThat(run("failure", "predict", "--model", file("f.mwb"), file("f.csv"))).isZero();
    assertThat(out.lines()).hasSize(4);
    assertThat(
            run(
                "failure",
                "predict",
                "--model",
                file("f.mwb"),
                file("f.csv"),
                "--alarms-only",
                "--json"))
        .isZero();
    JsonNode json = new ObjectMapper().readTree(out);
    // Costs of 10:1 put the fake's threshold at 1/11, so every row alarms.
    assertThat(json.path("predictions")).hasSize(4);

    assertThat(
            run(
                "failure",
                "evaluate",
                "--model",
                file("f.mwb"),
                file("f.csv"),
                "--label",
                "went",
                "--costs",
                "10:1",
                "--json"))
        .isZero();
    JsonNode figures = new ObjectMapper().readTree(out).path("figures");
    assertThat(figures.path("precision").asDouble()).isEqualTo(0.5);
    assertThat(figures.path("recall").asDouble()).isEqualTo(1);
    assertThat(figures.path("f1").asDouble()).isEqualTo(2 / 3.0);
    assertThat(figures.path("pr auc").asDouble()).isEqualTo(1);
    assertThat(figures.path("cost realised").asDouble()).isEqualTo(0.5);

    assertThat(run("failure", "train", file("f.csv"), "--label", "gone")).isEqualTo(1);
    assertThat(err).contains("[MISSING_COLUMN]").contains("gone");
    assertThat(
            run(
                "failure",
                "train",
                file("f.csv"),
                "--label",
                "went",
                "--normal",
                "tool",
                "--out",
                file("f.mwb")))
        .isZero();
    assertThat(asked).contains("outcomes [0, none, failure, 0]");
  }

  @Test
  void doctorFailsWhenSomethingIsWrong() throws IOException {
    assertThat(run("doctor")).isZero();
    assertThat(out).contains("Trains on  Fake").contains("THREADS=1").contains("Findings   none");
    findings.add(new Finding(ErrorCode.NO_ENGINE, "PyTorch", "is missing", "add the natives."));
    assertThat(run("doctor", "--json")).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.path("findings").path(0).path("code").asText()).isEqualTo("NO_ENGINE");
    assertThat(json.path("engines").path(0).path("usable").asBoolean()).isTrue();
    assertThat(run("plugins")).isZero();
    assertThat(out).contains("maintenance").contains("fake.jar");
  }

  @Test
  void theStoreIsKept() {
    assertThat(run("store", "list")).isZero();
    assertThat(out).contains("no models");
    assertThat(run("store", "put", "press", "m.mwb", "--store", "here")).isZero();
    assertThat(asked).contains("store here");
    assertThat(run("store", "promote", "production", "press:1")).isZero();
    assertThat(run("store", "list", "--json")).isZero();
    assertThat(out).contains("production");
    assertThat(run("store", "rollback", "press", "production")).isZero();
    assertThat(run("store", "promote", "production", "press:9")).isEqualTo(1);
    assertThat(err).contains("[NOT_IN_STORE]");
    assertThat(run("store", "delete", "press:1")).isZero();
    assertThat(versions).isEmpty();
  }

  @Test
  void anErrorShowsItsTextAndNoTraceUnlessAskedFor() throws IOException {
    assertThat(run("rul", "predict", "--model", file("absent.mwb"))).isEqualTo(1);
    assertThat(err)
        .contains("millwright: [IO_FAILED] cannot read")
        .contains("\nMaybe ")
        .doesNotContain("\tat ");
    assertThat(out).isEmpty();
    assertThat(asked).contains("closed");

    assertThat(run("rul", "predict", "--model", file("absent.mwb"), "--stacktrace")).isEqualTo(1);
    assertThat(err).contains("\tat ");

    assertThat(run("rul", "predict", "--model", file("absent.mwb"), "--json")).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(out).path("error").path("code").asText())
        .isEqualTo("IO_FAILED");
  }

  static Stream<List<String>> wrongLines() {
    return Stream.of(
        List.of(),
        List.of("rul"),
        List.of("fly"),
        List.of("rul", "train", "--network", "magic"),
        List.of("rul", "train", "--auto", "soon"),
        List.of("rul", "train", "--auto", "-5m"),
        List.of("rul", "train", "--subset", "FD001"),
        List.of("rul", "predict"),
        List.of("rul", "predict", "--model", "m", "x.csv", "--data", "d"),
        List.of("failure", "train", "x.csv"),
        List.of("failure", "train", "x.csv", "--label", "l", "--costs", "10"),
        List.of("failure", "train", "x.csv", "--label", "l", "--costs", "0:1"),
        List.of("store", "put", "only-a-name"),
        List.of("doctor", "--device", "abacus"));
  }

  @ParameterizedTest
  @MethodSource("wrongLines")
  void aWrongCommandLineIsTwo(List<String> line) throws IOException {
    assertThat(run(line.toArray(String[]::new))).isEqualTo(2);
    assertThat(err).startsWith("millwright: ").contains("--help");
    assertThat(out).isEmpty();
    List<String> withJson = new ArrayList<>(line);
    withJson.add("--json");
    assertThat(run(withJson.toArray(String[]::new))).isEqualTo(2);
  }

  @Test
  void everyCommandHasHelpWithExamples() {
    // Areas, their commands, and the short forms with theirs.
    assertThat(helpOf(MillwrightCommand.line(desk()))).isGreaterThan(40);
  }

  private int helpOf(CommandLine line) {
    int commands = 0;
    for (CommandLine sub : line.getSubcommands().values()) {
      String usage = sub.getUsageMessage();
      assertThat(usage).contains("--help").contains("--json");
      assertThat(sub.getCommandSpec().usageMessage().description()).isNotEmpty();
      if (sub.getSubcommands().isEmpty()) {
        // An example reads as the command is called, with its area.
        assertThat(usage.substring(usage.indexOf("Examples:"))).contains("\n  millwright ");
      }
      commands += 1 + helpOf(sub);
    }
    return commands;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void progressIsABarOnATerminalOnly(boolean onTerminal) {
    terminal = onTerminal;
    run("rul", "train", "--out", file("m.mwb"), "--report", file("r.html"));
    assertThat(err.contains("\r[")).isEqualTo(onTerminal);
    assertThat(err).contains("loss").contains(" left");
    if (onTerminal) {
      assertThat(err)
          .contains("[########################] 100 %")
          .contains("[############............]  50 %");
      run("rul", "train", "--plain", "--out", file("m.mwb"), "--report", file("r.html"));
      assertThat(err).doesNotContain("\r");
    }
  }

  private double rmse() throws IOException {
    return new ObjectMapper()
        .readTree(out)
        .path("evaluations")
        .path(0)
        .path("figures")
        .path("rmse")
        .asDouble();
  }

  private int run(String... args) {
    asked.clear();
    StringWriter stdout = new StringWriter();
    StringWriter stderr = new StringWriter();
    CommandLine line = MillwrightCommand.line(desk());
    line.setOut(new PrintWriter(stdout));
    line.setErr(new PrintWriter(stderr));
    int exit = line.execute(args);
    out = stdout.toString();
    err = stderr.toString();
    return exit;
  }

  private Desk desk() {
    return new Desk(options -> new FakeMillwright(asked::add, findings, versions), terminal);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void csvOfPresses(String... units) throws IOException {
    List<String> names = PressFleet.instruments().names();
    StringBuilder text = new StringBuilder("press," + String.join(",", names) + "\n");
    for (String unit : units) {
      text.append(unit).append(",1".repeat(names.size())).append('\n');
    }
    Files.writeString(folder.resolve("p.csv"), text);
  }

  private void turbofan(String subset) {
    StringBuilder text = new StringBuilder();
    for (int unit = 1; unit <= 3; unit++) {
      for (int cycle = 1; cycle <= 40; cycle++) {
        String[] cells = new String[24];
        Arrays.fill(cells, Integer.toString(cycle));
        text.append(unit)
            .append(' ')
            .append(cycle)
            .append(' ')
            .append(String.join(" ", cells))
            .append('\n');
      }
    }
    try {
      Files.writeString(folder.resolve("train_" + subset + ".txt"), text);
      Files.writeString(folder.resolve("test_" + subset + ".txt"), text);
      Files.writeString(folder.resolve("RUL_" + subset + ".txt"), "5\n6\n7\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
