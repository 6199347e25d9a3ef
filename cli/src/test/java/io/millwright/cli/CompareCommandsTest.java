package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** Comparison with a template from the command line, on drawn boards. */
class CompareCommandsTest {

  @TempDir Path folder;

  private static BufferedImage board(int move, int spot, int hole) {
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.LIGHT_GRAY);
    pen.fillRect(10 + move, 40, 70, 12);
    pen.fillRect(10 + move, 70, 70, 12);
    pen.fillRect(40 + move, 10, 9, 70);
    if (spot > 0) {
      pen.fillRect(spot + move, 24, 8, 8);
      pen.setColor(Color.BLACK);
      pen.fillRect(hole + move, 43, 6, 6);
    }
    pen.dispose();
    return image;
  }

  private static JsonNode json(String... args) throws IOException {
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    assertThat(line.execute(args)).as(err.toString()).isZero();
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void pairsAreComparedWithAndWithoutAModel() throws Exception {
    Path boards = Files.createDirectories(folder.resolve("boards"));
    Random random = new Random(3);
    for (int i = 0; i < 10; i++) {
      int move = random.nextInt(5) - 2;
      int spot = 56 + random.nextInt(20);
      int hole = 54 + random.nextInt(16);
      ImageIO.write(board(0, 0, 0), "png", boards.resolve(i + "_temp.png").toFile());
      ImageIO.write(board(move, spot, hole), "png", boards.resolve(i + "_test.png").toFile());
      Files.writeString(
          boards.resolve(i + ".txt"),
          String.format(
              // Drawn a little beyond the defects, as people do.
              "%d 21 %d 35 copper%n%d 40 %d 52 hole%n",
              spot + move - 3, spot + move + 11, hole + move - 3, hole + move + 9));
    }
    String page = folder.resolve("p.html").toString();
    JsonNode plain =
        json("quality", "compare", "predict", boards.toString(), "--html", page, "--json");
    assertThat(plain.path("map50").asDouble()).isGreaterThan(0.9);
    assertThat(plain.path("averagePrecisions").has("defect")).isTrue();
    assertThat(plain.path("touched").asInt()).isPositive();
    assertThat(plain.path("untrue").asInt()).isZero();
    String html = Files.readString(Path.of(page));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html.substring(15))));
    assertThat(html).contains("Differences from the template");
    String model = folder.resolve("c.mwb").toString();
    json("quality", "compare", "train", boards.toString(), "--out", model, "--json");
    JsonNode learnt =
        json("quality", "compare", "predict", boards.toString(), "--model", model, "--json");
    assertThat(learnt.path("averagePrecisions").path("hole").asDouble()).isGreaterThan(0.9);
    assertThat(learnt.path("averagePrecisions").path("copper").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void aPairWithoutAListIsNeitherGoodNorJudged() throws Exception {
    Path boards = Files.createDirectories(folder.resolve("half"));
    for (int i = 0; i < 12; i++) {
      ImageIO.write(board(0, 0, 0), "png", boards.resolve(i + "_temp.png").toFile());
      ImageIO.write(board(0, 56 + i, 54 + i), "png", boards.resolve(i + "_test.png").toFile());
      if (i % 2 == 0) {
        Files.writeString(
            boards.resolve(i + ".txt"),
            String.format(
                "%d 21 %d 35 copper%n%d 40 %d 52 hole%n", 53 + i, 67 + i, 51 + i, 63 + i));
      }
    }
    JsonNode plain = json("quality", "compare", "predict", boards.toString(), "--json");
    assertThat(plain.path("judged").asInt()).isEqualTo(6);
    assertThat(plain.path("images").size()).isEqualTo(12);
    assertThat(plain.path("untrue").asInt()).isZero();
    assertThat(plain.path("precision").asDouble()).isEqualTo(1);
    String model = folder.resolve("half.mwb").toString();
    JsonNode made =
        json("quality", "compare", "train", boards.toString(), "--out", model, "--json");
    assertThat(made.path("data").asText()).contains("6 pairs without a list");
    JsonNode learnt =
        json("quality", "compare", "predict", boards.toString(), "--model", model, "--json");
    for (JsonNode image : learnt.path("images")) {
      assertThat(image.path("found").get(0).path("confidence").asDouble())
          .as(image.toString())
          .isGreaterThan(0.6);
    }
  }

  @Test
  void twoListsOfOneNameAreNotGuessedBetween() throws Exception {
    for (String line : new String[] {"a", "b", "lists/1", "lists/2"}) {
      Files.createDirectories(folder.resolve("lines").resolve(line));
    }
    Path lines = folder.resolve("lines");
    for (String line : new String[] {"a", "b"}) {
      ImageIO.write(board(0, 0, 0), "png", lines.resolve(line + "/x_temp.png").toFile());
      ImageIO.write(board(0, 60, 60), "png", lines.resolve(line + "/x_test.png").toFile());
    }
    Files.writeString(lines.resolve("lists/1/x.txt"), "");
    Files.writeString(lines.resolve("lists/2/x.txt"), "57 21 71 35 copper\n");
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("quality", "compare", "predict", lines.toString())).isNotZero();
    assertThat(err.toString()).contains("more than one list of defects");
    Files.writeString(lines.resolve("a/x.txt"), "");
    Files.writeString(lines.resolve("b/x.txt"), "57 21 71 35 copper\n57 43 63 49 hole\n");
    JsonNode own = json("quality", "compare", "predict", lines.toString(), "--json");
    assertThat(own.path("touched").asInt()).isEqualTo(2);
  }
}
