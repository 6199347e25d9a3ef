package io.millwright.benchmarks.causes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Packed tables, as data sets have them. */
final class Compressed {

  private Compressed() {}

  /** The lines of a packed file. */
  static List<String> lines(Path file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  /** The same file unpacked; to be deleted by the caller. */
  static Path unpacked(Path file) throws IOException {
    Path out = Files.createTempFile("unpacked", ".csv");
    Files.write(out, lines(file));
    return out;
  }
}
