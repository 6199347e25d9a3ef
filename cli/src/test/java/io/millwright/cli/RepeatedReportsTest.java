package io.millwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.HostOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Quality reports without a model, saved as documents and made again by another process: the same
 * text, so the same bits of every number. Reports of images have models; their tests open the saved
 * ones.
 */
@Tag("thorough")
class RepeatedReportsTest {

  private static final List<String> REPORTS =
      List.of(
          "spc d.csv --column scrap --baseline 100 --rules nelson",
          "spc d.csv --column scrap --kind ewma --baseline 100",
          "spc d.csv --column heat,scrap --kind t2 --baseline 100",
          "spc d.csv --column scrap --examine",
          "gauge d.csv --part part --appraiser appraiser --value heat --tolerance 40",
          "sampling --lot 2000 --aql 1",
          "causes d.csv --target scrap --steps supplier,time/heat --resamples 5",
          "advise d.csv --knob heat=160:220 --knob time=5:40 --goal scrap=min --next 3");

  @TempDir Path folder;

  @Test
  void anotherProcessGivesTheSameText() throws Exception {
    table(folder.resolve("d.csv"));
    List<String> here = reports(folder);
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Again.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(20, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
    for (int i = 0; i < REPORTS.size(); i++) {
      assertThat(Files.readString(folder.resolve(i + ".json")))
          .as(REPORTS.get(i))
          .isEqualTo(here.get(i));
    }
  }

  /** The other process. */
  static final class Again {
    private Again() {}

    /** Writes the reports beside the table. */
    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      List<String> reports = reports(folder);
      for (int i = 0; i < reports.size(); i++) {
        Files.writeString(folder.resolve(i + ".json"), reports.get(i));
      }
    }
  }

  private static List<String> reports(Path folder) {
    List<String> reports = new ArrayList<>();
    for (String words : REPORTS) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      var line = MillwrightCommand.line(new Desk(HostOptions::open, false));
      line.setOut(new PrintWriter(out));
      line.setErr(new PrintWriter(err));
      String table = folder.resolve("d.csv").toString();
      List<String> args = new ArrayList<>(List.of("quality"));
      for (String word : words.split(" ", -1)) {
        args.add(word.equals("d.csv") ? table : word);
      }
      args.add("--json");
      assertThat(line.execute(args.toArray(String[]::new))).as(words + "\n" + err).isZero();
      assertThat(out.toString()).as(words).contains("{").hasSizeGreaterThan(100);
      reports.add(out.toString());
    }
    return reports;
  }

  private static void table(Path file) throws IOException {
    Random random = new Random(12);
    StringBuilder csv = new StringBuilder("part,appraiser,supplier,time,heat,scrap\n");
    for (int i = 0; i < 150; i++) {
      double time = 5 + 35 * random.nextDouble();
      double heat = 190 + i % 10 + 3 * random.nextGaussian() + (i >= 120 ? 6 : 0);
      double scrap = 3 + 0.1 * (heat - 190) + 0.05 * time + 0.3 * random.nextGaussian();
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,who%d,s%d,%s,%s,%s%n",
              i % 10,
              i / 10 % 3,
              random.nextInt(3),
              time,
              heat,
              scrap));
    }
    Files.writeString(file, csv);
  }
}
