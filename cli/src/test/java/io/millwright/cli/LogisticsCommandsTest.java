package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Days, transport over days, stock in networks and the bullwhip with everything real behind. */
class LogisticsCommandsTest extends CommandTest {

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void aDayHasTripsTrafficAndBreaks() throws IOException {
    StringBuilder csv =
        new StringBuilder("id;x;y;deliver;ready;due;service\ndepot;0;0;;420;1020;\n");
    Random random = new Random(2);
    for (int i = 1; i <= 14; i++) {
      csv.append("s").append(i).append(';').append(random.nextInt(60) - 30).append(';');
      csv.append(random.nextInt(60) - 30).append(";1;;;12\n");
    }
    Path page = folder.resolve("day.html");
    JsonNode day =
        json(
            "supplychain",
            "day",
            file("stops.csv", csv.toString()),
            "--capacity",
            "5",
            "--vehicles",
            "2",
            "--traffic",
            "420-540=1.5,960-1020=2",
            "--breaks",
            "270,45",
            "--trips",
            "3,20",
            "--iterations",
            "600",
            "--html",
            page.toString(),
            "--json");
    int visits = 0;
    for (JsonNode route : day.get("routes")) {
      assertThat(route.get("departure").asDouble()).isGreaterThanOrEqualTo(420);
      for (JsonNode trip : route.get("trips")) {
        visits += trip.get("stops").size();
        assertThat(trip.get("stops").size()).isLessThanOrEqualTo(5);
      }
    }
    assertThat(visits).isEqualTo(14);
    assertThat(page).content().contains("Along the clock");
    assertThat(run("supplychain", "day", "x.csv", "--traffic", "seven")).isEqualTo(2);
    assertThat(err.toString()).contains("seven").contains("420-540=1.5");
  }

  @Test
  void sitesAreSuppliedOverDaysAndTheBoundIsSaid() throws IOException {
    String sites =
        file(
            "sites.csv",
            """
            id,x,y,stock,most,use,holding
            depot,0,0,,,,
            north,0,30,10,60,10,0.01
            next,1,30,20,60,10,0.01
            """);
    Path page = folder.resolve("transport.html");
    JsonNode plan =
        json(
            "supplychain",
            "transport",
            sites,
            "--days",
            "5",
            "--capacity",
            "100",
            "--iterations",
            "200",
            "--html",
            page.toString(),
            "--json");
    assertThat(plan.get("days")).hasSize(5);
    assertThat(plan.get("bound").asDouble()).isPositive();
    assertThat(plan.get("cost").asDouble()).isGreaterThanOrEqualTo(plan.get("bound").asDouble());
    assertThat(page).content().contains("Stock of north");
    assertThat(
            run(
                "supplychain",
                "transport",
                file("bad.csv", "id,x,y,stock,most,use\nd,0,0,,,\na,1,1,5,,2\n"),
                "--capacity",
                "9"))
        .isNotZero();
    assertThat(err.toString()).contains("row 2").contains("most is missing");
  }

  @Test
  void aPlanOfDaysIsWrittenChangedAndPlannedOn() throws IOException {
    String sites =
        file(
            "sites.csv",
            """
            id,x,y,stock,most,use,closed
            depot,0,0,,,,5
            north,0,30,10,60,10,1
            next,1,30,20,60,10,
            """);
    String[] all = {"supplychain", "transport", sites, "--days", "5", "--capacity", "100"};
    Path out = folder.resolve("plan.csv");
    JsonNode plan = json(with(all, "--iterations", "200", "--out", out.toString(), "--json"));
    assertThat(plan.get("days").get(0).get("delivered")).isEmpty();
    assertThat(plan.get("days").get(4).get("delivered")).isEmpty();
    assertThat(out).content().startsWith("day,id,pieces\n2,\"next\",");
    String draft = file("draft.csv", "day,id,pieces\n1,next,25\n2,north,30\n4,next,20\n");
    JsonNode on =
        json(
            with(
                all,
                "--draft",
                draft,
                "--keep",
                "2",
                "--change",
                "1000",
                "--iterations",
                "99",
                "--json"));
    assertThat(on.get("days").get(0).get("delivered").get("next").asDouble()).isEqualTo(25);
    assertThat(on.get("days").get(1).get("delivered").get("north").asDouble()).isEqualTo(30);
    assertThat(on.get("changed").asInt()).isEqualTo(1);
    assertThat(run(with(all, "--keep", "2"))).isNotZero();
    assertThat(err.toString()).contains("Maybe add --draft plan.csv");
    String twice = file("twice.csv", "day,id,pieces\n1,next,25\n1,next,5\n");
    assertThat(run(with(all, "--draft", twice))).isNotZero();
    assertThat(err.toString()).contains("row 2: next is visited twice on day 1");
    String late = file("late.csv", "day,id,pieces\n9,next,25\n");
    assertThat(run(with(all, "--draft", late))).isNotZero();
    assertThat(err.toString()).contains("day is 9.0, but must be from 1 to 5");
    String shut = file("shut.csv", "id,x,y,stock,most,use,closed\nd,0,0,,,,x\na,1,1,5,9,2,\n");
    assertThat(run("supplychain", "transport", shut, "--capacity", "9")).isNotZero();
    assertThat(err.toString()).contains("row 1: closed is x");
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void stockBelongsWhereItIsCheapest() throws IOException {
    // Holding is cheap at the source: with the customer served within the processing time of the
    // shop, all safety stock but the shop's own can lie there.
    String sites =
        file(
            "sites.csv",
            """
            site,suppliers,holding,processing,inbound,outbound,deviation
            plant,,1,4,2,0,0
            shop,plant,10,1,0,1,5
            """);
    assertThat(
            json(
                    "supplychain",
                    "network-stock",
                    file("one.csv", "site,suppliers,holding,processing,deviation\n7,,1,4,3\n"),
                    "--json")
                .get("cost")
                .asDouble())
        .isCloseTo(1.645 * 3 * 2, within(1e-6));
    Path page = folder.resolve("network.html");
    JsonNode net = json("supplychain", "network-stock", sites, "--html", page.toString(), "--json");
    assertThat(net.get("sites").get(1).get("safetyStock").asDouble()).isZero();
    assertThat(net.get("cost").asDouble()).isCloseTo(1.645 * 5 * Math.sqrt(6), within(1e-6));
    assertThat(page).content().contains("Where stock belongs");
    // Shang and Song 2003: the three stages of the textbook by Snyder and Shen, example 6.1.
    String stages = file("stages.csv", "stage,holding,lead_time\nshop,3,1\ndepot,2,1\nplant,2,2\n");
    JsonNode chain =
        json(
            "supplychain",
            "network-stock",
            stages,
            "--shortage",
            "37.12",
            "--demand",
            "5",
            "--deviation",
            "1",
            "--json");
    assertThat(chain.get("cost").asDouble()).isCloseTo(47.65, within(0.1));
  }

  @Test
  void assembliesAndWarehousesHaveLevels() throws IOException {
    String parts =
        file(
            "parts.csv",
            "stage,feeds,holding,lead_time\npump,,2,2\nseal,pump,1,1\ncasing,pump,0.6,3\n");
    JsonNode chain =
        json("supplychain", "network-stock", parts, "--shortage", "40", "--demand", "3", "--json");
    assertThat(chain.get("cost").asDouble()).isCloseTo(32.4, within(0.3));
    assertThat(chain.get("stages").get(2).get("echelonBaseStock").asDouble())
        .isGreaterThan(chain.get("stages").get(1).get("echelonBaseStock").asDouble());
    String shops =
        file(
            "shops.csv",
            "retailer,demand,holding,shortage,lead_time\n1,2,1.2,20,1\n2,0.5,1,15,2\n");
    Path page = folder.resolve("shops.html");
    JsonNode shared =
        json(
            "supplychain",
            "network-stock",
            shops,
            "--warehouse",
            "0.5,2",
            "--html",
            page.toString(),
            "--json");
    assertThat(shared.get("retailers").get(0).get("retailer").asText()).isEqualTo("1");
    assertThat(shared.get("retailers").get(0).get("fillRate").asDouble()).isBetween(0.8, 1.0);
    assertThat(page).content().contains("met at once");
    assertThat(run("supplychain", "network-stock", shops, "--warehouse", "0.5")).isNotZero();
    assertThat(err.toString()).contains("--warehouse takes two numbers");
    String late = file("late.csv", "retailer,demand,holding,shortage,lead_time\na,2,1,9,-1\n");
    assertThat(run("supplychain", "network-stock", late, "--warehouse", "0.5,2")).isNotZero();
    assertThat(err.toString()).contains("the lead time of \"a\" is -1.0");
  }

  @Test
  void aTreeOfThreeLevelsIsStockedAndComparedWithToday() throws IOException {
    String heading = "site,supplier,demand,holding,shortage,fill,lead_time,level\n";
    String tree =
        file(
            "tree.csv",
            heading
                + "plant,,,0.4,,,2,0\n1,plant,,0.7,,,1,9\n2,plant,0.6,0.7,18,,1.5,9\n"
                + "a,1,1.2,1,,0.95,1,9\nb,2,0.5,1.1,18,,0.5,9\n");
    Path page = folder.resolve("tree.html");
    JsonNode reply =
        json("supplychain", "network-stock", tree, "--html", page.toString(), "--json");
    assertThat(reply.get("proven").asBoolean()).isTrue();
    assertThat(reply.get("cost").asDouble()).isLessThan(reply.get("costToday").asDouble());
    assertThat(reply.get("sites").get(3).get("fillRate").asDouble()).isGreaterThanOrEqualTo(0.95);
    assertThat(page).content().contains("a tree of 5 sites");
    String circle = file("circle.csv", heading + "r,,1,1,9,,1,\na,b,1,1,9,,1,\nb,a,1,1,9,,1,\n");
    assertThat(run("supplychain", "network-stock", circle)).isNotZero();
    assertThat(err.toString()).contains("\"a\" is served in a circle");
    String other = file("other.csv", "site,supplier,holding,processing\na,,1,2\n");
    assertThat(run("supplychain", "network-stock", other)).isNotZero();
    assertThat(err.toString()).contains("suppliers for guaranteed service");
  }

  @Test
  void aNetworkWithoutDemandAndAStageWithoutWaitingAreNamed() throws IOException {
    String sites = file("still.csv", "site,suppliers,holding,processing\na,,1,2\nb,a,2,3\n");
    assertThat(run("supplychain", "network-stock", sites)).isNotZero();
    assertThat(err.toString()).contains("no site with a deviation of outside demand");
    String stages = file("zero.csv", "stage,holding,lead_time\na,1,2\nb,1,0\n");
    assertThat(run("supplychain", "network-stock", stages, "--shortage", "9", "--demand", "2"))
        .isNotZero();
    assertThat(err.toString()).contains("row 2: lead_time is 0.0, but must be above 0");
    String owed = file("owed.csv", "stage,holding,lead_time\na,1,2\n");
    assertThat(run("supplychain", "network-stock", owed, "--shortage", "-4", "--demand", "2"))
        .isNotZero();
    assertThat(err.toString()).contains("cost of shortage is -4.0").contains("a unit owed");
    assertThat(run("supplychain", "network-stock", owed, "--shortage", "4", "--demand", "-2"))
        .isNotZero();
    assertThat(err.toString()).contains("mean is -2.0").contains("Maybe");
    String negative =
        file("negative.csv", "site,suppliers,holding,processing,deviation\na,,1,2,\nb,a,2,3,-7\n");
    assertThat(run("supplychain", "network-stock", negative)).isNotZero();
    assertThat(err.toString()).contains("row 2: deviation is -7.0, but must be 0 or more");
  }

  @Test
  void aDirectWayThatIsLongerThanOneAroundIsToldAndSoAreFleetsOfNone() throws IOException {
    String matrix =
        """
        NAME : three
        TYPE : CVRP
        DIMENSION : 3
        EDGE_WEIGHT_TYPE : EXPLICIT
        EDGE_WEIGHT_FORMAT : FULL_MATRIX
        CAPACITY : 10
        EDGE_WEIGHT_SECTION
        0 1 %s
        1 0 1
        %s 1 0
        DEMAND_SECTION
        1 0
        2 3
        3 4
        DEPOT_SECTION
        1
        -1
        EOF
        """;
    String odd = file("odd.vrp", matrix.formatted("100", "100"));
    String even = file("even.vrp", matrix.formatted("2", "2"));
    JsonNode note =
        json("supplychain", "route", odd, "--iterations", "500", "--json").get("longerThanAround");
    assertThat(note.get("distance").asDouble()).isEqualTo(100);
    assertThat(note.get("around").asDouble()).isEqualTo(2);
    assertThat(note.get("by").asText()).isEqualTo("stop 1");
    assertThat(run("supplychain", "route", odd, "--iterations", "500")).isZero();
    assertThat(out.toString()).contains("by way of stop 1 it is 2");
    assertThat(json("supplychain", "route", even, "--iterations", "500", "--json"))
        .noneMatch(n -> n.has("around"));
    assertThat(run("supplychain", "route", even, "--vehicles", "-1")).isNotZero();
    assertThat(err.toString()).contains("--vehicles is -1").doesNotContain("--skills");
    assertThat(run("supplychain", "route", file("depot.csv", "id,x,y\ndepot,0,0\n"))).isNotZero();
    assertThat(err.toString()).contains("has 1 rows").contains("Maybe");
  }

  @Test
  void ordersThatSwingMoreAreMeasured() throws IOException {
    StringBuilder csv = new StringBuilder("month,customers,shop,plant\n");
    Random random = new Random(4);
    for (int t = 0; t < 96; t++) {
      double d = random.nextGaussian();
      csv.append(String.format("%d-%02d,", 2015 + t / 12, t % 12 + 1));
      csv.append((int) (100 + 5 * d)).append(',').append((int) (100 + 10 * d)).append(',');
      csv.append((int) (100 + 20 * d)).append('\n');
    }
    Path page = folder.resolve("bullwhip.html");
    JsonNode whip =
        json(
            "supplychain",
            "bullwhip",
            file("orders.csv", csv.toString()),
            "--lead-times",
            "2,3",
            "--html",
            page.toString(),
            "--json");
    assertThat(whip.get("links")).hasSize(3);
    assertThat(whip.get("links").get(0).get("ratio").asDouble()).isCloseTo(4, within(0.8));
    assertThat(whip.get("saved").asDouble()).isBetween(0.0, 1.0);
    assertThat(page).content().contains("What sharing saves");
    assertThat(run("supplychain", "bullwhip")).isEqualTo(2);
    String orders = folder.resolve("orders.csv").toString();
    assertThat(run("supplychain", "bullwhip", orders, "--chain", "shop,shop")).isNotZero();
    assertThat(err.toString()).contains("--chain shop,shop names a link twice");
  }
}
