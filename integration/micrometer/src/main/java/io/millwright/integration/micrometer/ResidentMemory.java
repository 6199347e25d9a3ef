package io.millwright.integration.micrometer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process holds of the machine's memory: the only figure that has native memory in it. */
final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Whether the system tells (Linux). */
  static boolean known() {
    return !Double.isNaN(bytes());
  }

  /** In bytes; NaN where the system does not tell. */
  static double bytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException | NumberFormatException e) {
      return Double.NaN;
    }
  }
}
