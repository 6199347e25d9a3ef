package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The commands of learned dispatching with everything real behind them. */
class DispatchCommandsTest extends CommandTest {

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  /** ft06 of Fisher and Thompson (1963); the optimum is 55. */
  private Path shops() throws IOException {
    Path shops = Files.createDirectories(folder.resolve("shops"));
    Files.writeString(
        shops.resolve("ft06.txt"),
        """
        6 6
        2 1 0 3 1 6 3 7 5 3 4 6
        1 8 2 5 4 10 5 10 0 10 3 4
        2 5 3 4 5 8 0 9 1 1 4 7
        1 5 0 5 2 5 3 3 4 8 5 9
        2 9 1 3 4 5 5 4 0 3 3 1
        1 3 3 3 5 9 0 10 4 4 2 1
        """);
    Files.writeString(folder.resolve("bounds.csv"), "instance,best_known\nft06,55\n");
    return shops;
  }

  @Test
  void aPolicyIsTrainedAndGoesOn() throws Exception {
    Path whole = folder.resolve("whole.mwb");
    // The same key gives the same policy, also when it goes on from a checkpoint that is whole.
    String[] kept = {
      "scheduling",
      "dispatch",
      "train",
      "--rounds",
      "2",
      "--checkpoints",
      "" + folder.resolve("kept"),
      "--json",
      "--out",
      "" + whole
    };
    assertThat(run(kept)).as(err.toString()).isZero();
    JsonNode first = json();
    assertThat(first.path("rules").size()).isGreaterThan(4);
    assertThat(first.path("policy").asDouble()).isBetween(1.0, 2.0);
    assertThat(first.path("provenance").path("rounds").asText()).isEqualTo("2");
    assertThat(run(kept)).isZero();
    assertThat(json().path("policy").asDouble()).isEqualTo(first.path("policy").asDouble());
    assertThat(run("dispatch", "run", "" + shops().resolve("ft06.txt"), "--model", "" + whole))
        .isZero();
    Path live = folder.resolve("live.mwb");
    assertThat(
            run(
                "dispatch",
                "train",
                "--goal",
                "tardiness",
                "--method",
                "policy_gradient",
                "--rounds",
                "1",
                "--out",
                "" + live,
                "--json"))
        .as(err.toString())
        .isZero();
    assertThat(json().path("figure").asText()).contains("tardiness");
    assertThat(run("dispatch", "train", "--rounds", "0", "--out", "x.mwb")).isEqualTo(2);
  }

  @Test
  void shopsAreRunBesideTheRules() throws Exception {
    Path html = folder.resolve("run.html");
    Path shops = shops();
    assertThat(
            run(
                "scheduling",
                "dispatch",
                "run",
                "--all",
                "" + shops,
                "--samples",
                "64",
                "--json",
                "--html",
                "" + html))
        .as(err.toString())
        .isZero();
    JsonNode row = json().path("instances").get(0);
    assertThat(row.path("sampledValue").asDouble()).isBetween(55.0, 60.0);
    assertThat(row.path("bothEndsValue").asDouble())
        .isBetween(row.path("sampledValue").asDouble(), row.path("policyValue").asDouble());
    assertThat(row.path("policyValue").asDouble()).isLessThan(75.0);
    assertThat(row.path("ruleValue").asDouble()).isGreaterThanOrEqualTo(55);
    assertThat(json().path("meanGapSampled").asDouble()).isLessThan(0.1);
    assertThat(html).content().contains("best of 64");
    Path plan = folder.resolve("plan.json");
    assertThat(run("dispatch", "run", "" + shops.resolve("ft06.txt"), "--json", "" + plan))
        .as(err.toString())
        .isZero();
    assertThat(run("schedule", "check", "" + shops.resolve("ft06.txt"), "" + plan)).isZero();
    assertThat(run("dispatch", "run")).isEqualTo(2);
    assertThat(run("dispatch", "run", "" + shops.resolve("ft06.txt"), "--samples", "0"))
        .isEqualTo(2);
    assertThat(run("dispatch", "run", "" + shops.resolve("ft06.txt"), "--model", "" + plan))
        .isEqualTo(1);
  }

  @Test
  void aLiveFloorIsTried() throws Exception {
    Path html = folder.resolve("live.html");
    assertThat(
            run(
                "scheduling",
                "dispatch",
                "live",
                "--machines",
                "4",
                "--jobs",
                "80",
                "--warm-up",
                "10",
                "--replications",
                "2",
                "--search",
                "20",
                "--json",
                "--html",
                "" + html))
        .as(err.toString())
        .isZero();
    assertThat(json().path("trials").toString()).contains("rolling search, 20 moves", "\"FIFO\"");
    assertThat(json().has("changePercent")).isTrue();
    assertThat(html).content().contains("weighted tardiness");
    assertThat(run("dispatch", "live", "--utilisation", "-1")).isEqualTo(1);
    assertThat(err.toString()).contains("utilisation").contains("Maybe");
    assertThat(run("dispatch", "live", "--replications", "1")).isEqualTo(1);
  }
}
