package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.Millwright;
import io.millwright.api.Predictor;
import io.millwright.api.data.ColumnType;
import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import io.millwright.runtime.privacy.RenyiAccountant;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Learning a column of a file, with everything real behind it. */
class LearnCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
  }

  /** The same, with nothing said before. */
  private int fresh(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return run(args);
  }

  private String parts() throws IOException {
    StringBuilder text = new StringBuilder("id,heat,seconds,verdict,strength\n");
    Random random = new Random(3);
    for (int r = 0; r < 120; r++) {
      double heat = random.nextDouble();
      double seconds = random.nextDouble();
      double strength = 5 * heat + seconds + 0.1 * random.nextGaussian();
      text.append(
          String.format(
              Locale.ROOT,
              "p%d,%.4f,%.4f,%s,%.4f%n",
              r,
              heat,
              seconds,
              strength > 3 ? "good" : "bad",
              strength));
    }
    return Files.writeString(folder.resolve("parts.csv"), text).toString();
  }

  @Test
  void itLearnsANumberWithANamedNetworkAndSaysWhatItFound() throws IOException {
    Path model = folder.resolve("m.mwb");
    int exit =
        run(
            "--json",
            "learn",
            parts(),
            "--target",
            "strength",
            "--ignore",
            "verdict,id",
            "--network",
            "mlp:8,4",
            "--rate",
            "0.01",
            "--epochs",
            "20",
            "--batch",
            "16",
            "--patience",
            "5",
            "--out",
            model.toString());
    assertThat(exit).as(err.toString()).isZero();
    JsonNode said = new ObjectMapper().readTree(out.toString());
    assertThat(said.path("answers").asText()).isEqualTo("number");
    assertThat(said.path("learnt").asInt()).isEqualTo(120);
    assertThat(said.path("remarks")).isNotEmpty();
    double rmse = said.path("heldOut").path("figures").path("rmse").asDouble();
    double mean =
        said.path("heldOut")
            .path("baselines")
            .path("mean of the training data")
            .path("rmse")
            .asDouble();
    assertThat(rmse).isPositive().isLessThan(0.6 * mean);
    assertThat(model).isNotEmptyFile();
  }

  @Test
  void aModelThatIsNoBetterThanTheMeanIsSaidToBe() throws IOException {
    String[] learn = {
      "learn",
      parts(),
      "--target",
      "strength",
      "--ignore",
      "verdict,id",
      "--network",
      "mlp:4",
      "--rate",
      "0.00001",
      "--epochs",
      "1",
      "--out",
      folder.resolve("m.mwb").toString()
    };
    assertThat(run(learn)).isZero();
    assertThat(out.toString()).contains("Beware").contains("baseline: mean of the training data");
  }

  @Test
  void aColumnThatGivesTheAnswerAwayStopsIt() throws IOException {
    assertThat(run("learn", parts(), "--target", "verdict")).isEqualTo(1);
    assertThat(err.toString()).contains("strength").contains("gives the answer away");
  }

  @Test
  void aWrongNetworkIsAWrongCommandLine() throws IOException {
    assertThat(run("learn", parts(), "--target", "strength", "--network", "mlp")).isEqualTo(2);
    assertThat(err.toString()).contains("mlp:64,32");
    assertThat(run("learn", parts(), "--target", "x", "--network", "mlp:4", "--auto", "1m"))
        .isEqualTo(2);
  }

  @Test
  void aPrivateTrainingSaysWhatItPromises() throws IOException {
    Path model = folder.resolve("p.mwb");
    String[] learn = {"--json", "learn", parts(), "--target", "verdict", "--ignore", "id,strength"};
    String[] network = with(learn, "--network", "mlp:4", "--epochs", "4", "--out");
    assertThat(fresh(with(with(network, model.toString()), "--private", "2"))).isZero();
    String promise = new ObjectMapper().readTree(out.toString()).path("privacy").asText();
    // 96 rows, lots of 6, 64 steps of noise 2.
    assertThat(promise)
        .contains("delta 1.00e-05", "sampling rate 0.0625", "64 steps")
        .startsWith(
            String.format(
                Locale.ROOT, "epsilon %.3g", RenyiAccountant.epsilon(6.0 / 96, 2, 64, 1e-5)));
    for (String[] wrong :
        new String[][] {
          {"--private", "0"},
          {"--private", "-1"},
          {"--private", "NaN"},
          {"--private", "1", "--delta", "0"},
          {"--private", "1", "--patience", "5"},
          {"--delta", "0.001"}
        }) {
      assertThat(fresh(with(with(network, model.toString()), wrong))).as(wrong[1]).isEqualTo(2);
    }
    assertThat(fresh(with(learn, "--private", "1"))).isEqualTo(2);
    assertThat(err.toString()).contains("--private needs --network");
    assertThat(fresh(with(with(network, model.toString()), "--private", "1", "--delta", "0.02")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("one of the 96 rows");
  }

  @Test
  void aTreeCanBeAskedForAndExported() throws IOException {
    String parts = parts();
    Path model = folder.resolve("tree.mwb");
    String[] learn = {
      "learn", parts, "--target", "verdict", "--ignore", "id,strength", "--out", model.toString()
    };
    assertThat(run(with(learn, "--among", "oak"))).isEqualTo(2);
    assertThat(err.toString()).contains("decision-tree");
    assertThat(fresh(with(learn, "--among", "decision-tree"))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Chosen").contains("decision tree of");
    assertThat(fresh("explain", model.toString(), parts, "--rules")).as(err.toString()).isZero();
    // Good is 5 * heat + seconds > 3: the first border lies near a heat of half.
    assertThat(out.toString()).containsPattern("if heat <= 0\\.[3-6]").contains("rows)");
    for (String language : new String[] {"java", "sql", "st"}) {
      assertThat(
              fresh(
                  "export",
                  model.toString(),
                  "--as",
                  language,
                  language.equals("sql") ? "--from" : "--name",
                  "Parts",
                  "-o",
                  folder.resolve("tree." + language).toString()))
          .as(err.toString())
          .isZero();
    }
  }

  private static String[] with(String[] args, String... more) {
    return java.util.stream.Stream.of(args, more)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  void aModelIsWrittenAsAClassAndWhatCannotBeSaysWhy() throws IOException {
    Path model = folder.resolve("e.mwb");
    assertThat(
            run(
                "learn",
                parts(),
                "--target",
                "strength",
                "--ignore",
                "verdict,id",
                "--network",
                "mlp:4",
                "--epochs",
                "2",
                "--out",
                model.toString()))
        .as(err.toString())
        .isZero();
    Path made = folder.resolve("Press.java");
    assertThat(
            run(
                "export",
                model.toString(),
                "--as",
                "java",
                "--name",
                "Press",
                "-o",
                made.toString()))
        .as(err.toString())
        .isZero();
    assertThat(made).content().contains("predict(double heat, double seconds)", "Digest ");
    assertThat(
            run("export", model.toString(), "--as", "java", "--name", "9", "-o", made.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("\"9\" is no name of a class");
  }

  private static final Path KEPT = Path.of("../samples/app/src/test/resources/kept/0.1.0");

  @Test
  void aModelAnswersTheRowsOfAFile() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("new.csv"),
            "order,alloy,heat,seconds\nA1,steel,0.5,0.4\nA2,bronze,,0.1\nA3,steel,90,0.4\n");
    String model = KEPT.resolve("strength.mwb").toString();
    assertThat(fresh("model", "predict", model, csv.toString(), "--json")).isZero();
    JsonNode said = new ObjectMapper().readTree(out.toString());
    assertThat(said.path("answers").size()).isEqualTo(3);
    JsonNode first = said.path("answers").get(0);
    assertThat(first.path("of").asText()).isEqualTo("row 1");
    assertThat(first.path("value").asDouble())
        .isBetween(first.path("low").asDouble(), first.path("high").asDouble());
    assertThat(said.path("answers").get(2).path("flags").toString())
        .isNotEqualTo(first.path("flags").toString());
    assertThat(fresh("model", "predict", model, csv.toString())).isZero();
    assertThat(out.toString()).contains("row 1").contains("90 %: ").contains("3 answers");
    assertThat(
            fresh(
                "model", "predict", KEPT.resolve("grade.mwb").toString(), csv.toString(), "--json"))
        .isZero();
    assertThat(
            new ObjectMapper()
                .readTree(out.toString())
                .path("answers")
                .get(0)
                .path("label")
                .asText())
        .isIn("hard", "soft");
    assertThat(fresh("model", "predict", model, csv.toString(), "--level", "90")).isEqualTo(2);
    assertThat(fresh("model", "predict", model, csv.toString(), "--group", "lot")).isEqualTo(2);
    assertThat(err.toString()).contains("--group is lot").contains("alloy");
  }

  @Test
  void anInfiniteReadingIsSaidByRowAndColumn() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("over.csv"),
            "order,alloy,heat,seconds\nA1,steel,0.5,0.4\nA2,steel,1e400,0.4\nA3,steel,-inf,0.4\n");
    String model = KEPT.resolve("strength.mwb").toString();
    assertThat(fresh("model", "predict", model, csv.toString())).isZero();
    assertThat(out.toString())
        .contains("heat is infinite in row 2, 3")
        .contains("leave it empty")
        .contains("imputed, infinite");
  }

  /** Readings of a walk, a lot without a leading zero among others, and twice the walk. */
  private Path walk(int rows, int from) throws IOException {
    StringBuilder text = new StringBuilder("lot,x,y\n");
    Random random = new Random(5);
    double x = 0;
    for (int r = 0; r < rows; r++) {
      x = 0.8 * x + random.nextGaussian();
      String lot = random.nextBoolean() ? "007" : "123";
      double y = 2 * x + (lot.equals("007") ? 5 : 0) + 0.1 * random.nextGaussian();
      if (r >= from) {
        text.append(String.format(Locale.ROOT, "%s,%.4f,%.4f%n", lot, x, y));
      }
    }
    return Files.writeString(folder.resolve("walk" + from + ".csv"), text);
  }

  @Test
  void rowsForAModelOfHistoriesAreOneHistoryHereAsInAProgram() throws IOException {
    String all = walk(300, 0).toString();
    Path last = walk(300, 295);
    Path model = folder.resolve("w.mwb");
    assertThat(
            fresh(
                "learn",
                all,
                "--target",
                "y",
                "--window",
                "3",
                "--among",
                "linear",
                "--out",
                model.toString()))
        .isZero();
    assertThat(fresh("model", "predict", model.toString(), last.toString(), "--json")).isZero();
    JsonNode answers = new ObjectMapper().readTree(out.toString()).path("answers");
    assertThat(answers.size()).isEqualTo(1);
    try (Millwright millwright = Millwright.create();
        Predictor<Table, Object> predictor = millwright.open(model)) {
      Table rows =
          millwright
              .tables()
              .read(last, CsvFormat.builder().columns(ColumnType.CATEGORY, "lot").build())
              .table();
      assertThat(predictor.predict(rows).orElseThrow().value())
          .isEqualTo(answers.get(0).path("value").asDouble());
    }
  }

  @Test
  void aFewRowsAreReadAsWhatTheModelLearntFrom() throws IOException {
    Path model = folder.resolve("r.mwb");
    assertThat(
            fresh(
                "learn",
                walk(300, 0).toString(),
                "--target",
                "y",
                "--among",
                "linear",
                "--out",
                model.toString()))
        .isZero();
    Path csv = Files.writeString(folder.resolve("two.csv"), "lot,x\n123,0.5\n123,0.1\n");
    assertThat(fresh("model", "predict", model.toString(), csv.toString(), "--json")).isZero();
    JsonNode answers = new ObjectMapper().readTree(out.toString()).path("answers");
    assertThat(answers.size()).isEqualTo(2);
    assertThat(answers.get(0).path("flags").size()).isZero();
    assertThat(answers.get(0).path("value").asDouble()).isBetween(0.8, 1.2);
  }
}
