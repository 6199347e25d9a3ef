package io.millwright.connect.isa95;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Resource;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.SAXException;

class B2mmlTest {

  private static final String ORDERS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- Orders of a Monday. -->
      <OperationsSchedule xmlns="http://www.mesa.org/xml/B2MML">
        <ID>week 2</ID>
        <OperationsRequest>
          <ID>order &lt;1&gt;</ID>
          <StartTime>2026-01-05T06:00:30Z</StartTime>
          <EndTime>2026-01-05T18:00:30</EndTime>
          <SegmentRequirement>
            <ID>turn</ID>
            <Duration>PT1H30M</Duration>
            <PersonnelRequirement>
              <PersonnelClassID>turner</PersonnelClassID>
              <Quantity><QuantityString>2</QuantityString></Quantity>
            </PersonnelRequirement>
            <EquipmentRequirement><EquipmentClassID>lathe</EquipmentClassID></EquipmentRequirement>
          </SegmentRequirement>
          <SegmentRequirement>
            <ID>wash</ID>
            <LatestEndTime>2026-01-05T16:00:00Z</LatestEndTime>
            <Duration>PT90S</Duration>
            <EquipmentRequirement><EquipmentID>W1</EquipmentID><EquipmentID>L2</EquipmentID></EquipmentRequirement>
          </SegmentRequirement>
        </OperationsRequest>
        <OperationsRequest>
          <ID>order 2</ID>
          <SegmentRequirement>
            <ID>wash</ID>
            <EarliestStartTime>2026-01-05T01:00:00Z</EarliestStartTime>
            <Duration>PT0S</Duration>
            <EquipmentRequirement><EquipmentID>W1</EquipmentID></EquipmentRequirement>
          </SegmentRequirement>
        </OperationsRequest>
      </OperationsSchedule>
      """;

  private static final PlantClock CLOCK =
      new PlantClock(Instant.parse("2026-01-05T00:00:00Z"), Duration.ofMinutes(1));

  @TempDir Path folder;

  private final B2mml documents =
      B2mml.of(CLOCK, ZoneId.of("Europe/Berlin")).equipmentClass("lathe", "L1", "L2");

  private static Shop floor() {
    return Shop.builder(
            "floor", List.of(Machine.of("L1"), Machine.of("L2"), Machine.of("W1")), List.of())
        .resources(List.of(Resource.of("turner", 3)))
        .build();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("document.xml"), text);
  }

  private static void validate(String document) throws SAXException, IOException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(B2mmlTest.class.getResource("plant-documents.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(document)));
  }

  @Test
  void aScheduleBecomesJobsOfTheFloor() throws Exception {
    validate(ORDERS);
    Shop shop = documents.schedule(file(ORDERS), floor());
    assertThat(shop.findings()).isEmpty();
    assertThat(shop.resources()).hasSize(1);
    ShopJob first = shop.jobs().get(0);
    assertThat(first.id()).isEqualTo("order <1>");
    // Half a minute past six: the next tick.
    assertThat(first.release()).isEqualTo(361);
    // 18:00:30 in Berlin is 17:00:30 in UTC; the last segment must end by 16:00.
    assertThat(first.due()).hasValue(960);
    assertThat(first.operations().get(0).alternatives())
        .containsExactly(Alternative.of("L1", 90), Alternative.of("L2", 90));
    assertThat(first.operations().get(0).needs()).containsExactly(new Need("turner", 2));
    assertThat(first.operations().get(1).alternatives())
        .containsExactly(Alternative.of("W1", 2), Alternative.of("L2", 2));
    assertThat(first.operations().get(1).after()).containsExactly("turn");
    assertThat(shop.jobs().get(1).release()).isEqualTo(60);
    assertThat(shop.jobs().get(1).due()).isEmpty();
  }

  @Test
  void whatWasDoneComesBackAsItWasWritten() throws Exception {
    Schedule done =
        new Schedule(
            List.of(
                new Assignment(
                    "order <1>", "turn & bore", "L1", 0, 361, 451, List.of("turner", "turner")),
                new Assignment("order <1>", "wash", "W1", 0, 460, 462),
                new Assignment("Auftrag ü 正常", "wash", "W1", 0, 500, 502)));
    String text = documents.performance("shift 1", done);
    validate(text);
    assertThat(text).isEqualTo(documents.performance("shift 1", done));
    assertThat(documents.performance(file(text))).isEqualTo(done);
    String none = documents.performance("nothing", new Schedule(List.of()));
    validate(none);
    assertThat(documents.performance(file(none)).assignments()).isEmpty();
    Schedule control = new Schedule(List.of(new Assignment("a\u0001", "o", "L1", 0, 1, 2)));
    assertThatThrownBy(() -> documents.performance("x", control))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining("\nMaybe ");
  }

  private void refused(String text, String... words) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> documents.schedule(file, floor()))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_FILE))
        .hasMessageContainingAll(words)
        .hasMessageContaining("\nMaybe ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "PT1H30M | one hour | line 11: \"one hour\" is no duration",
        "PT1H30M | -PT1H | is no duration",
        "<EquipmentID>W1</EquipmentID><EquipmentID>L2 | <EquipmentID>X9 | no machine \"X9\"",
        "<EquipmentClassID>lathe | <EquipmentClassID>mill | the class \"mill\" is not known",
        "2026-01-05T06:00:30Z | 2026-03-29T02:30:00 | twice or never in Europe/Berlin",
        "2026-01-05T06:00:30Z | tomorrow | \"tomorrow\" is no time",
        "2026-01-05T06:00:30Z | +999999999-01-05T06:00:30Z | too far",
        "<QuantityString>2 | <QuantityString>two | is no number of people",
        "order 2 | order &lt;1&gt; | a second request",
        "<ID>wash</ID> | <ID>turn</ID> | a second segment",
        "<ID>order 2</ID> | ~~ | <OperationsRequest> has no <ID>",
        "<ID>turn</ID> | <ID>turn</ID><LatestEndTime>2026-01-05T16:00:00Z</LatestEndTime> | would not keep",
        "OperationsSchedule | ProductionSchedule | the root is <ProductionSchedule>",
        "</OperationsSchedule> | ~~ | no XML"
      })
  void whatAPlanWouldNotKeepIsRefusedWithItsLine(String from, String to, String message)
      throws IOException {
    String other = to == null || to.equals("~~") ? "" : to;
    String text = ORDERS.replace(from, other);
    Path file = file(text);
    assertThatThrownBy(() -> documents.schedule(file, floor()))
        .isInstanceOf(MillwrightException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("\nMaybe ");
  }

  @Test
  void hostileDocumentsReadNothingElseAndExpandNothing() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret-of-the-host");
    String body = "<OperationsSchedule><ID>&x;</ID></OperationsSchedule>";
    refused("<!DOCTYPE s [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>" + body, "document type");
    refused("<!DOCTYPE s SYSTEM \"http://127.0.0.1:1/x.dtd\">" + body, "document type");
    StringBuilder laughs = new StringBuilder("<!DOCTYPE s [<!ENTITY x0 \"ha\">");
    for (int k = 1; k < 40; k++) {
      laughs.append("<!ENTITY x").append(k).append(" \"");
      laughs.append(("&x" + (k - 1) + ";").repeat(10)).append("\">");
    }
    refused(laughs + "]>" + body.replace("&x;", "&x39;"), "document type");
    refused("<a>".repeat(10_000), "deeper than 64");
    refused("<OperationsSchedule><ID>" + "x".repeat(1 << 20), "no plan");
    refused("", "no XML");
    refused("<?xml version=\"1.0\"?><OperationsSchedule/>", "no <OperationsRequest>");
  }
}
