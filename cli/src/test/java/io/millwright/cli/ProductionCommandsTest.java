package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The commands of the area production with everything real behind them. */
class ProductionCommandsTest extends CommandTest {

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** A page is well-formed XML. */
  private void page(Path page) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    assertThat(factory.newDocumentBuilder().parse(page.toFile()).getDocumentElement().getTagName())
        .isEqualTo("html");
  }

  @Test
  void aLogIsAnalysed() throws Exception {
    StringBuilder csv = new StringBuilder("case,activity,resource,start,end,work,good,rejected\n");
    for (int i = 0; i < 40; i++) {
      csv.append(
          String.format(
              Locale.ROOT,
              "A%d,turn,M1,2026-03-%02dT%02d:00,2026-03-%02dT%02d:30,run,9,1%n",
              i,
              2 + i / 10,
              6 + i % 10,
              2 + i / 10,
              6 + i % 10));
      csv.append(
          String.format(
              Locale.ROOT,
              "A%d,mill,M<2>,2026-03-%02dT%02d:30,2026-03-%02dT%02d:29,run,9,0%n",
              i,
              2 + i / 10,
              6 + i % 10,
              2 + i / 10,
              7 + i % 10));
    }
    csv.append("A1,turn,M1,2026-03-02T07:10,2026-03-02T07:00,run,0,0\n");
    Path log = file("log.csv", csv.toString());
    Path html = folder.resolve("flow.html");
    assertThat(
            run(
                "flow",
                log.toString(),
                "--json",
                "--html",
                html.toString(),
                "--study",
                "--planned",
                "40",
                "--ideal",
                "0.04",
                "--unit",
                "M1"))
        .as(err.toString())
        .isZero();
    JsonNode json = json();
    assertThat(json.path("bottleneck").path("named").asText()).isEqualTo("M<2>");
    assertThat(json.path("orders").path("cases").asInt()).isEqualTo(40);
    assertThat(json.path("resources").get(1).path("run").asDouble()).isEqualTo(20);
    assertThat(json.path("faults").toString()).contains("END_BEFORE_START");
    assertThat(json.path("indicators").toString()).contains("OEE index");
    assertThat(json.path("study").path("proposals").size()).isGreaterThan(3);
    page(html);
    assertThat(run("flow", log.toString(), "--from", "2027-01-01")).isEqualTo(1);
    assertThat(err.toString()).contains("OUT_OF_RANGE").contains("Maybe");
    assertThat(run("flow", log.toString(), "--columns", "order=x")).isEqualTo(2);
    assertThat(run("flow", log.toString(), "--columns", "case=x")).isEqualTo(1);
    assertThat(err.toString()).contains("MISSING_COLUMN");
  }

  /**
   * A Chinese log in Shanghai's time: the period begins at its midnight, 16:00 of the day before.
   */
  @Test
  void aPeriodIsOfTheZoneOfTheLog() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("log.csv"),
            """
            订单;工序;设备;开始时间;结束时间
            A;车削;M1;2026-03-01 22:00;2026-03-02 02:00
            B;车削;M1;2026-03-02 08:00;2026-03-02 09:00
            """);
    String[] args = {
      "flow", log.toString(), "--zone", "Asia/Shanghai", "--from", "2026-03-02", "--json"
    };
    JsonNode found = json(args);
    assertThat(found.get("from").asText()).isEqualTo("2026-03-01T16:00:00Z");
    assertThat(found.get("to").asText()).isEqualTo("2026-03-02T01:00:00Z");
    assertThat(found.get("used").asInt()).isEqualTo(2);
    assertThat(run("flow", log.toString())).isZero();
    assertThat(out.toString()).containsPattern("Variants +1 sequence of activities");
    assertThat(run("flow", log.toString(), "--planned", "12")).isEqualTo(1);
    assertThat(err.toString()).contains("12.0 h, above the calendar time of the period, 11.0 h");
    assertThat(run("flow", log.toString(), "--planned", "NaN")).isEqualTo(2);
    assertThat(run("flow", log.toString(), "--ideal", "0")).isEqualTo(2);
  }

  @Test
  void aQuantityBelowItsGoodPiecesIsAFault() throws Exception {
    Path log =
        file(
            "counts.csv",
            """
            case,activity,resource,start,end,quantity,good,rejected
            A,turn,M1,2026-03-02T06:00,2026-03-02T07:00,10,9,1
            B,turn,M1,2026-03-02T07:00,2026-03-02T08:00,5,9,1
            """);
    assertThat(run("flow", log.toString())).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("1 row, bad count; first: M1, row 2: 10.0 pieces are good or rejected, of 5.0")
        .contains("quality ratio                          0.9 ");
  }

  @Test
  void statesNeedNeitherAmountsNorPieces() throws Exception {
    StringBuilder rows = new StringBuilder("Zeit;Maschine;Zustand\n");
    for (int i = 0; i < 20; i++) {
      rows.append(String.format("2026-01-05 06:%02d;A;%s%n", i, i % 4 == 0 ? "idle" : "run"));
    }
    Path log = file("states.csv", rows.toString());
    assertThat(
            run(
                "flow",
                log.toString(),
                "--states",
                "--columns",
                "at=Zeit,resource=Maschine,state=Zustand"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("state idle 25.0 %, state run 75.0 %");
  }

  @Test
  void aLineIsBalanced() throws Exception {
    Path line = file("line.IN2", "4\n5\n4\n3\n6\n1,2\n2,3\n-1,-1\n");
    Path html = folder.resolve("balance.html");
    assertThat(run("balance", line.toString(), "--cycle", "9", "--json", "--html", html.toString()))
        .as(err.toString())
        .isZero();
    assertThat(json().path("stations").size()).isEqualTo(2);
    assertThat(json().path("end").asText()).isEqualTo("OPTIMAL");
    page(html);
    assertThat(run("balance", line.toString(), "--stations", "3")).isZero();
    assertThat(out.toString()).contains("proven optimal");
    assertThat(run("balance", line.toString(), "--stations", "3", "--cycle", "9")).isEqualTo(2);
    assertThat(err.toString()).contains("one follows from the other");
    assertThat(run("balance", line.toString(), "--cycle", "2")).isEqualTo(1);
    assertThat(err.toString()).contains("longer than the cycle");
  }

  @Test
  void aPlanIsMadeAndItsLackIsNamed() throws Exception {
    String text =
        """
        {"periods": 2, "resources": [{"name": "saw", "capacity": 50}],
         "items": [{"name": "leg", "holding": 1, "demand": [20, %s]}],
         "operations": [{"item": "leg", "resource": "saw", "time": 1, "setupTime": 5, "setupCost": 30}]}
        """;
    Path plan = file("plan.json", String.format(text, "20"));
    Path html = folder.resolve("plan.html");
    assertThat(run("plan-demand", plan.toString(), "--json", "--html", html.toString()))
        .as(err.toString())
        .isZero();
    assertThat(json().path("cost").asDouble()).isEqualTo(50);
    page(html);
    Path much = file("much.json", String.format(text, "90"));
    assertThat(run("plan-demand", much.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("leg, period 2: 20 of the demand of 90").contains("saw");
    Path slip = file("slip.json", String.format(text, "20").replace("holding", "holdng"));
    assertThat(run("plan-demand", slip.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("holdng").contains("Maybe");
    Path twice =
        file("twice.json", String.format(text, "20").replace("50}", "50, \"capacity\": 90}"));
    assertThat(run("plan-demand", twice.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("Duplicate field 'capacity'").contains("Maybe");
  }

  @Test
  void workIsDividedBetweenLines() throws Exception {
    Path lines =
        file(
            "lines.json",
            """
            {"periods": 1, "energyPrice": 0.1, "scrapCost": 1,
             "products": [{"name": "cap", "demand": [100]}],
             "lines": [{"name": "old", "hours": 20, "openCost": 10}, {"name": "new", "hours": 20, "openCost": 90}],
             "ratings": [{"line": "old", "product": "cap", "points": [{"speed": 1, "good": 10, "energy": 30}]},
                         {"line": "new", "product": "cap", "points": [{"speed": 1, "good": 10, "energy": 10}]}]}
            """);
    Path html = folder.resolve("lines.html");
    assertThat(
            run("allocate", lines.toString(), "--json", "--curve", "3", "--html", html.toString()))
        .as(err.toString())
        .isZero();
    assertThat(json().path("cost").asDouble()).isEqualTo(40);
    assertThat(json().path("curve").size()).isGreaterThan(1);
    // A time that no clock reaches is as good as none.
    assertThat(run("allocate", lines.toString(), "--budget", "1e300", "--json"))
        .as(err.toString())
        .isZero();
    assertThat(json().path("cost").asDouble()).isEqualTo(40);
    page(html);
  }

  @Test
  void aLoadIsPredicted() throws Exception {
    StringBuilder csv = new StringBuilder("time,load\n");
    for (int t = 0; t < 24 * 7 * 9; t++) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%.2f%n",
              java.time.LocalDateTime.of(2026, 1, 5, 0, 0).plusHours(t),
              30 + 10 * Math.sin(t / 24.0 * 2 * Math.PI) + t * 7919 % 13 / 10.0));
    }
    Path load = file("load.csv", csv.toString());
    Path html = folder.resolve("load.html");
    assertThat(
            run(
                "load",
                load.toString(),
                "--every",
                "hour",
                "--steps",
                "1,24",
                "--networks",
                "0",
                "--test",
                "2026-02-25T00:00",
                "--json",
                "--html",
                html.toString()))
        .as(err.toString())
        .isZero();
    assertThat(json().path("forecast").size()).isEqualTo(24);
    assertThat(json().path("scores").get(0).path("rmse").asDouble()).isLessThan(2);
    page(html);
  }
}
