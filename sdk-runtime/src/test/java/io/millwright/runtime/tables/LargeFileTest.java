package io.millwright.runtime.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.data.CsvFormat;
import io.millwright.api.data.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large file fits into a small heap: no more is held than the table. */
@Tag("thorough")
class LargeFileTest {

  private static final int ROWS = 300_000;
  private static final int COLUMNS = 20;

  @TempDir Path folder;

  @Test
  void threeHundredThousandRowsAreReadWithin128Megabytes() throws Exception {
    assertThat(child("table", "-Xmx128m")).contains("rows " + ROWS);
  }

  @Test
  void whatDoesNotFitIsRefusedAndReadInBatches() throws Exception {
    assertThat(child("table", "-Xmx48m")).contains("OUT_OF_RANGE", "batches");
    assertThat(child("batches", "-Xmx48m")).contains("rows " + ROWS);
  }

  private String child(String how, String heap) throws IOException, InterruptedException {
    Path file = folder.resolve("large.csv");
    if (!Files.exists(file)) {
      write(file);
    }
    // Where the tests run behind a manifest, the whole path stands elsewhere.
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                path,
                LargeFileTest.class.getName(),
                how,
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  private static void write(Path file) throws IOException {
    Random random = new Random(0);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int c = 0; c < COLUMNS; c++) {
        out.append(c == 0 ? "" : ",").append("c").append(Integer.toString(c));
      }
      out.append('\n');
      for (int r = 0; r < ROWS; r++) {
        out.append("ABCD", r % 4, r % 4 + 1);
        for (int c = 1; c < COLUMNS; c++) {
          out.append(String.format(Locale.ROOT, ",%.3f", 100 * random.nextDouble()));
        }
        out.append('\n');
      }
    }
  }

  /** What the child process does. */
  public static void main(String[] args) {
    Path file = Path.of(args[1]);
    try {
      if (args[0].equals("table")) {
        Table table = Tables.reader().read(file, CsvFormat.guessed()).table();
        System.out.println("rows " + table.rows() + " " + table.number(table.rows() - 1, 19));
      } else {
        long[] rows = {0};
        Tables.reader()
            .batches(file, CsvFormat.guessed(), 10_000, batch -> rows[0] += batch.rows());
        System.out.println("rows " + rows[0]);
      }
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }
}
