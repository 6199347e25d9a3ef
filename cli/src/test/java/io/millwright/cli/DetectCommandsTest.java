package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.api.Millwright;
import io.millwright.api.learn.Learning;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import io.millwright.quality.Quality;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** Boxes of defects from the command line, on small drawn plates. */
class DetectCommandsTest {

  @TempDir Path folder;

  @BeforeEach
  void plates() throws IOException {
    Path images = Files.createDirectories(folder.resolve("plates"));
    StringBuilder csv = new StringBuilder("file,class,xmin,ymin,xmax,ymax\n");
    Random random = new Random(4);
    for (int i = 0; i < 16; i++) {
      BufferedImage plate = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D pen = plate.createGraphics();
      pen.setColor(new Color(90, 90, 90));
      pen.fillRect(0, 0, 64, 64);
      int x = 4 + random.nextInt(36);
      int y = 4 + random.nextInt(36);
      pen.setColor(Color.WHITE);
      pen.fillRect(x, y, 18, 18);
      pen.dispose();
      ImageIO.write(plate, "png", images.resolve("p" + i + ".png").toFile());
      csv.append(String.format("p%d.png,blob,%d,%d,%d,%d%n", i, x, y, x + 18, y + 18));
    }
    Files.writeString(folder.resolve("boxes.csv"), csv);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
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

  private void judgedByCommand() throws Exception {
    JsonNode said =
        json(
            "quality",
            "detect",
            "predict",
            "--model",
            file("m.mwb"),
            file("plates"),
            "--truth",
            file("boxes.csv"),
            "--html",
            file("p.html"),
            "--json");
    assertThat(said.path("images")).hasSize(16);
    assertThat(said.path("map50").asDouble()).isBetween(0.0, 1.0);
    assertThat(said.path("averagePrecisions").has("blob")).isTrue();
    String page = Files.readString(folder.resolve("p.html"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page.substring(15))));
    assertThat(page).contains("Dashed blue").contains("By class").doesNotContain("<script");
    JsonNode blind =
        json("quality", "detect", "predict", "--model", file("m.mwb"), file("plates"), "--json");
    assertThat(blind.has("map50")).isFalse();
  }

  @Test
  void aModelDetectsAndIsJudged() throws Exception {
    try (Millwright millwright = Millwright.create()) {
      Quality quality = millwright.plugin(Quality.class);
      quality
          .detection()
          .size(64, 64)
          .learning(Learning.adamW(5e-3, 0.05).batch(16).epochs(3))
          .train(quality.marked(folder.resolve("plates"), folder.resolve("boxes.csv")))
          .await()
          .saveTo(folder.resolve("m.mwb"));
    }
    judgedByCommand();
  }

  @Test
  @Tag("thorough")
  void aModelIsTrainedByCommand() throws Exception {
    JsonNode said =
        json(
            "quality",
            "detect",
            "train",
            file("plates"),
            "--truth",
            file("boxes.csv"),
            "--size",
            "64x64",
            "--out",
            file("m.mwb"),
            "--json");
    assertThat(said.path("heldOut").path("figures").has("map at 0.5")).isTrue();
    judgedByCommand();
  }
}
