package io.millwright.runtime.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.MillwrightException;
import io.millwright.api.Outcome;
import io.millwright.api.data.Column;
import io.millwright.api.data.Schema;
import io.millwright.api.data.Table;
import io.millwright.runtime.explain.FunctionPredictor;
import io.millwright.runtime.journal.InputPolicy;
import io.millwright.runtime.journal.PredictionJournal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Audit logs and journals of predictions changed at random: they are read, found to be broken or
 * refused with a MillwrightException, in bounded memory, and nothing outside the folder is touched.
 */
class HostileLogsTest {

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[[[[[[",
          "null",
          "1e999",
          "\"\\u0000\"",
          "../../x",
          "\n\n",
          "\"id\":",
          "\u001b[2J");

  @TempDir Path folder;

  private static byte[] changed(byte[] bytes, Random random) {
    byte[] copy = bytes.clone();
    switch (random.nextInt(4)) {
      case 0:
        copy[random.nextInt(copy.length)] ^= (byte) (1 + random.nextInt(255));
        return copy;
      case 1:
        return Arrays.copyOf(copy, random.nextInt(copy.length));
      case 2:
        {
          String text = new String(copy, StandardCharsets.ISO_8859_1);
          int at = random.nextInt(text.length());
          String word = WORDS.get(random.nextInt(WORDS.size())).repeat(1 + random.nextInt(500));
          return (text.substring(0, at) + word + text.substring(at))
              .getBytes(StandardCharsets.ISO_8859_1);
        }
      default:
        {
          List<String> lines =
              new ArrayList<>(new String(copy, StandardCharsets.ISO_8859_1).lines().toList());
          lines.remove(random.nextInt(lines.size()));
          return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
        }
    }
  }

  private static List<Path> logs(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(f -> f.toString().matches(".*\\.(jsonl|log)")).sorted().toList();
    }
  }

  private void tries(int count, long key) throws IOException {
    Path audit = folder.resolve("audit");
    try (AuditLog log = AuditLog.open(audit, Clock.systemUTC())) {
      for (int i = 0; i < 12; i++) {
        log.add("ann", "PROMOTED", "press", "version " + i + " 张");
      }
    }
    Path journal = folder.resolve("journal");
    Schema schema = Schema.of(Column.number("x"));
    try (PredictionJournal open =
        PredictionJournal.open(
            journal, InputPolicy.WHOLE, PredictionJournal.WhenFull.WAIT, 100, Clock.systemUTC())) {
      Outcome<Double> said =
          new FunctionPredictor<Table, Double>(schema, List.of(), t -> 1.5)
              .predict(Table.builder(schema, 1).add(1.0).build());
      for (int i = 0; i < 12; i++) {
        open.record("id" + i, Table.builder(schema, 1).add(1.0 * i).build(), said);
        open.truth("id" + i, "" + i);
      }
    }
    com.sun.management.ThreadMXBean memory =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    Random random = new Random(key);
    List<String> escaped = new ArrayList<>();
    int found = 0;
    long largest = 0;
    long longest = 0;
    for (boolean audits : new boolean[] {true, false}) {
      Path in = audits ? audit : journal;
      List<Path> files = logs(in);
      assertThat(files).isNotEmpty();
      Path file = files.get(0);
      byte[] honest = Files.readAllBytes(file);
      for (int i = 0; i < count; i++) {
        byte[] bytes = changed(honest, random);
        Files.write(file, bytes);
        long before = memory.getThreadAllocatedBytes(self);
        long cpu = memory.getCurrentThreadCpuTime();
        try {
          if (audits) {
            boolean whole = AuditLog.verify(audit).whole();
            found += whole ? 0 : 1;
          } else {
            int entries = PredictionJournal.read(journal).size();
            found += entries < 12 ? 1 : 0;
          }
        } catch (MillwrightException e) {
          found++;
        } catch (Throwable e) {
          escaped.add(i + ": " + e + " at " + e.getStackTrace()[0]);
        }
        largest = Math.max(largest, memory.getThreadAllocatedBytes(self) - before);
        longest = Math.max(longest, memory.getCurrentThreadCpuTime() - cpu);
      }
      Files.write(file, honest);
    }
    System.out.printf(
        "%d hostile logs, %d found broken or cut; at most %d ms of processor time and %d KiB for"
            + " one%n",
        2 * count, found, longest / 1_000_000, largest / 1024);
    assertThat(escaped).isEmpty();
    assertThat(largest).isLessThan(64L << 20);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactlyInAnyOrder(audit, journal);
    }
  }

  @Test
  void fiveHundredOfEach() throws IOException {
    tries(500, 1);
  }

  @Test
  @Tag("thorough")
  void fiftyThousandOfEach() throws IOException {
    tries(Integer.getInteger("millwright.fuzz.count", 50_000), 2);
  }
}
