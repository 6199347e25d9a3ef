package io.millwright.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bundles changed at random and put together again with right checksums, so that the damage reaches
 * the readers behind these: whatever comes, it is read or refused with a MillwrightException. Says
 * the largest time and memory of one reading.
 */
class FuzzedBundlesTest {

  private static final List<String> WORDS =
      List.of(
          "0",
          "-1",
          "1e308",
          "2147483647",
          "-9223372036854775808",
          "99999999999999999999",
          "\"NaN\"",
          "\"Infinity\"",
          "null",
          "true",
          "\"\"",
          "[]",
          "{}",
          "[[[[[[]]]]]]",
          "\"\\u001b[2J\"",
          "{\"@kind\":\"dense\"}",
          "[1,2,3]",
          "0.1",
          "\"a\"");

  /** A value of JSON: a number, a text, a word. */
  private static final Pattern VALUE =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?|\"[^\"]*\"|true|false|null");

  @TempDir Path folder;

  private static byte[] changed(byte[] bytes, String name, Random random) {
    if (name.startsWith(Bundles.WEIGHTS) || random.nextInt(10) == 0) {
      byte[] copy = bytes.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        copy[random.nextInt(Math.min(copy.length, 4096))] = (byte) random.nextInt();
      }
      return random.nextInt(5) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length + 9)) : copy;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    Matcher matcher = VALUE.matcher(text);
    List<int[]> values = new ArrayList<>();
    while (matcher.find()) {
      values.add(new int[] {matcher.start(), matcher.end()});
    }
    if (values.isEmpty()) {
      return bytes;
    }
    int[] at = values.get(random.nextInt(values.size()));
    int[] other = values.get(random.nextInt(values.size()));
    String value =
        switch (random.nextInt(4)) {
          case 0 -> text.substring(other[0], other[1]);
          case 1 -> Long.toString(1L << random.nextInt(40));
          case 2 -> repeated(random);
          default -> WORDS.get(random.nextInt(WORDS.size()));
        };
    return (text.substring(0, at[0]) + value + text.substring(at[1]))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String repeated(Random random) {
    String one = WORDS.get(random.nextInt(WORDS.size()));
    return "[" + (one + ",").repeat(1 + random.nextInt(2000)) + one + "]";
  }

  /** Tries so many. */
  private void tries(int count, long key) throws IOException {
    Random random = new Random(key);
    List<Archive> honest = new ArrayList<>();
    for (int m = 0; m < 8; m++) {
      honest.add(Archive.of(RandomModels.model(m), folder.resolve("honest.mwb")));
    }
    honest.add(Archive.of(RandomModels.everyLayer(), folder.resolve("honest.mwb")));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    com.sun.management.ThreadMXBean memory = (com.sun.management.ThreadMXBean) threads;
    long self = Thread.currentThread().getId();
    long longest = 0;
    long largest = 0;
    int read = 0;
    List<String> escaped = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Archive whole = honest.get(random.nextInt(honest.size()));
      Archive archive = new Archive();
      archive.entries.putAll(whole.entries);
      for (int change = 0; change <= random.nextInt(3); change++) {
        List<String> names = new ArrayList<>(archive.entries.keySet());
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(50) == 0) {
          archive.entries.remove(name);
        } else {
          archive.entries.computeIfPresent(name, (n, bytes) -> changed(bytes, n, random));
        }
      }
      Path file = archive.write(folder.resolve("hostile.mwb"));
      long cpu = threads.getCurrentThreadCpuTime();
      long bytes = memory.getThreadAllocatedBytes(self);
      try {
        BundleReader.read(file);
        BundleReader.info(file);
        read++;
      } catch (MillwrightException e) {
        // As it should be.
      } catch (Throwable e) {
        Files.copy(file, folder.resolve("escaped-" + i + ".mwb"));
        escaped.add(i + ": " + e + " at " + e.getStackTrace()[0]);
      }
      longest = Math.max(longest, threads.getCurrentThreadCpuTime() - cpu);
      largest = Math.max(largest, memory.getThreadAllocatedBytes(self) - bytes);
    }
    System.out.printf(
        "%d hostile bundles, %d read as another model, the others refused; at most %d ms of"
            + " processor time and %d KiB allocated for one%n",
        count, read, longest / 1_000_000, largest / 1024);
    assertThat(escaped).isEmpty();
    assertThat(read).isLessThan(count);
  }

  @Test
  void aThousand() throws IOException {
    tries(1000, 1);
  }

  @Test
  @Tag("thorough")
  void aHundredThousand() throws IOException {
    tries(
        Integer.getInteger("millwright.fuzz.count", 100_000),
        Long.getLong("millwright.fuzz.key", 2));
  }
}
