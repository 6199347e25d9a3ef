package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The commands of demand and stock with everything real behind them. */
class DemandCommandsTest extends CommandTest {

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private Path demand() throws IOException {
    StringBuilder csv = new StringBuilder("article,month,pieces\n");
    for (int i = 0; i < 6; i++) {
      Random random = new Random(i);
      for (int t = 0; t < 48; t++) {
        if (random.nextInt(20) > 0) {
          double mean = (50 + 10 * i) * (1 + 0.3 * Math.sin(2 * Math.PI * t / 12));
          csv.append(
              String.format(
                  Locale.ROOT,
                  "A%d,%d-%02d,%.1f%n",
                  i,
                  2020 + t / 12,
                  t % 12 + 1,
                  mean * Math.exp(0.05 * random.nextGaussian())));
        }
      }
    }
    return Files.writeString(folder.resolve("demand.csv"), csv);
  }

  @Test
  void aFileIsForecastJudgedSavedAndForecastAgain() throws IOException {
    String file = demand().toString();
    String model = folder.resolve("demand.mwb").toString();
    String page = folder.resolve("demand.html").toString();
    String[] columns = {"--id", "article", "--period", "month", "--value", "pieces"};
    assertThat(
            run(
                with(
                    columns,
                    "forecast",
                    file,
                    "--horizon",
                    "6",
                    "--test",
                    "6",
                    "--json",
                    "--save",
                    model,
                    "--html",
                    page)))
        .as(err.toString())
        .isZero();
    JsonNode first = json();
    assertThat(first.path("series").asInt()).isEqualTo(6);
    assertThat(first.path("test").path("smape").asDouble()).isBetween(0.5, 12.0);
    assertThat(first.path("forecasts")).hasSize(6);
    assertThat(first.path("forecasts").path(0).path("periods")).hasSize(6);
    assertThat(first.path("forecasts").path(0).path("totals")).hasSize(6);
    assertThat(first.path("choice").path(0).asText()).startsWith("MONTH-12, 6 series");
    String html = Files.readString(Path.of(page));
    assertThat(html).contains("Fan chart of A0").contains("class='band'").doesNotContain("http");
    assertThat(
            run(
                with(
                    columns,
                    "forecast",
                    file,
                    "--test",
                    "6",
                    "--model",
                    model,
                    "--json",
                    "--series",
                    "A2")))
        .isZero();
    JsonNode again = json().path("forecasts");
    assertThat(again).hasSize(1);
    assertThat(again.path(0)).isEqualTo(first.path("forecasts").path(2));
  }

  @Test
  void aLedgerSaysNoneByNoRowAndAFileHasOnePresent() throws IOException {
    StringBuilder csv = new StringBuilder("id,period,value\n");
    for (int i = 0; i < 6; i++) {
      for (int t = i % 5; t < 60; t += 5) {
        csv.append(String.format(Locale.ROOT, "g%d,%d-%02d,10%n", i, 2021 + t / 12, t % 12 + 1));
      }
    }
    String file = Files.writeString(folder.resolve("ledger.csv"), csv).toString();
    assertThat(run("forecast", file, "--horizon", "3")).isNotZero();
    assertThat(err.toString()).contains("--gaps zero");
    assertThat(run("forecast", file, "--horizon", "3", "--gaps", "zero", "--json")).isZero();
    for (JsonNode one : json().path("forecasts")) {
      assertThat(one.path("periods").path(0).path("period").asText()).isEqualTo("2026-01");
      assertThat(one.path("periods").path(0).path("mean").asDouble()).isBetween(0.5, 6.0);
    }
  }

  @Test
  void theTestJudgesTheHorizonThatIsPrinted() throws IOException {
    String file = demand().toString();
    String[] columns = {"--id", "article", "--period", "month", "--value", "pieces"};
    assertThat(run(with(columns, "forecast", file, "--test", "5", "--json"))).isZero();
    assertThat(json().path("forecasts").path(0).path("periods")).hasSize(5);
    assertThat(run(with(columns, "forecast", file, "--test", "5", "--horizon", "9"))).isNotZero();
    assertThat(err.toString()).contains("--test");
    assertThat(run(with(columns, "forecast", file, "--every", "fortnight"))).isNotZero();
    assertThat(err.toString()).contains("2week");
  }

  @Test
  void stockIsPlannedAndPlayed() throws IOException {
    String file = demand().toString();
    String page = folder.resolve("stock.html").toString();
    String[] columns = {"--id", "article", "--period", "month", "--value", "pieces"};
    assertThat(
            run(
                with(
                    columns,
                    "stock",
                    file,
                    "--lead-time",
                    "2",
                    "--play",
                    "6",
                    "--fill-rate",
                    "0.9",
                    "--json",
                    "--html",
                    page)))
        .as(err.toString())
        .isZero();
    JsonNode reply = json();
    assertThat(reply.path("articles")).hasSize(6);
    assertThat(reply.path("played").path("fillRate").asDouble()).isBetween(0.7, 1.0);
    JsonNode plan = reply.path("articles").path(0).path("plan");
    assertThat(plan.path("orderUpTo").asDouble()).isBetween(80.0, 400.0);
    assertThat(plan.path("fillRate").asDouble()).isCloseTo(0.9, within(0.02));
    assertThat(Files.readString(Path.of(page))).contains("Stock of A0").contains("is owed");
  }

  @Test
  void stockIsPlannedOnTerms() throws IOException {
    String file = demand().toString();
    String page = folder.resolve("terms.html").toString();
    String[] columns = {"--id", "article", "--period", "month", "--value", "pieces"};
    String[] terms = {"--container", "24", "--lead-times", "0=0.5,2=0.5", "--ready-rate", "0.9"};
    String[] shown = {"--play", "6", "--series", "A0", "--json", "--html", page};
    String[] stock = {"stock", file, "--review", "2"};
    assertThat(run(with(with(with(columns, shown), terms), stock))).as(err.toString()).isZero();
    JsonNode article = json().path("articles").path(0);
    JsonNode service = article.path("plan").path("service");
    assertThat(service.path("ready").path("value").asDouble()).isBetween(0.9, 0.95);
    assertThat(article.path("played").path("service").path("fill").path("low").asDouble())
        .isLessThanOrEqualTo(article.path("played").path("fillRate").asDouble());
    assertThat(Files.readString(Path.of(page)))
        .contains("every 2 periods")
        .contains("50 %: 0 periods, 50 %: 2 periods");
    assertThat(run(with(with(columns, "--shelf-life", "1", "--fill-rate", "0.99"), stock)))
        .isZero();
    assertThat(out.toString()).contains("A0: no plan").contains("cannot be reached");
    assertThat(run(with(with(columns, "--lead-times", "1=0.5"), stock))).isNotZero();
    assertThat(err.toString()).contains("add up to 0.5");
    assertThat(run(with(with(columns, "--lead-times", "soon=1"), stock))).isNotZero();
    assertThat(err.toString()).contains("soon=1");
    assertThat(run(with(with(columns, "--cycle-service", "0.9", "--ready-rate", "0.9"), stock)))
        .isNotZero();
    assertThat(err.toString()).contains("Maybe ask for one");
  }

  @Test
  void theSimulatedStoreNeedsNoFile() throws IOException {
    assertThat(run("forecast", "--horizon", "6", "--json")).isZero();
    assertThat(json().path("forecasts")).hasSize(60);
  }

  @Test
  void faultsNameTheirPlace() throws IOException {
    Path twice =
        Files.writeString(
            folder.resolve("twice.csv"), "id,period,value\na,2020-01,1\na,2020-01,2\n");
    assertThat(run("forecast", twice.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("series a").contains("2020-01").contains("Maybe");
    Path one = Files.writeString(folder.resolve("one.csv"), "id,period,value\na,2020-01,1\n");
    assertThat(run("forecast", one.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("TOO_FEW_DATA");
    assertThat(run("forecast", "--series", "nobody")).isEqualTo(1);
    assertThat(err.toString()).contains("nobody");
    assertThat(run("stock", "--lead-time", "-1")).isEqualTo(1);
    assertThat(err.toString()).contains("lead time");
    assertThat(run("stock", "--play", "-1")).isEqualTo(2);
  }

  private static String[] with(String[] more, String... first) {
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  @Test
  void aTableOfStopsBecomesRoutesWithAMap() throws IOException {
    Path stops = folder.resolve("stops.csv");
    Files.writeString(
        stops,
        """
        id,x,y,deliver,ready,due,service,prize
        depot,0,0,0,0,600,0,
        007,10,5,30,60,120,10,
        A2,12,-3,40,,,10,
        A3,-8,9,20,30,90,5,
        A4,-300,4,25,,,5,10
        A5,4,18,50,100,300,15,
        """);
    Path page = folder.resolve("routes.html");
    String[] command = {
      "supplychain", "route", stops.toString(), "--capacity", "100", "--iterations", "1000"
    };
    assertThat(
            run(
                with(
                    new String[] {"--explain", "2", "--json", "--html", page.toString()}, command)))
        .as(err.toString())
        .isZero();
    JsonNode plan = json();
    assertThat(plan.path("vehicles").asInt()).isEqualTo(2);
    assertThat(plan.path("leftOut").path(0).asText()).isEqualTo("A4");
    assertThat(plan.path("reasons")).hasSize(2);
    assertThat(out.toString()).contains("\"007\"");
    assertThat(page).content().contains("Map of the routes").contains("The dearest stops");

    command[4] = "45";
    assertThat(run(command)).isNotZero();
    assertThat(err.toString()).contains("\"A5\"").contains("above every capacity");
    Files.writeString(stops, "id,x,y,due\ndepot,0,0,\na,1,1,08:00\n");
    assertThat(run("route", stops.toString())).isNotZero();
    assertThat(err.toString()).contains("due").contains("Maybe");
  }

  @Test
  void uncertainDeliveriesTellTheirReturns() throws IOException {
    Path stops = folder.resolve("uncertain.csv");
    String rows =
        """
        id,x,y,deliver,deliver p10,deliver p90
        depot,0,0,,,
        a,9,1,,%s,15
        b,8,2,,5,15
        c,7,3,10,,
        """;
    Files.writeString(stops, rows.formatted("5"));
    String[] asked = {"--capacity", "32", "--iterations", "100"};
    assertThat(run(with(asked, "supplychain", "route", stops.toString(), "--json")))
        .as(err.toString())
        .isZero();
    JsonNode route = json().path("routes").path(0);
    assertThat(route.path("returnProbability").asDouble()).isBetween(0.2, 0.5);
    assertThat(route.path("expectedReturnCost").asDouble()).isBetween(3.0, 10.0);
    assertThat(run(with(asked, "supplychain", "route", stops.toString()))).isZero();
    assertThat(out.toString()).contains("must return for more in");
    Files.writeString(stops, rows.formatted("16"));
    assertThat(run(with(asked, "supplychain", "route", stops.toString()))).isNotZero();
    assertThat(err.toString()).contains("row 2, stop a").contains("[16.0, 15.0]");
  }

  @Test
  void stopsThatNeedSkillsGoToVehiclesThatHaveThem() throws IOException {
    Path stops = folder.resolve("skills.csv");
    String rows = "id,x,y,needs\ndepot,0,0,\na,1,1,%s\nb,2,1,\n";
    Files.writeString(stops, rows.formatted(""));
    assertThat(run("supplychain", "route", stops.toString(), "--iterations", "100"))
        .as(err.toString())
        .isZero();
    Files.writeString(stops, rows.formatted("crane"));
    assertThat(run("supplychain", "route", stops.toString(), "--iterations", "100")).isNotZero();
    assertThat(err.toString()).contains("\"a\"").contains("crane");
    String[] having = {"--skills", "crane;cold=1", "--vehicles", "2", "--iterations", "100"};
    assertThat(run(with(having, "supplychain", "route", stops.toString(), "--json")))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("vehicle with crane and cold");
    Files.writeString(stops, "id,x,y,due,prize\ndepot,0,0,20,\na,1,1,,\nfar,90,90,,5\n");
    String[] asked = {"--iterations", "100", "--explain", "2"};
    assertThat(run(with(asked, "supplychain", "route", stops.toString()))).isZero();
    assertThat(out.toString()).contains("far is left out: no vehicle can").doesNotContain("Infin");
    Files.writeString(stops, rows.formatted("crane"));
    having[1] = "crane;cold=2";
    having[3] = "1";
    assertThat(run(with(having, "supplychain", "route", stops.toString()))).isNotZero();
    assertThat(err.toString()).contains("--skills names more vehicles than there are");
  }

  @Test
  void gapsAreFilledAndStrangeValuesNamed() throws IOException {
    Path csv = demand();
    String planted = Files.readString(csv).replaceFirst("(A3,2022-07),[0-9.]+", "$1,900.0");
    assertThat(planted).contains("900.0");
    Files.writeString(csv, planted);
    Path page = folder.resolve("clean.html");
    Path filled = folder.resolve("filled.csv");
    String[] columns = {"--id", "article", "--period", "month", "--value", "pieces"};
    String[] files = {"--out", filled.toString(), "--html", page.toString(), "--json"};
    assertThat(run(with(columns, with(files, "supplychain", "clean", csv.toString()))))
        .as(err.toString())
        .isZero();
    JsonNode third = json().path("cleaned").path(3);
    assertThat(third.path("id").asText()).isEqualTo("A3");
    assertThat(third.at("/strange/0/period").asText()).isEqualTo("2022-07");
    assertThat(third.at("/strange/0/score").asDouble()).isGreaterThan(4);
    int gaps = 0;
    for (JsonNode one : json().path("cleaned")) {
      gaps += one.path("filled").asInt();
      assertThat(one.path("errors")).hasSize(one.path("filled").asInt() > 0 ? 3 : 0);
    }
    assertThat(gaps).isPositive();
    assertThat(Files.readAllLines(filled).get(0)).isEqualTo("id,period,value,filled,score");
    assertThat(Files.readString(filled)).doesNotContain("NaN");
    assertThat(Files.readString(page)).contains("A3", "strange value");
  }
}
