package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** Complaints from the command line. */
class QualityTextsCommandTest {

  @TempDir static Path folder;

  private record Said(int exit, String out, String err) {}

  private static Said run(String... args) {
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exit =
        line.execute(
            Stream.concat(Stream.of("quality", "texts"), Stream.of(args)).toArray(String[]::new));
    return new Said(exit, out.toString(), err.toString());
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void complaintsAreReadWhole() throws Exception {
    Random random = new Random(11);
    List<String> parts = List.of("pump", "valve", "motor", "cylinder");
    List<String> places = List.of("left", "right", "front", "rear", "upper", "lower");
    StringBuilder csv = new StringBuilder("date,note,category\n");
    for (int k = 0; k < 360; k++) {
      int month = k / 30;
      String part = parts.get(random.nextInt(4));
      boolean leak = random.nextDouble() < 0.1 + 0.05 * month;
      String note =
          (leak ? "oil leaking from " : "paint scratched at ")
              + places.get(random.nextInt(6))
              + " "
              + part
              + " order "
              + random.nextInt(100_000);
      String label = k % 10 == 0 ? "" : leak ? "leak" : "surface";
      csv.append(String.format("2025-%02d-%02d,%s,%s%n", month + 1, 1 + k % 28, note, label));
    }
    Files.writeString(folder.resolve("notes.csv"), csv);
    Files.writeString(
        folder.resolve("words.csv"),
        String.join(
            "\n",
            List.of(
                "word,kind,term",
                "pump,part,pump",
                "valve,part,valve",
                "leak,defect,leak",
                "scratched,defect,scratch")));
    Said said =
        run(
            file("notes.csv"),
            "--text",
            "note",
            "--class",
            "category",
            "--vocabulary",
            file("words.csv"),
            "--time",
            "date",
            "--html",
            file("t.html"),
            "--json");
    assertThat(said.exit()).as(said.err()).isZero();
    JsonNode all = new ObjectMapper().readTree(said.out());
    assertThat(all.path("classes").path("filled")).hasSize(36);
    assertThat(all.path("classes").path("held_out").path("figures").path("accuracy").asDouble())
        .isGreaterThan(0.97);
    assertThat(all.path("mentions").size()).isGreaterThan(360);
    assertThat(all.path("duplicates").size()).isPositive();
    JsonNode first = all.path("trends").path(0);
    assertThat(first.path("p").asDouble()).isLessThan(0.001);
    assertThat(first.path("counts")).hasSize(12);
    boolean leak = false;
    for (JsonNode trend : all.path("trends")) {
      leak |= trend.path("theme").asText().equals("leak") && trend.path("factor").asDouble() > 3;
    }
    assertThat(leak).as("the theme leak rises").isTrue();
    String page = Files.readString(folder.resolve("t.html"));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.newDocumentBuilder().parse(new InputSource(new StringReader(page.substring(15))));
    assertThat(page).contains("Themes that rise or fall").doesNotContain("http");
    assertThat(run(file("notes.csv"), "--text", "nothing").exit()).isEqualTo(1);
    assertThat(run(file("notes.csv"), "--text", "note", "--time", "note").err())
        .contains("no column of times");
  }
}
