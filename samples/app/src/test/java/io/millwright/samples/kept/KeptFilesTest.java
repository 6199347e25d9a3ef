package io.millwright.samples.kept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a released version wrote is opened by every later one and answers the same, to the last bit:
 * model files of four kinds, a store with its alias, the memory of a monitor, a journal, a shop and
 * its plan.
 */
class KeptFilesTest {

  private static final Path KEPT = Path.of("src/test/resources/kept");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyVersionsFilesAnswerAsTheyDid() throws IOException {
    try (Stream<Path> versions = Files.list(KEPT)) {
      return versions.sorted().toList().stream()
          .map(v -> DynamicTest.dynamicTest(v.getFileName().toString(), () -> same(v)));
    }
  }

  private void same(Path version) throws IOException {
    Path copy = folder.resolve(version.getFileName().toString());
    copy(version, copy);
    Map<String, String> then = new TreeMap<>();
    for (String line : Files.readAllLines(version.resolve("answers.txt"))) {
      int sign = line.indexOf(" = ");
      then.put(line.substring(0, sign), line.substring(sign + 3));
    }
    assertThat(then).hasSizeGreaterThan(8);
    assertThat(KeptFiles.answers(copy)).containsAllEntriesOf(then);
  }

  /** Run once for each release: {@code -Dkept.write=0.2.0 -Dtest=KeptFilesTest}. */
  @Test
  @EnabledIfSystemProperty(named = "kept.write", matches = ".+")
  void write() throws IOException, InterruptedException {
    KeptFiles.write(KEPT.resolve(System.getProperty("kept.write")));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          f -> {
            try {
              Path target = to.resolve(from.relativize(f).toString());
              if (Files.isDirectory(f)) {
                Files.createDirectories(target);
              } else {
                Files.copy(f, target);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
