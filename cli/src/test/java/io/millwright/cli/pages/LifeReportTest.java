package io.millwright.cli.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millwright.api.ErrorCode;
import io.millwright.api.Evaluation;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelInfo;
import io.millwright.api.Provenance;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Unit;
import io.millwright.api.learn.LearningCurve;
import io.millwright.cli.pages.LifeReport.Course;
import io.millwright.cli.pages.LifeReport.Judged;
import io.millwright.reports.Figures;
import io.millwright.reports.Scale;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class LifeReportTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 40, 250})
  void thePageIsWellFormedAndAsksNothingOfOthers(int units) throws Exception {
    SplittableRandom random = new SplittableRandom(units);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      double truth = random.nextInt(0, 300);
      double predicted = Math.min(125, Math.max(0, truth + random.nextInt(-30, 30)));
      boolean open = predicted >= 100;
      judged.add(
          new Judged(
              "unit <" + i + "> & \"co\" \u0001'",
              truth,
              predicted,
              predicted == 125,
              Math.max(0, predicted - 20),
              open ? Double.POSITIVE_INFINITY : predicted + 20));
    }
    String html = report(judged, course(units), curves(3, 12)).html();
    Document page = parse(html);
    assertThat(html).startsWith("<!DOCTYPE html>").contains("&lt;&amp;&gt; title");
    assertThat(html)
        .doesNotContain("http")
        .doesNotContain("//")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain("src=")
        .doesNotContain("href=")
        .doesNotContain("<script")
        .doesNotContain("NaN")
        .doesNotContain("Infinity")
        .doesNotContain("\u0001");
    assertThat(count(page, "circle", "predicted")).isEqualTo(units == 0 ? 0 : units + 1);
    assertThat(count(page, "rect", "interval")).isEqualTo(units == 0 ? 0 : units + 1);
  }

  @Test
  void whatIsOpenOrCoveredIsCounted() {
    List<Judged> judged =
        List.of(
            new Judged("a", 10, 12, false, 5, 20),
            new Judged("b", 60, 30, false, 20, 40),
            new Judged("c", 200, 125, true, 100, Double.POSITIVE_INFINITY));
    String html = report(judged, Optional.empty(), List.of()).html();
    assertThat(html).contains("2 of 3 true lives lie within").contains("For 1 of the units");
    assertThat(html).contains("b: predicted 30, true 60, 90 % interval 20 to 40");
    assertThat(html).contains("c: predicted at least 125, true 200, 90 % interval 100 and more");
  }

  @Test
  void aModelWithoutIntervalsShowsNone() throws Exception {
    List<Judged> judged = List.of(new Judged("a", 10, 12, false, Double.NaN, Double.NaN));
    Document page =
        parse(
            report(
                    judged,
                    Optional.of(new Course("a", List.of(1.0), judged, Map.of())),
                    curves(1, 1))
                .html());
    assertThat(count(page, "path", "band")).isZero();
    // The key of the chart still says what an interval would look like.
    assertThat(count(page, "rect", "interval")).isEqualTo(1);
  }

  @Test
  void theBestFigureOfTheSameJudgementStandsOut() throws Exception {
    Document page = parse(report(List.of(), Optional.empty(), List.of()).html());
    NodeList cells = page.getElementsByTagName("td");
    List<String> best =
        IntStream.range(0, cells.getLength())
            .mapToObj(cells::item)
            .filter(c -> c.getAttributes().getNamedItem("class") != null)
            .map(c -> c.getTextContent())
            .toList();
    // rmse: the baseline's 12.0 beats the model's 14.2; the test column does not compete. Coverage
    // has no best.
    assertThat(best).containsExactly("12.0");
  }

  @Test
  void figuresAreWrittenForPeople() {
    assertThat(Figures.text("coverage 90", 0.913)).isEqualTo("91.3 %");
    assertThat(Figures.text("rmse", null)).isEqualTo("–");
    assertThat(Figures.text("width 90", Double.POSITIVE_INFINITY)).isEqualTo("open");
    assertThat(Figures.text("nasa score", 1234567.8)).isEqualTo("1,234,568");
    assertThat(Figures.text("rmse", 9.274)).isEqualTo("9.274");
    assertThat(Figures.title("coverage 90")).isNotEqualTo("coverage 90");
    // Evaluations of any quantity are named by it.
    assertThat(Figures.title("rmse")).isEqualTo("RMSE");
    assertThat(Figures.title("something else")).isEqualTo("something else");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void axesHoldTheirValuesAndHaveAFewTicks(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      double low = Math.exp(random.nextDouble(-12, 12));
      double high = low * (1 + Math.exp(random.nextDouble(-6, 9)));
      for (Scale scale : List.of(Scale.around(low, high, "x"), Scale.fromZero(high, "x"))) {
        assertThat(scale.at(low)).isBetween(0.0, 1.0).isLessThanOrEqualTo(scale.at(high));
        assertThat(scale.at(high)).isBetween(0.0, 1.0);
        assertThat(scale.ticks()).hasSizeBetween(1, 13).isSorted();
        assertThat(scale.ticks())
            .allMatch(t -> t >= scale.low() - 1e-9 && t <= scale.high() * (1 + 1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.04, 0.3, 1, 2.5, 6, 12, 130, 4000})
  void ticksThatDifferReadDifferently(double span) {
    for (double low : new double[] {0, 0.7, 2387.9, -3}) {
      Scale scale = new Scale(low, low + span, false, "x");
      List<String> labels = scale.ticks().stream().map(scale::label).toList();
      assertThat(labels).as("%s", scale).doesNotHaveDuplicates();
      for (int i = 0; i < labels.size(); i++) {
        assertThat(Double.parseDouble(labels.get(i)))
            .isCloseTo(scale.ticks().get(i), within(1e-6 * span));
      }
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsAnError(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(
            () -> report(List.of(), Optional.empty(), List.of()).writeTo(file.resolve("r.html")))
        .isInstanceOfSatisfying(
            MillwrightException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILED))
        .hasMessageContaining("--report");
  }

  private static Optional<Course> course(int units) {
    if (units == 0) {
      return Optional.empty();
    }
    List<Double> cycles = IntStream.rangeClosed(1, units).mapToObj(i -> (double) i).toList();
    List<Judged> judged =
        cycles.stream().map(c -> new Judged("u", 300 - c, 300 - c, false, 100, 120 + c)).toList();
    return Optional.of(
        new Course(
            "u",
            cycles,
            judged,
            Map.of("strain, um/m", cycles, "flat", cycles.stream().map(c -> 7.0).toList())));
  }

  private static List<LearningCurve> curves(int networks, int epochs) {
    return IntStream.rangeClosed(1, networks)
        .mapToObj(
            n ->
                new LearningCurve(
                    "member " + n,
                    IntStream.rangeClosed(1, epochs)
                        .mapToObj(
                            e ->
                                new LearningCurve.Epoch(
                                    e, 1.0 / e, n == 1 ? Double.NaN : 1.1 / e, 0.1))
                        .toList(),
                    epochs))
        .toList();
  }

  private static LifeReport report(
      List<Judged> judged, Optional<Course> course, List<LearningCurve> curves) {
    ModelInfo info =
        ModelInfo.builder()
            .task("maintenance.remaining-life")
            .taskVersion(1)
            .digest("abc")
            .inputs(Schema.of(Column.number("a<b", Unit.of("mm"))))
            .unit(Unit.CYCLE)
            .low(0)
            .high(125)
            .provenance(
                Provenance.builder()
                    .producer("test")
                    .created(Instant.EPOCH)
                    .dataDigest("def")
                    .key(7)
                    .build())
            .build();
    Evaluation heldOut =
        Evaluation.builder()
            .protocol("5 folds")
            .samples(60)
            .figures(Map.of("rmse", 14.2, "coverage 90", 0.9))
            .baselines(Map.of("linear", Map.of("rmse", 12.0, "coverage 90", 0.95)))
            .curves(curves)
            .build();
    Evaluation test =
        Evaluation.builder().protocol("test").samples(40).figures(Map.of("rmse", 2.0)).build();
    return new LifeReport(
        "<&> title",
        "data's \"origin\"",
        info,
        heldOut,
        Optional.of(test),
        judged,
        course,
        Map.of("file", "a & b"));
  }

  private static Document parse(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }

  private static long count(Document page, String element, String style) {
    NodeList all = page.getElementsByTagName(element);
    return IntStream.range(0, all.getLength())
        .mapToObj(all::item)
        .filter(n -> n.getAttributes().getNamedItem("class") != null)
        .filter(n -> n.getAttributes().getNamedItem("class").getNodeValue().equals(style))
        .count();
  }
}
