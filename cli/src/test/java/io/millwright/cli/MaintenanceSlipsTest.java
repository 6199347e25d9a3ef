package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What goes wrong in files and on command lines of maintenance is named, with a way out. */
class MaintenanceSlipsTest {

  private static final String LIVES = "300,1\n420,1\n510,1\n350,0\n610,1\n275,1\n390,1\n440,0\n";

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** What a command says that fails; fails where it does not. */
  private static String refused(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(run(out, err, args)).as(out.toString()).isNotZero();
    return err.toString();
  }

  private static String done(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(run(out, err, args)).as(err.toString()).isZero();
    return out.toString();
  }

  private static int run(StringWriter out, StringWriter err, String... args) {
    List<String> words = new ArrayList<>(List.of("maintenance"));
    words.addAll(List.of(args));
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(words.toArray(String[]::new));
  }

  @Test
  void lostLivesAreNamedByTheirRowWithAWayOut() throws IOException {
    String[][] slips = {
      {",1", "row 9", "hours is missing", "leave the row out"},
      {"0,1", "row 9", "hours is 0", "--from and --to"},
      {"-999,1", "row 9", "hours is -999", "missing value"},
      {"-5,0", "row 9", "hours is -5", "above 0"}
    };
    for (String[] slip : slips) {
      String csv = file("lives.csv", "hours,status\n" + LIVES + slip[0] + "\n");
      assertThat(refused("life-data", csv, "--time", "hours", "--status", "status"))
          .contains(slip[1], slip[2], slip[3], "\nMaybe ")
          .doesNotContain("NaN");
    }
    String[][] lost = {
      {"200,100,3", "found is 100, before last, which is 200"},
      {",,2", "neither last nor found is known"},
      {"100,200,-3", "n is -3"},
      {"100,200,", "n is missing"},
      {"100,-999,1", "found is -999, before last"}
    };
    for (String[] slip : lost) {
      String csv =
          file(
              "wheels.csv",
              "last,found,n\n100,200,3\n200,300,5\n300,,4\n,100,1\n" + slip[0] + "\n");
      assertThat(refused("life-data", csv, "--from", "last", "--to", "found", "--count", "n"))
          .contains("row 5", slip[1], "\nMaybe ");
    }
    String lives = file("lives.csv", "hours,status\n" + LIVES);
    assertThat(refused("life-data", lives, "--time", "hours", "--from", "status"))
        .contains("--from and --to");
  }

  @Test
  void aLifeFarFromAllOthersIsNamed() throws IOException {
    String sound = file("lives.csv", "hours,status\n" + LIVES);
    String wild = file("wild.csv", "hours,status\n" + LIVES + "1e300,1\n");
    String code = file("code.csv", "hours,status\n" + LIVES + "99999,0\n");
    assertThat(done("life-data", sound, "--time", "hours", "--status", "status"))
        .doesNotContain("far from all others");
    assertThat(done("life-data", wild, "--time", "hours", "--status", "status"))
        .contains("1.000e+300 is far from all others");
    assertThat(done("life-data", code, "--time", "hours", "--status", "status"))
        .contains("far from all others");
  }

  @Test
  void filesThatAreNotThereAreNamedWithoutAnyClassOfJava() throws IOException {
    String plant = folder.resolve("压机.json").toString();
    for (String[] command :
        new String[][] {
          {"policy", plant},
          {"fault-tree", plant},
          {"life-data", plant, "--time", "hours"},
          {"diagnose", "--geometry", "9,7.94,39.04,0", "--sampling", "1e4", "--rpm", "1800", plant},
          {"health", "--normal", plant, plant}
        }) {
      assertThat(refused(command))
          .contains("there is no " + plant, "\nMaybe ")
          .doesNotContain("Exception");
    }
    assertThat(refused("policy", folder.toString())).doesNotContain("Exception");
  }

  @Test
  void aLawAndLivesExcludeEachOther() throws IOException {
    String plant =
        file(
            "plant.json",
            "{\"horizon\": 1000, \"machines\": [{\"name\": \"a\", \"life\": [400, 2.5],"
                + " \"failed\": [1, 2, 3], \"planned\": 1, \"failure\": 9}]}");
    assertThat(refused("policy", plant)).contains("machine a", "passed over", "\nMaybe ");
  }

  @Test
  void costsBelowZeroAreNotSummed() throws IOException {
    StringBuilder csv = new StringBuilder("note,component,hours\n");
    for (int i = 0; i < 12; i++) {
      csv.append(i % 2 == 0 ? "hose leaks,hose," : "pump noisy,pump,").append(i - 1).append('\n');
    }
    String[] args = {
      "notes",
      file("n.csv", csv.toString()),
      "--text",
      "note",
      "--fields",
      "component",
      "--cost",
      "hours"
    };
    assertThat(refused(args)).contains("row 1", "hours is -1", "--missing");
  }

  @Test
  void healthTakesNoColumnTruthOrOnsetThatIsNotThere() throws IOException {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("flow,pressure,verdict\n");
    for (int r = 0; r < 200; r++) {
      double load = random.nextGaussian();
      csv.append(load).append(',').append(2 * load + 0.1 * random.nextGaussian());
      csv.append(r < 150 ? ",ok\n" : ",bad\n");
    }
    String day = file("day.csv", csv.toString());
    assertThat(refused("health", "--normal", day, "--leave-out", "flwo", day))
        .contains("flwo", "Maybe");
    assertThat(refused("health", "--train-rows", "100", "--truth", "verdict", day))
        .contains("row 1", "\"verdict\" is \"ok\"", "Maybe write 1");
    assertThat(refused("health", "--normal", day, "--onset", "201", day)).contains("200 rows");
    assertThat(done("health", "--normal", day, "--onset", "200", day)).contains("false alarms");
  }
}
