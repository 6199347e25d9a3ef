package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tables and options of quality commands that cannot be meant: each is refused in words. */
class QualityInputsTest {

  @TempDir Path folder;

  private record Said(int exit, String out, String err) {
    JsonNode json() throws IOException {
      assertThat(exit).as(err).isZero();
      return new ObjectMapper().readTree(out);
    }

    void refused(String... words) {
      assertThat(exit).as(out + err).isNotZero();
      assertThat(err).contains(words);
    }
  }

  private static Said quality(String line) {
    CommandLine command = MillwrightCommand.line(new Desk(HostOptions::open, false));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int exit = command.execute(("quality " + line).split(" ", -1));
    return new Said(exit, out.toString(), err.toString());
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--lot 100 --good 0.01 --bad 0.06",
        "--lot 500 --aql 1 --good 0.01 --bad 0.06",
        "--good 0.01 --bad 0.06 --tightened",
        "--good 0.01 --bad 0.06 --level S1"
      })
  void aPlanIsByOneWayOrTheOther(String options) {
    quality("sampling " + options).refused("--good and --bad", "one or the other");
  }

  @Test
  void anAqlOfDefectsIsNotTakenForOneOfDefectiveParts() {
    quality("sampling --lot 2000 --aql 650").refused("44 defects", "defects per 100 parts");
    quality("sampling --lot 2000 --aql 1 --consumer 0.2").refused("--consumer");
  }

  @ParameterizedTest
  @CsvSource({"c, 2.5", "c, -1", "p, 0.04", "np, -3", "u, 1.5"})
  void whatIsFoundIsCounted(String kind, String wrong) throws IOException {
    StringBuilder rows = new StringBuilder("found,n\n" + wrong + ",50\n");
    for (int i = 0; i < 30; i++) {
      rows.append(i % 4).append(",50\n");
    }
    quality(
            "spc --kind "
                + kind
                + " --column found --inspected n "
                + file(kind + ".csv", rows.toString()))
        .refused("row 1", "\"found\"", wrong, "counted");
  }

  private static String ratings(String verdicts, String lastTruth) {
    StringBuilder rows = new StringBuilder("part,appraiser,verdict,right\n");
    for (int p = 0; p < 6; p++) {
      for (String who : new String[] {"A", "B"}) {
        for (int t = 0; t < 2; t++) {
          String label = verdicts.split(" ", -1)[p % 2];
          boolean last = p == 5 && who.equals("B") && t == 1;
          rows.append("P").append(p).append(',').append(who).append(',').append(label);
          rows.append(',').append(last ? lastTruth : label).append('\n');
        }
      }
    }
    return rows.toString();
  }

  @Test
  void aPartHasOneTruth() throws IOException {
    String options = "gauge --label verdict --truth right ";
    quality(options + file("two.csv", ratings("ok bad", "ok"))).refused("P5", "row 24", "bad");
    Said alike = quality(options + file("alike.csv", ratings("ok ok", "ok")));
    assertThat(alike.exit).isZero();
    assertThat(alike.out).contains("no kappa: all labels are the same").doesNotContain("NaN");
  }

  @Test
  void aSlipOfThePenIsNamed() throws IOException {
    Random random = new Random(5);
    StringBuilder rows = new StringBuilder("part,operator,value\n");
    for (int p = 0; p < 8; p++) {
      for (String who : new String[] {"Anna", "Berta", "Cora"}) {
        for (int t = 0; t < 3; t++) {
          double value = 10 + p + 0.1 * random.nextGaussian();
          boolean slip = p == 2 && who.equals("Berta") && t == 1;
          rows.append("P" + p + "," + who + "," + (slip ? 10 * value : value) + "\n");
        }
      }
    }
    String study = file("slip.csv", rows.toString());
    JsonNode strayed = quality("gauge --json " + study).json().path("strayed");
    assertThat(strayed.size()).isEqualTo(1);
    assertThat(strayed.get(0).path("part").asText()).isEqualTo("P2");
    assertThat(strayed.get(0).path("appraiser").asText()).isEqualTo("Berta");
    assertThat(quality("gauge " + study).out).contains("was one misread?");
  }

  private String runs(String name) throws IOException {
    Random random = new Random(8);
    StringBuilder rows = new StringBuilder("heat,time,material,strength\n");
    for (int i = 0; i < 24; i++) {
      double heat = 160 + 60 * random.nextDouble();
      double time = 5 + 35 * random.nextDouble();
      double strength = 80 - 0.02 * (heat - 200) * (heat - 200) - 0.05 * (time - 25) * (time - 25);
      rows.append(heat + "," + time + ",A," + (strength + 0.3 * random.nextGaussian()) + "\n");
    }
    return file(name, rows.toString());
  }

  @Test
  void adviceIsOfTheProcessThatWasRun() throws IOException {
    String runs = runs("runs.csv");
    String knob = " --knob heat=160:220 --knob time=5:40 --goal strength=max ";
    quality("advise " + runs + " --knob heat=320:428 --knob time=5:40 --goal strength=max")
        .refused("no run has 'heat' within 320.0 to 428.0", "unit");
    quality("advise " + runs + " --knob heat=210:220 --knob time=5:40 --goal strength=max")
        .refused("'heat' stands at", "the median of the runs");
    quality("advise " + runs + knob + "--knob heat=160:200")
        .refused("--knob is given twice for 'heat'", "160:220 and 160:200");
    quality("advise " + runs + knob + "--next -1").refused("--next -1");
    quality("advise " + runs + knob + "--safe time=:").refused("limits nothing");
    String other = file("other.csv", "heat,time,strength\n170,10,80\n170,10,80\n170,10,80\n");
    quality("advise " + runs + knob + "--check " + other)
        .refused("new part 1", "'heat' at 170.0", "but the advice is");
  }

  @Test
  void theTargetIsTheLastStep() throws IOException {
    Random random = new Random(2);
    StringBuilder rows = new StringBuilder("mould,scrap\n");
    for (int i = 0; i < 80; i++) {
      double mould = random.nextGaussian() + (i < 50 ? 0 : 2);
      rows.append(mould + "," + (mould + 0.3 * random.nextGaussian()) + "\n");
    }
    String parts = file("parts.csv", rows.toString());
    quality("causes " + parts + " --target scrap --steps scrap/mould")
        .refused("'scrap' in step 1 of 2", "comes last");
    quality("causes " + parts + " --target scrap --resamples 0").refused("--resamples 0");
    assertThat(
            quality("causes --json " + parts + " --target scrap --steps mould/scrap")
                .json()
                .path("attribution")
                .path("words")
                .asText())
        .contains("mould");
  }

  @Test
  void textsNeedWhatTheirOptionsSpeakOf() throws IOException {
    StringBuilder rows = new StringBuilder("note,kind\n");
    for (int i = 0; i < 20; i++) {
      rows.append(i % 2 == 0 ? "oil leaks at the pump " + i + ",leak\n" : "deep scratch,mark\n");
    }
    rows.append("\"  \",leak\n\"  \",\n");
    String notes = file("notes.csv", rows.toString());
    String text = "texts --text note " + notes;
    quality(text + " --every week").refused("--every", "--time");
    quality(text + " --class note").refused("--class note is the column of texts");
    quality("texts --text note " + file("none.csv", "note\n")).refused("no row");
    quality(text + " --vocabulary " + file("v0.csv", "word,kind\n")).refused("no word");
    quality(text + " --vocabulary " + file("v2.csv", "word,kind\nPump,part\npump,cause\n"))
        .refused("row 2", "pump", "cause", "part");
    JsonNode learnt = quality(text + " --class kind --json").json().path("classes");
    assertThat(learnt.path("blank").asInt()).isEqualTo(2);
    assertThat(learnt.path("filled").size()).isZero();
  }

  @Test
  void imagesThatCannotBeReadAreInTheDocumentToo() throws IOException {
    Random random = new Random(1);
    Path good = Files.createDirectories(folder.resolve("good"));
    for (int i = 0; i < 14; i++) {
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
      for (int k = 0; k < 64 * 64; k++) {
        image.getRaster().setSample(k % 64, k / 64, 0, 100 + random.nextInt(40));
      }
      ImageIO.write(image, "png", good.resolve(i + ".png").toFile());
    }
    String model = folder.resolve("a.mwb").toString();
    quality("anomaly " + good + " --out " + model + " --json").json();
    Path today = Files.createDirectories(folder.resolve("today"));
    Files.copy(good.resolve("3.png"), today.resolve("3.png"));
    Files.writeString(today.resolve("note.png"), "no picture");
    Said said = quality("anomaly --model " + model + " --test " + today + " --json");
    assertThat(said.exit).isNotZero();
    JsonNode unread = new ObjectMapper().readTree(said.out).path("unread");
    assertThat(unread.size()).isEqualTo(1);
    assertThat(unread.get(0).path("image").asText()).endsWith("note.png");
    assertThat(unread.get(0).path("error").asText()).contains("no format");
  }
}
