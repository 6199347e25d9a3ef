package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command of supply risk with everything real behind it. */
class RiskCommandTest extends CommandTest {

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void network() throws IOException {
    write("suppliers.csv", "supplier,between_failures,to_recover\nMill,40,4\n");
    write("items.csv", "item,stock,demand,margin\npart,20,0,0\nproduct,0,10,3\n");
    write("needs.csv", "item,needs,quantity\nproduct,part,1\n");
    write("sources.csv", "item,supplier,most\npart,Mill,12\n");
    write(
        "deliveries.csv",
        """
        supplier,ordered,promised,received,quantity,delivered,rejected
        Mill,2026-01-05,2026-01-20,2026-01-18,100,100,0
        Mill,2026-02-05,2026-02-20,2026-02-25,100,100,2
        """);
  }

  @Test
  void aNetworkOfFilesIsWeighed() throws IOException {
    network();
    Path page = folder.resolve("risk.html");
    assertThat(
            run(
                "supplychain",
                "risk",
                folder.toString(),
                "--second-source",
                "part=Other Mill",
                "--more-stock",
                "part=1000",
                "--json",
                "--html",
                page.toString()))
        .as(err.toString())
        .isZero();
    JsonNode reply = new ObjectMapper().readTree(out.toString());
    JsonNode mill = reply.get("suppliers").get(0);
    assertThat(mill.get("timeToSurvive").asDouble()).isCloseTo(2, within(1e-6));
    assertThat(mill.get("exposed").asBoolean()).isTrue();
    double loss = reply.get("loss").get("value").asDouble();
    assertThat(loss).isPositive();
    JsonNode changes = reply.get("whatIf");
    assertThat(changes).hasSize(2);
    assertThat(changes.get(0).get("saves").get("value").asDouble()).isBetween(0.5 * loss, loss);
    assertThat(changes.get(1).get("saves").get("value").asDouble()).isCloseTo(loss, within(1e-6));
    assertThat(reply.get("scores").get(0).get("leadTime").get("value").asDouble())
        .isBetween(13.0, 20.0);
    assertThat(Files.readString(page)).contains("Exposure graph").contains("Other Mill");
  }

  @Test
  void datesInDigitsAreDates() throws IOException {
    String[] ask = {"supplychain", "risk", folder.toString(), "--replications", "50", "--json"};
    network();
    assertThat(run(ask)).as(err.toString()).isZero();
    JsonNode dates = new ObjectMapper().readTree(out.toString()).get("scores");
    String file = Files.readString(folder.resolve("deliveries.csv"));
    write("deliveries.csv", file.replaceAll("(\\d{4})-(\\d\\d)-(\\d\\d)", "$1$2$3"));
    assertThat(run(ask)).as(err.toString()).isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).get("scores")).isEqualTo(dates);
  }

  @Test
  void withoutFilesASimulatedNetworkIsWeighed() {
    assertThat(run("supplychain", "risk", "--replications", "200")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("Chips Ltd: supplies controller")
        .contains("Score")
        .contains("since 2025-W39");
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    assertThat(run("supplychain", "risk", folder.toString())).isNotZero();
    assertThat(err.toString()).contains("suppliers.csv");
    network();
    write("sources.csv", "item,supplier,most\npart,Nobody,12\n");
    assertThat(run("supplychain", "risk", folder.toString())).isNotZero();
    assertThat(err.toString()).contains("Nobody");
    network();
    assertThat(run("supplychain", "risk", folder.toString(), "--more-stock", "bolt=3")).isNotZero();
    assertThat(err.toString()).contains("bolt");
  }

  @Test
  void whatWouldBePassedOverIsSaid() throws IOException {
    String[] ask = {"supplychain", "risk", folder.toString(), "--replications", "20"};
    network();
    write(
        "deliveries.csv",
        """
        supplier,ordered,promised,received,quantity,delivered,rejected,note
        Mill Ltd,2026-01-05,2026-01-20,2026-01-18,100,100,0,x
        Mill Ltd,2026-01-05,2026-01-20,2026-01-18,100,100,0,x
        """);
    write("needs.csv", "item,needs,quantity\nproduct,part,1\nproduct,part,1\n");
    assertThat(run(ask)).as(err.toString()).isZero();
    assertThat(err.toString())
        .contains("Not read: the columns [note]")
        .contains("1 row of deliveries.csv")
        .contains("Deliveries of [Mill Ltd], who are no suppliers")
        .contains("No deliveries of [Mill]")
        .contains("product needs part in several rows of needs.csv, 2 in all")
        .contains("Short without any failure: part, of which demand takes 20 a period, but 12");
    network();
    write("suppliers.csv", "supplier,mtbf,to_recover\nMill,40,4\n");
    assertThat(run(ask)).isNotZero();
    assertThat(err.toString()).contains("none is named between_failures");
    network();
    write("deliveries.csv", "supplier,ordered,promised,received\nMill,2026-01-09,,\n");
    assertThat(run(ask)).isNotZero();
    assertThat(err.toString()).contains("row 1: received is empty").contains("have not come");
    write("deliveries.csv", "supplier,ordered,promised,received\nMill,2026-01-09,,2026-01-02\n");
    assertThat(run(ask)).isNotZero();
    assertThat(err.toString()).contains("deliveries.csv, row 1: supplier Mill");
  }
}
