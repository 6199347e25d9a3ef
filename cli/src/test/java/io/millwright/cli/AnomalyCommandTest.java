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
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Good parts alone, from the command line, on drawn bars. */
class AnomalyCommandTest {

  @TempDir Path folder;

  private static void draw(Path file, Random random, boolean missing) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    for (int bar = 0; bar < 4; bar++) {
      int grey = 170 + random.nextInt(30);
      pen.setColor(new Color(grey, grey, grey));
      if (!missing || bar != 2) {
        pen.fillRect(4, 5 + 11 * bar + random.nextInt(2), 40, 5);
      }
    }
    pen.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private record Said(int code, String out, String err) {}

  private static Said said(String... args) {
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Said(line.execute(args), out.toString(), err.toString());
  }

  @Test
  void oneFolderOfGoodPartsIsEnough() throws IOException {
    Random random = new Random(1);
    Path good = folder.resolve("good");
    for (int i = 0; i < 20; i++) {
      draw(good.resolve(i + ".png"), random, false);
    }
    Path test = folder.resolve("test");
    for (int i = 0; i < 8; i++) {
      draw(test.resolve("good/" + i + ".png"), random, false);
      draw(test.resolve("missing/" + i + ".png"), random, true);
    }
    Path model = folder.resolve("a.mwb");
    Said all =
        said(
            "quality",
            "anomaly",
            good.toString(),
            "--test",
            test.toString(),
            "--out",
            model.toString(),
            "--json");
    assertThat(all.code).as(all.err).isZero();
    JsonNode reply = new ObjectMapper().readTree(all.out);
    assertThat(reply.path("images").asInt()).isEqualTo(20);
    assertThat(reply.path("auroc").asDouble()).isGreaterThan(0.95);
    assertThat(reply.path("alarms").path("missing").asDouble()).isGreaterThan(0.8);
    assertThat(model).exists();
    String[] later = {"quality", "anomaly", "--model", model + "", "--test", test + "", "--json"};
    Said again = said(later);
    assertThat(again.code).as(again.err).isZero();
    assertThat(new ObjectMapper().readTree(again.out).path("scored"))
        .hasSize(16)
        .isEqualTo(reply.path("scored"));
    Path cut = test.resolve("good/cut.png");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(test.resolve("good/0.png")), 60));
    Said broken = said(later);
    assertThat(broken.code).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(broken.out).path("scored"))
        .as("the others are scored")
        .isEqualTo(reply.path("scored"));
    later[6] = "--html";
    String[] shown = Arrays.copyOf(later, 8);
    shown[7] = folder.resolve("a.html").toString();
    assertThat(said(shown).out).contains("cut.png", "cannot be read", "a.html");
    assertThat(Files.readString(folder.resolve("a.html")))
        .contains("16</", "fill='#ff6a13'", "score", "AUROC")
        .doesNotContain("NaN");
    assertThat(said(Arrays.copyOf(later, 4)).err).contains("--model and --test");

    Path empty = Files.createDirectories(folder.resolve("empty"));
    Said none = said("quality", "anomaly", empty.toString(), "--out", model.toString());
    assertThat(none.code).isNotZero();
    assertThat(none.err).contains("neither images nor folders of images", "Maybe");
  }
}
