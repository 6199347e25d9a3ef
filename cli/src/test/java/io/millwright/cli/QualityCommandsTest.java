package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import io.millwright.samples.plant.Surfaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import picocli.CommandLine;

/** The commands of quality with everything real behind them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QualityCommandsTest {

  @TempDir static Path folder;

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private record Said(int exit, String out, String err) {}

  private static Said run(String... args) {
    CommandLine line = MillwrightCommand.line(new Desk(HostOptions::open, false));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exit = line.execute(args);
    return new Said(exit, out.toString(), err.toString());
  }

  private static JsonNode json(String... args) throws IOException {
    String[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = "--json";
    Said said = run(all);
    assertThat(said.exit()).as(said.err()).isZero();
    return new ObjectMapper().readTree(said.out());
  }

  private static void wellFormed(String name) throws Exception {
    String page = Files.readString(folder.resolve(name));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.newDocumentBuilder().parse(new InputSource(new StringReader(page.substring(15))));
    assertThat(page).doesNotContain("<script").doesNotContain("http");
  }

  /**
   * Small parts of the pictures, so that learning takes seconds: the bubble or scratch fills them.
   */
  private static void images(Path root, int from, int to) throws IOException {
    for (String label : Surfaces.CLASSES) {
      Path inner = Files.createDirectories(root.resolve(label));
      for (int i = from; i < to; i++) {
        ImageIO.write(
            Surfaces.of(5).image(label, i).reduced(4).toBufferedImage(),
            "png",
            inner.resolve(label + i + ".png").toFile());
      }
    }
  }

  @Test
  @Order(1)
  void surfacesAreLearntFromAFolder() throws IOException {
    images(folder.resolve("train"), 0, 10);
    JsonNode said =
        json(
            "inspect",
            "train",
            file("train"),
            "--good",
            "good",
            "--costs",
            "20:1:0.4",
            "--out",
            file("m.mwb"));
    JsonNode figures = said.path("heldOut").path("figures");
    assertThat(figures.path("accuracy").asDouble()).isBetween(0.4, 1.0);
    assertThat(figures.path("review share").isNumber()).isTrue();
  }

  @Test
  @Order(2)
  void newImagesAreJudgedAndShown() throws Exception {
    images(folder.resolve("new"), 100, 106);
    JsonNode said =
        json(
            "inspect",
            "predict",
            "--model",
            file("m.mwb"),
            "--labels",
            file("new"),
            "--good",
            "good",
            "--costs",
            "20:1:0.4",
            "--html",
            file("p.html"));
    assertThat(said.path("cost").path("realised").asDouble())
        .isBetween(
            said.path("cost").path("low").asDouble(), said.path("cost").path("high").asDouble());
    assertThat(said.path("cost").path("expected").asDouble()).isPositive();
    assertThat(said.path("judged").asInt()).isEqualTo(18);
    assertThat(said.path("predictions")).hasSize(18);
    assertThat(said.path("accuracy").asDouble()).isBetween(0.3, 1.0);
    assertThat(said.path("predictions").path(0).path("decision").asText())
        .isIn("PASS", "REJECT", "REVIEW");
    wellFormed("p.html");
    assertThat(Files.readString(folder.resolve("p.html")))
        .contains("What was taken for what")
        .contains("What the answers rest on")
        .contains("data:image/png;base64,");
    Files.writeString(folder.resolve("truth.csv"), "file,class\ngood100.png,good\n");
    JsonNode one =
        json(
            "inspect",
            "predict",
            "--model",
            file("m.mwb"),
            file("new"),
            "--labels",
            file("truth.csv"));
    assertThat(one.path("judged").asInt()).isEqualTo(1);
  }

  @Test
  @Order(2)
  void trueClassesAreTakenByTheFoldersOfTheirFiles() throws Exception {
    images(folder.resolve("days"), 300, 301);
    Path days = folder.resolve("days");
    for (String label : Surfaces.CLASSES) {
      Files.move(days.resolve(label).resolve(label + "300.png"), days.resolve(label + "/1.png"));
    }
    Files.writeString(
        folder.resolve("days.csv"),
        "file,class\n"
            + String.join(
                "", Surfaces.CLASSES.stream().map(c -> c + "/1.png," + c + "\n").toList()));
    String[] predict = {
      "inspect", "predict", "--model", file("m.mwb"), file("days"), "--labels", file("days.csv")
    };
    JsonNode said = json(predict);
    assertThat(said.path("judged").asInt()).isEqualTo(Surfaces.CLASSES.size());
    for (JsonNode one : said.path("predictions")) {
      assertThat(one.path("file").asText()).contains("/" + one.path("truth").asText() + "/");
    }
    Files.writeString(folder.resolve("days.csv"), "file,class\n1.png,good\n1.png,bubble\n");
    Said twice = run(predict);
    assertThat(twice.exit()).isEqualTo(1);
    assertThat(twice.err()).contains("row 2").contains("bubble").contains("good");
  }

  @Test
  @Order(2)
  void aFolderIsWatchedWithADeadline() throws Exception {
    images(folder.resolve("watched"), 200, 203);
    Path camera = folder.resolve("watched").resolve("bubble");
    Files.writeString(camera.resolve("broken.png"), "no picture");
    String[] watch = {"inspect", "watch", camera.toString(), "--model", file("m.mwb")};
    String[] all = Arrays.copyOf(watch, watch.length + 5);
    System.arraycopy(
        new String[] {"--existing", "--idle", "0.3s", "--deadline", "60s"},
        0,
        all,
        watch.length,
        5);
    JsonNode said = json(all);
    assertThat(said.path("frames").asInt()).isEqualTo(4);
    assertThat(said.path("inTime").asInt()).isEqualTo(3);
    assertThat(said.path("faulty").asInt()).isEqualTo(1);
    assertThat(said.path("passedBy").asInt()).isZero();
    images(folder.resolve("many"), 400, 410);
    JsonNode waited =
        json(
            "inspect",
            "watch",
            folder.resolve("many").resolve("good").toString(),
            "--model",
            file("m.mwb"),
            "--existing",
            "--idle",
            "0.3s",
            "--deadline",
            "60s",
            "--waiting",
            "1");
    assertThat(waited.path("inTime").asInt()).isEqualTo(10);
    all[all.length - 1] = "0.000001s";
    Said late = run(all);
    assertThat(late.exit()).isZero();
    assertThat(late.err()).contains("LATE");
    assertThat(late.out()).contains("0 in time");
    Said passed =
        run("inspect", "watch", camera.toString(), "--model", file("m.mwb"), "--idle", "0.1s");
    assertThat(passed.err()).contains("4 images that lie there already are passed by");
  }

  @Test
  @Order(3)
  void aBrokenImageIsNamedAndTheOthersJudged() throws IOException {
    Path cut = folder.resolve("new").resolve("good").resolve("good101.png");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 90));
    Said said = run("inspect", "predict", "--model", file("m.mwb"), file("new"));
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("good101.png").contains("cannot be read");
    assertThat(said.out().lines().filter(l -> l.contains(" %")).count()).isEqualTo(17);
    Files.copy(cut, folder.resolve("train").resolve("good").resolve("broken.png"));
    Said train = run("inspect", "train", file("train"), "--out", file("n.mwb"));
    assertThat(train.exit()).isEqualTo(1);
    assertThat(train.err()).contains("broken.png");
  }

  @Test
  @Order(4)
  void readingsAreCharted() throws Exception {
    Random random = new Random(2);
    StringBuilder csv = new StringBuilder("time,diameter\n");
    for (int i = 0; i < 120; i++) {
      double value = 10 + 0.02 * random.nextGaussian() + (i >= 90 ? 0.08 : 0);
      csv.append(i).append(',').append(i == 40 ? "" : String.valueOf(value)).append('\n');
    }
    Files.writeString(folder.resolve("d.csv"), csv);
    JsonNode said =
        json(
            "quality",
            "spc",
            file("d.csv"),
            "--column",
            "diameter",
            "--baseline",
            "80",
            "--lower",
            "9.9",
            "--upper",
            "10.1",
            "--html",
            file("c.html"));
    assertThat(said.path("baseline").asInt()).isEqualTo(79);
    assertThat(said.path("missing").asInt()).isEqualTo(1);
    assertThat(said.path("centre").asDouble()).isBetween(9.99, 10.01);
    assertThat(said.path("sigma").asDouble()).isBetween(0.015, 0.025);
    assertThat(said.path("cp").path("low").asDouble())
        .isLessThan(said.path("cp").path("value").asDouble());
    int found = 0;
    for (JsonNode signal : said.path("signals")) {
      found += signal.path("reading").asInt() > 90 ? 1 : 0;
    }
    assertThat(found).isGreaterThan(20);
    wellFormed("c.html");
    for (String kind : new String[] {"ewma", "cusum"}) {
      JsonNode other =
          json(
              "quality",
              "spc",
              file("d.csv"),
              "--column",
              "diameter",
              "--baseline",
              "80",
              "--kind",
              kind);
      assertThat(other.path("signals")).isNotEmpty();
    }
    JsonNode means =
        json(
            "quality",
            "spc",
            file("d.csv"),
            "--column",
            "diameter",
            "--size",
            "4",
            "--baseline",
            "20");
    assertThat(means.path("chart").asText()).contains("Means");
  }

  @Test
  @Order(5)
  void sharesAreChartedAndConstantReadingsRefused() throws IOException {
    StringBuilder csv = new StringBuilder("defective,inspected,same\n");
    for (int i = 0; i < 40; i++) {
      csv.append(i == 35 ? 30 : 4 + i % 4).append(",100,7.5\n");
    }
    Files.writeString(folder.resolve("s.csv"), csv);
    JsonNode said =
        json(
            "quality",
            "spc",
            file("s.csv"),
            "--kind",
            "p",
            "--column",
            "defective",
            "--inspected",
            "inspected",
            "--baseline",
            "30");
    assertThat(said.path("signals").path(0).path("reading").asInt()).isEqualTo(36);
    String counted =
        "part,size\n1,5.1\n2,5.0\n3,5.2\n4,4.9\n5,5.0\n6,5.1\n7,4.8\n8,5\n9,5.1\n10,5\n";
    Files.writeString(folder.resolve("n.csv"), counted);
    assertThat(run("quality", "spc", file("n.csv")).out()).contains("Column     size");
    StringBuilder skewed = new StringBuilder("size\n");
    Random lots = new Random(3);
    for (int i = 0; i < 150; i++) {
      skewed.append(Math.exp(0.8 * lots.nextGaussian())).append('\n');
    }
    Files.writeString(folder.resolve("k.csv"), skewed);
    String[] asked = {"quality", "spc", file("k.csv"), "--upper", "8", "--examine"};
    // 4,700 parts per million of the law are beyond 8; by the normal law it would be none.
    assertThat(json(asked).path("beyond").asDouble()).isBetween(500.0, 20_000.0);
    assertThat(run(Arrays.copyOf(asked, 5)).out()).contains("not normal");
    Said same = run("quality", "spc", file("s.csv"), "--column", "same");
    assertThat(same.exit()).isEqualTo(1);
    assertThat(same.err()).contains("all the same (7.5)");
    assertThat(run("quality", "spc", file("s.csv"), "--kind", "means").exit()).isEqualTo(2);
    Files.writeString(folder.resolve("h.csv"), "part,size\n");
    Said none = run("quality", "spc", file("h.csv"));
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("h.csv holds no reading").doesNotContain("--baseline");
  }

  @Test
  @Order(6)
  void gaugesAreStudied() throws Exception {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("part,appraiser,value,label,right\n");
    for (int part = 1; part <= 10; part++) {
      double size = 5 * random.nextGaussian();
      for (String who : new String[] {"ann", "bob", "eve"}) {
        for (int k = 0; k < 3; k++) {
          String right = size > 0 ? "good" : "bad";
          String label = random.nextInt(10) == 0 ? "bad" : right;
          csv.append(part).append(',').append(who).append(',');
          csv.append(size + random.nextGaussian()).append(',').append(label).append(',');
          csv.append(right).append('\n');
        }
      }
    }
    Files.writeString(folder.resolve("g.csv"), csv);
    JsonNode study =
        json("quality", "gauge", file("g.csv"), "--tolerance", "40", "--html", file("g.html"));
    assertThat(study.path("components")).hasSize(6);
    assertThat(Files.readString(folder.resolve("g.html")))
        .contains("of the tolerance is gauge")
        .contains("% of tolerance");
    assertThat(study.path("ndc").asDouble()).isBetween(2.0, 20.0);
    wellFormed("g.html");
    JsonNode agreement =
        json(
            "quality",
            "gauge",
            file("g.csv"),
            "--label",
            "label",
            "--truth",
            "right",
            "--html",
            file("k.html"));
    assertThat(agreement.path("agreement")).hasSize(8);
    wellFormed("k.html");
    assertThat(run("quality", "gauge", file("g.csv"), "--nested").exit()).isZero();
    String text = csv.toString();
    Files.writeString(
        folder.resolve("h.csv"), text.replace("part,appraiser,value", "Teil,Prüfer,Messwert"));
    assertThat(json("quality", "gauge", file("h.csv"), "--tolerance", "40").path("components"))
        .isEqualTo(study.path("components"));
    Files.writeString(folder.resolve("x.csv"), text.replace("appraiser", "by whom"));
    Said unknown = run("quality", "gauge", file("x.csv"));
    assertThat(unknown.exit()).isNotZero();
    assertThat(unknown.err()).contains("MISSING_COLUMN", "--appraiser", "by whom");
  }

  @Test
  @Order(7)
  void samplingPlansAndTheirCurves() throws Exception {
    JsonNode plan =
        json("quality", "sampling", "--lot", "2000", "--aql", "0.65", "--html", file("o.html"));
    assertThat(plan.path("sample").asInt()).isEqualTo(125);
    assertThat(plan.path("accept").asInt()).isEqualTo(2);
    assertThat(plan.path("curve")).hasSize(61);
    wellFormed("o.html");
    JsonNode k = json("quality", "sampling", "--good", "0.01", "--bad", "0.06", "--variables");
    assertThat(k.path("k").asDouble()).isBetween(1.5, 2.5);
    assertThat(run("quality", "sampling").exit()).isEqualTo(2);
    assertThat(run("quality", "sampling", "--good", "0.01", "--bad", "0.06").out())
        .contains("97.5 % of lots with 1 % defective", "9.8 % of lots with 6 % defective");
    assertThat(run("quality", "sampling", "--lot", "100", "--aql", "0.7").exit()).isEqualTo(1);
  }

  @Test
  @Order(7)
  void causesOfAShiftAreNamed() throws Exception {
    Random random = new Random(9);
    StringBuilder csv = new StringBuilder("moisture,supplier,mould,scrap\n");
    for (int i = 0; i < 400; i++) {
      double moisture = random.nextGaussian();
      double mould = 180 + random.nextGaussian() + (i >= 250 ? 3 : 0);
      double scrap = 3 + 0.8 * (mould - 180) + 0.3 * moisture + 0.3 * random.nextGaussian();
      csv.append(moisture).append(",s").append(random.nextInt(3)).append(',');
      csv.append(mould).append(',').append(scrap).append('\n');
    }
    Files.writeString(folder.resolve("c.csv"), csv);
    JsonNode found =
        json(
            "quality",
            "causes",
            file("c.csv"),
            "--target",
            "scrap",
            "--steps",
            "moisture,supplier/mould",
            "--resamples",
            "20",
            "--html",
            file("c.html"));
    JsonNode why = found.path("attribution");
    assertThat(why.path("since").asInt()).isBetween(245, 256);
    assertThat(why.path("parts").path(0).path("column").asText()).isEqualTo("mould");
    assertThat(found.path("strata").path(0).path("column").asText()).isEqualTo("mould");
    wellFormed("c.html");
    aShiftIsSaidByItsTime(csv.toString());
    assertThat(run("quality", "causes", file("c.csv"), "--target", "nothing").exit()).isEqualTo(1);
    assertThat(
            run("quality", "causes", file("c.csv"), "--target", "scrap", "--since", "999").exit())
        .isEqualTo(1);
  }

  private void aShiftIsSaidByItsTime(String csv) throws Exception {
    StringBuilder timed = new StringBuilder();
    int row = 0;
    for (String line : csv.lines().toList()) {
      timed.append(row == 0 ? "at" : LocalDateTime.of(2026, 3, 1, 6, 0).plusHours(row).toString());
      timed.append(',').append(line).append('\n');
      row++;
    }
    Files.writeString(folder.resolve("t.csv"), timed);
    String[] words = {"quality", "causes", file("t.csv"), "--target=scrap", "--resamples=20"};
    String told = run(words).out();
    assertThat(told).containsPattern("since 2026-03-11T\\d\\d:00 \\(row 2[45]\\d\\)");
    assertThat(told).containsPattern("at 2026-03-11T\\d\\d:00 \\(row 2[45]\\d\\)");
    assertThat(json(words).path("attribution").path("sinceTime").asText()).startsWith("2026-03-11");
  }

  @Test
  @Order(8)
  void lifeDataAreFitted() throws Exception {
    StringBuilder csv = new StringBuilder("hours,status\n");
    Random random = new Random(8);
    for (int i = 0; i < 60; i++) {
      double t = 1000 * Math.pow(-Math.log(random.nextDouble()), 0.4);
      csv.append(Math.min(t, 1200)).append(',').append(t < 1200 ? 1 : 0).append('\n');
    }
    Files.writeString(folder.resolve("l.csv"), csv);
    JsonNode fit =
        json(
            "maintenance",
            "life-data",
            file("l.csv"),
            "--time",
            "hours",
            "--status",
            "status",
            "--planned",
            "1",
            "--failure",
            "10",
            "--html",
            file("l.html"));
    assertThat(fit.path("parameters").path(1).path("name").asText()).isEqualTo("beta");
    assertThat(fit.path("parameters").path(1).path("value").asDouble()).isBetween(1.7, 3.5);
    assertThat(fit.path("policies").path("age").path("interval").asDouble())
        .isBetween(150.0, 800.0);
    wellFormed("l.html");
    assertThat(run("maintenance", "life-data", file("l.csv")).exit()).isEqualTo(2);
    Files.writeString(folder.resolve("w.csv"), csv.toString().replace(",1\n", ",broken\n"));
    String[] words = {"maintenance", "life-data", file("w.csv"), "--time=hours", "--status=status"};
    assertThat(run(words).err()).contains("\"broken\", neither 1").contains("--failed");
    words = Arrays.copyOf(words, 6);
    words[5] = "--failed=broken";
    assertThat(json(words).path("parameters")).isEqualTo(fit.path("parameters"));
    words[5] = "--failed=worn";
    assertThat(run(words).err()).contains("no life has the status \"worn\"").contains("broken");
    words[5] = "--level=95";
    words[2] = file("l.csv");
    assertThat(run(words).err()).contains("level is 95.0").doesNotContain("\tat ");
  }

  @Test
  @Order(9)
  void multivariateAndExaminedReadingsAreCharted() throws Exception {
    Random random = new Random(5);
    StringBuilder csv = new StringBuilder("a,b\n");
    double x = 0;
    for (int i = 0; i < 120; i++) {
      x = 0.7 * x + random.nextGaussian();
      csv.append(x).append(',').append(random.nextGaussian() + (i > 110 ? 5 : 0)).append('\n');
    }
    Files.writeString(folder.resolve("m.csv"), csv);
    for (String kind : new String[] {"t2", "mewma"}) {
      JsonNode said =
          json(
              "quality",
              "spc",
              file("m.csv"),
              "--column",
              "a,b",
              "--kind",
              kind,
              "--baseline",
              "100",
              "--html",
              file(kind + ".html"));
      assertThat(said.path("signals")).isNotEmpty();
      wellFormed(kind + ".html");
    }
    JsonNode examined =
        json("quality", "spc", file("m.csv"), "--column", "a", "--examine", "--rules", "nelson");
    assertThat(examined.path("adjustment").asText()).contains("Residual");
  }
}
