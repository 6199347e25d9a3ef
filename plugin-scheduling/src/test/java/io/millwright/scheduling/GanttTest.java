package io.millwright.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.data.Unit;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GanttTest {

  private static final Machine SAW =
      Machine.builder("saw")
          .calendar(Calendar.closed(new Window(20, 30)))
          .setups(new Setup("oak", "pine", 5))
          .family("oak")
          .build();

  private static final Shop SHOP =
      Shop.of(
          "yard <script>",
          List.of(SAW, Machine.of("drill & co")),
          List.of(
              ShopJob.chain(
                      "a\"b",
                      Operation.of("1", Alternative.of("saw", 10)).ofFamily("oak"),
                      Operation.of("2", Alternative.of("drill & co", 4)))
                  .dueAt(100),
              ShopJob.chain("late", Operation.of("1", Alternative.of("saw", 10)).ofFamily("pine"))
                  .dueAt(12)));
  private static final Assignment A1 = new Assignment("a\"b", "1", "saw", 0, 0, 10);
  private static final Assignment A2 = new Assignment("a\"b", "2", "drill & co", 0, 10, 14);
  private static final Assignment L1 = new Assignment("late", "1", "saw", 5, 15, 35);
  private static final Schedule PLAN = new Schedule(List.of(A1, A2, L1));
  private static final Gantt GANTT = Gantt.of(SHOP, PLAN);

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static Element barOf(Document svg, String title) {
    NodeList titles = svg.getElementsByTagName("title");
    for (int i = 0; i < titles.getLength(); i++) {
      if (titles.item(i).getTextContent().startsWith(title)) {
        return (Element) titles.item(i).getParentNode();
      }
    }
    throw new AssertionError("no bar with title " + title);
  }

  @ParameterizedTest
  @EnumSource(Gantt.Rows.class)
  void theSvgIsWellFormedAndPlacesBarsByTime(Gantt.Rows rows) throws Exception {
    assertThat(ScheduleChecker.check(SHOP, PLAN)).isEmpty();
    Document svg = parse(GANTT.svg(rows, 800));
    Element bar = barOf(svg, "late / 1 on saw");
    assertThat(bar.getAttribute("x")).isEqualTo("42.8571%");
    assertThat(bar.getAttribute("width")).isEqualTo("57.1429%");
    assertThat(bar.getAttribute("stroke")).as("late jobs have a red border").isEqualTo("#b00020");
    assertThat(barOf(svg, "a\"b / 1").getAttribute("stroke")).isEmpty();
  }

  @Test
  void machinesShowTheirRestAndTheirSetups() throws Exception {
    Document svg = parse(GANTT.svg(Gantt.Rows.MACHINES, 800));
    assertThat(barOf(svg, "saw rests 20 to 30").getAttribute("width")).isEqualTo("28.5714%");
    assertThat(barOf(svg, "set-up of 5").getAttribute("x")).isEqualTo("28.5714%");
  }

  @Test
  void theChainIsDrawn() throws Exception {
    List<Link> chain =
        List.of(
            new Link(A1, Link.Cause.PLANNING, Optional.empty()),
            new Link(L1, Link.Cause.MACHINE, Optional.of(A1)));
    Gantt explained = GANTT.explaining(chain);
    Document svg = parse(explained.svg(Gantt.Rows.MACHINES, 800));
    assertThat(barOf(svg, "a\"b / 1").getAttribute("stroke")).isEqualTo("#000");
    assertThat(explained.html()).contains("machine: a&quot;b / 1");
  }

  @Test
  void thePageStandsAloneAndEscapesNames() {
    String page =
        GANTT
            .withHistory(
                List.of(
                    new HistoryPoint(Duration.ofMillis(1), 40, OptionalDouble.of(20)),
                    new HistoryPoint(Duration.ofMillis(9), 35, OptionalDouble.of(30))))
            .html();
    assertThat(page)
        .contains("yard &lt;script&gt;")
        .doesNotContain("yard <script>")
        .doesNotContain("http://www.w3.org/1999")
        .doesNotContain("src=")
        .doesNotContain("href=")
        .contains("Objective and bound over time")
        .contains("<td>12</td><td>35</td><td>23</td>");
  }

  @Test
  void aNameInTheTextNeverBeginsALine() {
    Shop shop =
        Shop.of(
            "lines",
            List.of(Machine.of("saw\nmill")),
            List.of(
                ShopJob.chain("a\r\nB = b", Operation.of("x", Alternative.of("saw\nmill", 5)))));
    Schedule plan = new Schedule(List.of(new Assignment("a\r\nB = b", "x", "saw\nmill", 0, 0, 5)));
    assertThat(Gantt.of(shop, plan).text(20))
        .contains("saw mill |AAAAAAAAAAAAAAAAAAAA|\n")
        .contains("A = a B = b, done at 5\n");
  }

  @Test
  void theTextHasARowAMachine() {
    assertThat(GANTT.text(35))
        .isEqualTo(
            """
                   saw |AAAAAAAAAA~~~~~BBBBBBBBBBBBBBBBBBBB|
            drill & co |..........AAAA.....................|
                        0                                35
            A = a"b, done at 14
            B = late, done at 35, late by 23
            """);
    assertThatThrownBy(() -> GANTT.text(3)).hasMessageContaining("3");
    assertThatThrownBy(() -> GANTT.svg(Gantt.Rows.JOBS, 3)).hasMessageContaining("3");
  }

  @Test
  void setupsStandWhereTheyTakePlaceAndResourcesHaveTheirRows() throws Exception {
    Resource crew = Resource.of("crew", 2).working(Calendar.closed(new Window(14, 16)));
    ShopJob first =
        ShopJob.chain(
            "a\"b",
            Operation.of("1", Alternative.of("saw", 10))
                .ofFamily("oak")
                .needing(new Need("crew", 1)),
            Operation.of("2", Alternative.of("drill & co", 4)).needing(new Need("crew", 2)));
    Shop shop = SHOP.withJobs(List.of(first, SHOP.jobs().get(1))).withResources(List.of(crew));
    // The saw is free at 10 and set up until 15; its job comes at 18 only.
    Schedule plan = new Schedule(List.of(A1, A2, new Assignment("late", "1", "saw", 5, 18, 38)));
    Gantt gantt = Gantt.of(shop, plan);
    Document svg = parse(gantt.svg(Gantt.Rows.MACHINES, 800));
    assertThat(barOf(svg, "set-up of 5: 10 to 15").getAttribute("x")).isEqualTo("26.3158%");
    assertThat(barOf(svg, "crew is away 14 to 16").getAttribute("width")).isEqualTo("5.2632%");
    int half = Integer.parseInt(barOf(svg, "1 of 2 crew: 0 to 10").getAttribute("height"));
    int all = Integer.parseInt(barOf(svg, "2 of 2 crew: 10 to 14").getAttribute("height"));
    assertThat(all).isEqualTo(2 * half);
    assertThat(gantt.text(38).lines().findFirst().orElseThrow()).contains("AAAAAAAAAA~~~~~...BBBB");
    assertThat(gantt.html()).contains("crew (2)").contains("how much of a resource is held");
  }

  @Test
  void thePageShowsOnlyTheMeasuresThatCount() {
    assertThat(GANTT.html()).contains("weighted tardiness, min").doesNotContain("energy cost");
    Shop plain =
        SHOP.withJobs(List.of(ShopJob.chain("x", Operation.of("1", Alternative.of("saw", 1)))));
    Schedule plan = new Schedule(List.of(new Assignment("x", "1", "saw", 0, 0, 1)));
    Shop paying = plain.paying(Tariff.flat(Unit.of("EUR"), 60, 1));
    assertThat(Gantt.of(paying, plan).html())
        .contains("energy cost, EUR")
        .contains("No job has a due date")
        .doesNotContain("tardiness");
  }
}
