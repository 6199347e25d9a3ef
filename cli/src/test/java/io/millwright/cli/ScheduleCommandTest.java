package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.CtrlC;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ScheduleCommandTest {

  /** Fisher and Thompson (1963): the optimum is 55. */
  private static final String FT06 =
      """
      6 6
      2 1 0 3 1 6 3 7 5 3 4 6
      1 8 2 5 4 10 5 10 0 10 3 4
      2 5 3 4 5 8 0 9 1 1 4 7
      1 5 0 5 2 5 3 3 4 8 5 9
      2 9 1 3 4 5 5 4 0 3 3 1
      1 3 3 3 5 9 0 10 4 4 2 1
      """;

  private static final String LINE =
      """
      {"name": "line", "tariff": {"currency": "EUR", "ticksPerHour": 60, "period": 200,
        "prices": [{"from": 0, "perKwh": 0.4}, {"from": 100, "perKwh": 0.2}]},
       "machines": [{"id": "saw", "closed": [{"from": 30, "to": 40}], "power": {"working": 60, "idle": 5}},
                    {"id": "mill", "setups": [{"from": "x", "to": "y", "duration": 5}]}],
       "resources": [{"id": "crew"}],
       "jobs": [
        {"id": "a", "due": 20, "operations": [
          {"id": "1", "alternatives": [{"machine": "saw", "duration": 20}]},
          {"id": "2", "family": "x", "alternatives": [{"machine": "mill", "duration": 10}], "needs": [{"resource": "crew"}]}]},
        {"id": "b", "operations": [
          {"id": "1", "alternatives": [{"machine": "saw", "duration": 20}]},
          {"id": "2", "family": "y", "alternatives": [{"machine": "mill", "duration": 10}]}]}]}
      """;

  @TempDir Path folder;
  Path ft06 = Path.of("");
  Path line = Path.of("");
  String out = "";
  String err = "";

  @BeforeEach
  void shops() throws IOException {
    ft06 = Files.writeString(folder.resolve("ft06.txt"), FT06);
    line = Files.writeString(folder.resolve("line.json"), LINE);
  }

  private int run(String... args) {
    StringWriter printed = new StringWriter();
    StringWriter told = new StringWriter();
    CommandLine command = MillwrightCommand.line(new Desk(HostOptions::open, false));
    command.setOut(new PrintWriter(printed)).setErr(new PrintWriter(told));
    int exit = command.execute(args);
    out = printed.toString();
    err = told.toString();
    return exit;
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Work of 25 on a saw that rests from 30 to 40, behind a release, by a deadline too early. */
  @Test
  @Timeout(300)
  void whatArithmeticRulesOutIsToldAtOnce() throws IOException {
    Path shop =
        Files.writeString(
            folder.resolve("late.json"),
            LINE.replace(
                "\"id\": \"a\", \"due\": 20", "\"id\": \"a\", \"release\": 15, \"deadline\": 54"));
    assertThat(run("schedule", shop.toString(), "--time", "10m")).isEqualTo(1);
    assertThat(out + err)
        .contains("there is none: proven", "job a", "deadline 54", "the job is done at 55");
    Files.writeString(shop, Files.readString(shop).replace("\"deadline\": 54", "\"deadline\": 55"));
    assertThat(run("schedule", shop.toString(), "--iterations", "2000")).isZero();
    Files.writeString(
        shop,
        LINE.replace(
            "\"resources\"",
            "\"pins\": [{\"job\": \"a\", \"operation\": \"2\", \"machine\": \"mill\", \"start\":"
                + " 19}], \"resources\""));
    assertThat(run("schedule", shop.toString(), "--time", "10m")).isEqualTo(1);
    assertThat(out + err).contains("operation 2 is pinned at 19, and cannot begin before 20");
  }

  @Test
  void planWritesWhatIsAskedForAndCheckAccepts() throws IOException {
    int exit =
        run(
            "schedule",
            ft06.toString(),
            "--iterations",
            "200000",
            "--target",
            "55",
            "--json",
            file("plan.json"),
            "--html",
            file("plan.html"),
            "--svg",
            file("plan.svg"));
    assertThat(err).doesNotContain("millwright:");
    assertThat(exit).isZero();
    assertThat(out)
        .contains("ft06: job shop, 6 jobs, 6 machines, 36 operations")
        .contains("makespan 55 tick")
        .contains("every rule is kept")
        .contains("m0 |");
    assertThat(Files.readString(folder.resolve("plan.svg"))).startsWith("<svg");
    assertThat(Files.readString(folder.resolve("plan.html"))).contains("Plan of ft06");
    assertThat(run("schedule", "check", ft06.toString(), file("plan.json"))).isZero();
    assertThat(out).contains("makespan 55").contains("every rule is kept");
  }

  @Test
  void checkListsEveryBrokenRuleOfAForeignPlan() throws IOException {
    Files.writeString(
        folder.resolve("foreign.json"),
        """
        {"assignments": [
          {"job": "a", "operation": "1", "machine": "saw", "start": 0},
          {"job": "a", "operation": "2", "machine": "mill", "start": 10},
          {"job": "b", "operation": "1", "machine": "saw", "start": 15},
          {"job": "b", "operation": "2", "machine": "drill", "start": 60}]}
        """);
    assertThat(run("schedule", "check", line.toString(), file("foreign.json"))).isEqualTo(1);
    assertThat(out)
        .contains("job a, operation 2: starts at 10, before operation 1 ends at 20")
        .contains("job b, operation 1: starts at 15 on saw, which is ready at 20")
        .contains("job b, operation 2: runs on machine drill, which cannot do it")
        .contains("3 complaints");
    assertThat(run("schedule", "check", line.toString(), file("foreign.json"), "--json"))
        .isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.path("good").asBoolean(true)).isFalse();
    assertThat(json.path("broken")).hasSize(3);
  }

  @Test
  void theSameKeyGivesTheSamePlanAsOneDocument() throws IOException {
    String[] args = {
      "schedule",
      line.toString(),
      "--iterations",
      "2000",
      "--workers",
      "1",
      "--objective",
      "tardiness + 0.1 setup, energy",
      "--json"
    };
    assertThat(run(args)).isZero();
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.path("command").asText()).isEqualTo("schedule");
    assertThat(json.path("objectives")).hasSize(2);
    assertThat(json.path("objectives").path(0).path("name").asText())
        .isEqualTo("weighted tardiness + 0.1 setup time");
    assertThat(json.path("objectives").path(1).path("unit").asText()).isEqualTo("EUR");
    String first = out;
    assertThat(run(args)).isZero();
    assertThat(out).isEqualTo(first);
  }

  @Test
  void aLateJobIsExplained() {
    assertThat(
            run(
                "schedule",
                line.toString(),
                "--iterations",
                "500",
                "--objective",
                "tardiness",
                "--explain",
                "a"))
        .isZero();
    assertThat(out).contains("a is done at 30, due at 20").contains("A = a").contains("late by 10");
  }

  @Test
  void ordersComeFromATableAndTheFloorFromItsOwnFile() throws IOException {
    Path orders =
        Files.writeString(
            folder.resolve("orders.csv"), "job,operation,machine,duration\nz,1,saw,35\n");
    assertThat(run("schedule", orders.toString(), "--floor", line.toString(), "--iterations", "10"))
        .isZero();
    // The saw rests from 30 to 40.
    assertThat(out).contains("makespan 45 min");
  }

  @Test
  void aFolderIsSetBesideTheBestThatIsKnown() throws IOException {
    Path all = Files.createDirectories(folder.resolve("set/instances"));
    Files.writeString(all.resolve("ft06.txt"), FT06);
    Files.writeString(all.resolve("tiny10.fjs"), "1 2 2\n1 2 1 5 2 4\n");
    Files.writeString(all.resolve("tiny9.fjs"), "1 2 2\n1 2 1 5 2 4\n");
    Files.writeString(all.resolve("README.md"), "no shop");
    Files.writeString(
        folder.resolve("set/bounds.csv"),
        "family,instance,best_known_upper_bound\nft,FT06,50\nt,tiny9,4\nt,other,1\n");
    assertThat(run("schedule", "--all", file("set"), "--iterations", "100000", "--target", "55"))
        .isZero();
    assertThat(out.lines().map(l -> l.replaceAll(" +", " ").replaceAll(" \\S+$", "")))
        .contains(
            "ft06 6x6 55 52 50 10.00 %",
            "tiny9 1x2 4 4 4 0.00 %", "tiny10 1x2 4 4 - -", "mean gap 5.000 % over 2 of 3");
    assertThat(out.indexOf("tiny9")).isLessThan(out.indexOf("tiny10"));

    Files.delete(folder.resolve("set/bounds.csv"));
    assertThat(run("schedule", "--all", file("set"), "--iterations", "10", "--json")).isZero();
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.path("instances")).hasSize(3);
    assertThat(json.path("meanGap").isNull()).isTrue();

    // One that is refused, the first of all, costs no plan of the others.
    Files.writeString(all.resolve("a.json"), "{\"machines\": [], \"jobs\": []}");
    assertThat(run("schedule", "--all", file("set"), "--iterations", "10", "--json")).isEqualTo(1);
    JsonNode rest = new ObjectMapper().readTree(out).path("instances");
    assertThat(rest).hasSize(4);
    assertThat(rest.get(0).path("end").asText()).isEqualTo("REFUSED");
    assertThat(rest.get(0).path("message").asText()).contains("machines: there are none");
    assertThat(rest.get(1).path("checked").asBoolean()).isTrue();
  }

  @Test
  void aBadShopIsToldAllThatIsWrongWithIt() throws IOException {
    Path bad =
        Files.writeString(
            folder.resolve("bad.json"),
            """
            {"machines": [{"id": "m"}], "jobs": [{"id": "a", "operations": [
              {"id": "1", "alternatives": [{"machine": "n", "duration": -1}], "after": ["2"]},
              {"id": "2", "alternatives": []}]}]}
            """);
    assertThat(run("schedule", bad.toString())).isEqualTo(1);
    assertThat(err)
        .contains("unknown machine \"n\"")
        .contains("takes -1")
        .contains("no machine can do it")
        .contains("cycle");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule",
        "schedule a --all b",
        "schedule --all . --html x.html",
        "schedule a --time soon",
        "schedule a --iterations 0",
        "schedule check a"
      })
  void aWrongCommandLineSaysSo(String words) throws IOException {
    Files.writeString(folder.resolve("a"), FT06);
    assertThat(run(words.replace(" a", " " + folder.resolve("a")).split(" "))).isEqualTo(2);
    assertThat(err).contains("millwright: ");
  }

  @Test
  void anUnknownObjectiveIsRefused() {
    assertThat(run("schedule", ft06.toString(), "--objective", "beauty")).isEqualTo(1);
    assertThat(err).contains("beauty").contains("weighted tardiness");
  }

  @Test
  @Timeout(300)
  void ctrlCStopsTheWorkAndWaitsForTheAnswer() throws InterruptedException {
    AtomicBoolean cancelled = new AtomicBoolean();
    Thread pressed;
    try (CtrlC keys = CtrlC.listening()) {
      keys.stops(() -> cancelled.set(true));
      assertThat(keys.asked()).isFalse();
      pressed = new Thread(keys::pressed);
      pressed.start();
      while (!cancelled.get()) {
        Thread.onSpinWait();
      }
      assertThat(keys.asked()).isTrue();
      assertThat(pressed.isAlive()).isTrue();
    }
    pressed.join();
  }

  @Test
  void saysHowSurelyOrdersAreOnTime() throws IOException {
    Files.writeString(
        folder.resolve("times.json"),
        "{\"durations\": {\"lognormal\": {\"mean\": 1, \"deviation\": 0.5}}}");
    String[] plan = {
      "scheduling",
      "plan",
      line.toString(),
      "--objective",
      "tardiness",
      "--iterations",
      "20000",
      "--uncertain",
      file("times.json"),
      "--html",
      file("plan.html")
    };
    assertThat(run(plan)).isZero();
    assertThat(out).containsPattern("a: on time with [0-9] %, due 20, 90 % promise");
    assertThat(Files.readString(folder.resolve("plan.html"))).contains("Chances of the orders");
    String[] robust = Arrays.copyOf(plan, plan.length + 2);
    robust[plan.length] = "--risk";
    robust[plan.length + 1] = "90%";
    assertThat(run(robust)).isZero();
    assertThat(out).contains("90 % quantile of objective", "by the plan of means", "Buffers");
    assertThat(Files.readString(folder.resolve("plan.html"))).contains("plan of means");
    robust[plan.length + 1] = "high";
    assertThat(run(robust)).isNotZero();
    assertThat(err).contains("--risk is \"high\"", "Maybe use mean, or 90%");
    assertThat(run("scheduling", "plan", line.toString(), "--risk", "mean")).isNotZero();
    assertThat(err).contains("--uncertain");
  }
}
